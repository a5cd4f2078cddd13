import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.documents.lines import Line
from thamluan.pipeline.readers.documents.webpages import read_web_page


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("webpages") / "page.html"


def lines(path, page):
    path.write_bytes(page if isinstance(page, bytes) else page.encode("utf-8"))
    return read_web_page(path).lines


def texts(path, page):
    return [line.text for line in lines(path, page)]


def test_read_web_page_sets_blocks_on_lines(scratch):
    page = "<h1>Một</h1><div>hai <i>ba</i>\n  bốn<br>năm</div><ul><li>sáu<li>bảy</ul><table><tr><td>tám<td>chín</table>"
    assert texts(scratch, page) == ["Một", "hai ba bốn", "năm", "sáu", "bảy", "tám", "chín"]


def test_read_web_page_leaves_out_the_tools_of_the_page(scratch):
    page = (
        "<title>a</title><style>b{}</style><script>c</script><header>d</header><nav>e</nav><p>tiền<!-- f --> ít</p>"
        "<form><button>g</button></form><div style='display: none'>h</div><p hidden>i</p><div role=navigation>j</div>"
        "<div title=footer>k</div><footer>l</footer>"
    )
    assert texts(scratch, f"<body>{page}</body>") == ["tiền ít"]


def test_read_web_page_keeps_to_the_main_part(scratch):
    assert texts(scratch, "<div>bên lề</div><main><header>tên</header><p>tiền ít</p></main>") == ["tên", "tiền ít"]


def test_read_web_page_keeps_all_of_several_articles(scratch):
    assert texts(scratch, "<article>một</article><article>hai</article>") == ["một", "hai"]


def test_read_web_page_measures_what_is_bold(scratch):
    assert lines(scratch, "<p> <b>Bà\nSáu:</b> tôi nhất trí</p>") == (Line("Bà Sáu: tôi nhất trí", n_bold=7),)


def test_read_web_page_reads_characters_by_their_names(scratch):
    assert texts(scratch, "<p>ti&#7873;n &amp; &iacute;t</p>") == ["tiền & ít"]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", ""), ("utf-16", ""), ("utf-8-sig", "iso-8859-1"), ("utf-8", "utf-8"), ("utf-8", "shift_jis")],
)
def test_read_web_page_finds_the_encoding_whatever_it_names(scratch, encoding, named):
    meta = f'<meta charset="{named}">' if named else ""
    assert texts(scratch, f"{meta}<p>tiền ít</p>".encode(encoding)) == ["tiền ít"]


def test_read_web_page_takes_the_encoding_that_it_names(scratch):
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>naïve café</p>'
    assert texts(scratch, page.encode("cp1252")) == ["naïve café"]


def test_read_web_page_reads_pages_nested_without_end(scratch):
    assert "tiền ít" in " ".join(texts(scratch, "<p>tiền ít</p>" + "<div>" * 5_000 + "sâu"))


@pytest.mark.parametrize(
    ("page", "message"), [("bài", "is not a web page"), ("<script>a</script>", "holds no text"), (b"%PDF", "binary")]
)
def test_read_web_page_refuses_what_it_cannot_read(scratch, page, message):
    with pytest.raises(InputError, match=message):
        lines(scratch, page)


@settings(deadline=None, max_examples=50)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="<&\ufeff"), min_size=1)
)
def test_read_web_page_keeps_every_character(scratch, text):
    assert "".join(texts(scratch, f"<p>x{text}</p>")) == f"x{text}"

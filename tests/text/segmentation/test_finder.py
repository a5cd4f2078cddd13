import pytest

from thamluan.pipeline.text.segmentation import chunks
from thamluan.pipeline.text.segmentation.finder import Finder


def words(finder, texts):
    joined = "\n".join(texts)
    return [joined[start:end] for start, end in zip(*finder.find(texts), strict=True)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Chi bộ họp đều."], ["Chi bộ", "họp", "đều", "."]),
        (["Phụ cấp thấp", "họp"], ["Phụ cấp", "thấp", "họp"]),
        (["kinh", "phí"], ["kinh", "phí"]),
        (["kinh\u2028phí"], ["kinh", "phí"]),
        (["", " ", "họp", ""], ["họp"]),
        ([""], []),
    ],
)
def test_finder_finds_the_words_of_each_text(segmenter, texts, expected):
    assert words(Finder(segmenter), texts) == expected


def test_finder_finds_the_same_when_it_remembers_and_when_it_begins_anew(segmenter, monkeypatch):
    finder, texts = Finder(segmenter), ["Đề nghị tăng kinh phí.", "TP.", "TP. Lạng Sơn"]
    first = words(finder, texts)
    assert words(finder, texts) == first
    monkeypatch.setattr(chunks, "ROOM", 0)
    assert words(finder, texts) == first

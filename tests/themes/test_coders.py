import pytest

from thamluan.pipeline.errors import ModelError
from thamluan.pipeline.themes.coders import CODER_FILES, CUES, coder_files, load_coder, read_coder
from thamluan.pipeline.themes.cues import CueCoder
from thamluan.pipeline.themes.model import Model

TEXTS = ("Đường xa quá.", "Họp muộn, xăng đắt.")


@pytest.fixture
def codebook(tmp_path):
    path = tmp_path / "thu.yaml"
    themes = "- {id: travel, label: Đi lại, cues: [đường xa, xăng]}\n- {id: meetings, label: Hội họp, cues: [họp]}\n"
    path.write_text(f"id: thu\nthemes:\n{themes}", encoding="utf-8")
    return path


def read_from(files, place):
    place.mkdir()
    for name, content in files.items():
        (place / name).write_bytes(content)
    return read_coder(place)


def same(one, other):
    return all((a == b).all() for a, b in zip(one.probabilities(TEXTS), other.probabilities(TEXTS), strict=True))


def test_a_codebook_that_no_model_knows_is_coded_by_cues(codebook):
    assert isinstance(load_coder(codebook=codebook), CueCoder)


def test_a_model_and_a_codebook_with_other_themes_are_refused(codebook, folder):
    with pytest.raises(ModelError, match=r"does not know the themes of thu\.yaml"):
        load_coder(model=folder, codebook=codebook)


def test_a_model_is_read_back_as_it_was(shipped, tmp_path):
    coder = read_from(coder_files(shipped), tmp_path / "coder")
    assert isinstance(coder, Model)
    assert same(coder, shipped)


def test_a_coder_by_cues_is_read_back_as_it_was(codebook, tmp_path):
    coder = load_coder(codebook=codebook)
    read = read_from(coder_files(coder), tmp_path / "coder")
    assert read.codebook == coder.codebook
    assert same(read, coder)


def test_coders_are_made_of_known_files_only(codebook, shipped):
    assert CUES not in coder_files(shipped)
    assert {*coder_files(load_coder(codebook=codebook))} <= set(CODER_FILES)

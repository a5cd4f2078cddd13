import pytest

from thamluan.pipeline.errors import ModelError
from thamluan.pipeline.text.segmentation.compiled import WEIGHTS, model_folder
from thamluan.pipeline.text.segmentation.crfsuite import read_weights


def test_weights_of_underthesea_are_read():
    weights = read_weights(model_folder() / WEIGHTS)
    assert weights.labels == ("B-W", "I-W")
    assert "T[-2]=BOS" in weights.attributes
    assert weights.state.shape == (len(weights.attributes), 2)
    assert (weights.state != 0).any(axis=0).all()
    assert (weights.transition != 0).all()


@pytest.mark.parametrize(
    "content",
    [b"", b"lCRF", b"\x00" * 48, b"lCRF" + b"\xff" * 60, b"PK\x03\x04" + b"a" * 100],
    ids=["empty", "cut off", "zeros", "offsets beyond the end", "another kind"],
)
def test_weights_of_garbage_are_refused(tmp_path, content):
    path = tmp_path / "models.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"models\.bin is"):
        read_weights(path)


def test_weights_of_a_file_that_is_cut_off_are_refused(tmp_path):
    path = tmp_path / "models.bin"
    path.write_bytes((model_folder() / WEIGHTS).read_bytes()[:3_000_000])
    with pytest.raises(ModelError, match="is damaged"):
        read_weights(path)

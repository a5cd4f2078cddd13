import pytest

from thamluan.pipeline.readers.transcripts.names import same_person


@pytest.mark.parametrize(
    ("names", "n_people"),
    [
        (["Đồng chí Vi Văn Tư, Bí thư", "ÔNG VI VĂN TƯ", "Vi Văn Tư (khối 5)"], 1),
        (["Đồng chí Bí thư Vi Văn Tư", "Vi Văn Tư"], 1),
        (["Bà Sáu", "Chị Sáu"], 2),
        (["Chủ tọa", "CHỦ TỌA"], 1),
        (["Đại biểu 1", "Đại biểu 2"], 2),
        (["Người nói 1", "Người nói 2"], 2),
        (["Bí thư chi bộ", "Bí thư đoàn"], 2),
        (["Đại diện Hội Phụ nữ", "Đại diện Hội Nông dân"], 2),
    ],
)
def test_same_person_goes_by_full_names(names, n_people):
    assert len(set(same_person(names).values())) == n_people

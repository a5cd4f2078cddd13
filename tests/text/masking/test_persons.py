import pytest

from thamluan.pipeline.text.masking.persons import persons


def cut(text):
    return {text[start:end] for start, end in persons(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tôi tên là Nguyễn Văn Hùng, 56 tuổi", "Nguyễn Văn Hùng"),
        ("toi ten la nguyen van hung", "nguyen van hung"),
        ("nghe bà Mẩy kể", "Mẩy"),
        ("Trưởng thôn Lò Văn Pản không họp", "Lò Văn Pản"),
        ("ÔNG HOÀNG VĂN THỌ NÓI SAI", "HOÀNG VĂN THỌ"),
        ("nhà Giàng A Páo nghèo", "Giàng A Páo"),
        ("cô Hạnh Trưởng ban nghỉ", "Hạnh"),
    ],
)
def test_names_are_found_without_the_form_of_address(text, name):
    assert cut(text) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "Bác Hồ dạy",
        "bà con Khmer góp công",
        "Đồng chí Bí thư nói ít",
        "đường Bà Triệu, chợ Bà Chiểu",
        "trường Nguyễn Văn Trỗi",
        "đọc nguyên văn tài liệu",
        "ai vắng thì nhắn",
        "chị H. kể",
    ],
)
def test_public_figures_places_offices_and_initials_stay(text):
    assert cut(text) == set()

"""Lost letters: the ư of TCVN3, a soft hyphen there, which many programs drop on the way.

Where what is left is no syllable ("nhng"), one place for the letter makes it one. Where it is one ("đa" for "đưa"),
the more frequent of the two stands, or the other beside neighbours that go with it. Tables: counted in 427,000
paragraphs of Vietnamese news of 2003 to 2025; their words are written as they are without the letter.
"""

from collections.abc import Sequence
from functools import lru_cache

from thamluan.pipeline.syllables import is_syllable

MIN_LETTERS = 3  # of a word that says by itself that it has lost one; shorter ones may be abbreviations
LONG_LINE = 25  # words: one in eighteen has the letter, so a line of so many has it as a rule
# Of those in the tables, the words that say so too: forty times as frequent with the letter or more.
CERTAINLY_LOST = frozenset(
    "nh t th mu lu hu ngời dới lới cới cời vờn cớp lợt trợt lớt mợn vơn mơi lỡi rỡi rợt phợt".split()
)
USUALLY_LOST = frozenset(
    """
    bu bơn bớm ch chờm cới cớp cời cỡi dới dợt gơm hu kh khớt lơn lới lớt lờm lỡi lợm lợt mu mơi mớn mớp mớt
    mợn mợt ng nh nờm nợp phợt rới rớn rờm rởi rỡi rợi rợt sớt sờn sởi sợt t th trờn trợt tơi tơm tởi vơn vờn
    vợn đợm ơm ớp
    """.split()
)
NEIGHBOURS = {
    "đa": (
        True,
        "tối viện hàng sự chiếm đại rất với khám cây kích đàn của thế mại bv phe doanh suy đoàn khá y nhìn "
        "càng tồn nhng trạng lửa cơ theo hóa diễn bởi",
        "dạng số khoa phần phơng cấp năng là chấn quốc chiều nhiệm không của chức ngành sắc để dụng tầng mục "
        "hóa cực ở đảng thời sộp tạng trong với nòng lĩnh kênh diện có tiềm thê",
    ),
    "ma": (
        True,
        "chất dụng nghiện bán về chống kg viên chuyển số phạm mua xuất dây là với trùm buôn loại bóng dùng "
        "đến án lậu phê gói lớn đảng nạn phép trữ hồn đám con gam cấp đa vào chứa nghi mang tra soát lấy chơi "
        "nhà dịch chế tay hút gram giao g bánh tấn",
        "tuý túy quỷ thuật sát trận men cà ám mị quái chay cô quốc nhập",
    ),
    "cha": (
        True,
        "của cùng bậc với cho hai làm đợc từ bị cả để có hệ giữa diện theo côi nhiều giúp khỏi ba vua thay "
        "khiến các sóc gồm bush quê về vào ơn đỡ tìm tình tên",
        "mẹ con của ông mình khác đẻ ruột dợng anh tôi và nuôi cô trong ta đã lẫn là hoặc em không bà tại này "
        "già cháu với tuyệt cũng chúng chung cha",
    ),
    "T": (
        False,
        "bộ trởng sở ban ba tháng thứ nam huyện ngã tổng phần đầu phó tâm làm dơng tnhh cát cp luật giải "
        "quyết phòng vực máu ty",
        "pháp lệnh vấn tởng nghĩa hờng duy liệu sở kỳ vừa thế chính năm hãn vọng nhân cũ cách về",
    ),
    "h": (False, "bị làm thực gây đã xe máy trạng các đờng phục tiện những chữa thói ôtô tàu", "hỏng hại cấu"),
    "tra": (False, "đến vào ăn buổi bữa h nghỉ giữa cơm ngủ từ gần giờ tiệc ra", "nay cùng ngày chiều nắng"),
    "Đa": (False, "ngời tội", "tin ra hối nớc con vào"),
    "s": (True, "", "next daily secret plus got day republic press bazaar war"),
    "xa": (False, "ngày cổ xa năm nh gòn nhạc hồi tình hơn thời niệm chuyện việt khi", "nay cũ kia giờ ông"),
    "c": (True, "điểm", "khoản"),
    "S": (False, "đh học đẳng thuộc ngành cđ quốc trởng trà khoa đờng", "phạm đoàn tử vạn nam phụ"),
    "d": (True, "điểm", "khoản"),
    "a": (False, "đợc ngời không rất hàng ăn đến khó dùng mặt dân quốc hình", "chuộng thích nhìn dùng mạo"),
    "Cha": (True, "lăng ma", "mẹ của cõng cả va tôi ông con lo đẻ"),
    "su": (False, "bộ nhà đợc thích và", "tập tầm"),
    "vợt": (True, "tay quần gác cây", "ngời việt trẻ từng có đã nữ nam đầu"),
    "u": (True, "khối âm bị bệnh", "ám ở xơ não đã nhú lớn khổng uất có trong to quái nang và"),
    "C": (False, "xã huyện an hoàng nguyễn quảng hiệp", "dân m jút trinh kuin suê elang đrăm êbur trú"),
    "mời": (False, "hơn trong tháng từ khoảng thứ sau đến phần gần", "năm lăm mấy ngày tám mơi lần"),
    "da": (False, "hạt quả trồng ăn trái ruộng đĩa", "hấu leo chuột lới hành chua muối cải món"),
    "Th": (True, "chị ông", ""),
    "tha": (False, "la kính", "ông thớt bà vắng dần kiện bộ anh"),
    "D": (False, "khánh hữu", "luận văn nợ"),
    "Ma": (False, "", "lớn lũ to đá sao"),
    "tới": (False, "kênh", "tiêu xăng cây lên"),
    "ớt": (False, "ẩm bị chân khăn thấm làm chảy", "sũng chân đẫm"),
    "bởi": (False, "cây vờn hạt vỏ trồng hoa gốc", "da phúc hồ"),
    "lợn": (False, "uốn dù bay tàu", "lờ vòng sóng quanh"),
    "ca": (False, "răng mùn máy xởng lỡi", "đổ xẻ xăng sắt hạ"),
    "U": (False, "thiên sĩ lệnh", "tiên điểm đãi tú thế"),
    "Ng": (True, "ông chị anh cháu em bích trởng", "eng"),
    "sa": (False, "say cây gỗ", "đỏ với"),
    "lời": (False, "rất", "biếng nhác lao vận"),
    "Mời": (True, "", "độc các quý bạn anh"),
    "Bởi": (False, "sông thị phờng đờng", ""),
    "ngời": (True, "rạng sáng", ""),
    "L": (False, "hoa", "hán"),
    "lu": (True, "làm", "mờ"),
    "Lu": (True, "harry lò tang", ""),
    "Da": (False, "tú gò", "hấu chuột"),
}


@lru_cache(maxsize=1 << 14)
def place_of_lost(word: str) -> int | None:
    """Say before which letter an ư makes a syllable of what is none; None where no place or none is needed.

    >>> place_of_lost("đợc"), place_of_lost("nh"), place_of_lost("hội"), place_of_lost("Excel")
    (1, 2, None, None)
    """
    if not word.isalpha() or len(word) > 6 or is_syllable(word):
        return None
    places = [place for place in range(len(word) + 1) if is_syllable(f"{word[:place]}ư{word[place:]}")]
    return places[-1] if places else None  # of "ng": ngư, not ưng


def lost_places(words: Sequence[str]) -> list[int | None]:
    """Say for each word of a line before which letter an ư was lost; None where none was.

    Nothing was lost where no word says so by itself, as "đợc" does, unless two would be more frequent with the letter,
    or one would in a long line.

    >>> lost_places(["cha", "đợc", "đa", "vào", "đa", "số"])
    [2, 1, 1, None, None, None]
    """
    lower = [word.lower() for word in words]
    is_lost = [
        _is_lost(word, before, after)
        for word, before, after in zip(words, ["", *lower], [*lower[1:], ""], strict=False)
    ]
    is_certain = any(_lacks_letter(word) or word in CERTAINLY_LOST for word in (*words, *filter(_is_long, lower)))
    n_frequent = len({word for word, is_word_lost in zip(lower, is_lost, strict=True) if is_word_lost})
    if not is_certain and n_frequent < (1 if len(words) >= LONG_LINE else 2):
        return [None] * len(words)
    return [_place(word) if is_word_lost else None for word, is_word_lost in zip(words, is_lost, strict=True)]


def _is_lost(word: str, before: str, after: str) -> bool:
    key = word if word in NEIGHBOURS else word.lower()
    if key in NEIGHBOURS:
        is_usual, other_before, other_after = NEIGHBOURS[key]
        return is_usual != (before in other_before.split() or after in other_after.split())
    return key in USUALLY_LOST or _lacks_letter(word)


def _lacks_letter(word: str) -> bool:
    return (_is_long(word) or (len(word) > 1 and not word.isascii())) and place_of_lost(word) is not None


def _is_long(word: str) -> bool:
    return len(word) >= MIN_LETTERS


def _place(word: str) -> int:
    """Find the place in a word that has lost one: the last that makes a syllable."""
    return max(place for place in range(len(word) + 1) if is_syllable(f"{word[:place]}ư{word[place:]}"))

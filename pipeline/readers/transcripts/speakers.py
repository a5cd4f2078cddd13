"""Speakers: the words by which a transcript names who speaks, and those that look alike. All in NFC, lower case."""

# Forms of address: a head when a name or a role follows.
TITLES = (
    "đồng chí", "đ/c", "đ.c", "đc", "ông", "bà", "anh", "chị", "cô", "chú", "bác", "em", "đại biểu", "đb", "cử tri",
    "người dân", "đảng viên", "hội viên",
)  # fmt: skip
# Titles that nothing but a speaker bears at the beginning of a line.
UNMISTAKABLE_TITLES = ("đồng chí", "đ/c", "đ.c", "đại biểu")

# Roles: a head by themselves, or with a name or office behind.
ROLES = (
    "chủ tọa", "chủ toạ", "chủ trì", "đồng chủ trì", "thư ký", "đoàn chủ tịch", "ban tổ chức", "btc", "mc",
    "dẫn chương trình", "người dẫn chương trình", "người dẫn", "điều hành", "người điều hành", "phóng viên", "pv",
    "người phỏng vấn", "người được phỏng vấn", "người trả lời phỏng vấn", "người hỏi", "người trả lời", "điều tra viên",
    "đtv", "bí thư", "phó bí thư", "chủ tịch", "phó chủ tịch", "trưởng thôn", "trưởng khối", "khối trưởng",
    "trưởng ban", "phó ban", "phó trưởng ban", "trưởng bản", "trưởng ấp", "tổ trưởng", "chi hội trưởng", "chi hội phó",
    "tổ phó", "thôn trưởng", "đại diện", "diễn giả", "chuyên gia",
)  # fmt: skip
# By themselves, or with a number: "Đại biểu 3", "Đại biểu thứ ba".
BARE_ROLES = ("hỏi", "đáp", "trả lời", "đại biểu", "một đại biểu", "cử tri", "một cử tri", "người dân", "một người dân")
UNMISTAKABLE_ROLES = ("chủ tọa", "chủ toạ", "chủ trì")
# What speech recognisers call those whom they tell apart; a number follows.
LABELS = ("người nói", "diễn giả", "người tham gia", "speaker", "spk", "participant")
# What may stand before a name with a title or role: "Ý kiến của ông Tư:".
OPINIONS = (
    "ý kiến", "ý kiến phát biểu", "ý kiến thảo luận", "ý kiến tham luận", "ý kiến trao đổi", "ý kiến trả lời",
    "ý kiến kết luận", "ý kiến chỉ đạo", "phát biểu", "phát biểu kết luận", "câu hỏi", "trả lời", "tham luận",
)  # fmt: skip

# What may close a head behind the name; it is no part of the name.
SPEAKING = (
    "phát biểu", "phát biểu ý kiến", "có ý kiến", "ý kiến", "nói", "hỏi", "trả lời", "đáp", "kết luận", "tham luận",
    "thảo luận", "trao đổi", "phát biểu khai mạc", "phát biểu bế mạc", "phát biểu kết luận", "trình bày", "tiếp thu",
    "trình bày tham luận", "giải trình",
)  # fmt: skip

# Phrases that make a line a sentence, as they stand in lower case: who is followed by one is talked of, not talking.
SENTENCE_PHRASES = (
    "là", "có", "gồm", "được", "cần", "phải", "đã", "đang", "sẽ", "cho biết", "cho rằng", "cho thấy", "nêu",
    "nhấn mạnh", "đề nghị", "kiến nghị", "yêu cầu", "khẳng định", "chỉ rõ", "chỉ ra", "sau đây", "như sau", "sau",
    "những", "không", "chưa", "tham dự", "vắng mặt", "dự", "dự họp", "theo", "vì", "nên", "thấy", "mong", "xin", "mời",
    "ta", "ơi", "cho hay", "chia sẻ", "kể", "tâm sự", "thì", "phê bình", "khiếu nại", "than thở", "phản ánh",
)  # fmt: skip

# The first word of a heading. What begins so is no name, in whatever letters.
HEADINGS = (
    "về", "thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "một là", "hai là", "ba là", "bốn là", "năm là",
    "kiến nghị", "đề xuất", "đề nghị", "kết luận", "kết quả", "nơi nhận", "kính gửi", "kính thưa", "thưa", "các", "số",
    "ưu điểm", "khuyết điểm", "nhược điểm", "hạn chế", "tồn tại", "khó khăn", "thuận lợi", "vướng mắc", "nguyên nhân",
    "giải pháp", "nhiệm vụ", "phương hướng", "mục tiêu", "mục đích", "yêu cầu", "thực trạng", "tình hình", "đặc điểm",
    "bài học", "kinh nghiệm", "nội dung", "thời gian", "địa điểm", "thành phần", "tham dự", "dự họp", "vắng mặt",
    "có mặt", "chủ đề", "tên", "họ tên", "họ và tên", "đơn vị", "chức vụ", "địa chỉ", "điện thoại", "email", "ngày",
    "phần", "chương", "mục", "phụ lục", "bảng", "biểu", "hình", "ảnh", "nguồn", "ghi chú", "lưu ý", "chú thích",
    "câu hỏi", "câu", "ví dụ", "bước", "cách", "hướng", "mới", "nóng", "toàn văn", "cụ thể", "trong đó", "như sau",
    "sau đây", "căn cứ", "tổng", "cộng", "quyết nghị", "biên bản", "tài liệu", "tham khảo", "tác giả", "người viết",
    "người trình bày", "bài", "đặt vấn đề", "mở đầu", "mở bài", "thân bài", "nhận xét", "đánh giá", "tóm lại",
    "tuy nhiên", "bên cạnh đó", "ngoài ra", "trước hết", "cuối cùng", "công tác", "tổ chức", "cơ sở", "chế độ",
    "kinh phí", "đảng", "mặt trận", "hồ chí minh", "chương trình", "biện pháp", "ý nghĩa", "quan điểm", "chỉ tiêu",
    "khái quát", "lý do", "phần thứ", "đối với", "hội", "ban", "ủy ban", "tải về",
)  # fmt: skip

# Borne like a speaker's name, but of one who is quoted.
QUOTED = ("chủ tịch hồ chí minh", "bác hồ", "hồ chủ tịch")

# Family names, of the Kinh and of the peoples of the mountains and highlands. Source: own list.
FAMILY_NAMES = frozenset((
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương",
    "lý", "nông", "chu", "vi", "hứa", "triệu", "lương", "đinh", "lâm", "mai", "trịnh", "đào", "đoàn", "cao", "hà", "tô",
    "tạ", "thái", "lục", "lộc", "bế", "ma", "mã", "giàng", "vàng", "sùng", "lò", "cà", "quàng", "tòng", "lưu", "phùng",
    "quách", "kiều", "châu", "từ", "tống", "la", "lầu", "thào", "y", "siu", "ksor", "nay", "niê", "thạch", "sơn", "kim",
    "danh", "lã", "ninh", "vương", "văn", "trương", "đàm", "đồng", "khổng", "nghiêm", "doãn", "âu", "tăng", "tôn",
    "hàn", "mạc", "thân", "bàn", "điểu", "hờ", "chang", "chảo", "tẩn", "lù", "vừ", "mùa", "hạng", "phàn", "liễu", "hầu",
    "lường", "cầm", "bạc", "lèo", "khà", "a",
))  # fmt: skip

# How a paper names who wrote it, in its first or last lines.
AUTHOR_LABELS = (
    "người trình bày", "tác giả", "người viết", "người tham luận", "người thực hiện", "báo cáo viên", "trình bày",
    "bài tham luận của", "tham luận của", "ý kiến tham luận của", "bài phát biểu của", "phát biểu của",
)  # fmt: skip
AUTHOR_ENDS = (",", "(", " - ", " – ", ";", " tại ", " trong ", " ở hội", ". ")

# A remark behind a name that is a source, not speech: the references of a paper.
REFERENCES = ("toàn tập", "văn kiện", "tuyển tập", "nxb", "tạp chí", "báo cáo", "luận án", "giáo trình")

"""Wordings: the words of questionnaires by which open answers are told from the rest. All in NFC, lower case."""

# How a header asks for free text, and how it asks for anything else: words found in the questionnaires of Vietnamese
# offices. An open word anywhere counts; a closed one only where the header begins with it.
OPEN_WORDS = (
    "ý kiến", "kiến nghị", "đề xuất", "góp ý", "khó khăn", "vướng mắc", "nguyện vọng", "tâm tư", "mong muốn",
    "giải pháp", "thuận lợi", "hạn chế", "tồn tại", "ưu điểm", "nhược điểm", "khuyết điểm", "nguyên nhân", "nhận xét",
    "vì sao", "tại sao", "lý do", "như thế nào", "thế nào", "ra sao", "điều gì", "những gì", "cần gì", "nội dung",
    "câu trả lời", "phản ánh", "text", "comment", "answer", "feedback", "response", "opinion",
)  # fmt: skip
CLOSED_WORDS = (
    "stt", "tt", "số", "mã", "id", "họ tên", "họ và tên", "tên", "người", "chức vụ", "chức danh", "vai trò", "vị trí",
    "đơn vị", "cơ quan", "thôn", "khối", "khu", "tổ", "bản", "làng", "ấp", "xã", "phường", "thị trấn", "huyện", "quận",
    "tỉnh", "thành phố", "địa chỉ", "địa bàn", "nơi", "ngày", "thời gian", "năm", "tuổi", "độ tuổi", "nhóm tuổi",
    "giới tính", "giới", "dân tộc", "tôn giáo", "trình độ", "học vấn", "nghề", "nghề nghiệp", "email", "e-mail",
    "điện thoại", "sđt", "mức độ", "mức", "điểm", "xếp loại", "đánh giá", "trọng số", "nhóm", "loại", "đối tượng",
    "câu hỏi", "chủ đề", "ghi chú", "name", "role", "job", "village", "question", "theme", "themes", "topic", "stance",
    "sentiment", "register", "date", "timestamp", "age", "gender", "sex", "weight", "group", "source", "label",
)  # fmt: skip
SCALE = frozenset((
    "có", "không", "ko", "chưa", "nam", "nữ", "tốt", "rất tốt", "khá", "trung bình", "kém", "yếu", "bình thường",
    "hài lòng", "rất hài lòng", "không hài lòng", "rất không hài lòng", "chưa hài lòng", "hoàn toàn hài lòng",
    "tạm hài lòng", "đồng ý", "rất đồng ý", "không đồng ý", "phân vân", "hoàn toàn đồng ý", "hoàn toàn không đồng ý",
    "đạt", "không đạt", "khó trả lời", "không biết", "không ý kiến", "thường xuyên", "thỉnh thoảng", "hiếm khi",
    "không bao giờ", "luôn luôn", "cao", "thấp", "đúng", "sai", "phù hợp", "không phù hợp", "chưa phù hợp",
    "rất quan trọng", "quan trọng", "không quan trọng", "ít quan trọng", "hiệu quả", "rất hiệu quả", "không hiệu quả",
    "chưa hiệu quả",
))  # fmt: skip
# Words that a sentence has and the name of a person, place, or job has not; also as typed without diacritics.
SENTENCE_WORDS = frozenset((
    "không", "chưa", "thiếu", "cần", "phải", "được", "có", "ít", "nhiều", "là", "rất", "quá", "đủ", "nên", "thì", "mà",
    "còn", "đã", "đang", "sẽ", "bị", "cho", "để", "vì", "khó", "tốt", "ko", "k", "kg", "hổng", "hông", "chẳng", "chả",
    "đừng", "nếu", "như", "cũng", "nhưng", "với", "của", "làm", "xin", "mong", "đề", "nghị", "hay", "lắm", "hơn", "chỉ",
    "nào", "gì", "ai", "sao", "này", "đó", "vẫn", "luôn", "thấy", "biết", "nói", "muốn", "tăng", "giảm", "ổn", "hết",
    "khong", "thieu", "nhieu", "duoc", "chua", "phai", "dc", "đc", "it", "lam", "qua", "rat", "hk", "hok", "thôi", "đi",
))  # fmt: skip

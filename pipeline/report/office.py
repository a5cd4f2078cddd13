"""What offices write around a report, by language: national title, issuing body, number, place and date, signature.

After Nghị định 30/2020/NĐ-CP on clerical work, annex I, and Hướng dẫn 36-HD/VPTW (2018) on papers of the Party. English
names of the state after the decree's translation in use. Words in square brackets are to be filled in.
"""

from collections.abc import Mapping

OFFICE: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "table": "Bảng",
        "picture": "Hình",
        "kind": "BÁO CÁO",
        "subject": "Tổng hợp ý kiến",
        "state": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "party": "ĐẢNG CỘNG SẢN VIỆT NAM",
        "superior": "[TÊN CƠ QUAN CẤP TRÊN]",
        "body": "[TÊN CƠ QUAN]",
        "body_plain": "[Tên cơ quan, đơn vị]",
        "number_state": "Số: [số]/BC-[ký hiệu]",
        "number_party": "Số [số]-BC/[ký hiệu]",
        "date": "[Địa danh], [ngày … tháng … năm …]",
        "receivers": "Nơi nhận:",
        "receiver": "- [Nơi nhận];",
        "kept": "- Lưu: [nơi lưu].",
        "signer": "[CHỨC VỤ NGƯỜI KÝ]",
        "for_party": "T/M [TÊN CẤP ỦY]",
        "name": "[Họ và tên]",
        "annex": "Phụ lục. {title}",
        "theme": "{caption}: {theme}",
        "stances_key": "Số trong ngoặc là số ý kiến nêu chủ đề, số trong thanh là số ý kiến có tính chất đó.",
        "definition": "Định nghĩa",
        "excludes": "Không gồm",
    },
    "en": {
        "table": "Table",
        "picture": "Figure",
        "kind": "REPORT",
        "subject": "Summary of contributions",
        "state": "SOCIALIST REPUBLIC OF VIET NAM",
        "motto": "Independence - Freedom - Happiness",
        "party": "COMMUNIST PARTY OF VIET NAM",
        "superior": "[SUPERIOR BODY]",
        "body": "[ISSUING BODY]",
        "body_plain": "[Organisation]",
        "number_state": "No. [number]/BC-[symbol]",
        "number_party": "No. [number]-BC/[symbol]",
        "date": "[Place], [day month year]",
        "receivers": "Recipients:",
        "receiver": "- [Recipient];",
        "kept": "- Archived: [place].",
        "signer": "[POSITION OF THE SIGNER]",
        "for_party": "ON BEHALF OF [COMMITTEE]",
        "name": "[Full name]",
        "annex": "Annex. {title}",
        "theme": "{caption}: {theme}",
        "stances_key": "In brackets: contributions that name the theme; in the bars: those of each stance.",
        "definition": "Definition",
        "excludes": "Does not count",
    },
}

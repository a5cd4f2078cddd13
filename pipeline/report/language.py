"""Every word of the report, by language. `singular|plural` where a language tells them apart."""

from collections.abc import Mapping

from thamluan.pipeline.report import numbers

WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "title": "Báo cáo tổng hợp ý kiến",
        "skip": "Đến phần nội dung",
        "contents": "Nội dung",
        # counted things
        "contributions": "{n} ý kiến",
        "people": "{n} người",
        "files": "{n} tệp",
        "units": "{n} ý",
        "rejections": "{n} dòng hoặc tệp",
        # what was read
        "lead_read": "Đã đọc {read} trong {files}.",
        "lead_none": "Không có ý kiến nào có nội dung để tổng hợp.",
        "lead_coded": "Trong đó, {coded} của {people} có nội dung, được tách thành {units} và gán chủ đề.",
        "lead_empty": "{contributions} để trống.",
        "lead_marks_only": "Trong số để trống, {contributions} chỉ có dấu như “-” hoặc “...”.",
        "lead_rejected": "{rejections} không đọc được, nêu ở phần",
        "lead_without": "{contributions} có nội dung nhưng không thuộc chủ đề nào.",
        "lead_machine": "Việc gán chủ đề do máy thực hiện và có thể sai; cách làm được nêu ở phần",
        # headline numbers
        "headline": "Số liệu chính",
        "tile_coded": "Ý kiến có nội dung",
        "tile_coded_note": "trên tổng số {read} đã đọc",
        "tile_people": "Người có ý kiến",
        "tile_people_note": "{units} được nêu ra",
        "tile_theme": "Chủ đề được nêu nhiều nhất",
        "tile_stance": "{stance}: nhiều nhất về",
        "tile_stance_note": "trong số ý kiến về chủ đề này",
        "interval_short": "KTC 95%: {interval}",
        # chart
        "chart": "Tỷ lệ ý kiến nêu từng chủ đề",
        "chart_note": (
            "Tỷ lệ tính trên số ý kiến có nội dung. Một ý kiến có thể thuộc nhiều chủ đề nên các tỷ lệ cộng lại có "
            "thể vượt 100%."
        ),
        "chart_key": "Thanh ngang là tỷ lệ, vạch có chặn hai đầu là khoảng tin cậy 95%. Trục từ 0 đến {end}.",
        "weighted_note": "Tỷ lệ và khoảng tin cậy được tính theo trọng số; xem phần Phương pháp.",
        # table heads
        "theme": "Chủ đề",
        "bar": "Biểu đồ",
        "share": "Tỷ lệ",
        "ratio": "Số\u00a0ý\u00a0kiến\u00a0/ tổng\u00a0số",
        "interval": "Khoảng tin cậy 95%",
        "question": "Câu hỏi",
        "named_with": "Chủ đề cùng được nêu",
        # one theme
        "themes": "Từng chủ đề",
        "people_share": "{share} số người ({ratio} người)",
        "stances": "Tính chất ý kiến",
        "stances_note": "Tính trên {base} nêu chủ đề này.",
        "terms": "Từ ngữ tiêu biểu",
        "terms_note": "Số bên cạnh là số ý kiến có từ ngữ đó.",
        "by_question": "Theo câu hỏi",
        "by_group": "Theo {group}",
        "together": "Thường được nêu cùng",
        "quotes": "Ý kiến trích dẫn",
        "subthemes": "Ý kiến nói về những gì",
        "subtheme": "Nội dung",
        "subthemes_note": (
            "Máy nhóm các ý theo từ ngữ; tên nhóm là từ ngữ trong ý kiến. Tính trên {base} nêu chủ đề này; một ý kiến "
            "có thể thuộc nhiều nhóm hoặc không thuộc nhóm nào."
        ),
        "newthemes": "Nội dung chưa có trong bộ chủ đề",
        "newthemes_note": (
            "Máy nhóm các ý kiến không thuộc chủ đề nào theo từ ngữ; đây là gợi ý để xem xét bổ sung chủ đề. Tính trên "
            "{base} không thuộc chủ đề nào."
        ),
        "hidden_values": "Chỉ hiện {shown} giá trị có nhiều ý kiến nhất; còn {n} giá trị khác có trong tệp themes.csv.",
        "source": "Nguồn",
        "back": "Về biểu đồ",
        # differences between groups
        "differences": "Khác biệt giữa các nhóm",
        "differences_note": (
            "Đã so sánh {tests} cặp chủ đề và cách chia nhóm; {n} cặp có khác biệt còn vững sau khi điều chỉnh cho số "
            "lần kiểm định (q không quá 0,05). Toàn bộ kết quả có trong tệp comparisons.csv và residuals.csv."
        ),
        "differences_none": (
            "Đã so sánh {tests} cặp chủ đề và cách chia nhóm; không cặp nào có khác biệt còn vững sau khi điều chỉnh "
            "cho số lần kiểm định (q không quá 0,05). Toàn bộ kết quả có trong tệp comparisons.csv và residuals.csv."
        ),
        "grouping": "Cách chia nhóm",
        "who_differs": "Nhóm khác các nhóm còn lại",
        "strength": "V của Cramér",
        "more_often": "{value}: nhiều hơn, {share} ({ratio}; {interval}); các nhóm còn lại {rest} ({rest_ratio})",
        "less_often": "{value}: ít hơn, {share} ({ratio}; {interval}); các nhóm còn lại {rest} ({rest_ratio})",
        "none_stands_out": "Không nhóm nào tách hẳn khỏi các nhóm còn lại",
        "hidden_differences": "Chỉ hiện {shown} khác biệt lớn nhất; còn {n} khác biệt khác có trong comparisons.csv.",
        "group_terms": "Từ ngữ tiêu biểu của từng nhóm",
        # tables
        "tables": "Bảng số liệu",
        "cell_key": (
            "Mỗi ô gồm: tỷ lệ; số ý kiến nêu chủ đề trên tổng số ý kiến của dòng; khoảng tin cậy 95%. Toàn bộ số "
            "liệu có trong tệp themes.csv."
        ),
        "part": "{title} (phần {part}/{parts})",
        "pairs": "Các chủ đề được nêu cùng nhau",
        "pair": "Cặp chủ đề",
        "lift": "Hệ số gắn kết",
        "hidden_pairs": "Chỉ hiện {shown} cặp thường gặp nhất; còn {n} cặp khác.",
        # coded answers in other programs
        "contribution": "Số thứ tự ý kiến",
        "speaker": "Người nói",
        "text": "Nguyên văn ý kiến",
        "theme_ids": "Các chủ đề (mã)",
        "n_units": "Số ý trong ý kiến",
        "p_stance": "Xác suất của tính chất ý kiến (0 đến 1)",
        "needs_look": "Máy chưa chắc chắn, cần người xem lại",
        "named": "Có nêu",
        "not_named": "Không nêu",
        "yes": "Có",
        "no": "Không",
        "excludes": "Không tính",
        "cues": "Từ khóa",
        "examples": "Ví dụ",
        "coder_machine": "thamluan (máy)",
        "coder_people": "Người sửa mã",
        # rejected
        "rejected": "Dữ liệu không đọc được",
        "place": "Vị trí",
        "reason": "Lý do",
        "hidden_rejected": "Chỉ hiện {shown} dòng đầu; còn {n} dòng khác có trong tệp rejected.csv.",
        # method
        "method": "Phương pháp",
        "method_reading": "Đọc và tách ý",
        "method_reading_text": (
            "Mỗi câu trả lời cho một câu hỏi mở, mỗi lượt phát biểu hoặc mỗi bài tham luận được tính là một ý "
            "kiến. Ý kiến được tách thành từng ý, phần lớn là một câu hoặc một gạch đầu dòng. Văn bản gốc được "
            "giữ nguyên; việc chuẩn hóa ký tự chỉ làm trên bản mà máy đọc. Câu trích dẫn là nguyên văn; riêng "
            "tên người, địa chỉ nhà, thư điện tử, số điện thoại, số giấy tờ và số tài khoản trong câu trả lời khảo sát "
            "được thay bằng chữ trong ngoặc vuông, trừ khi chạy với --no-mask."
        ),
        "method_repairs": "Sửa chữ cho máy đọc",
        "method_repairs_text": (
            "Trước khi tách ý và gán chủ đề, máy đọc một bản đã sửa lỗi gõ; các tệp và câu trích dẫn giữ nguyên chữ gốc"
            " (trang này chỉ đổi phông chữ cũ cho đọc được). Số ý kiến có chỗ được sửa: {repairs}."
        ),
        "repairs_doubtful": "{contributions} có vẻ gõ bằng phông chữ cũ nhưng không chắc chắn nên được để nguyên.",
        "repair_decode_mojibake": "chữ vỡ vì mở sai bảng mã",
        "repair_drop_invisible": "ký tự ẩn",
        "repair_plain_spaces": "khoảng trắng lạ",
        "repair_replace_look_alikes": "chữ của bảng chữ khác",
        "repair_compose": "chữ và dấu gõ rời",
        "repair_decode_legacy": "phông chữ cũ (TCVN3, VNI)",
        "repair_drop_soft_hyphens": "dấu nối ẩn",
        "repair_replace_eths": "chữ Ð gõ thay Đ",
        "repair_leave_out_directions": "ghi chú trong biên bản như (vỗ tay)",
        "repair_place_tones": "vị trí dấu thanh",
        "repair_expand_abbreviations": "chữ viết tắt, chữ gõ tắt",
        "repair_restore_marks": "chữ thiếu dấu",
        "repair_standardise_dialect": "từ địa phương",
        "method_coding": "Gán chủ đề",
        "method_coding_text": (
            "Mô hình máy học gán cho mỗi ý không, một hoặc nhiều chủ đề và một tính chất. Một ý của ý kiến ngắn "
            "được đọc cùng cả ý kiến. Chủ đề của một ý kiến là tất cả chủ đề của các ý trong đó."
        ),
        "method_codebook": "Gán chủ đề",
        "method_codebook_text": (
            "Chưa có mô hình nào được huấn luyện cho bộ chủ đề này. Máy học từ chính {n} ý kiến chưa ai gán nhãn: từ "
            "khóa, định nghĩa và ví dụ trong bộ chủ đề gợi ra chủ đề của từng ý kiến, rồi mô hình học từ những gợi ý "
            "đó. Độ chính xác trên các ý kiến này chưa được đo. Nên gán nhãn chừng 20 ý kiến cho mỗi chủ đề và huấn "
            "luyện mô hình bằng lệnh thamluan train. Tính chất của ý do mô hình mặc định gán, vốn được học trên chủ "
            "đề khác."
        ),
        "method_few": "Gán chủ đề",
        "method_few_text": (
            "Mô hình học từ một số ít ý kiến do người gán nhãn, từ bộ chủ đề, và từ {n} văn bản chưa ai gán nhãn "
            "mà hai nguồn kia gợi ra chủ đề. Đo bằng kiểm tra chéo trên {checked} ý kiến do người gán nhãn, "
            "macro-F1 theo chủ đề là {f1} (khoảng tin cậy 95%: {low}–{high}). Một ý của ý kiến ngắn được đọc "
            "cùng cả ý kiến. Chủ đề của một ý kiến là tất cả chủ đề của các ý trong đó."
        ),
        "method_cues": "Gán chủ đề",
        "method_cues_text": (
            "Chưa có mô hình nào được huấn luyện cho bộ chủ đề này. Một ý được gán một chủ đề khi có từ khóa của "
            "chủ đề đó trong bộ chủ đề; độ chính xác chưa được đo. Chủ đề của một ý kiến là tất cả chủ đề của các"
            " ý trong đó. Tính chất của ý do mô hình mặc định gán, vốn được học trên chủ đề khác. Nên gán nhãn "
            "một phần ý kiến và huấn luyện mô hình bằng lệnh thamluan train."
        ),
        "method_corrected": "Chỉnh sửa của người đọc",
        "method_corrected_text": (
            "Người đọc đã sửa chủ đề hoặc tính chất của {contributions} so với kết quả của máy (chủ đề: {themes}; tính "
            "chất: {stances}). Báo cáo này đếm theo kết quả đã sửa; tệp corrections.csv ghi cả hai."
        ),
        "method_counting": "Cách đếm",
        "method_counting_text": (
            "Tỷ lệ trong báo cáo là kết quả đếm trực tiếp các chủ đề do máy gán và KHÔNG được hiệu chỉnh theo sai"
            " sót của máy. Trước khi dùng cho quyết định quan trọng, cần có người đọc kiểm tra một mẫu."
        ),
        "method_interval": "Khoảng tin cậy",
        "method_interval_text": (
            "Khoảng tin cậy 95% tính theo Wilson (1927). Các ý kiến của cùng một người không độc lập với nhau, nên "
            "khoảng được tính trên cỡ mẫu hiệu quả với mỗi người là một cụm (Korn và Graubard, 1998). Khoảng này chỉ "
            "phản ánh sai số chọn mẫu, tức là mức dao động nếu có những người khác của cùng tổng thể theo cùng cách "
            "chọn ngẫu nhiên. Khoảng này không phản ánh sai sót của máy, việc người không trả lời có thể nghĩ khác, "
            "hay cách đặt câu hỏi. Nếu đã hỏi toàn bộ tổng thể hoặc không chọn ngẫu nhiên thì chỉ nên dùng để tham "
            "khảo độ lớn của số liệu."
        ),
        "method_weights": "Trọng số",
        "method_weights_text": (
            "Mỗi ý kiến được tính theo trọng số trong tệp đầu vào. Số ý kiến và tổng số là số đếm thực; tỷ lệ "
            "được tính theo trọng số nên có thể khác thương của hai số đó. Tham luận, phát biểu không có trọng số"
            " được tính trọng số 1. Cỡ mẫu hiệu quả của khoảng tin cậy không bao giờ lớn hơn mức theo Kish (1965)."
        ),
        "method_groups": "Nhóm nhỏ",
        "method_groups_text": (
            "Nhóm có dưới {min_base} người không được nêu riêng mà được gộp vào “(nhóm nhỏ khác)”; khi cần, nhóm nhỏ "
            "tiếp theo cũng được gộp để không ai tính ngược được số liệu của một nhóm nhỏ từ các tổng số. Trong từng "
            "câu hỏi việc gộp được làm lại, nên có thể gộp nhiều nhóm hơn. Số liệu chung luôn được nêu; tham luận, "
            "phát biểu là công khai nên không gộp. {withheld} Các tệp answers.csv, units.csv, answers.sav và "
            "project.qdpx có từng ý kiến kèm nhóm của người trả lời, chỉ dùng nội bộ."
        ),
        "withheld": "Không thể nêu số liệu theo: {groups}.",
        "method_comparisons": "So sánh giữa các nhóm",
        "method_comparisons_text": (
            "Mỗi chủ đề được so sánh trong mỗi cách chia nhóm bằng kiểm định khi bình phương không hiệu chỉnh, hoặc "
            "kiểm định chính xác Fisher khi có ô với tần số kỳ vọng dưới 5 (Cochran, 1954; từ ba nhóm trở lên, p được "
            "ước lượng từ 9.999 bảng ngẫu nhiên). Các giá trị p được điều chỉnh cùng nhau thành q theo Benjamini và "
            "Hochberg (1995); báo cáo chỉ nói đến khác biệt khi q không quá 0,05. V của Cramér là độ lớn của khác "
            "biệt, từ 0 đến 1. Một nhóm được coi là khác các nhóm còn lại khi phần dư điều chỉnh (Haberman, 1973) vượt "
            "ngưỡng 5% đã chia cho số nhóm. Khi có trọng số hoặc một người có nhiều ý kiến, kiểm định dùng số đếm trên "
            "cỡ mẫu hiệu quả (Rao và Scott, 1992). Người không ghi nhóm (trừ khi đã gộp với nhóm nhỏ) và tham luận, "
            "phát biểu không được đưa vào so sánh."
        ),
        "method_pairs": "Chủ đề được nêu cùng nhau",
        "method_pairs_text": (
            "Hệ số gắn kết là tỷ lệ ý kiến nêu cả hai chủ đề chia cho tích hai tỷ lệ: lớn hơn 1 nghĩa là hai chủ đề "
            "được nêu cùng nhau nhiều hơn mức ngẫu nhiên. Khoảng tin cậy 95% tính trên thang logarit theo phương pháp "
            "delta; để trống khi thiếu ý kiến nêu cả hai, chỉ một hoặc không chủ đề nào."
        ),
        "method_terms": "Từ ngữ tiêu biểu",
        "method_terms_text": (
            "Từ ngữ được xếp theo log tỷ số chênh với tiên nghiệm Dirichlet (Monroe, Colaresi và Quinn, 2008). Trong "
            "phiếu khảo sát, mỗi người chỉ được tính một lần cho mỗi từ. Từ ngữ của một nhóm chỉ được nêu khi còn vững "
            "sau khi điều chỉnh cho mọi từ đã thử."
        ),
        "method_model": "Mô hình và bộ chủ đề",
        "codebook": "Bộ chủ đề",
        "model": "Mô hình",
        "version": "phiên bản {version}",
        "figures": "Kết quả kiểm tra mô hình",
        "figures_note": (
            "Điểm F1 trung bình các chủ đề (macro-F1, từ 0 đến 1) kèm khoảng tin cậy 95%, đo trên các văn bản đã gán "
            "nhãn mà mô hình chưa được học, không phải trên các ý kiến của báo cáo này."
        ),
        "n_texts": "Số văn bản",
        "macro_themes": "F1 chủ đề",
        "macro_stances": "F1 tính chất",
        "inputs": "Tệp đầu vào và mã băm SHA-256",
        "rows": "Số dòng đã đọc",
        "versions": "Phiên bản phần mềm",
        "run_json": "Mọi thiết lập của lần chạy này nằm trong tệp run.json.",
    },
    "en": {
        "title": "Summary of contributions",
        "skip": "Skip to content",
        "contents": "Contents",
        # counted things
        "contributions": "{n} contribution|{n} contributions",
        "people": "{n} person|{n} people",
        "files": "{n} file|{n} files",
        "units": "{n} idea|{n} ideas",
        "rejections": "{n} row or file|{n} rows or files",
        # what was read
        "lead_read": "Read: {read} in {files}.",
        "lead_none": "No contribution holds any text to summarise.",
        "lead_coded": "With text: {coded} from {people}, split into {units} and coded by theme.",
        "lead_empty": "Empty: {contributions}.",
        "lead_marks_only": "Of the empty ones, those that hold nothing but marks such as “-”: {contributions}.",
        "lead_rejected": "Could not be read: {rejections}, listed under",
        "lead_without": "With text that fits no theme: {contributions}.",
        "lead_machine": "A machine gave the codes and can be wrong; how it works is told under",
        # headline numbers
        "headline": "Headline numbers",
        "tile_coded": "Contributions coded",
        "tile_coded_note": "out of {read} read",
        "tile_people": "People with something to say",
        "tile_people_note": "who voiced {units}",
        "tile_theme": "Most named theme",
        "tile_stance": "{stance}: most often about",
        "tile_stance_note": "of the contributions on this theme",
        "interval_short": "95% CI: {interval}",
        # chart
        "chart": "Share of contributions that name each theme",
        "chart_note": (
            "Shares are taken over contributions with text. A contribution can carry several themes, so shares may "
            "add up to more than 100%."
        ),
        "chart_key": "The bar is the share; the line with two caps is the 95% interval. The axis runs from 0 to {end}.",
        "weighted_note": "Shares and intervals are weighted; see Method.",
        # table heads
        "theme": "Theme",
        "bar": "Chart",
        "share": "Share",
        "ratio": "Number / base",
        "interval": "95% interval",
        "question": "Question",
        "named_with": "Other theme",
        # one theme
        "themes": "Theme by theme",
        "people_share": "{share} of the people ({ratio} people)",
        "stances": "Stance",
        "stances_note": "Of {base} that name this theme.",
        "terms": "Typical words",
        "terms_note": "The number beside a word tells how many contributions hold it.",
        "by_question": "By question",
        "by_group": "By {group}",
        "together": "Often named together with",
        "quotes": "In their words",
        "subthemes": "What they speak of",
        "subtheme": "Subject",
        "subthemes_note": (
            "The machine grouped ideas by their words; a group is called by words that stand in it. Of {base} that "
            "name this theme; one can be in several groups, or in none."
        ),
        "newthemes": "Subjects outside the codebook",
        "newthemes_note": (
            "The machine grouped by their words the contributions that fit no theme: suggestions for new themes. Of "
            "{base} that fit no theme."
        ),
        "hidden_values": "Only the {shown} values with the most contributions are shown; themes.csv has {n} more.",
        "source": "Source",
        "back": "Back to the chart",
        # differences between groups
        "differences": "Differences between groups",
        "differences_note": (
            "{tests} pairs of theme and grouping were compared; {n} differ firmly after the adjustment for the number "
            "of tests (q of 0.05 or less). All results are in comparisons.csv and residuals.csv."
        ),
        "differences_none": (
            "{tests} pairs of theme and grouping were compared; none differs firmly after the adjustment for the "
            "number of tests (q of 0.05 or less). All results are in comparisons.csv and residuals.csv."
        ),
        "grouping": "Grouping",
        "who_differs": "Groups that differ from the others",
        "strength": "Cramér's V",
        "more_often": "{value}: more often, {share} ({ratio}; {interval}); all others {rest} ({rest_ratio})",
        "less_often": "{value}: less often, {share} ({ratio}; {interval}); all others {rest} ({rest_ratio})",
        "none_stands_out": "No single group stands out",
        "hidden_differences": "Only the {shown} strongest differences are shown; comparisons.csv has {n} more.",
        "group_terms": "Typical words of each group",
        # tables
        "tables": "Tables",
        "cell_key": (
            "Each cell holds the share; the number that name the theme over the row's base; the 95% interval. All "
            "numbers are in themes.csv."
        ),
        "part": "{title} (part {part} of {parts})",
        "pairs": "Themes named together",
        "pair": "Pair of themes",
        "lift": "Lift",
        "hidden_pairs": "Only the {shown} most frequent pairs are shown; {n} more are not.",
        # coded answers in other programs
        "contribution": "Number of the contribution",
        "speaker": "Speaker",
        "text": "Text of the contribution",
        "theme_ids": "Themes (ids)",
        "n_units": "Ideas in the contribution",
        "p_stance": "Probability of the stance (0 to 1)",
        "needs_look": "The machine is unsure; a person should look",
        "named": "Named",
        "not_named": "Not named",
        "yes": "Yes",
        "no": "No",
        "excludes": "Does not count",
        "cues": "Cues",
        "examples": "Examples",
        "coder_machine": "thamluan (machine)",
        "coder_people": "People who corrected codes",
        # rejected
        "rejected": "What could not be read",
        "place": "Place",
        "reason": "Reason",
        "hidden_rejected": "Only the first {shown} rows are shown; rejected.csv has {n} more.",
        # method
        "method": "Method",
        "method_reading": "Reading and splitting",
        "method_reading_text": (
            "Each answer to an open question, each speaking turn and each paper counts as one contribution. "
            "Contributions are split into ideas, mostly a sentence or a list item. The text itself is never "
            "altered; characters are normalised only in the copy that the machine reads. Quotes are verbatim, but "
            "for names of persons, house addresses, e-mails, and numbers of phones, identity papers and accounts in "
            "survey answers, for which words in square brackets stand (unless run with --no-mask)."
        ),
        "method_repairs": "Mending what was typed",
        "method_repairs_text": (
            "Ideas and themes are found in a copy in which slips of typing are mended; files and quotes keep what was "
            "written (only this page decodes old fonts). Contributions with something mended: {repairs}."
        ),
        "repairs_doubtful": "Left as they are, for it is not certain that they are in an old font: {contributions}.",
        "repair_decode_mojibake": "UTF-8 opened in another encoding",
        "repair_drop_invisible": "invisible characters",
        "repair_plain_spaces": "unusual spaces",
        "repair_replace_look_alikes": "letters of other alphabets",
        "repair_compose": "letters and marks typed apart",
        "repair_decode_legacy": "old fonts (TCVN3, VNI)",
        "repair_drop_soft_hyphens": "soft hyphens",
        "repair_replace_eths": "Ð typed for Đ",
        "repair_leave_out_directions": "notes in minutes such as (applause)",
        "repair_place_tones": "place of tone marks",
        "repair_expand_abbreviations": "abbreviations and chat spellings",
        "repair_restore_marks": "missing marks",
        "repair_standardise_dialect": "dialect words",
        "method_coding": "Coding",
        "method_coding_text": (
            "A machine-learned model gives each idea no, one or several themes and a stance. An idea of a short "
            "contribution is read together with the whole of it. A contribution has all the themes of its ideas."
        ),
        "method_codebook": "Coding",
        "method_codebook_text": (
            "No model was trained for this codebook. The machine learnt from {n} contributions that nobody has coded: "
            "the cues, definitions and examples of the codebook suggested the themes of each, and a model learnt from "
            "these suggestions. How accurate that is on these contributions has not been measured. Code about 20 "
            "contributions of each theme by hand and train a model with thamluan train. Stances are given by the "
            "default model, which was trained on other subjects."
        ),
        "method_few": "Coding",
        "method_few_text": (
            "The model learnt from few contributions that people have coded, from the codebook, and from {n} "
            "texts that nobody has coded, whose themes the other two suggested. Cross-validated on {checked} "
            "coded contributions, macro-F1 over themes is {f1} (95% interval {low}–{high}). An idea of a short "
            "contribution is read together with the whole of it. A contribution has all the themes of its ideas."
        ),
        "method_cues": "Coding",
        "method_cues_text": (
            "No model was trained for this codebook. An idea is given a theme when it holds one of the theme's "
            "cues; how accurate that is has not been measured. A contribution has all the themes of its ideas. "
            "Stances are given by the default model, which was trained on other subjects. Code some of the "
            "contributions by hand and train a model with thamluan train."
        ),
        "method_corrected": "Corrected by hand",
        "method_corrected_text": (
            "People have corrected the themes or the stance of {contributions} (themes: {themes}; stance: {stances}). "
            "This report counts what they gave; corrections.csv has it beside what the machine gave."
        ),
        "method_counting": "Counting",
        "method_counting_text": (
            "Shares in this report are plain counts of the machine's codes and are NOT corrected for the "
            "machine's mistakes. Have people check a sample before an important decision rests on them."
        ),
        "method_interval": "Intervals",
        "method_interval_text": (
            "The 95% intervals are Wilson's (1927). What one person says is not independent, so each person is a "
            "cluster and intervals are taken over the effective base (Korn and Graubard 1998). They cover sampling "
            "only: how far shares would move if other people of the same population had been drawn at random in the "
            "same way. They do not cover the machine's mistakes, people who did not answer and may think otherwise, or "
            "the wording of a question. Where everybody was asked, or nobody was drawn at random, take them as a rough "
            "guide to how firm a number is."
        ),
        "method_weights": "Weights",
        "method_weights_text": (
            "Each contribution counts with the weight given in the input. Numbers and bases are plain counts; "
            "shares are weighted and can differ from the one divided by the other. Speeches, which have no "
            "weight, weigh 1. The effective base of an interval is never above that of Kish (1965)."
        ),
        "method_groups": "Small groups",
        "method_groups_text": (
            "Groups of fewer than {min_base} people are not shown by themselves but merged into “(other small "
            "groups)”, where needed with the next smallest, so that no small group can be worked out from the totals. "
            "Inside each question values are merged again, so more of them may be. Numbers over all are always shown; "
            "speeches are public and not merged. {withheld} The files answers.csv, units.csv, answers.sav and "
            "project.qdpx hold single contributions with the groups of who gave them, and are not for publication."
        ),
        "withheld": "Nothing can be shown by: {groups}.",
        "method_comparisons": "Comparisons between groups",
        "method_comparisons_text": (
            "Each theme is compared in each grouping by a chi-square test without correction, or by Fisher's exact "
            "test where a cell is expected to hold fewer than 5 (Cochran 1954; with three values or more, p is "
            "estimated from 9,999 random tables). All p-values are adjusted together into q (Benjamini and Hochberg "
            "1995); the report speaks of a difference only at q of 0.05 or less. Cramér's V, 0 to 1, tells how large "
            "it is. A value stands out where its adjusted residual (Haberman 1973) is beyond the bound of 5% divided "
            "by the number of values. With weights, or several contributions of one person, counts are those of the "
            "effective bases (Rao and Scott 1992). People who did not state their value (unless merged with small "
            "groups), and speeches, are not compared."
        ),
        "method_pairs": "Themes named together",
        "method_pairs_text": (
            "Lift is the share that names both themes divided by the product of their shares: above 1, they are named "
            "together more often than by chance. Its 95% interval is taken on the log scale by the delta method; it is "
            "missing where contributions with both themes, either alone or neither are lacking."
        ),
        "method_terms": "Typical words",
        "method_terms_text": (
            "Words are ranked by log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008). In "
            "survey answers each person counts once a word. Words of a group are shown only where they survive the "
            "adjustment for all words that were tried."
        ),
        "method_model": "Model and codebook",
        "codebook": "Codebook",
        "model": "Model",
        "version": "version {version}",
        "figures": "How the model did in tests",
        "figures_note": (
            "Mean F1 over the codes (macro-F1, 0 to 1) with its 95% interval, measured on labelled texts that the "
            "model was not fitted on, not on the contributions of this report."
        ),
        "n_texts": "Texts",
        "macro_themes": "F1 of themes",
        "macro_stances": "F1 of stances",
        "inputs": "Input files and their SHA-256",
        "rows": "Rows read",
        "versions": "Software versions",
        "run_json": "All settings of this run are in run.json.",
    },
}


def counted(key: str, n: float, *, lang: str) -> str:
    """Write a number with its noun.

    >>> counted("contributions", 1024, lang="vi"), counted("files", 1, lang="en")
    ('1.024 ý kiến', '1 file')
    """
    forms = WORDS[lang][key].split("|")
    return (forms[0] if n == 1 else forms[-1]).format(n=numbers.count(n, lang=lang))

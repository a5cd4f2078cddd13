from thamluan.pipeline.report.marks_card import marks_card
from thamluan.pipeline.text.marks.training import train


def test_card_states_what_the_model_is_made_of_and_how_well_it_does(tmp_path):
    corpus, own = tmp_path / "corpus.txt", tmp_path / "own.jsonl"
    corpus.write_text("\n".join(f"Chi bộ họp lần {number}" for number in range(16_000)), encoding="utf-8")
    own.write_text('{"text": "Phụ cấp thấp"}\n{"text": "khong"}\n', encoding="utf-8")
    text = marks_card(train(corpus, own=[own], dev=[own], n_rows=16))
    assert "| corpus.txt, held out | 200 | 800 | 1.0000 |" in text
    assert "| own.jsonl | 1 | 3 | 1.0000 |" in text
    assert text.count("SHA-256") == 1
    assert "khong" not in text

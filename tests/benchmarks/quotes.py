"""Quotes beside summarisers: how much of what people wrote as a summary the chosen sentences hold (ROUGE).

    python tests/benchmarks/quotes.py [SHARED]

For each cluster of news articles in SHARED (default ../shared), sentences are chosen up to the mean length of its two
human summaries, cut off at that length, the same for all ways; also five sentences. ROUGE-1/2/L is the F1 over
syllables, the mean over both summaries and all clusters. LexRank and TextRank are sumy's (Apache-2.0), ROUGE is
rouge-score's (Apache-2.0), for this alone: `pip install sumy rouge-score`. Centroid is Radev et al. (2004), by tf-idf,
without what says the same twice.
"""

import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rouge_score.rouge_scorer import RougeScorer
from sklearn.feature_extraction.text import TfidfVectorizer
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from thamluan.pipeline.aggregate.choosing import Pool, choose
from thamluan.pipeline.aggregate.quotes import nearness, says_the_same
from thamluan.pipeline.report.digest import grid
from thamluan.pipeline.text.units import unit_spans

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("rouge1", "rouge2", "rougeL")
LEAST_SYLLABLES = 8  # of a sentence: headlines, places and names of agencies are none
MOST_CHOSEN, FIVE = 20, 5
ALIKE = 0.5

Way = Callable[[Sequence[str], Sequence[int], int], list[int]]


class Syllables:
    """Cuts texts into syllables, for ROUGE and for sumy."""

    def tokenize(self, text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(self.tokenize(text))


def main() -> None:
    """Print the tables."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    path = shared / "data" / "summaries" / "dev.jsonl"
    clusters = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    scorer = RougeScorer(list(KINDS), tokenizer=Syllables())
    for title, cut in (("Length of the human summaries", True), ("Five sentences", False)):
        rows = []
        for name, way in WAYS.items():
            scores = np.array([_score(cluster, way, scorer, cut=cut) for cluster in clusters])
            rows.append((name, *(f"{value:.4f}" for value in scores.mean(axis=0))))
        print(f"{title}, {len(clusters)} clusters\n\n{grid([('way', *KINDS), *rows])}\n")


def _score(cluster: dict[str, list[str]], way: Way, scorer: RougeScorer, *, cut: bool) -> list[float]:
    sentences, documents = _sentences(cluster["documents"])
    syllables = Syllables()
    budget = round(np.mean([len(syllables.tokenize(reference)) for reference in cluster["references"]]))
    text = " ".join(sentences[index] for index in way(sentences, documents, MOST_CHOSEN if cut else FIVE))
    if cut:
        text = " ".join(syllables.tokenize(text)[:budget])
    scored = [scorer.score(reference, text) for reference in cluster["references"]]
    return [float(np.mean([each[kind].fmeasure for each in scored])) for kind in KINDS]


def _sentences(documents: Sequence[str]) -> tuple[list[str], list[int]]:
    """Cut documents into sentences, each once; give the number of each one's document."""
    found: dict[str, int] = {}
    for number, document in enumerate(documents):
        for start, end in unit_spans(document):
            if len(re.findall(r"\w+", document[start:end])) >= LEAST_SYLLABLES:
                found.setdefault(document[start:end], number)
    return list(found), list(found.values())


def ours(sentences: Sequence[str], documents: Sequence[int], n_chosen: int) -> list[int]:
    """Choose as quotes are chosen; a document is a group to vary in, and all are equally fit."""
    pool = Pool(
        nearness=nearness(sentences, sentences),
        quality=np.ones(len(sentences)),
        kinds=[(number + 1,) for number in documents],
        person=list(range(len(sentences))),
        alike=says_the_same(sentences),
    )
    return choose(pool, n_chosen=n_chosen)


def centroid(sentences: Sequence[str], _: Sequence[int], n_chosen: int) -> list[int]:
    """Take the sentences nearest to the mean of all; none that is near one taken."""
    rows = TfidfVectorizer(token_pattern=r"\w+").fit_transform(sentences)
    middle = np.asarray(rows.mean(axis=0)).ravel()
    order = np.argsort(-(rows @ middle), kind="stable")
    chosen: list[int] = []
    for index in order.tolist():
        if len(chosen) < n_chosen and all((rows[index] @ rows[other].T).sum() < ALIKE for other in chosen):
            chosen.append(index)
    return chosen


def lexrank(sentences: Sequence[str], _: Sequence[int], n_chosen: int) -> list[int]:
    """Rank by sumy's LexRank (Erkan and Radev 2004)."""
    return _by_sumy(LexRankSummarizer, sentences, n_chosen)


def textrank(sentences: Sequence[str], _: Sequence[int], n_chosen: int) -> list[int]:
    """Rank by sumy's TextRank (Mihalcea and Tarau 2004)."""
    return _by_sumy(TextRankSummarizer, sentences, n_chosen)


def _by_sumy(summarizer: type[AbstractSummarizer], sentences: Sequence[str], n_chosen: int) -> list[int]:
    class Ranked(summarizer):
        """Gives the best sentences with the best first; sumy puts them back in order."""

        def _get_best_sentences(self, sentences: Sequence[Sentence], count: int, rating: object) -> list[str]:
            rate = rating if callable(rating) else rating.__getitem__
            return [str(sentence) for sentence in sorted(sentences, key=rate, reverse=True)[:count]]

    made = [Sentence(sentence, Syllables()) for sentence in sentences]
    place = {str(sentence): index for index, sentence in enumerate(made)}
    return [place[text] for text in Ranked()(ObjectDocumentModel([Paragraph(made)]), n_chosen)]


def first(sentences: Sequence[str], documents: Sequence[int], n_chosen: int) -> list[int]:
    """Take the first sentences of each document in turn; news begin with what matters, answers do not."""
    order = [sum(other == number for other in documents[:index]) for index, number in enumerate(documents)]
    return np.argsort(order, kind="stable")[:n_chosen].tolist()


WAYS: dict[str, Way] = {
    "ours": ours,
    "LexRank": lexrank,
    "TextRank": textrank,
    "centroid": centroid,
    "first sentences": first,
}

if __name__ == "__main__":
    main()

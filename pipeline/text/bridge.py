"""The spaCy bridge, first part: our words as a tokenizer, our units as sentences and spans.

Loaded by spaCy itself (its entry points name `make_words` and `make_units`), never by the commands.
"""

import re
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import DummyTokenizer, minibatch, raise_error, registry
from spacy.vocab import Vocab

from thamluan.pipeline import columns
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.text.repair import repair, repair_all, repairs_without
from thamluan.pipeline.text.words import word_offsets

WORDS = "thamluan.words.v1"  # the tokenizer's name in a spaCy config
UNITS = "units"  # the key in doc.spans
REPAIRED = "repaired"  # attribute of that group: start, end and what the model sees, a unit
SURROGATE = re.compile("[\ud800-\udfff]")
BATCH = 1000  # Docs annotated at once, unless `nlp.pipe` says otherwise; as many as spaCy takes

ErrorHandler = Callable[[str, object, list[Doc], Exception], None]


class WordTokenizer(DummyTokenizer):
    r"""Tokens are the words of `word_offsets`; the text of a Doc is the text that was given, white space and all.

    One space after a word belongs to that word's token, as everywhere in spaCy; other white space makes tokens of
    its own.

    >>> doc = WordTokenizer(Vocab())("Phụ cấp  thấp,\nđề nghị tăng.")
    >>> [token.text for token in doc]
    ['Phụ cấp', ' ', 'thấp', ',', '\n', 'đề nghị', 'tăng', '.']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Make a Doc of a text.

        Raises:
            InputError: when the text holds half of a surrogate pair, which spaCy cannot store.
        """
        return next(self.pipe([text]))

    def pipe(self, texts: Iterable[str], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Make Docs of texts, a batch at a time.

        spaCy asks for one at a time by itself; `nlp.pipe(nlp.tokenizer.pipe(texts))` takes the batches.

        Raises:
            InputError: as for one text.
        """
        for batch in minibatch(texts, batch_size):
            for text in batch:
                if found := SURROGATE.search(text):
                    raise InputError(
                        f"Character {found.start()} of a text is a lone surrogate, which spaCy cannot hold.",
                        hint="Read it again with its own encoding, or put '\\ufffd' in the place of such characters.",
                    )
            offsets = word_offsets(batch)
            spans = zip(offsets.starts.tolist(), offsets.ends.tolist(), strict=True)
            for text, n_words in zip(batch, offsets.counts.tolist(), strict=True):
                yield self._make_doc(text, islice(spans, n_words))

    def _make_doc(self, text: str, spans: Iterable[tuple[int, int]]) -> Doc:
        words, spaces = [], []
        done = 0
        for start, end in (*spans, (len(text), len(text))):
            if start > done and words and text[done] == " ":
                spaces[-1] = True
                done += 1
            for piece in (text[done:start], text[start:end]):
                if piece:
                    words.append(piece)
                    spaces.append(False)
            done = end
        return Doc(self.vocab, words=words, spaces=spaces)


class Annotator(ABC):
    """A component that annotates Docs a batch at a time; `annotate` is what a subclass brings.

    With an error handler set (`nlp.set_error_handler`), a batch that fails is handed to it, as spaCy's own do.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.error_handler: ErrorHandler = raise_error

    @abstractmethod
    def annotate(self, docs: Sequence[Doc]) -> None:
        """Write onto Docs, in place."""

    def __call__(self, doc: Doc) -> Doc:
        self.annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotate a stream in batches."""
        for docs in minibatch(stream, batch_size):
            try:
                self.annotate(docs)
            except Exception as error:  # whatever it is, spaCy's users say by the handler what comes of it
                self.error_handler(self.name, self, docs, error)
            else:
                yield from docs

    def set_error_handler(self, error_handler: ErrorHandler) -> None:
        """Set what is called with name, component, Docs and error when a batch fails."""
        self.error_handler = error_handler

    def get_error_handler(self) -> ErrorHandler:
        """Give what is called when a batch fails."""
        return self.error_handler


class Units(Annotator):
    """Write the units of `segment` into `doc.spans["units"]`, and let each begin a sentence.

    A list marker belongs to no unit, but to the sentence of the unit that it stands before; white space after a unit
    belongs to that unit's sentence. A token that runs over the edge of a unit is cut there, whoever made it; spans
    and vectors of tokens that a component before this one has set do not survive such a cut, so this one comes first.
    """

    def __init__(self, name: str, *, skipped: Sequence[str] = ()) -> None:
        super().__init__(name)
        self.repairs = repairs_without(skipped)

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Cut Docs into units and sentences."""
        texts = [doc.text for doc in docs]
        found = segment(as_contributions(texts), repaired=repair_all(texts, names=self.repairs))
        rows: list[list[tuple[int, int, str]]] = [[] for _ in docs]
        names = [columns.CONTRIBUTION, columns.START, columns.END, columns.MODEL_TEXT]
        for number, *unit in found[names].itertuples(index=False):
            rows[number - 1].append(tuple(unit))
        for doc, units in zip(docs, rows, strict=True):
            _annotate_units(doc, units)


def _annotate_units(doc: Doc, units: Sequence[tuple[int, int, str]]) -> None:
    """Write one Doc's units (start, end, text for the model) and its sentences."""
    sentences = _sentence_starts(doc.text, units)
    _cut_tokens(doc, {*sentences, *(point for start, end, _ in units for point in (start, end))})
    starts = [token.idx for token in doc]
    begins = {bisect_left(starts, point) for point in sentences}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.i in begins
    spans = [Span(doc, bisect_left(starts, start), bisect_left(starts, end)) for start, end, _ in units]
    doc.spans[UNITS] = SpanGroup(doc, name=UNITS, spans=spans, attrs={REPAIRED: [list(unit) for unit in units]})


def _sentence_starts(text: str, units: Sequence[tuple[int, int, str]]) -> list[int]:
    """Give for each unit after the first where its sentence begins: at its list marker, if there is one."""
    between = [text[end:start] for (_, end, _), (start, _, _) in pairwise(units)]
    return [start - len(gap.lstrip()) for gap, (start, _, _) in zip(between, units[1:], strict=True)]


def _cut_tokens(doc: Doc, points: set[int]) -> None:
    """Cut the tokens that run over points of the text, counted in characters."""
    missing = sorted(points - {edge for token in doc for edge in (token.idx, token.idx + len(token))})
    if not missing:
        return
    with doc.retokenize() as retokenizer:
        for token in doc:
            end = token.idx + len(token)
            inside = missing[bisect_left(missing, token.idx) : bisect_left(missing, end)]
            if inside:
                pieces = [doc.text[start:stop] for start, stop in pairwise((token.idx, *inside, end))]
                retokenizer.split(token, pieces, heads=[(token, number) for number in range(len(pieces))])


def unit_texts(doc: Doc) -> list[str]:
    """Give for each unit of a Doc what the model sees of it: the text after repair.

    Raises:
        InputError: when the Doc has no units.
    """
    if UNITS not in doc.spans:
        raise InputError(
            f"A Doc has no doc.spans['{UNITS}'] to code.",
            hint="Add the component that cuts them before this one: nlp.add_pipe('thamluan_units', first=True).",
        )
    group = doc.spans[UNITS]
    repaired = {(start, end): text for start, end, text in group.attrs.get(REPAIRED, ())}
    spans = [(span, (span.start_char, span.end_char)) for span in group]
    # A unit that someone else has put in is repaired by itself, by every repair.
    return [repaired[place] if place in repaired else repair(span.text).text for span, place in spans]


@registry.tokenizers(WORDS)
def make_words() -> Callable[[Language], WordTokenizer]:
    """Make what makes the tokenizer, as a spaCy config asks: `[nlp.tokenizer] @tokenizers = "thamluan.words.v1"`."""
    return _make_tokenizer


def _make_tokenizer(nlp: Language) -> WordTokenizer:
    return WordTokenizer(nlp.vocab)


@Language.factory(
    "thamluan_units",
    default_config={"skipped": []},
    assigns=["doc.spans", "doc.sents", "token.is_sent_start", "token.sent_start"],
    retokenizes=True,
)
def make_units(nlp: Language, name: str, *, skipped: list[str]) -> Units:
    """Make the component that cuts Docs into units; `skipped` names repairs of the text that are left out.

    Raises:
        InputError: when one that is skipped does not exist.
    """
    return Units(name, skipped=skipped)

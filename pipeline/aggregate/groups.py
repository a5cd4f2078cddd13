"""Groups: who is compared with whom, and which groups are too small to be shown by themselves."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from thamluan.pipeline.aggregate.disclosure import worked_out
from thamluan.pipeline.letters import strip_marks

NOT_STATED = {"vi": "(không ghi)", "en": "(not stated)"}
DOCUMENTS = {"vi": "(tham luận, phát biểu)", "en": "(speeches)"}
SMALL = {"vi": "(nhóm nhỏ khác)", "en": "(other small groups)"}

Table = pd.DataFrame  # values down, questions across: how many people


@dataclass(frozen=True)
class Groups:
    """The values as they are shown, small ones merged; a row a contribution, a column a grouping.

    `within` holds the values as they are shown inside a question, in the groupings that are shown there, and
    `questions` in which questions those are. `withheld` names the groupings of which nothing can be shown.
    """

    values: pd.DataFrame
    within: pd.DataFrame
    questions: Mapping[str, frozenset[str]]
    withheld: tuple[str, ...] = ()


def fill_blanks(groups: pd.DataFrame, *, is_document: pd.Series, lang: str) -> pd.DataFrame:
    """Name what a group column leaves blank: documents, which have no such column, apart from people who left it so.

    Values are put into NFC: the same name typed on a Mac and on a PC differs in code points.
    """
    blank = is_document.map({True: DOCUMENTS[lang], False: NOT_STATED[lang]})
    values = groups.apply(lambda column: column.str.normalize("NFC").str.strip())
    return values.apply(lambda column: column.where(column != "", blank))


def in_order(values: Iterable[str], *, lang: str) -> list[str]:
    """Order values as people do, what was merged or not stated last."""
    last = (SMALL[lang], NOT_STATED[lang], DOCUMENTS[lang])
    return sorted(set(values), key=lambda value: (value in last, _natural(value)))


def _natural(value: str) -> tuple[list[tuple[int, str]], str]:
    """Order values as people do: Đ beside D, numbers by size; among equals the value decides.

    >>> sorted(["Thôn 10", "Thôn 2", "Đảng viên", "Ấp 1"], key=_natural)
    ['Ấp 1', 'Đảng viên', 'Thôn 2', 'Thôn 10']
    """
    parts = re.findall(r"\d{1,18}|\D+", strip_marks(value))
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], value


def protect(
    groups: pd.DataFrame, *, questions: Sequence[str], respondents: Sequence[str], min_base: int, lang: str
) -> Groups:
    """Merge groups of fewer than `min_base` people, so that none can be read off or worked out by subtraction.

    In each grouping the small values become one, with those who stated none and then the next smallest, until they are
    `min_base` people. Inside the questions, values that are small in any become one likewise; where that leaves none
    apart, the smallest questions are not divided. Speeches are public and stay. What could still be worked out, because
    one grouping lies inside another, is withheld. Counted are people, not contributions: five answers of one person are
    one person.
    """
    if groups.empty:
        return Groups(groups, groups[[]], {})
    people = pd.DataFrame({"question": list(questions), "respondent": list(respondents)})
    values, within, shown_in, withheld = {}, {}, {}, []
    for name in groups.columns:
        column = groups[name].to_numpy()
        merged = _merged(_people(column, people.assign(question="")), min_base=min_base, lang=lang)
        if merged is None:
            withheld.append(name)
            continue
        values[name] = np.where(np.isin(column, merged), SMALL[lang], column)
        inside = _divided(values[name], people, min_base=min_base, lang=lang)
        if inside is not None:
            within[name] = np.where(np.isin(values[name], inside[0]), SMALL[lang], values[name])
            shown_in[name] = inside[1]
    shown = Groups(
        pd.DataFrame(values, index=groups.index, dtype=object),
        pd.DataFrame(within, index=groups.index, dtype=object),
        shown_in,
        tuple(withheld),
    )
    return _withhold(shown, groups, people=people, min_base=min_base, lang=lang)


def _people(values: np.ndarray, people: pd.DataFrame) -> Table:
    """Count the people of each value in each question."""
    counted = people.assign(value=values).drop_duplicates()
    return pd.crosstab(counted["value"], counted["question"])


def _merged(counts: Table, *, min_base: int, lang: str) -> list[str] | None:
    """Choose the values to be merged: none where all are large, `None` where no two would be left to compare.

    In every question the merged values have either nobody or `min_base` people.
    """
    own = counts.drop(index=DOCUMENTS[lang], errors="ignore")
    sizes = own.sum(axis=1).sort_values(kind="stable")
    is_small = ((own > 0) & (own < min_base)).any(axis=1)
    if not is_small.any():
        return []
    merged = [value for value in sizes.index if is_small[value]]
    left = [value for value in sizes.index if not is_small[value]]
    left.sort(key=lambda value: value != NOT_STATED[lang])  # it is compared with nothing, so nothing is lost
    while left:
        together = own.loc[merged].sum()
        if ((together == 0) | (together >= min_base)).all():
            return merged
        merged.append(left.pop(0))
    return None


def _divided(
    values: np.ndarray, people: pd.DataFrame, *, min_base: int, lang: str
) -> tuple[list[str], frozenset[str]] | None:
    """Choose the values to be merged inside questions, and the questions that are divided by values at all.

    Questions that are not divided are two or more, and together they bear being divided, since their sum can be
    worked out.
    """
    questions = people["question"]
    by_size = _people(values, people).sum().sort_values(kind="stable").index.tolist()
    for n_left in (0, *range(2, len(by_size))):
        left, divided = by_size[:n_left], by_size[n_left:]
        together = people.assign(question=questions.mask(questions.isin(left), "\0".join(left)))
        merged = _merged(_people(values, together), min_base=min_base, lang=lang)
        if merged is not None:
            return merged, frozenset(divided)
    return None


def _withhold(shown: Groups, groups: pd.DataFrame, *, people: pd.DataFrame, min_base: int, lang: str) -> Groups:
    """Take away what lets a small group be worked out: first all inside questions, then the last grouping."""
    while len(shown.values.columns) and _leaks(shown, groups, people=people, min_base=min_base, lang=lang):
        if len(shown.within.columns):
            shown = Groups(shown.values, shown.within[[]], {}, shown.withheld)
        else:
            *kept, last = shown.values.columns
            shown = Groups(shown.values[kept], shown.within, {}, (*shown.withheld, last))
    return shown


def _leaks(shown: Groups, groups: pd.DataFrame, *, people: pd.DataFrame, min_base: int, lang: str) -> bool:
    """Say whether a group of fewer than `min_base` people follows from all that is shown of groups.

    What follows from the numbers over all and by question alone, which are always shown, is not at stake.
    """
    names = list(shown.values.columns)
    tables = {"original": groups[names], "value": shown.values, "within": shown.within, "": people[["question"]]}
    cases = pd.concat(tables, axis=1).drop_duplicates()
    question = cases["", "question"].to_numpy()
    always = [np.ones(len(cases), dtype=bool), *_masks(question)]
    published, small = list(always), []
    for name in names:
        published += _masks(cases["value", name].to_numpy())
        for each in shown.questions.get(name, ()):
            in_question = question == each
            published += [in_question & mask for mask in _masks(cases["within", name].to_numpy())]
        counts = _people(groups[name].to_numpy(), people)
        original = cases["original", name].to_numpy()
        for value, in_questions in counts.drop(index=DOCUMENTS[lang], errors="ignore").iterrows():
            few = in_questions.index[(in_questions > 0) & (in_questions < min_base)]
            small += [(original == value) & (question == each) for each in few]
        of_all = _people(groups[name].to_numpy(), people.assign(question=""))[""].drop(
            index=DOCUMENTS[lang], errors="ignore"
        )
        small += [original == value for value in of_all.index[of_all < min_base]]
    return bool((worked_out(small, published) & ~worked_out(small, always)).any())


def _masks(values: np.ndarray) -> list[np.ndarray]:
    return [values == value for value in dict.fromkeys(values)]

"""Themes, told one by one."""

from collections.abc import Iterator

from thamluan.pipeline import columns
from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.facts import MOST_PARTS, Facts, largest
from thamluan.pipeline.report.figures import Row
from thamluan.pipeline.report.wording import HALF, NEARLY_ALL, tells_share

MOST_VALUES = 2  # of a grouping
MOST_GROUPINGS = 2


def tell_theme(facts: Facts, theme: str) -> Iterator[str]:
    """Tell a theme: how often it is named, in which stance, on what, by whom more and less, and lead to its quotes."""
    w, row = facts.wording, facts.shares[theme]
    yield w.finished(_frequency(facts, theme) + _by_respondents(facts, theme))
    if not row[columns.N]:
        yield w.sentence("nothing_more")
        return
    yield from _stances(facts, theme)
    yield from _contents(facts, theme)
    yield from _differences(facts, theme)
    n_quotes = len(facts.rows("quotes", theme))
    key = "no_quote" if not n_quotes else "quote" if n_quotes == 1 else "quotes"
    yield w.sentence(key, noun=w.piece(n_quotes))


def _frequency(facts: Facts, theme: str) -> str:
    """Say how often a theme is named."""
    w, row = facts.wording, facts.shares[theme]
    n, base = row[columns.N], row[columns.BASE]
    parts = {"n": w.count(n), "base": w.count(base), "mention": w.mention(facts.labels[theme], n)}
    parts |= {"measure": w.measure(row), "noun": w.noun(base)}
    if n == 0:
        parts["mention"] = w.mention(facts.labels[theme], base)
        high = numbers.percent(row[columns.HIGH], lang=w.lang)
        return w.say("none", **parts) + (w.say("none_at_most", high=high) if tells_share(row) else "")
    if n == base:
        interval = numbers.interval(row[columns.LOW], row[columns.HIGH], lang=w.lang)
        is_told = tells_share(row)
        said = w.say(w.all_of(base), **parts)
        return said + (w.say("all_interval", interval=interval) if is_told else "")
    if not tells_share(row):
        return w.say("few", **parts) + w.say("too_few")
    key = "nearly_all" if row[columns.LOW] >= NEARLY_ALL else "majority" if row[columns.LOW] > HALF else "some"
    if key != "some":
        parts |= {"noun": w.noun()}
    first = w.first_of(w.ranked(list(facts.shares.values())))
    is_top = [each[columns.THEME] for each in first] == [theme] and len(facts.shares) > 1
    return w.say(key, **parts) + (w.say("is_top_weighted" if w.is_weighted else "is_top") if is_top else "")


def _by_respondents(facts: Facts, theme: str) -> str:
    """Add the share of people, where they are fewer than what they said."""
    w = facts.wording
    rows = facts.rows("respondents", theme)
    if not rows or rows[0][columns.BASE] == facts.shares[theme][columns.BASE] or not rows[0][columns.N]:
        return ""
    row = rows[0]
    if not tells_share(row):
        return ""
    parts = {"n": w.count(row[columns.N]), "base": w.count(row[columns.BASE]), "measure": w.measure(row)}
    return w.say("respondents", people=w.people(row[columns.BASE]), **parts)


def _stances(facts: Facts, theme: str) -> Iterator[str]:
    """Say in which stance a theme is named: the most frequent first."""
    w = facts.wording
    ranked = w.ranked(facts.rows("stances", theme))
    if not ranked:
        return
    first, labels = w.first_of(ranked), facts.report.codebook.stance_labels(w.lang)
    top, n = ranked[0], ranked[0][columns.N]
    parts = {"n": w.count(n), "stance": labels[top[columns.STANCE]], "noun": w.noun(n), "measure": w.in_brackets(first)}
    others = [row for row in ranked if row not in first]
    if n == top[columns.BASE]:
        yield w.sentence("stance_only" if n == 1 else "stance_all", **parts)
        return
    is_majority = tells_share(top) and top[columns.LOW] > HALF
    if is_majority:
        said = w.say("stance_majority", **parts)
    elif len(first) > 1:
        stances = w.listed([w.quoted(labels[row[columns.STANCE]]) for row in first])
        said = w.say("stance_tie" if others else "stance_even", stances=stances, **parts)
    else:
        said = w.say("stance_top_weighted" if w.is_weighted else "stance_top", **parts)
    told = [w.say("with_count", label=labels[row[columns.STANCE]], n=w.count(row[columns.N])) for row in others]
    yield w.finished(said + (w.say("left" if is_majority else "then", parts=w.listed(told)) if told else ""))


def _contents(facts: Facts, theme: str) -> Iterator[str]:
    """Say what a theme is about: its largest sub-themes, or where there are none its words."""
    w = facts.wording
    rows = w.ranked(facts.rows("subthemes", theme))
    if rows:
        yield w.finished(largest(w, rows, alone="subtheme_one", several="subthemes", equal="subthemes_tie"))
        return
    terms = [w.quoted(row[columns.TERM]) for row in facts.rows("terms", theme)[:MOST_PARTS]]
    if len(terms) > 1:
        yield w.sentence("terms", terms=w.listed(terms))


def _differences(facts: Facts, theme: str) -> Iterator[str]:
    """Say which groups name a theme more or less often than the others, where that holds."""
    w = facts.wording
    parts = []
    for comparison in [row for row in facts.rows("comparisons", theme) if row[columns.HOLDS] == 1][:MOST_GROUPINGS]:
        group = comparison[columns.GROUP]
        found = [row for row in facts.rows("residuals", theme) if row[columns.GROUP] == group]
        outstanding = sorted((row for row in found if row[columns.HOLDS] == 1), key=lambda row: -row[columns.RESIDUAL])
        told = []
        for key, rows in (
            ("higher", [row for row in outstanding if row[columns.RESIDUAL] > 0][:MOST_VALUES]),
            ("lower", [row for row in outstanding if row[columns.RESIDUAL] < 0][::-1][:MOST_VALUES]),
        ):
            values = w.listed([_value(facts, theme, row) for row in rows])
            told += [w.say(key, values=values)] if rows else []
        said = ", ".join(told) or w.say("differs")
        parts.append(w.say("difference_by", group=w.quoted(group), told=said))
    if parts:
        yield w.sentence("difference", parts="; ".join(parts))


def _value(facts: Facts, theme: str, row: Row) -> str:
    """Tell the share of a theme in a value of a grouping, against that of all others."""
    w = facts.wording
    frequencies = facts.report.summary.frequencies
    is_it = (frequencies[columns.GROUP] == row[columns.GROUP]) & (frequencies[columns.VALUE] == row[columns.VALUE])
    is_it &= (frequencies[columns.QUESTION] == "") & (frequencies[columns.THEME] == theme)
    [share] = frequencies[is_it].to_dict("records")
    parts = {"value": row[columns.VALUE], "n": w.count(share[columns.N]), "base": w.count(share[columns.BASE])}
    parts["noun"] = w.noun(share[columns.BASE])
    if not tells_share(share):
        return w.say("value_few", **parts)
    rest = numbers.percent(row[columns.REST], lang=w.lang)
    return w.say("value", measure=w.measure(share), rest=rest, **parts)

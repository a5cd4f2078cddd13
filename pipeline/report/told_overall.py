"""All themes, told together."""

from collections.abc import Iterator

from thamluan.pipeline import columns
from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.facts import Facts
from thamluan.pipeline.report.figures import Row
from thamluan.pipeline.report.wording import tells_share

MOST_THEMES = 3  # named one by one
MOST_STANCES = 3
LEAST_FOR_MOST = 3  # contributions; fewer are not "nhiều nhất"


def tell_overall(facts: Facts) -> Iterator[str]:
    """Tell all themes: which are named most often, in which stance, where groups differ, and what else comes up."""
    yield from _leading(facts)
    yield from _stances_over_all(facts)
    yield from _differences_over_all(facts)
    yield from _candidates(facts)


def _leading(facts: Facts) -> Iterator[str]:
    """Name the themes that are named most often, and those that nobody names."""
    w = facts.wording
    ranked = w.ranked(list(facts.shares.values()))
    before = w.say("overall_single", noun=w.noun(1)) if w.is_single else ""
    base = next(iter(facts.shares.values()))[columns.BASE]
    if not ranked:
        yield w.sentence("overall_none", base=w.count(base))
        return
    top, first = ranked[0], w.first_of(ranked)
    parts = {"n": w.count(top[columns.N]), "base": w.count(base), "measure": w.in_brackets(first), "noun": w.noun(base)}
    if len(first) > 1:
        key = "overall_all" if top[columns.N] == base else "overall_tie"
        themes = w.listed([facts.label(row[columns.THEME]) for row in first])
        said = w.say(key, themes=themes, **parts)
    else:
        key = "overall_top_weighted" if w.is_weighted else "overall_top"
        said = w.say(key, theme=facts.labels[top[columns.THEME]], **parts)
    others = [_part(facts, row) for row in ranked[len(first) : max(MOST_THEMES, len(first))]]
    yield before + w.finished(said + (w.say("then", parts=w.listed(others)) if others else ""))
    if len(first) == 1 and len(ranked) > 1 and tells_share(top) and ranked[1][columns.HIGH] > top[columns.LOW]:
        yield w.sentence("uncertain")


def _part(facts: Facts, row: Row) -> str:
    w = facts.wording
    parts = {"theme": facts.labels[row[columns.THEME]], "n": w.count(row[columns.N]), "noun": w.noun(row[columns.N])}
    key = "overall_part" if tells_share(row) else "overall_part_few"
    return w.say(key, measure=w.measure(row), **parts)


def _stances_over_all(facts: Facts) -> Iterator[str]:
    """Say for the first stances of the codebook on which theme they are most frequent."""
    w = facts.wording
    rows = facts.table("stances")
    told: dict[tuple[tuple[str, ...], str], list[Row]] = {}
    for stance in facts.report.codebook.stance_ids[:MOST_STANCES]:
        of_stance = [row for row in rows if row[columns.STANCE] == stance and row[columns.N] >= LEAST_FOR_MOST]
        most = max((row[columns.N] for row in of_stance), default=0)
        first = [row for row in of_stance if row[columns.N] == most]
        if 0 < len(first) <= MOST_THEMES:
            themes = tuple(row[columns.THEME] for row in first)
            told.setdefault((themes, stance if len(themes) > 1 else ""), []).append(first[0])
    labels = facts.report.codebook.stance_labels(w.lang)
    parts = []
    for (ids, _), found in told.items():
        themes = [facts.label(id) for id in ids]
        phrase = "stance_themes" if len(themes) > 1 else "stance_theme" if len(found) == 1 else "stances_theme"
        base = found[0][columns.BASE]
        parts.append(
            w.say(
                phrase,
                stances=w.listed([w.quoted(labels[row[columns.STANCE]]) for row in found]),
                themes=w.listed(themes),
                n=w.listed([w.count(row[columns.N]) for row in found]),
                base=w.count(base),
                noun=w.noun(found[0][columns.N] if len(themes) > 1 else base),
            )
        )
    if parts:
        yield w.sentence("overall_stances", parts="; ".join(parts))


def _differences_over_all(facts: Facts) -> Iterator[str]:
    """Say for which themes groups differ, or that none do."""
    w = facts.wording
    comparisons = facts.table("comparisons")
    if not comparisons:
        return
    holding: dict[str, list[str]] = {}
    for row in comparisons:
        if row[columns.HOLDS] == 1:
            holding.setdefault(row[columns.GROUP], []).append(facts.label(row[columns.THEME]))
    groups = dict.fromkeys(row[columns.GROUP] for row in comparisons)
    others = w.listed([w.quoted(group) for group in groups if group not in holding])
    if not holding:
        yield w.sentence("no_differences", groups=others)
        return
    parts = [w.say("by_group", themes=w.listed(themes), group=w.quoted(group)) for group, themes in holding.items()]
    said = w.say("overall_differences", parts="; ".join(parts))
    yield w.finished(said + (w.say("not_by", groups=others) if others else ""))


def _candidates(facts: Facts) -> Iterator[str]:
    """Say what contributions without theme are about, or which themes go together more often than by chance."""
    w = facts.wording
    candidates = w.ranked(facts.rows("subthemes", ""))
    if candidates:
        n = candidates[0][columns.N]
        counted = w.say("counted", n=w.count(n), noun=w.noun(n))
        yield w.sentence("candidates", label=candidates[0][columns.LABEL], counted=counted)
        return
    for row in facts.table("pairs"):
        low = row.get(columns.LIFT_LOW)
        if not numbers.is_missing(low) and low > 1 and tells_share(row):
            lifts = {
                name: numbers.decimal(row[name], 1, lang=w.lang)
                for name in (columns.LIFT, columns.LIFT_LOW, columns.LIFT_HIGH)
            }
            parts = {"n": w.count(row[columns.N]), "base": w.count(row[columns.BASE]), "measure": w.measure(row)}
            first, second = facts.label(row[columns.THEME]), facts.label(row[columns.OTHER])
            yield w.sentence("pair", first=first, second=second, noun=w.noun(row[columns.BASE]), **parts, **lifts)
            return

"""Fields: plain values out of a file that people wrote, each checked, every problem kept with its place."""

import difflib
from collections.abc import Mapping, Sequence

from thamluan.pipeline.letters import compose
from thamluan.pipeline.settings import LANGUAGES


class Problems(list[str]):
    """Everything found wrong, each with the place in the file where it stands."""

    def add(self, place: str, what: str) -> None:
        self.append(f"{place}: {what}" if place else what)


def mapping(value: object, problems: Problems, *, place: str, allowed: Sequence[str]) -> Mapping[str, object]:
    """Take a mapping with none but the allowed keys; anything else counts as an empty one."""
    if not isinstance(value, Mapping):
        problems.add(place, f"expected the keys {', '.join(allowed)}, found {_kind(value)}")
        return {}
    for key in value:
        if key not in allowed:
            close = difflib.get_close_matches(str(key), allowed, n=1)
            meant = f"; did you mean '{close[0]}'?" if close else f"; allowed: {', '.join(allowed)}"
            problems.add(place, f"unknown key '{key}'{meant}")
    return value


def list_of(value: object, problems: Problems, *, place: str, required: bool) -> list[object]:
    """Take a list; `required` wants at least one entry, otherwise it may be missing."""
    if isinstance(value, list) and (value or not required):
        return value
    if value is not None or required:
        problems.add(place, f"expected a list with at least one entry, found {_kind(value)}")
    return []


def texts(value: object, problems: Problems, *, place: str) -> tuple[str, ...]:
    """Take a list of texts, which may be missing."""
    entries = enumerate(list_of(value, problems, place=place, required=False), start=1)
    return tuple(text(entry, problems, place=f"{place}[{number}]", required=True) for number, entry in entries)


def text(value: object, problems: Problems, *, place: str, required: bool = False) -> str:
    """Take a text, in NFC and without white space around it; `required` wants it to say something."""
    if isinstance(value, str) and (value.strip() or not required):
        return compose(value.strip())
    if value is not None or required:
        problems.add(place, f"expected text, found {_kind(value)}")
    return ""


def by_language(value: object, problems: Problems, *, place: str, required: bool = False) -> Mapping[str, str]:
    """Take a text that may be given once, or by language; a language that is missing takes the other's."""
    if not isinstance(value, Mapping):
        return dict.fromkeys(LANGUAGES, text(value, problems, place=place, required=required))
    by_key = {
        lang: text(words, problems, place=f"{place}.{lang}", required=True)
        for lang, words in mapping(value, problems, place=place, allowed=LANGUAGES).items()
    }
    given = [by_key[lang] for lang in LANGUAGES if by_key.get(lang)]
    if not by_key:
        problems.add(place, f"expected text in one of {', '.join(LANGUAGES)}, found none")
    return {lang: by_key.get(lang) or (given[0] if given else "") for lang in LANGUAGES}


def _kind(value: object) -> str:
    """Name what was found without writing it out: it may be long, and hold itself."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"{str(value).lower()} (write a word like this in quotes)"
    is_empty = not (value.strip() if isinstance(value, str) else value)
    kind = {list: "list", dict: "mapping", str: "text"}.get(type(value), type(value).__name__)
    return f"an empty {kind}" if is_empty else kind

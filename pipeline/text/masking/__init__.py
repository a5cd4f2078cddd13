"""Masking: what tells who a respondent is or how to reach one, found in a text and written over."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from thamluan.pipeline.text.masking.addresses import addresses
from thamluan.pipeline.text.masking.emails import emails
from thamluan.pipeline.text.masking.numbers import accounts, identities, phones
from thamluan.pipeline.text.masking.persons import persons
from thamluan.pipeline.text.repair import repair

Spans = Iterable[tuple[int, int]]

MASKS: Mapping[str, Callable[[str], Spans]] = {  # where two overlap, the earlier one says what both are
    "email": emails,
    "account": accounts,
    "identity": identities,
    "phone": phones,
    "address": addresses,
    "person": persons,
}
WRITTEN: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "email": "[thư điện tử]",
        "account": "[số tài khoản]",
        "identity": "[số giấy tờ]",
        "phone": "[số điện thoại]",
        "address": "[địa chỉ]",
        "person": "[tên người]",
    },
    "en": {
        "email": "[e-mail]",
        "account": "[account number]",
        "identity": "[ID number]",
        "phone": "[phone]",
        "address": "[address]",
        "person": "[name]",
    },
}
MENDED = ("drop_invisible", "plain_spaces", "replace_look_alikes", "compose", "replace_eths")


class Hidden(NamedTuple):
    """A stretch of the raw text that is masked: what it is, one of `MASKS`, and where it stands."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Hidden]:
    """Find what is to be masked, in order and apart.

    Letters are looked at as they are seen: composed, without invisible characters.

    >>> find("Gọi 0912.345.678 gặp chị Hoa")
    [Hidden(kind='phone', start=4, end=16), Hidden(kind='person', start=25, end=28)]
    """
    seen = repair(text, names=MENDED)
    order = list(MASKS)
    spans = ((start, end, kind) for kind, finder in MASKS.items() for start, end in finder(seen.text))
    found: list[Hidden] = []
    for start, end, kind in sorted((*seen.raw_span(start, end), kind) for start, end, kind in spans):
        if found and start < found[-1].end:
            last = found.pop()
            kind, start, end = min(last.kind, kind, key=order.index), last.start, max(last.end, end)
        found.append(Hidden(kind, start, end))
    return found


def mask(text: str, *, lang: str = "vi") -> str:
    """Write over phone, identity-card and account numbers, e-mail and house addresses, and names of persons.

    Places stay, and so do years, dates, sums of money, percentages and the numbers of decrees.

    >>> mask("Ông Lò Văn Pản ở thôn Nà Lim, gọi +84 912 345 678, xin 1.200.000 đồng theo Quyết định 99/2019")
    'Ông [tên người] ở thôn Nà Lim, gọi [số điện thoại], xin 1.200.000 đồng theo Quyết định 99/2019'
    """
    written, done = [], 0
    for kind, start, end in find(text):
        written += (text[done:start], WRITTEN[lang][kind])
        done = end
    return "".join((*written, text[done:]))

"""Syllables: how a Vietnamese syllable may be spelt, and its parts.

Onsets, rhymes and which of them meet: Đoàn Thiện Thuật (1977), Ngữ âm tiếng Việt; the spelling rules for c/k/q, g/gh,
ng/ngh and i/y with them, and the few exceptions that dictionaries list. Letters are lower-case and in NFC here.
"""

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}  # level: no mark
VOWELS = "aăâeêioôơuưy"
TONE_MARKS = "".join(TONES)

# "gi" and "qu" are tried before "g"; the longest that leaves a rhyme is taken.
ONSETS = tuple("ngh ng nh n gh gi g kh k ph p th tr t ch c qu b d đ h l m r s v x".split())
RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay   ăc ăm ăn ăng ăp ăt   âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et   ê êch êm ên ênh êp êt êu   i ich im in inh ip it iu   ia iêc iêm iên iêng iêp iêt iêu
    y yêm yên yêng yêt yêu   o oc oi om on ong op ot oong ooc   ô ôc ôi ôm ôn ông ôp ôt   ơ ơi ơm ơn ơp ơt
    u uc ui um un ung up ut   ua uôc uôi uôm uôn uông uôt
    ư ưc ưi ưm ưn ưng ưt ưu   ưa ươc ươi ươm ươn ương ươp ươt ươu
    oa oac oach oai oam oan oang oanh oao oap oat oay   oăc oăm oăn oăng oăt   oe oem oen oeo oet
    uân uâng uât uây   uê uêch uênh   uơ   uy uya uych uynh uyn uyp uyt uyu uyên uyêt
    """.split()
)
STOPS = ("c", "ch", "p", "t")  # a rhyme that ends so has the tone sắc or nặng
ROUNDED = ("oa", "oă", "oe", "uâ", "uê", "uơ", "uy")  # rhymes that begin with the glide w
LABIALS = ("b", "m", "p", "ph", "v")  # onsets after which that glide does not stand,
ROUNDED_AFTER_LABIALS = frozenset({"boa", "buyt", "buy", "moay", "phuy", "voan", "poa"})  # but in loans
Y_ONSETS = frozenset({"", "h", "k", "l", "m", "n", "s", "t", "th", "v"})  # "y" for "i": lý, mỹ, Thy
# Rhymes after "qu" and "gi" are written without the vowel that the onset already shows.
QU_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay   ăc ăm ăn ăng ăp ăt   ân âng ât ây   e em en eo et
    ê êch ên ênh êt   i in inh it   y ych yên yêt yn ynh yt   ơ ơi ơn ơt   ôc
    """.split()
)
GI_RHYMES = frozenset("n êc êm êng êt êu e em eo ep".split()) | {""}  # gìn, giếng, giết; gì


class Syllable(NamedTuple):
    """The parts of a syllable: `rhyme` without its tone; `tone` is the combining mark, empty for the level tone."""

    onset: str
    rhyme: str
    tone: str


def is_syllable(word: str) -> bool:
    """Say whether a word may be a Vietnamese syllable, wherever its tone mark stands and whatever its case.

    >>> [is_syllable(word) for word in ("Nghiệp", "hoà", "hòa", "QUÝ", "giếng", "ngiệp", "các", "cac", "tr", "Ð")]
    [True, True, True, True, True, False, True, False, False, False]
    """
    return split(word) is not None


@lru_cache(maxsize=1 << 16)
def split(word: str) -> Syllable | None:
    """Cut a word into onset, rhyme and tone; None where it is no possible syllable.

    The letter that "gi" and "qu" share with their rhyme belongs to the onset ("gì" has an empty rhyme).

    >>> split("Quỳnh"), split("giữa"), split("hội"), split("Huế").tone == "\u0301"
    (Syllable(onset='qu', rhyme='ynh', tone='̀'), Syllable(onset='gi', rhyme='ưa', tone='̃'), \
Syllable(onset='h', rhyme='ôi', tone='̣'), True)
    >>> split("Excel") is None
    True
    """
    if not 0 < len(word) <= 8:  # "nghiêng" has 7; a tone may stand as a character of its own
        return None
    letters, tone = strip_tone(word)
    if tone is None:
        return None
    onset = next((onset for onset in ONSETS if letters.startswith(onset) and _meet(onset, letters)), "")
    rhyme = letters[len(onset) :]
    if not onset and not _begins_alone(rhyme):
        return None
    if rhyme.endswith(STOPS) and tone not in ("\u0301", "\u0323"):
        return None
    return Syllable(onset, rhyme, tone)


def place_tone(word: str) -> str:
    """Put the tone mark of a syllable where the older spelling has it: hòa, khỏe, thúy; also quá for qúa.

    Length and case stay; a word that is no syllable stays as it is.

    >>> place_tone("hoà"), place_tone("UỶ"), place_tone("quý"), place_tone("tòan"), place_tone("thuở")
    ('hòa', 'ỦY', 'quý', 'toàn', 'thuở')
    """
    syllable = split(word)
    if syllable is None or not syllable.tone:
        return word
    has_vowel = any(letter in VOWELS for letter in syllable.rhyme)  # not so in "gì" and "gìn"
    target = len(syllable.onset) + _toned_letter(syllable.rhyme) if has_vowel else 1
    return _with_tone(word, tone=syllable.tone, target=target)


def tone_places(word: str) -> list[str]:
    """Spell a word with its tone mark on each of its vowels in turn; without a tone it is alone.

    >>> tone_places("Thuý")
    ['Thúy', 'Thuý']
    """
    letters, tone = strip_tone(word)
    if not tone:
        return [word]
    return [_with_tone(word, tone=tone, target=index) for index, letter in enumerate(letters) if letter in VOWELS]


def _with_tone(word: str, *, tone: str, target: int) -> str:
    """Take the tone mark off a word and put one on the letter `target`."""
    table = _toneless()
    plain = [table.get(letter.lower(), (letter, ""))[0] for letter in word]
    plain = [char.upper() if letter.isupper() else char for letter, char in zip(word, plain, strict=True)]
    plain[target] = unicodedata.normalize("NFC", plain[target] + tone)
    return "".join(plain)


def _toned_letter(rhyme: str) -> int:
    """Say which letter of a rhyme has the tone mark."""
    marked = [index for index, letter in enumerate(rhyme) if letter in "ăâêôơ"]
    if marked:
        return marked[-1]  # "ươ" on its second letter
    n_vowels = sum(letter in VOWELS for letter in rhyme)
    return 1 if n_vowels == 3 or (n_vowels == 2 and len(rhyme) > 2) else 0


def strip_tone(word: str) -> tuple[str, str | None]:
    """Lower-case a word and take its tone mark off; the tone is None where two letters have one.

    >>> strip_tone("Đảng")
    ('đang', '̉')
    """
    table = _toneless()
    letters, tone = [], ""
    for letter in unicodedata.normalize("NFC", word.lower()):
        plain, mark = table.get(letter, (letter, ""))
        if mark and tone:
            return word, None
        tone = tone or mark
        letters.append(plain)
    return "".join(letters), tone


def _meet(onset: str, letters: str) -> bool:
    """Say whether an onset may stand before what follows it."""
    rhyme = letters[len(onset) :]
    if onset == "qu":
        return rhyme in QU_RHYMES
    if onset == "gi":
        return rhyme in GI_RHYMES or (rhyme in RHYMES and rhyme[0] not in "eêiy")
    if rhyme not in RHYMES or (rhyme[0] == "y" and (rhyme != "y" or onset not in Y_ONSETS)):
        return False
    is_front = rhyme[0] in "eêiy"
    if onset in ("k", "gh", "ngh"):
        return is_front
    if onset in ("c", "g", "ng"):
        return not is_front
    if onset in LABIALS and rhyme.startswith(ROUNDED):
        return onset + rhyme in ROUNDED_AFTER_LABIALS
    return True


def _begins_alone(rhyme: str) -> bool:
    """Say whether a rhyme may stand without an onset: "yêu", not "iêu"."""
    return rhyme in RHYMES and not rhyme.startswith("iê")


@cache
def _toneless() -> dict[str, tuple[str, str]]:
    """Map each vowel with a tone to the vowel and its mark."""
    return {unicodedata.normalize("NFC", vowel + mark): (vowel, mark) for vowel in VOWELS for mark in TONES}

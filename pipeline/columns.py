"""Column names, each in one place only; every table of the product is made of these."""

# A contribution: what one person said in one place.
CONTRIBUTION = "contribution"  # 1, 2, ... in input order
SOURCE = "source"  # file, as a path relative to the input that named it
PLACE = "place"  # where in the file: row and column, or paragraph
SPEAKER = "speaker"  # "" where none is named
QUESTION = "question"  # "" for documents
TEXT = "text"  # raw, never altered
THEMES = "themes"  # ids joined with SEPARATOR, in the codebook's order
STANCE = "stance"
N_UNITS = "n_units"

# Known to the rooms, not written out.
RESPONDENT = "respondent"  # who said it: the same for all answers of one person
PARAGRAPH = "paragraph"  # number of the contribution's first paragraph; 0 in tables
PLACES = "places"  # where in a document each stretch of the text stands: (offset, place), from 0 on; () in tables

# A unit: one idea, as offsets into the contribution's raw text.
UNIT = "unit"
START = "start"
END = "end"
EVIDENCE = "evidence"
STANCE_PROBABILITY = "p_stance"  # of the stance given
NEEDS_LOOK = "needs_look"  # 1 where the coder is unsure, so that a person should look
MODEL_TEXT = "model_text"  # the unit after repair: what the model sees; not written out

# A theme in a group.
GROUP = "group"
VALUE = "value"
THEME = "theme"
LABEL = "label"
N = "n"
BASE = "base"
SHARE = "share"
LOW = "low"
HIGH = "high"
OTHER = "other"  # the second theme of a pair
TERM = "term"
LIFT = "lift"  # share of both themes, by the product of their shares
LIFT_LOW = "lift_low"
LIFT_HIGH = "lift_high"

# A theme compared between the values of a grouping.
TEST = "test"  # "chi2" or "fisher"; "" where all or none name the theme
STATISTIC = "statistic"
P = "p"
Q = "q"  # p, adjusted for all tests of the run
V = "v"  # Cramér's
HOLDS = "holds"  # 1 where the difference survives
REST = "rest"  # share among all other values
RESIDUAL = "residual"  # adjusted

# A group of contributions on a theme.
SUBTHEME = "subtheme"  # number of a group of contributions on a theme, 1 the largest

# A quote.
RANK = "rank"
QUOTE = "quote"
SCORE = "score"

# A labelled answer that the coder codes otherwise.
ID = "id"  # what tells labelled rows apart; "" where no column was named
TRUE_THEMES = "true_themes"
GIVEN_THEMES = "given_themes"
TRUE_STANCE = "true_stance"
GIVEN_STANCE = "given_stance"
MISTAKE = "mistake"  # the one that the coder was surest of
PROBABILITY = "probability"  # how sure it was

# A contribution whose codes people have corrected.
MACHINE_THEMES = "machine_themes"
MACHINE_STANCE = "machine_stance"

# What could not be read.
REASON = "reason"

SEPARATOR = ";"

CONTRIBUTIONS = (CONTRIBUTION, SOURCE, PLACE, SPEAKER, QUESTION, TEXT, RESPONDENT, PARAGRAPH, PLACES)
ANSWERS_BEFORE = (CONTRIBUTION, SOURCE, PLACE, SPEAKER, QUESTION)  # then the id, by and weight columns
ANSWERS_AFTER = (TEXT, THEMES, STANCE, N_UNITS)  # then one 0/1 column a theme id, then SURENESS
UNCODED_UNITS = (UNIT, CONTRIBUTION, SOURCE, PLACE, START, END, TEXT)
UNITS = (*UNCODED_UNITS, THEMES, STANCE)  # then p_<theme>, then EVIDENCE, then SURENESS
SURENESS = (STANCE_PROBABILITY, NEEDS_LOOK)
FREQUENCIES = (QUESTION, GROUP, VALUE, THEME, LABEL, N, BASE, SHARE, LOW, HIGH)
STANCES = (THEME, STANCE, LABEL, N, BASE, SHARE, LOW, HIGH)
GROUP_STANCES = (QUESTION, GROUP, VALUE, *STANCES)
RESPONDENTS = (THEME, LABEL, N, BASE, SHARE, LOW, HIGH)
PAIRS = (THEME, OTHER, N, BASE, SHARE, LOW, HIGH, LIFT, LIFT_LOW, LIFT_HIGH)
COMPARISONS = (GROUP, THEME, N, TEST, STATISTIC, P, Q, V, HOLDS)
RESIDUALS = (GROUP, VALUE, THEME, N, BASE, SHARE, REST, RESIDUAL, HOLDS)
TERMS = (THEME, TERM, N, SCORE)
GROUP_TERMS = (GROUP, VALUE, TERM, N, SCORE)
SUBTHEMES = (THEME, SUBTHEME, LABEL, N, BASE, SHARE, LOW, HIGH)  # theme "": contributions without one
ORIGIN = (SOURCE, PLACE, SPEAKER, CONTRIBUTION, START, END)
QUOTES = (THEME, RANK, STANCE, QUOTE, *ORIGIN, SCORE)
MISTAKES = (
    *(SOURCE, PLACE, ID, TEXT, TRUE_THEMES, GIVEN_THEMES, TRUE_STANCE, GIVEN_STANCE, MISTAKE, PROBABILITY),
    EVIDENCE,
)
CORRECTIONS = (CONTRIBUTION, SOURCE, PLACE, MACHINE_THEMES, THEMES, MACHINE_STANCE, STANCE)
REJECTED = (SOURCE, PLACE, REASON)


def probability(theme: str) -> str:
    """Name the column that holds a theme's probability.

    >>> probability("funding")
    'p_funding'
    """
    return f"p_{theme}"

"""The card of the word vectors: what they are, what they were made of, what they do not know."""

from thamluan.pipeline.themes.classifying.vectors import WordVectors


def vectors_card(vectors: WordVectors) -> str:
    """Write the card of word vectors as Markdown, from their facts."""
    made_of = vectors.facts["made_of"]
    n_dimensions = vectors.matrix.shape[1]
    return f"""# Word vectors

{len(vectors.words):,} Vietnamese words with {n_dimensions} numbers each: words that are used alike lie near to each
other. The first half tells which words stand near to a word, the second which stand in the same paragraph. A byte a
number.

Each half is a truncated singular value decomposition of positive pointwise mutual information (Levy, Goldberg and
Dagan 2015), in small letters, for words that are written twenty times or more.

## Made of

`{made_of["file"]}`: {made_of["words"]:,} words in {made_of["paragraphs"]:,} paragraphs of news, party journals and
policy pages. Only the numbers are kept, no sentence. Seed {vectors.facts["seed"]}; SHA-256 of the file:
`{made_of["sha256"]}`.

## Limits

- They were read from news: words of the street, of dialect and of chat are rare there or have another sense.
- A word has one vector, whatever it means in a sentence.
- Words that newspapers put together lie together, with the views of those who wrote them.
"""

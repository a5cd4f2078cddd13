"""Repairs that look at one text: characters, old encodings, tone marks, spellings."""

"""The way a text goes: readers -> text -> themes -> aggregate -> report, joined by `run`."""

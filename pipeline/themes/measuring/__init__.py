"""Measuring: how well a coder does, and how far two agree."""

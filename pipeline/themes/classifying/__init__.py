"""Classifiers: how labels are found in words."""

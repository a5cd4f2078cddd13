"""Codebooks: what is coded."""

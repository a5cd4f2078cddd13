"""Segmentation into words: underthesea's model as tables, applied to many texts at once."""

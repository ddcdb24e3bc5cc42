"""Kazakh: analysis, inflection, and the words that readers know."""

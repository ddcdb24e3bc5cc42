"""Imported by the process from which reading processes are forked: it has loaded what they need, whatever they read.

Only that process imports it. The models of a language whose packages are not installed are left to whoever needs them.
"""

from contextlib import suppress

from loaders.reading.grammar import languages_with, load_ahead
from loaders.reading.reader import kinds

__all__: list[str] = []

kinds()
for _language, _ in languages_with("analyzer.py"):
    with suppress(Exception):  # the first text in the language will tell
        load_ahead(_language)

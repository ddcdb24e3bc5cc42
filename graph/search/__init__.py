"""Finding things by their names, whole or in part, inflected or misspelt, in any language."""

from graph.search.index import Hit, NameIndex
from graph.search.names import Named, names_of

__all__ = ["Hit", "NameIndex", "Named", "names_of"]

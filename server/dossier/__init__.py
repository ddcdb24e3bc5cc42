"""Dossiers: all that documents say of an actor's cooperation, or of two actors', as sentences with footnotes."""

from server.dossier.compose import OTHERS_BEGAN, compose
from server.dossier.model import Dossier, Note, Section, Sentence
from server.dossier.written import as_markdown

__all__ = ["OTHERS_BEGAN", "Dossier", "Note", "Section", "Sentence", "as_markdown", "compose"]

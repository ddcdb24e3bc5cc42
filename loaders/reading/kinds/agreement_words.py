"""The relations in which the words about a document name its parties."""

AGREEMENT = "agreement_"
"""Senses of nouns of documents begin so; the type follows."""

JOINED = frozenset({"with", "between"})
PARTY = JOINED | {"of", "by"}

"""Which IRIs the words of a query mean."""

from collections.abc import Mapping, Sequence

from graph.query.tokens import Token

__all__ = ["declared_prefixes", "iri_of"]


def declared_prefixes(words: Sequence[Token], prefixes: Mapping[str, str]) -> dict[str, str]:
    """The namespaces by prefix: those that the query declares, and those that it need not declare."""
    declared = dict(prefixes)
    for place, token in enumerate(words[:-2]):
        if token.is_word("PREFIX") and words[place + 1].kind == "name" and words[place + 2].kind == "iri":
            declared[words[place + 1].text.removesuffix(":")] = words[place + 2].text[1:-1]
    return declared


def iri_of(token: Token, declared: Mapping[str, str]) -> str | None:
    """The IRI that a word means; None for what is no IRI, or has a prefix that is not declared."""
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind != "name" or token.text.startswith("_:"):
        return None
    prefix, _, local = token.text.partition(":")
    return declared[prefix] + local if prefix in declared else None

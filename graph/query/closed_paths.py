"""Property paths over transitive properties, where the graph holds what follows from it.

In a graph that is closed under the transitivity of p, one step is as good as many: `p+` and `p` relate the same
things, and so do `p*` and `p?` (SPARQL 1.1 Query §18.4: all four are sets of pairs). The engine walks a path from every
thing anew; the pairs that inference has written down it looks up.

This holds in the merged graph, not in the graph of one document: a query with `FROM`, and patterns in `GRAPH`, stay.
"""

import re
from collections.abc import Callable, Mapping

from graph.query.group_patterns import NotRead, separate, statements
from graph.query.iris import declared_prefixes, iri_of
from graph.query.tokens import tokens

__all__ = ["with_single_steps"]

_PATH = re.compile(r"[\w>)%.\-][+*]")
_SINGLE = {"+": "", "*": "?"}


def with_single_steps(text: str, prefixes: Mapping[str, str], is_transitive: Callable[[str], bool]) -> str:
    """The query with single steps where it has paths over transitive properties.

    Arguments:
        text: the query, whose default graph is closed under the transitivity of properties.
        prefixes: those that it need not declare.
        is_transitive: whether a property is, by IRI.
    """
    if not _PATH.search(text):
        return text
    words = separate(tokens(text))
    if any(token.is_word("FROM") for token in words):
        return text
    try:
        found = [statement for statement in statements(words) if not statement.in_graph]
    except NotRead:
        return text
    declared = declared_prefixes(words, prefixes)
    marks: list[tuple[int, str]] = []
    for verb in (one.verb for statement in found for one in statement.properties):
        for before, step, mark in zip((None, *verb), verb, verb[1:], strict=False):
            if mark.kind == "mark" and mark.text in _SINGLE and (before is None or before.text != "!"):
                iri = iri_of(step, declared)
                if iri is not None and is_transitive(iri):
                    marks.append((mark.begin, _SINGLE[mark.text]))
    for begin, single in sorted(marks, reverse=True):
        text = f"{text[:begin]}{single}{text[begin + 1 :]}"
    return text

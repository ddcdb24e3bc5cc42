"""A SPARQL update that changes one graph: the body of PATCH in the Graph Store Protocol (§5.7)."""

from collections.abc import Sequence

from graph.errors import MilcoopError
from graph.query.corrections import readable
from graph.query.tokens import Token, tokens
from graph.query.update_text import Edit, edited, group_end, outside_braces

__all__ = ["PatchRefused", "patch_text"]

_BEYOND = ("GRAPH", "WITH", "USING", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "SERVICE")


class PatchRefused(MilcoopError):
    """The update says more than what is to change in the graph."""

    http_status = 422
    title = "Not a patch"


def patch_text(text: str, graph: str | None) -> str:
    """The update so that it reads and writes the graph, where it says nothing of graphs.

    Arguments:
        text: the update.
        graph: the IRI of the graph; None for the default graph, which is what the update means already.

    Raises:
        PatchRefused: it names a graph, or a service.
    """
    text = readable(text)
    words = [token for token in tokens(text) if token.kind != "comment"]
    for token in words:
        if token.is_word(*_BEYOND):
            raise PatchRefused(f"{token.text.upper()} has no place in a patch", hint="send it to /update")
    return text if graph is None else edited(text, _edits(text, words, graph))


def _edits(text: str, words: Sequence[Token], graph: str) -> list[Edit]:
    edits = []
    begun = False  # whether the present operation has its first keyword behind it
    for place, token in outside_braces(words):
        following = words[place + 1 : place + 2]
        if token.text == ";":
            begun = False
        elif begun or not token.is_word("INSERT", "DELETE") or not following:
            continue
        elif following[0].is_word("DATA"):
            end = group_end(words[place + 2 :])
            if end is not None:
                opening = words[place + 2].begin + 1
                edits += [Edit(opening, opening, f" GRAPH <{graph}> {{"), Edit(end - 1, end - 1, "} ")]
        else:
            begun = True
            edits.append(Edit(token.begin, token.begin, f"WITH <{graph}> "))
            end = group_end(words[place + 2 :]) if following[0].is_word("WHERE") else None
            if end is not None:
                edits.append(Edit(following[0].begin, following[0].begin, text[words[place + 2].begin : end] + " "))
    return edits

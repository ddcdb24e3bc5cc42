"""The operations of a SPARQL update as words, each with the declarations before it (SPARQL 1.1 Update §3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.query.tokens import Token

__all__ = ["NotWorkedOut", "Operation", "closing_brace", "operations_of", "refuse_unforeseeable", "refuse_unreadable"]

_WORDS = frozenset(
    (
        "BASE", "PREFIX", "VERSION", "INSERT", "DELETE", "DATA", "WHERE", "WITH", "USING", "NAMED", "GRAPH", "DEFAULT",
        "ALL", "TO", "INTO", "SILENT", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "LOAD",
    )
)  # fmt: skip
_UNFORESEEABLE = ("RAND", "UUID", "STRUUID", "BNODE")


class NotWorkedOut(Exception):
    """What the update does can only be seen from doing it."""


@dataclass(slots=True)
class Operation:
    """The words of an operation, the text of all declarations before it, and the place of the word to be read next."""

    words: list[Token]
    declared: str
    place: int = field(default=0)


def operations_of(text: str, words: Sequence[Token]) -> Iterator[Operation]:
    """The operations of an update that the engine takes, from its words without comments."""
    declared = ""
    current: list[Token] = []
    depth = 0
    place = 0
    while place < len(words):
        token = words[place]
        if not current and token.is_word("BASE", "PREFIX"):
            last = words[place + (1 if token.is_word("BASE") else 2)]
            declared += f"{text[token.begin : last.begin + len(last.text)]}\n"
            place += 2 if token.is_word("BASE") else 3
            continue
        if token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if depth == 0 and token.kind == "mark" and token.text == ";":
            if current:
                yield Operation(current, declared)
            current = []
        else:
            current.append(token)
        place += 1
    if current:
        yield Operation(current, declared)


def refuse_unreadable(words: Sequence[Token]) -> None:
    """Refuse what is written so that only the engine reads it: it needs no white space after a keyword."""
    depth = 0
    for place, token in enumerate(words):
        if token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        elif depth == 0:
            known = {
                "word": token.text.upper() in _WORDS,
                "name": place > 0 and words[place - 1].is_word(*_WORDS),
                "mark": token.text == ";",
                "iri": True,
                "string": True,
            }
            if not known.get(token.kind, False):
                raise NotWorkedOut


def refuse_unforeseeable(operation: Operation) -> None:
    """Refuse what evaluating a WHERE clause several times would tell wrongly."""
    first = operation.words[0]
    if not first.is_word("WITH", "INSERT", "DELETE"):
        return
    if any(token.is_word(*_UNFORESEEABLE) for token in operation.words):
        raise NotWorkedOut
    inserting = False
    graphs = False
    nameless = False
    depth = 0
    for token in operation.words:
        if token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if depth == 0:
            if token.is_word("WHERE"):
                break
            inserting = token.is_word("INSERT") or (inserting and not token.is_word("DELETE"))
        elif inserting:
            graphs = graphs or token.is_word("GRAPH")
            nameless = nameless or token.text.startswith("_:") or token.text in "[("
    if graphs and nameless and not operation.words[1].is_word("DATA"):
        raise NotWorkedOut  # one nameless thing may stand in several graphs


def closing_brace(words: Sequence[Token], begin: int) -> int:
    """The place of the brace that closes the one at `begin`."""
    depth = 0
    for place in range(begin, len(words)):
        if words[place].kind == "mark" and words[place].text in "{}":
            depth += 1 if words[place].text == "{" else -1
            if depth == 0:
                return place
    raise AssertionError("the engine has parsed it")

"""Text search in SPARQL: triple patterns with `mc:matches` are answered from an index of words before evaluation.

    ?thing mc:matches "степной ор*"                    things with a name or passage that has all of the words
    ?thing mc:matches "steppe"@en                      … in that language
    ?thing mc:matches ("words" 20)                     … of the 20 texts that fit best
    ?thing mc:matches (mc:exactText "words" 20)        … that are values of that property
    (?thing ?score ?text) mc:matches "words"           … how well each fits (0–1), and the text itself

Each pattern becomes the solutions that it has, as `VALUES`; what the query says besides of the thing stays as it is.
What the words may be, says `graph.search.words`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.errors import BadInput
from graph.query.group_patterns import NotRead, Statement, separate, statements
from graph.query.iris import declared_prefixes, iri_of
from graph.query.tokens import Token, tokens
from graph.search.text_index import MOST, Match, Search
from graph.search.texts import PROPERTIES
from ontology import MC, shortened

__all__ = ["TextSearchRefused", "with_texts_found"]

_MATCHES = MC["matches"]
_LOCAL_NAME = "matches"
_FEW = 1000
"""Up to so many solutions the engine does best to begin with them; of more it makes a table if they stand apart."""


class TextSearchRefused(BadInput):
    """The query asks for a text search in a way that cannot be answered."""

    title = "Text search refused"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One text search: the variables for thing, score and text, and what to find."""

    variables: tuple[str, ...]
    search: Search


def with_texts_found(text: str, prefixes: Mapping[str, str], find: Callable[[Search], Sequence[Match]]) -> str:
    """The query with the solutions of its text searches in their places; the same text if it has none.

    Arguments:
        text: the query.
        prefixes: those that it need not declare.
        find: finds texts.

    Raises:
        TextSearchRefused: a search stands where it cannot be answered, or does not say what to find.
        BadInput: its words cannot be searched, or too many texts have them.
    """
    if _LOCAL_NAME not in text:
        return text
    words = separate(tokens(text))
    declared = declared_prefixes(words, prefixes)
    if not _places(words, prefixes):
        return text
    try:
        found = statements(words)
    except NotRead:
        return text  # the engine says what is wrong with it
    parts, end = [], 0
    for statement in found:
        reader = _StatementReader(text, statement, declared)
        rewritten = reader.rewritten(find)
        if rewritten is not None:
            parts += [text[end : statement.begin], rewritten]
            end = statement.end
    return "".join([*parts, text[end:]])


class _StatementReader:
    """Looks for searches in one statement."""

    def __init__(self, text: str, statement: Statement, declared: Mapping[str, str]) -> None:
        self._text = text
        self._statement = statement
        self._declared = declared

    def rewritten(self, find: Callable[[Search], Sequence[Match]]) -> str | None:
        """The statement with what its searches find; None if it has no search."""
        statement = self._statement
        searching = [one for one in statement.properties if len(one.verb) == 1 and self._is_search(one.verb[0])]
        verbs = {one.verb[0].begin for one in searching}
        terms = {term[0].begin for term in self._terms() if len(term) == 1}
        for token in statement.tokens:
            if self._is_search(token) and token.begin not in verbs | terms:
                raise self._refused(token, "mc:matches cannot be part of a path, a list or brackets")
        if not searching:
            return None
        at = searching[0].verb[0]
        if statement.is_template:
            raise self._refused(at, "mc:matches cannot stand in CONSTRUCT WHERE", "write the template: CONSTRUCT { … }")
        variables = self._variables(at)
        values = [
            _values(_Pattern(variables, self._search(at, words)), find) for one in searching for words in one.objects
        ]
        rest = [one for one in statement.properties if one not in searching]
        if rest and len(statement.subject) > 1:
            raise self._refused(at, "a list before mc:matches can have no other property", "repeat the variable alone")
        said = " ; ".join(self._text[one.begin : one.end] for one in rest)
        return " ".join([*values, f"{statement.subject[0].text} {said}" if rest else ""])

    def _terms(self) -> list[tuple[Token, ...]]:
        return [self._statement.subject, *(words for one in self._statement.properties for words in one.objects)]

    def _is_search(self, token: Token) -> bool:
        return iri_of(token, self._declared) == _MATCHES

    def _variables(self, at: Token) -> tuple[str, ...]:
        """The variables before mc:matches."""
        subject = self._statement.subject
        inner = subject[1:-1] if subject[0].text == "(" else subject
        names = tuple(f"?{token.text[1:]}" for token in inner if token.kind == "variable")
        if len(names) != len(inner) or not 1 <= len(set(names)) == len(names) <= 3:
            raise self._refused(
                at, "before mc:matches there must be a variable, or a list of variables", "(?thing ?score ?text)"
            )
        return names

    def _search(self, at: Token, words: tuple[Token, ...]) -> Search:
        """What stands behind mc:matches."""
        items = list(words[1:-1] if words[0].text == "(" else words)
        searched, language, limit = None, None, None
        if items and (iri := iri_of(items[0], self._declared)) is not None:
            if NamedNode(iri) not in PROPERTIES:
                names = ", ".join(shortened(one.value) for one in PROPERTIES)
                raise self._refused(at, f"{items[0].text} is not searched", f"there are {names}")
            searched = iri
            del items[0]
        if not items or items[0].kind != "string":
            hint = 'write ?thing mc:matches "words", or ("words" 20) for the 20 best'
            raise self._refused(at, "behind mc:matches there must be words as a string", hint)
        asked = _value(items.pop(0))
        if items and items[0].kind == "language":
            language = items.pop(0).text[1:].lower()
        if items and items[0].kind == "number":
            number = items.pop(0).text
            if not number.isdecimal() or not 0 < int(number) <= MOST:
                raise self._refused(at, f"the limit {number} is no number from 1 to {MOST}")
            limit = int(number)
        if items:
            raise self._refused(at, f"mc:matches does not know what to do with {items[0].text}")
        return Search(asked, searched, language, limit)

    def _refused(self, at: Token, message: str, hint: str | None = None) -> TextSearchRefused:
        line = self._text.count("\n", 0, at.begin) + 1
        column = at.begin - self._text.rfind("\n", 0, at.begin)
        return TextSearchRefused(f"{message} (line {line}, column {column})", hint=hint)


def _values(pattern: _Pattern, find: Callable[[Search], Sequence[Match]]) -> str:
    """What a search finds as a pattern that has these solutions."""
    rows: dict[str, None] = {}
    things: set[str] = set()
    for match in find(pattern.search):  # the best first
        if len(pattern.variables) < 3 and match.text.thing in things:
            continue
        things.add(match.text.thing)
        text = Literal(match.text.text, language=match.text.language or None)
        row = (str(NamedNode(match.text.thing)), str(match.score), str(text))[: len(pattern.variables)]
        rows[f"({' '.join(row)})"] = None
    values = f"VALUES ({' '.join(pattern.variables)}) {{ {' '.join(rows)} }}"
    return values if len(rows) <= _FEW else f"{{ SELECT DISTINCT * {{ {values} }} }}"


def _places(words: Sequence[Token], prefixes: Mapping[str, str]) -> list[Token]:
    """The words that mean mc:matches."""
    declared = declared_prefixes(words, prefixes)
    return [token for token in words if iri_of(token, declared) == _MATCHES]


def _value(string: Token) -> str:
    """What a string of the query says."""
    triple = next(iter(parse(f"<x:> <x:> {string.text} .", RdfFormat.TURTLE)))
    assert isinstance(triple.object, Literal)
    return triple.object.value

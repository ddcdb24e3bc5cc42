"""Where the triple patterns of a query stand, by the grammar of its groups (SPARQL 1.1 Query §19.8, rules 53–108).

The engine parses and judges queries. This reads just so much of a query as is needed to put something into the place
of a triple pattern: statements with their subjects, predicates and objects, in whatever groups they stand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from graph.query.tokens import Token

__all__ = ["Group", "GroupKind", "NotRead", "Property", "Statement", "Values", "groups", "separate", "statements"]

_CLOSING = {"(": ")", "[": "]", "{": "}"}


class NotRead(Exception):
    """The text is no query, as far as this can tell."""


@dataclass(frozen=True, slots=True)
class Property:
    """A predicate of a statement with its objects; begin and end are places in the text."""

    verb: tuple[Token, ...]
    objects: tuple[tuple[Token, ...], ...]
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What stands between two full stops.

    Arguments:
        subject: its words.
        properties: what is said of the subject.
        tokens: all words.
        is_template: whether it stands in CONSTRUCT WHERE, where patterns are the template too.
        in_graph: whether it stands in GRAPH.
    """

    subject: tuple[Token, ...]
    properties: tuple[Property, ...]
    tokens: tuple[Token, ...]
    is_template: bool
    in_graph: bool

    @property
    def begin(self) -> int:
        """Where it begins in the text."""
        return self.tokens[0].begin

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return _end(self.tokens[-1])


@dataclass(frozen=True, slots=True)
class Values:
    """A `VALUES` of a group, with all its words."""

    tokens: tuple[Token, ...]

    @property
    def begin(self) -> int:
        """Where it begins in the text."""
        return self.tokens[0].begin

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return _end(self.tokens[-1])


GroupKind = Literal["plain", "optional", "exists", "graph"]


@dataclass(eq=False, slots=True)
class Group:
    """What stands between two braces.

    Arguments:
        kind: whether it follows OPTIONAL, EXISTS, GRAPH, or something else or nothing.
        parent: the group that it stands in.
        elements: statements and `VALUES`, and of all else what it begins with (`FILTER`, `BIND`, `{`), in their order.
    """

    kind: GroupKind
    parent: "Group | None" = None
    elements: list[Statement | Values | str] = field(default_factory=list)


def separate(words: Iterator[Token]) -> list[Token]:
    """The words without comments; a full stop behind a name or number is a word of its own."""
    found = []
    for token in words:
        if token.kind in ("name", "number") and len(plain := token.text.rstrip(".")) < len(token.text) and plain:
            found.append(Token(token.kind, plain, token.begin))
            found.append(Token("mark", ".", token.begin + len(plain)))
        elif token.kind != "comment":
            found.append(token)
    return found


def statements(words: Sequence[Token]) -> list[Statement]:
    """The statements of all groups of a query, in the order of the text. Those in SERVICE are somebody else's.

    Arguments:
        words: as `separate` gives them.

    Raises:
        NotRead: the text is no query, as far as this can tell.
    """
    reader = _Reader(words)
    reader.read()
    return sorted(reader.found, key=lambda statement: statement.begin)


def groups(words: Sequence[Token]) -> list[Group]:
    """The groups of a query, the outer ones before those in them. Those in SERVICE are somebody else's.

    Arguments:
        words: as `separate` gives them.

    Raises:
        NotRead: the text is no query, as far as this can tell.
    """
    reader = _Reader(words)
    reader.read()
    return reader.groups


class _Reader:
    """Goes through the words once."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._words = words
        self._at = 0
        self._is_template = False
        self._in_graph = False
        self._group_now: Group | None = None
        self.found: list[Statement] = []
        self.groups: list[Group] = []

    def read(self) -> None:
        """Everything; what is nested deeper than Python goes is left to the engine, which says so."""
        try:
            self.query()
        except RecursionError:
            raise NotRead from None

    def query(self) -> None:
        """Everything from the prologue to the end."""
        while self._at < len(self._words):
            if self._is_word("CONSTRUCT"):
                self._at += 1
                if self._is("{"):
                    self._skip_balanced()
                else:
                    self._is_template = True
            else:
                self._part_of_a_select()

    def _part_of_a_select(self) -> None:
        """One step through what stands around the group of a query: projection, dataset, group, modifiers."""
        if self._is_word("VALUES"):
            self._values()
        elif self._is("("):
            self._expression()
        elif self._is("{"):
            self._group()
        else:
            self._at += 1

    def _group(self, kind: GroupKind = "plain") -> None:
        around, self._group_now = self._group_now, Group(kind, self._group_now)
        self.groups.append(self._group_now)
        self._expect("{")
        if self._is_word("SELECT"):
            while not self._is("}"):
                self._part_of_a_select()
        while not self._is("}"):
            self._element(self._group_now.elements)
        self._expect("}")
        self._group_now = around

    def _element(self, elements: list[Statement | Values | str]) -> None:
        """What a group is made of, one thing; a full stop is none."""
        if self._is("."):
            self._at += 1
            return
        if self._peek().kind == "word" and not self._is_a():
            elements.append(self._peek().text.upper())
        if self._is_word("OPTIONAL"):
            self._at += 1
            self._group("optional")
        elif self._is_word("MINUS", "UNION", "LATERAL"):
            self._at += 1
        elif self._is("{"):
            elements.append("{")
            self._group()
        elif self._is_word("GRAPH"):
            self._graph()
        elif self._is_word("SERVICE"):
            self._service()
        elif self._is_word("FILTER"):
            self._filter()
        elif self._is_word("BIND"):
            self._at += 1
            self._expression()
        elif self._is_word("VALUES"):
            begin = self._at
            self._values()
            elements[-1] = Values(tuple(self._words[begin : self._at]))
        else:
            elements.append(self._statement())

    def _graph(self) -> None:
        self._at += 2
        outside, self._in_graph = self._in_graph, True
        self._group("graph")
        self._in_graph = outside

    def _service(self) -> None:
        self._at += 1
        if self._is_word("SILENT"):
            self._at += 1
        self._at += 1
        self._skip_balanced()

    def _filter(self) -> None:
        self._at += 1
        while not self._is("(") and not self._is("{"):  # NOT EXISTS, or the name of a function
            self._at += 1
            self._peek()
        if self._is("{"):
            self._group("exists")
        else:
            self._expression()

    def _expression(self) -> None:
        """A parenthesis; EXISTS in it has groups."""
        self._expect("(")
        while not self._is(")"):
            if self._is("("):
                self._expression()
            elif self._is("{"):
                self._group("exists")
            else:
                self._at += 1
                self._peek()
        self._expect(")")

    def _values(self) -> None:
        while not self._is("{"):
            self._at += 1
            self._peek()
        self._skip_balanced()

    def _statement(self) -> Statement:
        begin = self._at
        subject = self._node()
        properties = []
        while not (self._is(".") or self._is("}") or self._is("{") or self._begins_a_pattern()):
            if self._is(";"):
                self._at += 1
                continue
            properties.append(self._property())
        words = self._words[begin : self._at]
        while words[-1].text == ";" and words[-1].kind == "mark":
            words = words[:-1]
        self.found.append(Statement(subject, tuple(properties), tuple(words), self._is_template, self._in_graph))
        return self.found[-1]

    def _begins_a_pattern(self) -> bool:
        return self._peek().kind == "word" and not self._is_a()

    def _property(self) -> Property:
        begin = self._at
        verb = self._path()
        objects = [self._object()]
        while self._is(","):
            self._at += 1
            objects.append(self._object())
        last = self._words[self._at - 1]
        return Property(verb, tuple(objects), self._words[begin].begin, _end(last))

    def _path(self) -> tuple[Token, ...]:
        """A variable, or a property path."""
        begin = self._at
        while True:
            while self._is("^") or self._is("!"):
                self._at += 1
            if self._is("("):
                self._skip_balanced()
            elif self._peek().kind in ("iri", "name", "variable") or self._is_a():
                self._at += 1
            else:
                raise NotRead
            while self._is("*") or self._is("?") or (self._is("+") and self._peek(1).kind != "number"):
                self._at += 1
            if not (self._is("/") or self._is("|")):
                return tuple(self._words[begin : self._at])
            self._at += 1

    def _object(self) -> tuple[Token, ...]:
        node = self._node()
        while self._is("~") or (self._is("{") and self._peek(1).text == "|"):  # RDF 1.2: reifiers and annotations
            if self._is("{"):
                self._skip_balanced()
            else:
                self._at += 1
                if self._peek().kind in ("iri", "name", "variable"):
                    self._at += 1
        return node

    def _node(self) -> tuple[Token, ...]:
        """A term, a list, a blank node with properties, or a triple."""
        begin = self._at
        first = self._peek()
        if first.kind == "mark" and first.text in _CLOSING:
            self._skip_balanced()
        elif first.text == "<" and self._peek(1).text == "<":
            self._skip_triple()
        elif first.kind == "mark" and first.text in "+-":
            self._at += 2
        elif first.kind == "string":
            self._at += 1
            if self._peek().kind == "language":
                self._at += 1
                while self._is("-"):  # the direction of RDF 1.2
                    self._at += 1
                    if not self._is("-"):
                        self._at += 1
            elif self._is("^"):
                self._at += 3
        elif first.kind in ("iri", "name", "variable", "number") or first.is_word("TRUE", "FALSE"):
            self._at += 1
        else:
            raise NotRead
        return tuple(self._words[begin : self._at])

    def _skip_triple(self) -> None:
        depth = 0
        while True:
            if self._is("<") and self._peek(1).text == "<":
                depth, self._at = depth + 1, self._at + 2
            elif self._is(">") and self._peek(1).text == ">":
                depth, self._at = depth - 1, self._at + 2
                if depth == 0:
                    return
            else:
                self._at += 1
                self._peek()

    def _skip_balanced(self) -> None:
        open_ones = []
        while True:
            token = self._peek()
            self._at += 1
            if token.kind != "mark":
                continue
            if token.text in _CLOSING:
                open_ones.append(_CLOSING[token.text])
            elif token.text in ")]}" and (not open_ones or token.text != open_ones.pop()):
                raise NotRead
            if not open_ones:
                return

    def _peek(self, ahead: int = 0) -> Token:
        if self._at + ahead >= len(self._words):
            raise NotRead
        return self._words[self._at + ahead]

    def _is(self, mark: str) -> bool:
        token = self._peek()
        return token.kind == "mark" and token.text == mark

    def _is_word(self, *words: str) -> bool:
        return self._peek().is_word(*words)

    def _is_a(self) -> bool:
        token = self._peek()
        return token.kind == "word" and token.text == "a"

    def _expect(self, mark: str) -> None:
        if not self._is(mark):
            raise NotRead
        self._at += 1


def _end(token: Token) -> int:
    return token.begin + len(token.text)

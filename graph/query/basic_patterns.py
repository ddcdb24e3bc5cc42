"""The triple patterns of a basic graph pattern, taken apart (SPARQL 1.1 Query §5.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.query.group_patterns import Statement, Values
from graph.query.iris import iri_of
from graph.query.sizes import MANY, Ends
from graph.query.tokens import Token
from ontology import RDF

__all__ = [
    "FewValues", "TriplePattern", "few_values", "is_one_row", "looked_up", "one_after_the_other", "triple_patterns",
]  # fmt: skip

_FEW = 16
"""Up to so many values are compared one by one."""

_OPENING = frozenset("([<{")
_ONE, _SOME = 1, 10
_UNKNOWN = 1000
"""What a pattern is taken to match whose object another pattern binds: as many as a thing has of links to it."""

_LOOSE = 1_000_000_000
"""By how much worse a pattern is that nothing binds."""

_STEP = "_step"
"""How variables begin that stand between the steps of a path."""


@dataclass(frozen=True, slots=True)
class TriplePattern:
    """A triple pattern, or a path, in the text of a query.

    Arguments:
        text: as it may stand on its own.
        begin: where its statement begins.
        ends: its terms, as far as they are known.
        variables: all of its variables.
        object_variable: the variable in the place of the object.
        is_plain: whether it is a triple of variables, IRIs and literals.
        subject_variable: the variable in the place of the subject.
        steps: the patterns that are the same as a path of one predicate after the other, with variables between.
    """

    text: str
    begin: int
    ends: Ends
    variables: frozenset[str]
    object_variable: str | None = None
    is_plain: bool = True
    subject_variable: str | None = None
    steps: tuple["TriplePattern", ...] = ()

    @property
    def is_place_to_begin(self) -> bool:
        """Whether it names a predicate, and not what it starts from."""
        return self.is_plain and self.ends.subject is None and self.ends.predicate is not None

    def with_bound(self, bound: Mapping[str, str]) -> Ends:
        """Its terms where some variables have a value."""
        return Ends(
            self.ends.subject or bound.get(self.subject_variable or ""),
            self.ends.predicate,
            self.ends.object or bound.get(self.object_variable or ""),
        )

    def cost(self, bound: set[str], size: int) -> int:
        """How many triples a look-up gives where some variables are bound.

        Arguments:
            bound: those variables.
            size: how many triples it matches.
        """
        has_subject = self.ends.subject is not None or self.subject_variable in bound
        has_object = self.ends.object is not None or self.object_variable in bound
        if has_subject:
            return _ONE if has_object else _SOME
        if has_object:
            return min(size, _UNKNOWN) if self.ends.object is None else size
        return size * _LOOSE


@dataclass(frozen=True, slots=True)
class FewValues:
    """A `VALUES` of different IRIs for one variable."""

    variable: str
    iris: tuple[str, ...]

    @property
    def filter(self) -> str:
        """The same as a condition."""
        return f"FILTER (?{self.variable} IN ({', '.join(self.iris)}))"


def is_one_row(values: Values) -> bool:
    """Whether a `VALUES` is of one solution that leaves nothing unbound."""
    words = values.tokens
    if any(token.is_word("UNDEF") for token in words):
        return False
    if words[1].text == "(":
        return sum(token.text == "(" and token.kind == "mark" for token in words) == 2
    inside = words[words.index(next(token for token in words if token.text == "{")) + 1 : -1]
    terms = [n for n, token in enumerate(inside) if token.kind in ("string", "iri", "name", "number", "word")]
    return len(terms) == 1 or (len(terms) == 2 and inside[0].kind == "string" and inside[1].text == "^")


def few_values(values: Values, declared: Mapping[str, str]) -> FewValues | None:
    """What a `VALUES` says, if it is of a few different IRIs for one variable.

    Arguments:
        values: it.
        declared: namespaces by prefix.
    """
    words = [token for token in values.tokens[1:] if token.text not in "(){}"]
    if len(words) < 2 or len(words) > 1 + _FEW or words[0].kind != "variable":
        return None
    iris = tuple(iri_of(token, declared) for token in words[1:])
    if None in iris or len(set(iris)) < len(iris):
        return None
    return FewValues(words[0].text[1:], tuple(f"<{iri}>" for iri in iris))


def triple_patterns(
    text: str, statements: Sequence[Statement], declared: Mapping[str, str]
) -> list[TriplePattern] | None:
    """The patterns of some statements, each with its own subject; None where one cannot be read with certainty.

    Arguments:
        text: the query.
        statements: of one basic graph pattern.
        declared: namespaces by prefix.
    """
    found = []
    for statement in statements:
        if any(token.text in {"{", "~"} or token.text.startswith("_:") for token in statement.tokens):
            return None
        subject = statement.subject
        is_whole = subject[0].kind == "mark" or not statement.properties  # a list, or a blank node with properties
        if is_whole:
            words = text[statement.begin : statement.end]
            found.append(_unread(words, statement.begin, statement.tokens))
            continue
        for one in statement.properties:
            for node in one.objects:
                pattern = _pattern(text, statement, one.verb, node, declared)
                if pattern is None:
                    return None
                found.append(pattern)
    return found


def one_after_the_other(patterns: Sequence[TriplePattern], left: list[TriplePattern]) -> str:
    """What is left of some patterns, each looked up for each solution of those before it.

    Arguments:
        patterns: all of them.
        left: what is left; the others bind their variables before.
    """
    bound = {variable for one in patterns if one not in left for variable in one.variables}
    chain: list[TriplePattern] = []
    while left:
        best = min(left, key=lambda p: (p.cost(bound, MANY), p.ends.is_class))
        left = [one for one in left if one is not best]
        bound |= best.variables
        chain.append(best)
    return looked_up(chain)


def looked_up(patterns: Sequence[TriplePattern]) -> str:
    """Patterns to be looked up for each solution of what stands before them, `LATERAL` (SEP 0006)."""
    return "".join(f" LATERAL {{ {pattern.text} }}" for pattern in patterns)


def _pattern(
    text: str, statement: Statement, verb: Sequence[Token], node: Sequence[Token], declared: Mapping[str, str]
) -> TriplePattern | None:
    """One pattern; None where its predicate has an undeclared prefix, as the engine will say."""
    subject = statement.subject
    said = " ".join(text[part[0].begin : _end(part[-1])] for part in (subject, verb, node))
    if (node[0].kind == "mark" and node[0].text in _OPENING) or len(subject) > 1:
        return _unread(said, statement.begin, (*subject, *verb, *node))
    subject_term, object_term = _term(subject, text, declared), _term(node, text, declared)
    if len(verb) > 1:
        whole = _unread(said, statement.begin, (*subject, *verb, *node))
        predicates = [_predicate(token, declared) for token in verb[::2]]
        if None in predicates or any(token.text != "/" for token in verb[1::2]) or len(verb) % 2 == 0:
            return whole
        between = [f"{_STEP}{verb[0].begin}_{n}" for n in range(1, len(predicates))]
        names = [_variable(subject), *between, _variable(node)]
        terms = [subject_term, *(None for _ in between), object_term]
        texts = [text[subject[0].begin : _end(subject[-1])], *(f"?{name}" for name in between),
                 text[node[0].begin : _end(node[-1])]]  # fmt: skip
        steps = tuple(
            TriplePattern(
                f"{texts[n]} {predicate} {texts[n + 1]}",
                statement.begin,
                Ends(terms[n], predicate, terms[n + 1]),
                frozenset(name for name in names[n : n + 2] if name),
                names[n + 1],
                subject_variable=names[n],
            )
            for n, predicate in enumerate(predicates)
        )
        return replace(whole, steps=steps)
    is_variable = verb[0].kind == "variable"
    predicate = None if is_variable else _predicate(verb[0], declared)
    if predicate is None and not is_variable:
        return None
    return TriplePattern(
        said,
        statement.begin,
        Ends(subject_term, predicate, object_term),
        _variables((*subject, *verb, *node)),
        _variable(node),
        subject_variable=_variable(subject),
    )


def _unread(text: str, begin: int, words: Sequence[Token]) -> TriplePattern:
    return TriplePattern(text, begin, Ends(None, None, None), _variables(words), is_plain=False)


def _variables(words: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.text[1:] for token in words if token.kind == "variable")


def _variable(node: Sequence[Token]) -> str | None:
    return node[0].text[1:] if node[0].kind == "variable" else None


def _predicate(token: Token, declared: Mapping[str, str]) -> str | None:
    iri = RDF["type"] if token.kind == "word" else iri_of(token, declared)
    return None if iri is None else f"<{iri}>"


def _term(node: Sequence[Token], text: str, declared: Mapping[str, str]) -> str | None:
    """A term as it may stand in another query; None for a variable."""
    if node[0].kind == "variable":
        return None
    iri = iri_of(node[0], declared)
    if iri is not None:
        return f"<{iri}>"
    if node[0].kind == "string" and node[-1].kind == "name":
        datatype = iri_of(node[-1], declared)
        return None if datatype is None else f"{node[0].text}^^<{datatype}>"
    return text[node[0].begin : _end(node[-1])] if node[0].kind in ("string", "number", "word") else None


def _end(token: Token) -> int:
    return token.begin + len(token.text)

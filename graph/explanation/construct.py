"""The rules beside the axioms read backwards: from a statement that a CONSTRUCT may have made to what it matched.

A rule is asked again with the statement's terms in place of its template's variables. Its premises are the triples that
its WHERE clause matched: of a clause that groups, those of the whole group. Absence, counts and comparisons are its
conditions; they are no triples, and show in the bindings and in the rule's text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Variable

from graph.explanation.proof import Statement, Step, Term
from graph.query.tokens import Token, tokens
from graph.reasoner.rules import SparqlRule
from ontology import RDF

__all__ = ["ConstructBackward"]

_MOST_SOLUTIONS = 50
"""Of the ways in which a rule concludes a statement so many are looked at."""

_MOST_ALTERNATIVES = 16

_Slot = str | Term
_Pattern = tuple[_Slot, _Slot, _Slot]


@dataclass(frozen=True)
class _Parsed:
    """A rule's query, taken apart.

    Arguments:
        template: the patterns of its template.
        where: the text of the query that binds all its variables.
        alternatives: for each way of going through its unions and optional parts, the patterns of triples in it.
    """

    template: tuple[_Pattern, ...]
    where: str
    alternatives: tuple[tuple[_Pattern, ...], ...]


class ConstructBackward:
    """The rules over one graph.

    Arguments:
        rdf: the triples; the default graph is what the rules read.
        rules: the rules.
    """

    def __init__(self, rdf: pyoxigraph.Store, rules: Sequence[SparqlRule]) -> None:
        self._rdf = rdf
        self._rules = tuple(rules)

    def steps(self, goal: Statement) -> Iterator[Step]:
        """The applications of the rules that conclude the goal."""
        for rule, bindings in self._concluding(goal):
            for solution in islice(self._solutions(_parsed(rule.construct).where, bindings), _MOST_SOLUTIONS):
                shown = tuple(sorted((name, term) for name, term in solution.items() if not name.startswith("_")))
                seen = set()
                for pattern in _parsed(rule.construct).alternatives:
                    premises = self._matched(pattern, solution)
                    if premises and goal not in premises and premises not in seen:
                        seen.add(premises)
                        yield Step(rule.name, premises, shown)

    def lacking(self, goal: Statement, most: int) -> Iterator[tuple[str, _Pattern, tuple[Statement, ...]]]:
        """The rules that would conclude the goal if one triple more were there: the rule's name, the triple (variables
        where nothing determines a term), and the triples of its WHERE clause that are there.

        Arguments:
            goal: the statement.
            most: of each pattern so many ways in which the others hold are looked at.
        """
        for rule, bindings in self._concluding(goal):
            for patterns in _parsed(rule.construct).alternatives:
                for place, pattern in enumerate(patterns):
                    others = patterns[:place] + patterns[place + 1 :]
                    for solution in islice(self._solutions(_select(others), bindings), most):
                        known = {**bindings, **solution}
                        missing = tuple(known.get(s, s) if isinstance(s, str) else s for s in pattern)
                        held = tuple(found for other in others if (found := _statement(other, known)) is not None)
                        yield rule.name, (missing[0], missing[1], missing[2]), held

    def _concluding(self, goal: Statement) -> Iterator[tuple[SparqlRule, dict[str, Term]]]:
        """The rules whose template can be the goal, with what that binds."""
        if not isinstance(goal.predicate, NamedNode):
            return
        for rule in self._rules:
            for pattern in _template_of(rule.construct) or _parsed(rule.construct).template:
                bindings: dict[str, Term] | None = {}
                for slot, term in zip(pattern, goal, strict=True):
                    if isinstance(slot, str):
                        if bindings is None or bindings.setdefault(slot, term) != term:
                            bindings = None
                            break
                    elif slot != term:
                        bindings = None
                        break
                if bindings is not None:
                    yield rule, bindings

    def _solutions(self, query: str, bindings: dict[str, Term]) -> Iterator[dict[str, Term]]:
        used = {Variable(name): term for name, term in bindings.items() if re.search(rf"[?$]{name}\b", query)}
        found = self._rdf.query(query, substitutions=used)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        names = [variable.value for variable in found.variables]
        for row in found:
            yield bindings | {name: term for name in names if (term := row[name]) is not None}

    def _matched(self, patterns: tuple[_Pattern, ...], solution: dict[str, Term]) -> tuple[Statement, ...]:
        """The triples that patterns match, given a solution of the rule; none if they do not all match."""
        found: dict[Statement, None] = {}
        for row in self._solutions(_select(patterns), solution):
            for pattern in patterns:
                told = _statement(pattern, row)
                if told is not None:
                    found[told] = None
        return tuple(found)


def _statement(pattern: _Pattern, row: dict[str, Term]) -> Statement | None:
    terms = [row.get(slot) if isinstance(slot, str) else slot for slot in pattern]
    if None in terms:
        return None
    subject, predicate, value = terms
    assert subject is not None and predicate is not None and value is not None
    return Statement(subject, predicate, value)


def _select(patterns: Sequence[_Pattern]) -> str:
    def word(slot: _Slot) -> str:
        return f"?{slot}" if isinstance(slot, str) else str(slot)

    return "SELECT * WHERE { " + " . ".join(" ".join(map(word, pattern)) for pattern in patterns) + " }"


@cache
def _template_of(construct: str) -> tuple[_Pattern, ...] | None:
    """The patterns of the query's template, as far as plain names tell them; None if the parser must be asked.

    It is read here because the parser takes long to import, and most statements are of no rule.
    """
    prefixes: dict[str, str] = {}
    words: list[Token] = []
    within = False
    for token in tokens(construct):
        if token.kind == "comment":
            continue
        if within and token.text == "}":
            return _patterns(words, prefixes)
        if within:
            words.append(token)
        elif token.kind == "iri" and len(words) == 1:
            prefixes[words.pop().text.removesuffix(":")] = token.text[1:-1]
        elif token.kind == "name":
            words = [token]
        elif token.text == "{":
            within, words = True, []
        elif token.is_word("WHERE"):
            return None
    return None


def _patterns(words: Sequence[Token], prefixes: dict[str, str]) -> tuple[_Pattern, ...] | None:
    found: list[_Pattern] = []
    terms: list[_Slot] = []
    for token in words:
        if token.kind == "mark":
            if token.text not in ".,;":
                return None
            if len(terms) == 3:
                found.append((terms[0], terms[1], terms[2]))
            terms = terms[: ".;,".index(token.text)]
        elif token.kind == "variable":
            terms.append(token.text[1:])
        elif token.kind == "iri":
            terms.append(NamedNode(token.text[1:-1]))
        elif token.kind == "name" and token.text.partition(":")[0] in prefixes:
            prefix, _, local = token.text.partition(":")
            terms.append(NamedNode(prefixes[prefix] + local))
        elif token.is_word("A"):
            terms.append(NamedNode(RDF["type"]))
        else:
            return None
    if len(terms) == 3:
        found.append((terms[0], terms[1], terms[2]))
    return tuple(found)


@cache
def _parsed(construct: str) -> _Parsed:
    """Take a rule's query apart with rdflib's parser, which is imported when it is needed: it takes long."""
    from rdflib.plugins.sparql import prepareQuery

    algebra = prepareQuery(construct).algebra
    alternatives = tuple(dict.fromkeys(islice(_alternatives(algebra.p), _MOST_ALTERNATIVES)))
    template = tuple(_slots(triple) for triple in algebra.template or [])
    return _Parsed(template, _as_select(construct), alternatives)


def _as_select(construct: str) -> str:
    """The query with SELECT * in place of CONSTRUCT and its template."""
    begin = end = None
    depth = 0
    for token in tokens(construct):
        if begin is None and token.is_word("CONSTRUCT"):
            begin = token.begin
        elif begin is not None and token.kind == "mark":
            depth += (token.text == "{") - (token.text == "}")
            if token.text == "}" and depth == 0:
                end = token.begin + 1
                break
        elif begin is not None and depth == 0 and token.is_word("WHERE"):  # the short form: CONSTRUCT WHERE { … }
            end = token.begin
            break
    assert begin is not None and end is not None
    return f"{construct[:begin]}SELECT * {construct[end:]}"


def _alternatives(part: Any) -> Iterator[tuple[_Pattern, ...]]:
    """The patterns of a part of the algebra (SPARQL 1.1 Query, section 18.2), for each way of going through it."""
    match part.name:
        case "BGP":
            yield from _expanded(part.triples)
        case "Join":
            for one, other in product(_alternatives(part.p1), list(_alternatives(part.p2))):
                yield one + other
        case "LeftJoin":
            for one in _alternatives(part.p1):
                for other in _alternatives(part.p2):
                    yield one + other
                yield one
        case "Union":
            yield from _alternatives(part.p1)
            yield from _alternatives(part.p2)
        case "Minus":
            yield from _alternatives(part.p1)
        case "values" | "ToMultiSet" if not hasattr(part.get("p"), "name"):
            yield ()
        case _:
            inner = part.get("p")
            yield from _alternatives(inner) if hasattr(inner, "name") else iter([()])


def _expanded(triples: Sequence[Sequence[Any]]) -> Iterator[tuple[_Pattern, ...]]:
    """Triple patterns with their property paths spelt out; of a path of any length only its ends are known, and it is
    left out."""
    for chosen in product(*(list(_steps(s, p, o, place)) for place, (s, p, o) in enumerate(triples))):
        yield tuple(pattern for part in chosen for pattern in part)


def _steps(subject: Any, predicate: Any, value: Any, place: int | str) -> Iterator[tuple[_Pattern, ...]]:
    from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath

    if not isinstance(predicate, Path):
        yield (_slots((subject, predicate, value)),)
    elif isinstance(predicate, AlternativePath):
        for branch in predicate.args:
            yield from _steps(subject, branch, value, place)
    elif isinstance(predicate, InvPath):
        yield from _steps(value, predicate.arg, subject, place)
    elif isinstance(predicate, SequencePath):
        from rdflib import Variable as Between

        ends = [subject, *(Between(f"_step{place}_{n}") for n in range(1, len(predicate.args))), value]
        legs = [list(_steps(ends[n], part, ends[n + 1], f"{place}_{n}")) for n, part in enumerate(predicate.args)]
        for chosen in product(*legs):
            yield tuple(pattern for part in chosen for pattern in part)
    elif isinstance(predicate, MulPath):
        yield ()
    else:
        yield ()


def _slots(triple: Sequence[Any]) -> _Pattern:
    subject, predicate, value = (_slot(term) for term in triple)
    return subject, predicate, value


def _slot(term: Any) -> _Slot:
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    if isinstance(term, URIRef):
        return NamedNode(str(term))
    if isinstance(term, RdflibLiteral):
        if term.language:
            return Literal(str(term), language=term.language)
        return Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term))
    if isinstance(term, BNode):
        return "_" + re.sub(r"\W", "_", str(term))
    return str(term)

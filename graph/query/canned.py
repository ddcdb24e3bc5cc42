"""Canned queries: SPARQL files that say in their head what they answer and which parameters they take.

    # title: Who took part in the exercises of an organization
    # title@ru: Кто участвовал в учениях организации
    # description: One row per exercise and participant.
    # group: exercises
    # param organization: iri mc:Organization = id:organization/CSTO
    # param-label organization@ru: Организация
    # param from: date?
    # example-rows: 5

A parameter is a variable of the query. Its value becomes an RDF term and is bound by a VALUES clause at the start of
the outermost WHERE (and wherever a comment `# bind NAME …` asks for it, as inside a subquery, which does not see the
variables around it). What comes into the text is always a term as SPARQL writes it, never the value as it was given. A
parameter with `?` after its type may stay unbound.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path
from typing import cast

from graph.errors import BadInput, MilcoopError, NotFound
from graph.query.naming import NameResolver
from graph.query.parameters import TYPES, Parameter, ParameterType, Term
from graph.query.tokens import QueryForm, Token, query_form, tokens, where_brace

__all__ = ["CannedQuery", "MalformedQueryFile", "Parameter", "find", "parse", "read_folder"]

_LINE = re.compile(r"#\s*(?P<key>[a-z-]+)(?:\s+(?P<name>\w+))?(?:@(?P<language>[a-z]+))?:\s*(?P<value>.*?)\s*")
_DECLARATION = re.compile(r"(?P<type>[a-z]+)(?P<optional>\?)?(?:\s+(?P<of>[^=]+?))?\s*(?:=\s*(?P<default>.+))?")
_BIND = re.compile(r"#\s*bind((?:\s+\w+)+)\s*")
_FEW = 12
"""How many names a message may list."""


class MalformedQueryFile(MilcoopError):
    """A file of the query folder does not describe itself as it should."""

    title = "Malformed query file"


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A query with a name, a description and parameters.

    Arguments:
        name: the file's name without its ending.
        text: the whole file.
        titles: what it answers, as a short phrase, by language.
        descriptions: what a row says and what to know of it, by language.
        group: the heading it is listed under.
        parameters: in the order of the file.
        example_rows: how many rows it has at least on the sample documents, with default parameters.
    """

    name: str
    text: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    parameters: tuple[Parameter, ...] = ()
    example_rows: int = 0

    def title(self, language: str = "en") -> str:
        """Its title in `language`, else in English."""
        return self.titles.get(language) or self.titles["en"]

    def description(self, language: str = "en") -> str:
        """Its description in `language`, else in English."""
        return self.descriptions.get(language) or self.descriptions.get("en", "")

    @property
    def form(self) -> QueryForm:
        """The form of the query."""
        return query_form(self.text) or "SELECT"

    def bind(self, values: Mapping[str, str] | None = None, names: NameResolver | None = None) -> str:
        """The query with its parameters bound.

        Arguments:
            values: text by parameter name. A parameter that is not given has its default; one that is given as empty
                text stays unbound.
            names: finds what the given values name; without it they are taken as they are written.

        Raises:
            BadInput: a parameter is unknown, missing or not of its type; the message names it.
            UnknownName: the graph has nothing of a given name.
        """
        values = values or {}
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise BadInput(f"the query {self.name!r} has no parameter {name!r}", hint=_nearest(name, list(known)))
        bound = {p.name: terms for p in self.parameters if (terms := self._terms(p, values, names)) is not None}
        return _with_values(self.text, bound)

    def _terms(
        self, parameter: Parameter, values: Mapping[str, str], names: NameResolver | None
    ) -> tuple[Term, ...] | None:
        value = values.get(parameter.name, parameter.default)
        if value is not None and value.strip():
            if names is None or value == parameter.default:  # a default may name what a graph does not have yet
                return parameter.terms(value)
            return names.terms(parameter, value)
        if parameter.optional:
            return None
        raise BadInput(f"the query {self.name!r} needs a value for its parameter {parameter.name!r}")


def read_folder(path: Path) -> dict[str, CannedQuery]:
    """The canned queries of a folder by name, in the order of their names.

    Raises:
        MalformedQueryFile: a file does not describe itself as it should.
    """
    files = sorted(path.glob("*.rq"))
    return dict(_read(path, tuple((file.name, file.stat().st_mtime_ns) for file in files)))


@cache
def _read(path: Path, files: tuple[tuple[str, int], ...]) -> tuple[tuple[str, CannedQuery], ...]:
    """Read the files; again only when one of them has changed."""
    queries = [parse(Path(name).stem, (path / name).read_text(encoding="utf-8")) for name, _ in files]
    return tuple((query.name, query) for query in queries)


def find(queries: Mapping[str, CannedQuery], name: str) -> CannedQuery:
    """The query of that name.

    Raises:
        NotFound: there is none; the message says which name comes nearest.
    """
    if name in queries:
        return queries[name]
    hint = _nearest(name, list(queries))
    raise NotFound(f"there is no query {name!r}", hint=f"{hint}; `milcoop query --list` shows all")


def parse(name: str, text: str) -> CannedQuery:
    """The canned query that a file holds.

    Arguments:
        name: its name.
        text: the file's text.

    Raises:
        MalformedQueryFile: the head lacks a title, or a line of it cannot be read; or the query has no WHERE.
    """
    titles: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {}
    declared: dict[str, str] = {}
    group, example_rows = "", 0
    head = takewhile(lambda line: line.startswith("#") or not line.strip(), text.splitlines())
    for line in head:
        if (found := _LINE.fullmatch(line)) is None:
            continue
        language, value = found["language"] or "en", found["value"]
        match found["key"]:
            case "title":
                titles[language] = value
            case "description":
                descriptions[language] = f"{descriptions[language]} {value}" if language in descriptions else value
            case "group":
                group = value
            case "param":
                declared[found["name"] or ""] = value
            case "param-label":
                labels.setdefault(found["name"] or "", {})[language] = value
            case "example-rows" if value.isdecimal():
                example_rows = int(value)
            case _:
                raise MalformedQueryFile(f"the query {name!r} has a line in its head that says nothing: {line!r}")
    if "en" not in titles:
        raise MalformedQueryFile(f"the query {name!r} has no title")
    if where_brace(text) is None:
        raise MalformedQueryFile(f"the query {name!r} has no WHERE")
    if stray := set(labels) - set(declared):
        raise MalformedQueryFile(f"the query {name!r} labels what it does not declare: {', '.join(sorted(stray))}")
    parameters = tuple(_parameter(name, p, value, labels.get(p, {})) for p, value in declared.items())
    return CannedQuery(name, text, titles, descriptions, group, parameters, example_rows)


def _parameter(query: str, name: str, declaration: str, labels: dict[str, str]) -> Parameter:
    found = _DECLARATION.fullmatch(declaration)
    if found is None or found["type"] not in TYPES:
        raise MalformedQueryFile(f"the query {query!r} declares {name!r} as {declaration!r}", hint=f"types: {TYPES}")
    kind = cast(ParameterType, found["type"])
    of = (found["of"] or "").split()
    parameter = Parameter(
        name,
        kind,
        optional=found["optional"] is not None,
        classes=tuple(of) if kind == "iri" else (),
        scheme=of[0] if kind == "concept" and of else None,
        default=found["default"],
        labels=labels,
    )
    if kind == "concept" and parameter.scheme is None:
        raise MalformedQueryFile(f"the query {query!r} does not say which scheme {name!r} comes from")
    if parameter.default is not None:
        parameter.terms(parameter.default)
    return parameter


def _with_values(text: str, bound: Mapping[str, tuple[Term, ...]]) -> str:
    """The query with a VALUES clause for each bound variable, on the lines that are there: line numbers stay.

    In an OPTIONAL of the outermost group, where the variable has its value from outside, and which only compares with
    it, the value stands in its place: of a clause there the engine would join with all that the OPTIONAL matches.
    """
    insertions = []
    instead: list[tuple[int, int, str]] = []
    if (brace := where_brace(text)) is not None:
        insertions.append((brace, list(bound)))
    words = [*tokens(text)]
    for place, token in enumerate(words):
        if token.kind == "comment" and (found := _BIND.fullmatch(token.text)):
            names = [name for name in found[1].split() if name in bound]
            compared = {name: of for name in names if (of := _only_compared(words, place, name, bound[name]))}
            instead += [
                (of.begin, len(of.text), str(bound[name][0])) for name, every in compared.items() for of in every
            ]
            insertions.append((token.begin, [name for name in names if name not in compared]))
    for position, names in insertions:
        clauses = "".join(f" VALUES ?{name} {{ {' '.join(map(str, bound[name]))} }}" for name in names)
        instead.append((position, 0, f"{clauses} " if clauses else ""))
    for position, length, told in sorted(instead, reverse=True):
        text = f"{text[:position]}{told}{text[position + length :]}"
    return text


def _only_compared(words: Sequence[Token], mark: int, name: str, terms: Sequence[Term]) -> list[Token] | None:
    """Where a variable stands in the OPTIONAL of the outermost group that begins with a mark; None if a value cannot.

    Arguments:
        words: the tokens of the query.
        mark: the place of the mark.
        name: of the variable.
        terms: its values.
    """
    depth = sum((token.text == "{") - (token.text == "}") for token in words[:mark] if token.kind == "mark")
    opens = words[mark - 2].is_word("OPTIONAL") and words[mark - 1].text == "{"
    if len(terms) != 1 or depth != 2 or not opens:
        return None
    found = []
    for before, token in pairwise(words[mark:]):
        depth += (token.text == "{") - (token.text == "}") if token.kind == "mark" else 0
        if depth == 1:
            break
        if token.is_word("SELECT"):
            return None
        if token.kind == "variable" and token.text[1:] == name:
            if before.text != "=":
                return None
            found.append(token)
    return found or None


def _nearest(name: str, names: list[str]) -> str:
    from rapidfuzz import fuzz, process  # here: workers have no need of it

    if not names:
        return "it has none"
    best = process.extractOne(name, names, scorer=fuzz.ratio)
    if best and best[1] >= 60:
        return f"did you mean {best[0]!r}?"
    return f"there are {', '.join(names)}" if len(names) <= _FEW else f"there are {len(names)} others"

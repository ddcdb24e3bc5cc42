"""The cases of the W3C's SPARQL 1.1 suites, read from their manifests."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from tests.shared import SHARED

SUITES = SHARED / "w3c" / "sparql" / "sparql11"
BASE = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
"""The IRI of the suites: relative IRIs in their files resolve against it."""

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")

PARTS = ("query", "update", "results")
"""The manifests at the top, which include those of the folders."""


@dataclass(frozen=True)
class Dataset:
    """Files to fill a store with: of the default graph, and of named graphs by their IRIs."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True)
class Case:
    """A case of the query, update and results suites."""

    id: str
    kind: str
    text: Path
    before: Dataset = Dataset()
    after: Dataset = Dataset()
    result: Path | None = None

    @property
    def base(self) -> str:
        """The IRI of the file with the query or update."""
        return iri_of(self.text)


@dataclass(frozen=True)
class Request:
    """A request of the protocol suites, and what its answer must be."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None = None
    format: str | None = None
    location: str | None = None
    content: str | None = None
    answer_headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Conversation:
    """A case of the protocol suites: requests one after the other."""

    id: str
    requests: tuple[Request, ...] = ()
    before: Dataset = field(default_factory=Dataset)


def iri_of(file: Path) -> str:
    return BASE + file.relative_to(SUITES).as_posix()


@cache
def cases(*kinds: str) -> tuple[Case, ...]:
    """The query, update and results cases of these kinds (none given: of all), those with the same data together."""
    found = [case for case in _all_cases() if not kinds or case.kind in kinds]
    return tuple(sorted(found, key=lambda case: (case.id.partition("/")[0], repr(case.before))))


@cache
def conversations(folder: str) -> tuple[Conversation, ...]:
    """The cases of a protocol suite."""
    found: list[Conversation] = []
    for manifest in sorted((SUITES / folder).glob("manifest*.ttl")):
        graph = _parsed(manifest)
        for node in _entries(graph):
            requests = []
            action = graph.value(node, MF.action)
            for one in graph.items(_value(graph, action, HT.requests)) if action else ():
                requests.append(_request(graph, one))
            found.append(Conversation(f"{folder}/{_local(node)}", tuple(requests), _dataset(graph, node, UT)))
    return tuple(found)


@cache
def _all_cases() -> tuple[Case, ...]:
    if not SUITES.is_dir():
        return ()
    found: list[Case] = []
    for part in PARTS:
        top = _parsed(SUITES / f"manifest-sparql11-{part}.ttl")
        for included in top.items(_value(top, None, MF.include)):
            found += _cases_of(_file(included))
    return tuple(found)


def _cases_of(manifest: Path) -> Iterator[Case]:
    graph = _parsed(manifest)
    for node in _entries(graph):
        kind = _local(_value(graph, node, RDF.type))
        action = _value(graph, node, MF.action)
        id = f"{manifest.parent.name}/{_local(node)}"
        if "Syntax" in kind:
            yield Case(id, kind, _file(action))
        elif kind == "UpdateEvaluationTest":
            before, after = _dataset(graph, action, UT), _dataset(graph, _value(graph, node, MF.result), UT)
            yield Case(id, kind, _file(_value(graph, action, UT.request)), before, after)
        else:
            result = _file(_value(graph, node, MF.result))
            yield Case(id, kind, _file(_value(graph, action, QT.query)), _dataset(graph, action, QT), result=result)


def _dataset(graph: Graph, node: Node, names: Namespace) -> Dataset:
    named = []
    for one in graph.objects(node, names.graphData):
        if isinstance(one, URIRef):
            named.append((str(one), _file(one)))
        else:
            file = graph.value(one, names.graph) or graph.value(one, names.data)
            label = graph.value(one, RDFS.label)
            assert file is not None
            named.append((str(label or file), _file(file)))
    return Dataset(tuple(sorted(_file(one) for one in graph.objects(node, names.data))), tuple(sorted(named)))


def _request(graph: Graph, node: Node) -> Request:
    response = _value(graph, node, HT.resp)
    body, content = graph.value(node, HT.body), graph.value(response, HT.body)
    boolean = graph.value(response, MF.expectedBoolean)
    format, location = graph.value(response, MF.expectedFormat), graph.value(response, MF.expectedLocation)
    encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8") if body else ""
    return Request(
        method=str(_value(graph, node, HT.methodName)),
        path=str(_value(graph, node, HT.absolutePath)),
        headers=_headers(graph, node),
        body=str(_value(graph, body, CNT.chars)).encode(encoding) if body else None,
        statuses=frozenset(_local(status) for status in graph.objects(response, MF.expectedStatus)),
        boolean=bool(boolean.toPython()) if isinstance(boolean, Literal) else None,
        format=str(format) if format else None,
        location=str(location) if location else None,
        content=str(_value(graph, content, CNT.chars)) if content else None,
        answer_headers=_headers(graph, response),
    )


def _headers(graph: Graph, node: Node) -> tuple[tuple[str, str], ...]:
    headers = graph.value(node, HT.headers)
    if headers is None:
        return ()
    return tuple(
        (str(_value(graph, one, HT.fieldName)), str(_value(graph, one, HT.fieldValue))) for one in graph.items(headers)
    )


def _parsed(manifest: Path) -> Graph:
    return Graph().parse(manifest, format="turtle", publicID=iri_of(manifest))


def _entries(graph: Graph) -> Iterator[Node]:
    for entries in graph.objects(None, MF.entries):
        yield from graph.items(entries)


def _value(graph: Graph, node: Node | None, predicate: Node) -> Node:
    found = graph.value(node, predicate) if node else next(graph.objects(None, predicate), None)
    assert found is not None, (node, predicate)
    return found


def _file(node: Node) -> Path:
    assert str(node).startswith(BASE), node
    return SUITES / str(node)[len(BASE) :]


def _local(node: Node) -> str:
    return str(node).rpartition("#")[2]

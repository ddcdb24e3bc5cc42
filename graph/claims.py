"""Claims: what documents say, with the passages that say it, as values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ontology import CONCEPT, DCTERMS, MC, RDF

__all__ = [
    "FACTUAL", "PLANNED", "Claim", "Passage", "claim_at", "claims_about", "claims_of_document", "claims_of_no_fact",
    "modalities_of", "only_planned", "passages_of",
]  # fmt: skip

FACTUAL = frozenset(CONCEPT[f"modality/{name}"] for name in ("held", "planned", "recalled"))
PLANNED = CONCEPT["modality/planned"]

_STATEMENT_TERMS = {NamedNode(RDF["subject"]), NamedNode(RDF["predicate"]), NamedNode(RDF["object"])}
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(RDF[name]) for name in ("subject", "predicate", "object"))
_EVIDENCE, _ORIGIN, _CONFIDENCE, _MODALITY, _STATED_BY = (
    NamedNode(MC[name]) for name in ("evidence", "origin", "confidence", "modality", "statedBy")
)
_TYPE = NamedNode(RDF["type"])
_EARLIEST, _ISSUED = NamedNode(MC["earliestStart"]), NamedNode(DCTERMS["issued"])
_DAY = len("2022-05-12")
_READ = 400
"""Claims about one thing that are looked at."""

_BEGIN, _END, _IN_DOCUMENT, _EXACT = (NamedNode(MC[name]) for name in ("begin", "end", "inDocument", "exactText"))

Term = NamedNode | BlankNode | Literal | pyoxigraph.Triple
_Said = dict[NamedNode, dict[Term, None]]
_ALL_GRAPHS = (None,)


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Words of a document.

    Arguments:
        document: IRI of the document.
        begin: offset of the first character, in code points.
        end: offset after the last one.
        text: the words.
        iri: its own IRI.
    """

    document: str
    begin: int
    end: int
    text: str
    iri: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a document says.

    Arguments:
        node: the claim's node: an `rdf:Statement`, or a relation with attributes.
        statement: subject, predicate and object, where it is an `rdf:Statement`.
        passages: where it says so, in the order of the text.
        rule: IRI of the rule that found it.
        confidence: 0–1.
        modality: IRI of the concept; None is taken as held.
        stated_by: IRI of the speaker.
    """

    node: NamedNode | BlankNode
    statement: tuple[NamedNode | BlankNode, NamedNode, Term] | None
    passages: tuple[Passage, ...]
    rule: str | None
    confidence: float | None
    modality: str | None
    stated_by: str | None

    @property
    def is_fact(self) -> bool:
        """Whether it is said to be so, rather than denied, proposed or cancelled."""
        return self.modality is None or self.modality in FACTUAL

    @property
    def is_planned(self) -> bool:
        """Whether it is said of the future."""
        return self.modality == PLANNED


def _said(rdf: pyoxigraph.Store, node: NamedNode | BlankNode, graphs: Iterable[NamedNode | None]) -> _Said:
    """What is said of a node that has few triples: to read them all at once is faster than to look up each."""
    found: _Said = {}
    for graph in graphs:
        for quad in rdf.quads_for_pattern(node, None, None, graph):
            found.setdefault(quad.predicate, {})[quad.object] = None
    return found


def _first(said: _Said, predicate: NamedNode) -> Term | None:
    return next(iter(said.get(predicate, ())), None)


def _iri(term: Term | None) -> str | None:
    return term.value if isinstance(term, NamedNode) else None


def _number(term: Term | None) -> float | None:
    try:
        return float(term.value) if isinstance(term, Literal) else None
    except ValueError:
        return None


def _passage(rdf: pyoxigraph.Store, node: Term, graphs: Iterable[NamedNode | None]) -> Passage | None:
    if not isinstance(node, NamedNode):
        return None
    said = _said(rdf, node, graphs)
    document, exact = _iri(_first(said, _IN_DOCUMENT)), _first(said, _EXACT)
    begin, end = _number(_first(said, _BEGIN)), _number(_first(said, _END))
    if document is None or begin is None or end is None:
        return None
    return Passage(document, int(begin), int(end), exact.value if isinstance(exact, Literal) else "", node.value)


def passages_of(rdf: pyoxigraph.Store, claim: NamedNode | BlankNode) -> tuple[Passage, ...]:
    """The passages that a claim rests on, in the order of the text."""
    nodes = {quad.object for quad in rdf.quads_for_pattern(claim, _EVIDENCE, None, None)}
    return _in_order(_passage(rdf, node, _ALL_GRAPHS) for node in nodes)


def _in_order(passages: Iterable[Passage | None]) -> tuple[Passage, ...]:
    return tuple(sorted(passage for passage in passages if passage is not None))


def claim_at(
    rdf: pyoxigraph.Store, node: NamedNode | BlankNode, graphs: Iterable[NamedNode | None] = _ALL_GRAPHS
) -> Claim:
    """The claim that a node stands for.

    Arguments:
        rdf: the graph.
        node: the claim's node.
        graphs: those that tell of it, where that is known; by default all.
    """
    said = _said(rdf, node, graphs)
    subject, predicate, value = (_first(said, p) for p in (_SUBJECT, _PREDICATE, _OBJECT))
    statement = None
    if isinstance(subject, (NamedNode, BlankNode)) and isinstance(predicate, NamedNode) and value is not None:
        statement = (subject, predicate, value)
    return Claim(
        node=node,
        statement=statement,
        passages=_in_order(_passage(rdf, evidence, graphs) for evidence in said.get(_EVIDENCE, ())),
        rule=_iri(_first(said, _ORIGIN)),
        confidence=_number(_first(said, _CONFIDENCE)),
        modality=_iri(_first(said, _MODALITY)),
        stated_by=_iri(_first(said, _STATED_BY)),
    )


def claims_about(
    rdf: pyoxigraph.Store, triple: pyoxigraph.Triple, graph: NamedNode | BlankNode
) -> Iterator[NamedNode | BlankNode]:
    """The claims of one document's graph that say this very triple.

    Within one graph a subject has few statements about it, whatever the size of the store.
    """
    for quad in rdf.quads_for_pattern(None, _SUBJECT, triple.subject, graph):
        claim = quad.subject
        if (
            isinstance(claim, (NamedNode, BlankNode))
            and Quad(claim, _OBJECT, triple.object, graph) in rdf
            and Quad(claim, _PREDICATE, triple.predicate, graph) in rdf
        ):
            yield claim


def modalities_of(rdf: pyoxigraph.Store, thing: NamedNode) -> set[str]:
    """In which modalities documents speak of a thing: IRIs of concepts; nothing where no claim says what it is.

    Arguments:
        rdf: the graph.
        thing: an activity, an agreement, or a relation with attributes.
    """
    return {modality for claim in _claims_that_it_is(rdf, thing) for modality in _values(rdf, claim, _MODALITY)}


def only_planned(rdf: pyoxigraph.Store, thing: NamedNode) -> bool:
    """Whether all documents that speak of a thing as so only announce it.

    They call it planned, or are older than it: such a document can only announce, whatever tense it uses.

    Arguments:
        rdf: the graph.
        thing: an activity, an agreement, or a relation with attributes.
    """
    begins, stated = min(_values(rdf, thing, _EARLIEST), default=""), False
    for claim in _claims_that_it_is(rdf, thing):
        modalities = _values(rdf, claim, _MODALITY)
        if modalities & FACTUAL:
            if PLANNED not in modalities and not _is_older(rdf, claim, begins):
                return False
            stated = True
    return stated


def _claims_that_it_is(rdf: pyoxigraph.Store, thing: NamedNode) -> Iterator[NamedNode]:
    """Of a relation with attributes itself, else the claims of its class."""
    if next(iter(rdf.quads_for_pattern(thing, _MODALITY, None, DefaultGraph())), None) is not None:
        yield thing
        return
    for quad in islice(rdf.quads_for_pattern(None, _SUBJECT, thing, DefaultGraph()), _READ):
        if isinstance(quad.subject, NamedNode) and Quad(quad.subject, _PREDICATE, _TYPE, DefaultGraph()) in rdf:
            yield quad.subject


def _is_older(rdf: pyoxigraph.Store, claim: NamedNode, day: str) -> bool:
    """Whether the documents of a claim were issued before a day; where one of them is not known, they were not."""
    documents = {
        d for passage in _values(rdf, claim, _EVIDENCE) for d in _values(rdf, NamedNode(passage), _IN_DOCUMENT)
    }
    issued = [min(_values(rdf, NamedNode(document), _ISSUED), default="") for document in documents]
    return bool(issued) and all(len(date) >= _DAY and date[:_DAY] < day for date in issued)


def _values(rdf: pyoxigraph.Store, node: NamedNode, predicate: NamedNode) -> set[str]:
    """IRIs and literals, as texts."""
    quads = rdf.quads_for_pattern(node, predicate, None, DefaultGraph())
    return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)}


def claims_of_no_fact(rdf: pyoxigraph.Store, triple: pyoxigraph.Triple) -> tuple[Claim, ...]:
    """What documents say of a triple other than that it is so: that it is denied, proposed or cancelled."""
    about = (claim for graph in _graphs_about(rdf, triple) for claim in claims_about(rdf, triple, graph))
    claims = (claim_at(rdf, node) for node in dict.fromkeys(about))
    return tuple(sorted((claim for claim in claims if not claim.is_fact), key=lambda claim: claim.passages))


def _graphs_about(rdf: pyoxigraph.Store, triple: pyoxigraph.Triple) -> set[NamedNode | BlankNode]:
    quads = rdf.quads_for_pattern(None, _OBJECT, triple.object, None)
    return {quad.graph_name for quad in quads if not isinstance(quad.graph_name, DefaultGraph)}


def claims_of_document(rdf: pyoxigraph.Store, document: str, *beside: str) -> list[Claim]:
    """All claims of a document, in the order of their first passages.

    Arguments:
        rdf: the graph.
        document: IRI of the document, and of its graph.
        beside: IRIs of further graphs whose claims are the document's.
    """
    named = (NamedNode(graph) for graph in (document, *beside))
    graphs = [graph for graph in named if rdf.contains_named_graph(graph)]
    nodes = {quad.subject for graph in graphs for quad in rdf.quads_for_pattern(None, _EVIDENCE, None, graph)}
    claims = [claim_at(rdf, node, graphs) for node in nodes if isinstance(node, (NamedNode, BlankNode))]
    return sorted(claims, key=lambda claim: (claim.passages[:1], str(claim.node)))


def is_statement_term(predicate: NamedNode) -> bool:
    """Whether a predicate only ties a statement to what it is about."""
    return predicate in _STATEMENT_TERMS


def named_graphs_of(rdf: pyoxigraph.Store, triple: pyoxigraph.Triple) -> set[NamedNode | BlankNode]:
    """The named graphs that hold a triple."""
    quads = rdf.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return {quad.graph_name for quad in quads if not isinstance(quad.graph_name, DefaultGraph)}

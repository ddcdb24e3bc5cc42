"""The page of a document: its text with its facts marked in place, and the facts beside it."""

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup
from pyoxigraph import Literal, NamedNode
from werkzeug.wrappers import Response

from graph.claims import Claim, claims_of_document
from graph.store import Snapshot
from ontology import DC, DCTERMS, MC
from server.description import Term, attributes_of
from server.marks import anchor, marked
from server.rendering import page, schema

__all__ = ["document_page"]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A claim in the list beside the text.

    Arguments:
        number: its place in the list, from 1.
        claim: the claim.
        attributes: of a relation: its properties and their values.
    """

    number: int
    claim: Claim
    attributes: tuple[tuple[str, tuple[Term, ...]], ...]


def document_page(snapshot: Snapshot, iri: str) -> Response:
    """The page of the document with this IRI."""
    rdf, node = snapshot.rdf, NamedNode(iri)

    def text_of(predicate: str) -> str | None:
        quads = rdf.quads_for_pattern(node, NamedNode(predicate), None, None)
        return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), None)

    facts = [
        _Listed(number, claim, () if claim.statement else attributes_of(rdf, claim.node, schema()))
        for number, claim in enumerate(claims_of_document(rdf, iri), start=1)
    ]
    text = text_of(MC["text"])
    return page(
        "document.html",
        iri=iri,
        title=text_of(DCTERMS["title"]),
        text_language=text_of(DC["language"]) or "",
        issued=text_of(DCTERMS["issued"]),
        source=text_of(MC["source"]),
        sha256=text_of(MC["sha256"]),
        facts=facts,
        text=None if text is None else _marked_text(text, facts),
        anchor=anchor,
    )


def _marked_text(text: str, facts: list[_Listed]) -> Markup:
    numbers: dict[tuple[int, int], list[int]] = defaultdict(list)
    unheld: set[tuple[int, int]] = set()
    held: set[tuple[int, int]] = set()
    for fact in facts:
        for passage in fact.claim.passages:
            span = (passage.begin, passage.end)
            numbers[span].append(fact.number)
            (held if fact.claim.is_fact else unheld).add(span)
    notes = {span: _note(listed) for span, listed in numbers.items()}
    return marked(text, notes, dict.fromkeys(unheld - held, "unheld"))


def _note(numbers: list[int]) -> Markup:
    """The numbers of the facts that a passage carries, runs as ranges, each a link to the fact."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    links = []
    for run in runs:
        words = str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
        links.append(Markup('<a href="#f-{}">{}</a>').format(run[0], words))
    return Markup("<sup>{}</sup>").format(Markup(", ").join(links))

"""The page of a document: its text with its facts marked in place, and the facts beside it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, request
from markupsafe import Markup
from pyoxigraph import Literal, NamedNode
from werkzeug.wrappers import Response

from graph.claims import Claim, claims_of_document
from graph.store import Snapshot
from ontology import DC, DCTERMS, MC, RDF
from server.description import Term, attributes_of
from server.marks import anchor, marked
from server.mentions import mentions_of
from server.rendering import name_of, page, page_of, schema
from server.resources import resources

__all__ = ["document_page"]


_TYPE = NamedNode(RDF["type"])


@dataclass(frozen=True, slots=True)
class _Listed:
    """A claim in the list beside the text.

    Arguments:
        number: its place in the list, from 1.
        claim: the claim.
        attributes: of a relation: its properties and their values.
        kind: what it is about, a word for its group: a relation's class or a statement's property, by IRI.
    """

    number: int
    claim: Claim
    attributes: tuple[tuple[str, tuple[Term, ...]], ...]
    kind: str

    @property
    def things(self) -> Iterator[str]:
        """The IRIs of what it speaks of."""
        ends: tuple[Term, ...] = ()
        if self.claim.statement:
            ends = (self.claim.statement[0], self.claim.statement[2])
        for term in (*ends, *(value for _, values in self.attributes for value in values)):
            if isinstance(term, NamedNode):
                yield term.value


def document_page(snapshot: Snapshot, iri: str) -> Response:
    """The page of the document with this IRI."""
    rdf, node = snapshot.rdf, NamedNode(iri)

    def text_of(predicate: str) -> str | None:
        quads = rdf.quads_for_pattern(node, NamedNode(predicate), None, None)
        return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), None)

    facts = [
        _Listed(
            number,
            claim,
            () if claim.statement else attributes_of(rdf, claim.node, schema()),
            claim.statement[1].value if claim.statement else _class_of(snapshot, claim),
        )
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
        kinds=Counter(fact.kind for fact in facts).most_common(),
        unheld=sum(not fact.claim.is_fact for fact in facts),
        text=None if text is None else _marked_text(snapshot, text, facts),
        anchor=anchor,
        decisions_at=request.script_root + "/decisions" if _may_decide() else "",
    )


def _may_decide() -> bool:
    """Whether this server takes people's decisions about claims, from those who have a token."""
    return "decisions" in current_app.blueprints and bool(resources().settings.token or resources().tokens.records())


def _class_of(snapshot: Snapshot, claim: Claim) -> str:
    """The most specific class of a relation."""
    quads = snapshot.rdf.quads_for_pattern(claim.node, _TYPE, None, None)
    classes = [quad.object.value for quad in quads if isinstance(quad.object, NamedNode)]
    return schema().most_specific(c for c in classes if schema().is_relation([c]) or c != MC["Claim"])[0]


def _marked_text(snapshot: Snapshot, text: str, facts: list[_Listed]) -> Markup:
    numbers: dict[tuple[int, int], list[int]] = defaultdict(list)
    unheld: set[tuple[int, int]] = set()
    held: set[tuple[int, int]] = set()
    for fact in facts:
        for passage in fact.claim.passages:
            span = (passage.begin, passage.end)
            numbers[span].append(fact.number)
            (held if fact.claim.is_fact else unheld).add(span)
    notes = {span: _note(listed) for span, listed in numbers.items()}
    things = {thing for fact in facts for thing in fact.things}
    links = {
        (mention.begin, mention.end): Markup('<a class="mention" href="{}" title="{}">').format(
            page_of(mention.iri), name_of(mention.iri).text
        )
        for mention in mentions_of(snapshot.rdf, text, things)
    }
    return marked(text, notes, dict.fromkeys(unheld - held, "unheld"), links)


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

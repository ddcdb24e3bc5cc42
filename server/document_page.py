"""A document: its text with its facts marked in place, and the facts beside it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph
from flask import current_app, request
from markupsafe import Markup
from pyoxigraph import Literal, NamedNode
from werkzeug.wrappers import Response

from graph.claims import Claim, claims_of_document
from graph.errors import BadInput
from graph.store import Snapshot
from ontology import DC, DCTERMS, MC, RDF
from server.layers import Quads
from server.marks import anchor, marked
from server.mentions import mentions_of
from server.relations import Term, attributes_of
from server.rendering import has_page, interface, name_of, page, page_of, schema
from server.resources import resources
from server.taken_out import TakenOut, taken_out

__all__ = ["DocumentView", "document_page", "view_document"]

if TYPE_CHECKING:
    from loaders.decisions import Decision

_TYPE = NamedNode(RDF["type"])

FACTS_LISTED = 400
"""Facts that one page lists; of a document that says more, the next page lists the next."""


@dataclass(frozen=True, slots=True)
class ListedFact:
    """A claim in the list beside the text.

    Arguments:
        number: its place in the list, from 1.
        claim: the claim.
        attributes: of a relation: its properties and their values.
        kind: what it is about, a word for its group: a relation's class or a statement's property, by IRI.
        decision: what a person decided last about it.
    """

    number: int
    claim: Claim
    attributes: tuple[tuple[str, tuple[Term, ...]], ...]
    kind: str
    decision: "Decision | None" = None

    @property
    def things(self) -> Iterator[str]:
        """The IRIs of what it speaks of."""
        ends: tuple[Term, ...] = ()
        if self.claim.statement:
            ends = (self.claim.statement[0], self.claim.statement[2])
        for term in (*ends, *(value for _, values in self.attributes for value in values)):
            if isinstance(term, NamedNode):
                yield term.value


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What is shown of a document; what is not known is blank.

    Arguments:
        iri: its IRI.
        title, language, issued, source, sha256: what is known of it as a whole.
        text: its text with passages and names marked; None where it is not kept.
        facts: what it says, in the order of the text.
        kinds: how many facts there are of each kind, the most frequent first.
        taken_out: what people rejected of it.
    """

    iri: str
    title: str
    language: str
    issued: str
    source: str
    sha256: str
    text: Markup | None
    facts: tuple[ListedFact, ...]
    kinds: tuple[tuple[str, int], ...]
    taken_out: tuple[TakenOut, ...] = ()

    def listed(self, begin: int) -> tuple[ListedFact, ...]:
        """The facts that one page lists, from a number on."""
        return self.facts[begin - 1 : begin - 1 + FACTS_LISTED]

    @property
    def unheld(self) -> int:
        """How many of the facts are denied, cancelled or only proposed."""
        return sum(not fact.claim.is_fact for fact in self.facts)


def view_document(iri: str, rdf: pyoxigraph.Store, names: Quads, begin: int | None = None) -> DocumentView:
    """What is shown of a document.

    Arguments:
        iri: the document.
        rdf: where its graph is.
        names: where the names are that its text may hold.
        begin: the number of the first fact that the page lists; notes in the text lead to the pages of theirs. None
            where there is no page but the first, as of a document that is not saved.
    """
    from loaders.decisions import decisions_graph, decisions_of  # here: a server begins sooner without

    node = NamedNode(iri)

    def text_of(predicate: str) -> str | None:
        quads = rdf.quads_for_pattern(node, NamedNode(predicate), None, None)
        return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), None)

    decisions = decisions_of(rdf, iri)
    decided = {_decided(decision): decision for decision in decisions}
    facts = tuple(
        ListedFact(
            number,
            claim,
            () if claim.statement else attributes_of(rdf, claim.node, schema()),
            claim.statement[1].value if claim.statement else _class_of(rdf, claim),
            decided.get(str(getattr(claim.node, "value", ""))),
        )
        for number, claim in enumerate(claims_of_document(rdf, iri, decisions_graph(iri)), start=1)
    )
    text = text_of(MC["text"])
    return DocumentView(
        iri=iri,
        title=text_of(DCTERMS["title"]) or "",
        language=text_of(DC["language"]) or "",
        issued=text_of(DCTERMS["issued"]) or "",
        source=text_of(MC["source"]) or "",
        sha256=text_of(MC["sha256"]) or "",
        text=None if text is None else _marked_text(names, text, facts, begin),
        facts=facts,
        kinds=tuple(Counter(fact.kind for fact in facts).most_common()),
        taken_out=taken_out(rdf, iri, decisions),
    )


def _decided(decision: "Decision") -> str:
    """The claim that a decision leaves: of an amendment the new one, which has the decision's mark."""
    return decision.iri.replace("/decision/", "/claim/") if decision.verdict == "amended" else decision.claim


def document_page(snapshot: Snapshot, iri: str) -> Response:
    """The page of the document with this IRI."""
    begin = _begin(request.args.get("facts", "1"))
    return page(
        "document.html",
        document=view_document(iri, snapshot.rdf, snapshot.rdf, begin),
        anchor=anchor,
        most_listed=FACTS_LISTED,
        begin=begin,
        decisions_at=request.script_root + "/decisions" if _may_decide() else "",
    )


def _begin(given: str) -> int:
    """The number of the first fact on the page that lists a given one.

    Raises:
        BadInput: it is no number from 1 on.
    """
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 10**9:
        raise BadInput(f"?facts= must be the number of a fact, not {given!r}")
    return _page_of_fact(int(given))


def _page_of_fact(number: int) -> int:
    return (number - 1) // FACTS_LISTED * FACTS_LISTED + 1


def _may_decide() -> bool:
    """Whether this server takes people's decisions about claims, from those who have a token."""
    return "decisions" in current_app.blueprints and resources().takes_writes


def _class_of(rdf: Quads, claim: Claim) -> str:
    """The most specific class of a relation."""
    quads = rdf.quads_for_pattern(claim.node, _TYPE, None, None)
    classes = [quad.object.value for quad in quads if isinstance(quad.object, NamedNode)]
    return schema().most_specific(c for c in classes if schema().is_relation([c]) or c != MC["Claim"])[0]


def _marked_text(names: Quads, text: str, facts: tuple[ListedFact, ...], begin: int | None) -> Markup:
    numbers: dict[tuple[int, int], list[int]] = defaultdict(list)
    unheld: set[tuple[int, int]] = set()
    held: set[tuple[int, int]] = set()
    for fact in facts:
        for passage in fact.claim.passages:
            span = (passage.begin, passage.end)
            numbers[span].append(fact.number)
            (held if fact.claim.is_fact else unheld).add(span)
    notes = {span: _note(listed, begin) for span, listed in numbers.items()}
    things = {thing for fact in facts for thing in fact.things}
    return marked(text, notes, dict.fromkeys(unheld - held, "unheld"), _links(names, text, things))


def _links(names: Quads, text: str, things: set[str]) -> Mapping[tuple[int, int], Markup]:
    """The opening tags of links at the names of things in a text."""
    mentions = mentions_of(names, text, things)
    tags = {thing: _link_to(thing) for thing in {mention.iri for mention in mentions}}
    return {(mention.begin, mention.end): tags[mention.iri] for mention in mentions}


def _link_to(thing: str) -> Markup:
    place = Markup(' href="{}"').format(page_of(thing)) if has_page(thing) else ""
    return Markup('<a class="mention"{} title="{}">').format(place, name_of(thing).text)


def _note(numbers: list[int], begin: int | None) -> Markup:
    """The numbers of the facts that a passage carries, runs as ranges, each a link to the fact."""
    language = f"&lang={interface().language}" if interface().chosen else ""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    links = []
    for run in runs:
        words = str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
        page_begin = _page_of_fact(run[0])
        if begin is None and page_begin > 1:
            links.append(Markup("{}").format(words))
            continue
        elsewhere = "" if page_begin == (begin or 1) else f"?facts={page_begin}{language}"
        links.append(Markup('<a href="{}#f-{}">{}</a>').format(elsewhere, run[0], words))
    return Markup("<sup>{}</sup>").format(Markup(", ").join(links))

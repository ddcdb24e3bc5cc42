"""Composing a dossier: which doings, in which words, resting on which words of documents.

Sentences name things in the nominative, after a colon or a dash, so that names need no inflection in any language.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.claims import FACTUAL, Passage, passages_of
from graph.cooperation import KINDS, JointDoing
from graph.store import Snapshot
from ontology import DCTERMS, MC, RDF
from server.cooperation import doing_name
from server.dossier.model import Dossier, Note, Section, Sentence
from server.rendering import interface, name_of, page_of

__all__ = ["OTHERS_BEGAN", "compose"]

_TOLD = 60
"""Doings of one kind that are told; the timeline has the rest."""

OTHERS_BEGAN = ("mission",)
"""What began before those who take part in it came: their deployments tell when they did."""

_PARTNERS = 8
_NOTES = 3
"""Footnotes of one sentence."""

_CLAIMS_READ = 200
_DAY = len("2022-05-12")
_DETAILS = {
    "exercise": ("conductedUnder",),
    "competition": ("conductedUnder",),
    "mission": ("conductedUnder",),
    "deployment": ("activity", "personnel", "headcount"),
    "agreement": ("agreementType", "status"),
    "transfer": ("supplier", "recipient", "item"),
    "cooperation": ("domain",),
}
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(RDF[name]) for name in ("subject", "predicate", "object"))
_TYPE, _MODALITY, _ISSUED, _MEMBER = (
    NamedNode(RDF["type"]),
    NamedNode(MC["modality"]),
    NamedNode(DCTERMS["issued"]),
    NamedNode(MC["memberOf"]),
)


def compose(snapshot: Snapshot, doings: Sequence[JointDoing], actor: str, other: str = "") -> Dossier:
    """The dossier of an actor, or of a pair.

    Arguments:
        snapshot: the state to read footnotes from.
        doings: those that the actor, or both of the pair, have part in, the latest first.
        actor, other: IRIs; `other` is `""` for the dossier of one.
    """
    return _Composer(snapshot, actor, other).composed(doings)


class _Composer:
    """Numbers footnotes while sentences are made."""

    def __init__(self, snapshot: Snapshot, actor: str, other: str) -> None:
        self._rdf = snapshot.rdf
        self._actor = actor
        self._other = other
        self._notes: dict[Passage, Note] = {}
        self._say = interface().text

    def composed(self, doings: Sequence[JointDoing]) -> Dossier:
        name = name_of(self._actor).text
        sections = tuple(
            self._section(kind, of_kind) for kind in KINDS if (of_kind := [d for d in doings if d.kind == kind])
        )
        return Dossier(
            language=interface().language,
            title=f"{name} — {name_of(self._other).text}" if self._other else name,
            summary=tuple(self._summary(doings)),
            sections=sections,
            notes=tuple(self._notes.values()),
            notes_heading=self._say("dossier.notes"),
            more=self._say("dossier.more", count="{count}"),
        )

    def _summary(self, doings: Sequence[JointDoing]) -> Iterator[Sentence]:
        years = sorted(doing.first_day[:4] for doing in doings if doing.first_day and doing.kind not in OTHERS_BEGAN)
        counts = Counter(doing.kind for doing in doings)
        told = ", ".join(f"{self._say(f'cooperation.kind_{k}').lower()} — {counts[k]}" for k in KINDS if counts[k])
        number = interface().number(len(doings))
        when = f" ({years[0]}–{years[-1]})" if years and years[0] != years[-1] else f" ({years[0]})" if years else ""
        yield Sentence(self._say("dossier.in_all"), "", f": {number}{when}{': ' + told if told else ''}.")
        if not self._other:
            yield from self._partners(doings)
        shared = self._organizations(self._actor)
        if self._other:
            shared &= self._organizations(self._other)
        if shared:
            names = sorted(name_of(iri).text for iri in shared)
            heading = "dossier.both_members" if self._other else "dossier.member"
            yield Sentence(self._say(heading), "", f": {', '.join(names)}.")

    def _partners(self, doings: Sequence[JointDoing]) -> Iterator[Sentence]:
        partners = Counter(actor for doing in doings for actor in doing.actors if actor != self._actor)
        if partners:
            most = ", ".join(f"{name_of(iri).text} ({count})" for iri, count in partners.most_common(_PARTNERS))
            yield Sentence(self._say("dossier.partners"), "", f": {most}.")

    def _organizations(self, actor: str) -> set[str]:
        quads = self._rdf.quads_for_pattern(NamedNode(actor), _MEMBER, None, DefaultGraph())
        return {quad.object.value for quad in islice(quads, 60) if isinstance(quad.object, NamedNode)}

    def _section(self, kind: str, doings: list[JointDoing]) -> Section:
        sentences = tuple(self._sentence(doing) for doing in doings[:_TOLD])
        return Section(kind, self._say(f"cooperation.kind_{kind}"), sentences, max(0, len(doings) - _TOLD))

    def _sentence(self, doing: JointDoing) -> Sentence:
        parts = []
        if doing.begun:
            parts.append(_period(doing.begun, doing.ended))
        own_words = doing.kind in ("deployment", "transfer", "cooperation")
        actors = [] if own_words else [a for a in doing.actors if a not in (self._actor, self._other)]
        if actors:
            label = self._say("dossier.also" if self._other else "dossier.with")
            parts.append(f"{label}: {', '.join(name_of(a).text for a in actors)}")
        if doing.place is not None:
            parts.append(f"{self._say('dossier.place')}: {name_of(doing.place.iri).text}")
        parts += self._details(doing)
        if doing.planned:
            parts.append(self._say("dossier.planned"))
        rest = f" — {'; '.join(parts)}." if parts else "."
        return Sentence(doing_name(doing), page_of(doing.iri), rest, self._noted(doing))

    def _details(self, doing: JointDoing) -> Iterator[str]:
        for name in _DETAILS.get(doing.kind, ()):
            quads = self._rdf.quads_for_pattern(NamedNode(doing.iri), NamedNode(MC[name]), None, DefaultGraph())
            values = {
                name_of(quad.object.value).text if isinstance(quad.object, NamedNode) else quad.object.value
                for quad in islice(quads, 12)
                if isinstance(quad.object, NamedNode | Literal)
            }
            if values:
                yield f"{name_of(MC[name]).text}: {', '.join(sorted(values))}"

    def _noted(self, doing: JointDoing) -> tuple[int, ...]:
        """The numbers of the footnotes for a doing: a passage of each document, then further ones."""
        passages = sorted(self._passages(doing))
        first = {passage.document: passage for passage in reversed(passages)}
        ordered = [*first.values(), *(p for p in passages if p not in first.values())]
        return tuple(sorted(self._note(passage).number for passage in ordered[: max(_NOTES, 1)]))

    def _passages(self, doing: JointDoing) -> set[Passage]:
        """The words that say that there is such a doing; failing that, what else is said of it."""
        node = NamedNode(doing.iri)
        own = set(passages_of(self._rdf, node))
        if own:
            return own
        quads = islice(self._rdf.quads_for_pattern(None, _SUBJECT, node, DefaultGraph()), _CLAIMS_READ)
        claims = [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]
        existence = {c for c in claims if Quad(c, _PREDICATE, _TYPE, DefaultGraph()) in self._rdf}
        return self._stating(existence) or self._stating(c for c in claims if c not in existence)

    def _stating(self, claims: Iterable[NamedNode]) -> set[Passage]:
        """The words of those claims that say that something is, was or will be so."""
        return {passage for claim in claims if self._is_factual(claim) for passage in passages_of(self._rdf, claim)}

    def _is_factual(self, claim: NamedNode) -> bool:
        said = self._rdf.quads_for_pattern(claim, _MODALITY, None, DefaultGraph())
        return all(quad.object.value in FACTUAL for quad in said if isinstance(quad.object, NamedNode))

    def _note(self, passage: Passage) -> Note:
        known = self._notes.get(passage)
        if known is None:
            issued = self._rdf.quads_for_pattern(NamedNode(passage.document), _ISSUED, None, DefaultGraph())
            known = self._notes[passage] = Note(
                number=len(self._notes) + 1,
                document=passage.document,
                title=name_of(passage.document).text,
                issued=min((q.object.value for q in issued if isinstance(q.object, Literal)), default=""),
                quote=" ".join(passage.text.split()),
                page=page_of(passage.iri),
            )
        return known


def _period(begun: str, ended: str) -> str:
    """From when to when, without saying twice what both dates share."""
    if not ended:
        return _date(begun)
    if len(begun) == len(ended) == _DAY and begun[:7] == ended[:7]:
        days = f"{int(begun[8:])}–{int(ended[8:])}"
        return _date(ended, days)
    return f"{_date(begun)} – {_date(ended)}"


def _date(text: str, days: str = "") -> str:
    """A date as precise as it is known, in the reader's language; what is no date stays as it is.

    `days` are those of its month that are meant, if it is not one.
    """
    say = interface().text
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return text
    if len(parts) == 1:
        return say("dates.year", year=int(parts[0]))
    if not 1 <= int(parts[1]) <= 12:
        return text
    month = ("month_" if len(parts) == 2 else "of_month_") + str(int(parts[1]))
    words = {"year": int(parts[0]), "month": say(f"dates.{month}")}
    return say("dates.month", **words) if len(parts) == 2 else say("dates.day", day=days or int(parts[2]), **words)

"""What the pages of cooperation share: the doings of the present state, and what a reader wants of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request, url_for
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response

from graph.cooperation import KINDS, Choice, JointDoing, chosen, read_doings
from graph.errors import BadInput
from server.keeping import kept
from server.rendering import addresses, interface, name_of, page
from server.resources import current_snapshot
from server.whereabouts import state_code

__all__ = [
    "Filters",
    "Pick",
    "chosen_doings",
    "coded",
    "cooperation_page",
    "doing_as_json",
    "doing_name",
    "dossier_path",
    "filters",
    "joint_doings",
    "named",
    "within_language",
]

_UNNAMED = frozenset(("deployment", "transfer", "cooperation"))
_LISTED = 400
"""Actors and organizations that a list to pick from holds, the busiest ones."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader wants, as the address says it.

    Arguments:
        choice: of doings.
        around: IRI of the actor in the middle of a network, or `""`.
        minimum: weight of a tie.
    """

    choice: Choice
    around: str = ""
    minimum: int = 1

    @property
    def query(self) -> str:
        """The filters as the query of an address, without a question mark."""
        choice = self.choice
        pairs = [
            *(("kind", kind) for kind in KINDS if kind in choice.kinds),
            *(
                (name, str(value))
                for name, value in (("from", choice.since), ("to", choice.until))
                if value is not None
            ),
            *((("organization", choice.organization),) if choice.organization else ()),
            *((("actor", self.around),) if self.around else ()),
            *((("minimum", str(self.minimum)),) if self.minimum > 1 else ()),
        ]
        return urlencode(pairs)

    def older(self, year: int) -> str:
        """The same filters for what began up to a year."""
        return replace(self, choice=replace(self.choice, until=year)).query


@dataclass(frozen=True, slots=True)
class Pick:
    """A value to pick from a list: an IRI and its name."""

    iri: str
    name: str


def joint_doings() -> tuple[JointDoing, ...]:
    """The doings of the present state, the latest first."""
    return kept("cooperation", current_snapshot(), read_doings)


def chosen_doings(wanted: Filters) -> list[JointDoing]:
    """The doings that the filters let pass, an actor's own if one is named, the latest first."""
    choice = wanted.choice
    return chosen(joint_doings(), replace(choice, actors=(wanted.around,)) if wanted.around else choice)


def doing_name(doing: JointDoing) -> str:
    """What to call a doing: its name, or for what has none of its own, what it is and between whom."""
    if doing.kind in _UNNAMED:
        actors = " — ".join(name_of(actor).text for actor in doing.actors)
        return f"{interface().text(f'cooperation.one_{doing.kind}')}: {actors}"
    return name_of(doing.iri).text


def doing_as_json(doing: JointDoing) -> dict[str, object]:
    """A doing as JSON for the pages and for programs."""
    return {
        "iri": doing.iri,
        "name": doing_name(doing),
        "page": addresses().page(doing.iri),
        "kind": doing.kind,
        "begun": doing.begun,
        "ended": doing.ended,
        "from": doing.first_day,
        "to": doing.last_day,
        "actors": [named(actor) for actor in doing.actors],
        "planned": doing.planned,
        "documents": list(doing.documents),
    }


def filters() -> Filters:
    """What the address of the present request asks for.

    Raises:
        BadInput: a value is none that there can be.
    """
    kinds = [kind for kind in request.args.getlist("kind") if kind]
    unknown = next((kind for kind in kinds if kind not in KINDS), None)
    if unknown is not None:
        raise BadInput(f"There is no kind {unknown!r}", hint=f"there are {', '.join(KINDS)}")
    choice = Choice(frozenset(kinds), _year("from"), _year("to"), request.args.get("organization", ""))
    return Filters(choice, request.args.get("actor", ""), _whole("minimum", 1, 1_000_000) or 1)


def cooperation_page(template: str, wanted: Filters, **values: object) -> Response:
    """A page under the form of filters; its data is at the same address.

    Arguments:
        template: its template.
        wanted: what the filters say.
        values: what the template shows.
    """
    address = request.script_root + request.path
    return page(
        template,
        wanted=wanted,
        picks=_picks(joint_doings()),
        kinds=KINDS,
        data=f"{address}?{wanted.query}" if wanted.query else address,
        **values,
    )


def _picks(doings: Iterable[JointDoing]) -> dict[str, list[Pick]]:
    """The organizations and the actors that filters can name, by name."""
    actors: Counter[str] = Counter()
    organizations: Counter[str] = Counter()
    for doing in doings:
        actors.update(doing.actors)
        organizations.update({*doing.organizations, *(actor for actor in doing.actors if "/organization/" in actor)})
    return {key: _by_name(count) for key, count in (("organization", organizations), ("actor", actors))}


def named(iri: str) -> dict[str, str]:
    """A thing as JSON for the pages: IRI, name, address."""
    return {"iri": iri, "name": name_of(iri).text, "page": addresses().page(iri)}


def coded(iri: str) -> dict[str, str]:
    """An actor as JSON for the pages: also the ISO 3166-1 alpha-3 code of a state, or `""`."""
    return {**named(iri), "code": state_code(current_snapshot().rdf, NamedNode(iri)) or ""}


def dossier_path(iri: str, other: str = "") -> str:
    """The address of the dossier of an actor, or of a pair."""
    steps = addresses().steps(iri)
    query = urlencode(
        {**({} if steps else {"iri": iri}), **({"with": addresses().steps(other) or other} if other else {})}
    )
    path = url_for("dossier.shown", steps=steps) if steps else url_for("dossier.asked")
    return within_language(f"{path}?{query}" if query else path)


def within_language(path: str) -> str:
    """The path with `?lang=` where the present page has it."""
    if not interface().chosen:
        return path
    return f"{path}{'&' if '?' in path else '?'}lang={interface().language}"


def _by_name(counts: Counter[str]) -> list[Pick]:
    found = [Pick(iri, name_of(iri).text) for iri, _ in counts.most_common(_LISTED)]
    return sorted(found, key=lambda pick: pick.name.casefold())


def _year(name: str) -> int | None:
    return _whole(name, 1, 9999)


def _whole(name: str, least: int, most: int) -> int | None:
    text = request.args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8 and least <= int(text) <= most):
        raise BadInput(f"?{name}= must be a whole number from {least} to {most}, not {text!r}")
    return int(text)

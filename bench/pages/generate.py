"""A store of any size for the pages: documents as they could be, about states, exercises, agreements and people."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

import ontology
from graph.store import open_store
from loaders.documents import DocumentRecord, digest
from loaders.reading.facts import Agreement, Entity, Exercise, Meeting, PartialDate, Reading, Span, Stated
from loaders.to_rdf import reading_to_triples
from ontology import MC, RDF, RDFS, entity

__all__ = ["fill"]

_STATES = re.findall(
    "[A-Z]{3}",
    "KAZ RUS KGZ UZB TJK BLR ARM TUR CHN IND PAK AZE USA GBR FRA DEU ITA SRB MNG IRN LBN MLI CAF EGY SAU ARE QAT "
    "JPN KOR VNM IDN MYS BRA ZAF NGA KEN ETH POL ROU HUN BGR GRC ESP PRT NLD BEL NOR SWE FIN DNK",
)
_SYLLABLES = re.findall(r"\w+", "бе ра ка лин до сте пан ор кас та мир во ся нур ал жан ер бол са ве щит ру беж ту ман")
_FIRST = ["Нурлан", "Руслан", "Сергей", "Иван", "Али", "Тимур", "Дамир", "Мехмет", "Фархад", "Аскар"]
_RULE = "bench/generated"
_TYPE, _SUBCLASS = NamedNode(RDF["type"]), NamedNode(RDFS["subClassOf"])
_INVERSES = {
    NamedNode(MC["hasParticipant"]): NamedNode(MC["participatesIn"]),
    NamedNode(MC["hasParty"]): NamedNode(MC["partyTo"]),
}
FACTS = 48
"""Facts of a document."""


def fill(folder: Path, triples: int, seed: int = 1) -> int:
    """Make a store of about so many triples; an existing one is left as it is.

    It is a bare one, filled at once: classes above classes and inverses, on which pages rely, are put in by hand, all
    else that would follow is left out. Filling a store with inference is another bench's.

    Arguments:
        folder: where the store is to be.
        triples: how many the default graph shall have, about.
        seed: of the random choices.

    Returns:
        How many triples the default graph has.
    """
    chance = random.Random(seed)
    with open_store(folder, bare=True) as store:
        with store.snapshot() as snapshot:
            held = _count(snapshot.rdf)
        if held < triples * 0.9:
            merged = {quad.triple for file in _shipped() for quad in parse(path=str(file), format=RdfFormat.TURTLE)}
            above = _superclasses(merged)
            with store.transaction() as transaction:
                number = 0
                while len(merged) < triples:
                    text, reading = _reading(chance, number)
                    record = DocumentRecord(
                        iri=entity("document", f"made-{number}"),
                        source=f"made-{number}.txt",
                        sha256=digest(text.encode()),
                        title=reading.title,
                        language="ru",
                        issued=reading.issued,
                        text=text,
                    )
                    stated = list(reading_to_triples(reading, text, record))
                    transaction.put_graph(record.iri, stated)
                    merged.update(stated)
                    merged.update(_following(stated, above))
                    number += 1
                transaction.put_graph(None, merged)
        with store.snapshot() as snapshot:
            return _count(snapshot.rdf)


def _shipped() -> list[Path]:
    folder = Path(ontology.__file__).parent
    return [folder / "milcoop.ttl", *sorted((folder / "reference").glob("*.ttl"))]


def _superclasses(triples: set[Triple]) -> dict[object, set[NamedNode]]:
    direct: dict[object, set[NamedNode]] = {}
    for triple in triples:
        if triple.predicate == _SUBCLASS and isinstance(triple.object, NamedNode):
            direct.setdefault(triple.subject, set()).add(triple.object)
    above = direct
    for _ in range(6):  # deeper than the tree of classes
        above = {kind: uppers.union(*(direct.get(u, set()) for u in uppers)) for kind, uppers in above.items()}
    return above


def _following(stated: list[Triple], above: dict[object, set[NamedNode]]) -> Iterator[Triple]:
    for triple in stated:
        if triple.predicate == _TYPE:
            yield from (Triple(triple.subject, _TYPE, upper) for upper in above.get(triple.object, ()))
        inverse = _INVERSES.get(triple.predicate)
        if inverse is not None and isinstance(triple.object, NamedNode):
            yield Triple(triple.object, inverse, triple.subject)


def _count(rdf: object) -> int:
    solutions = rdf.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")  # type: ignore[attr-defined]
    return int(next(iter(solutions))["n"].value)


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()


def _state(chance: random.Random) -> Entity:
    code = _STATES[min(int(chance.paretovariate(0.9)) - 1, len(_STATES) - 1)]
    return Entity("state", code, iri=entity("state", code), state=code)


def _date(chance: random.Random) -> PartialDate:
    return PartialDate(chance.randint(1992, 2026), chance.randint(1, 12), chance.randint(1, 28))


def _reading(chance: random.Random, number: int) -> tuple[str, Reading]:
    sentences: list[str] = []
    facts = []
    for place in range(FACTS):
        words = (
            f"В документе {number} предложение {place} говорит о том, что «{_name(chance)} {_name(chance)}» состоялось."
        )
        begin = sum(len(sentence) + 1 for sentence in sentences)
        sentences.append(words)
        facts.append(_fact(chance, place, (Span(begin, begin + len(words)),)))
    title = f"{_name(chance)}: {_name(chance).lower()} {number}"
    return " ".join(sentences), Reading("ru", title, _date(chance), tuple(facts))


def _fact(chance: random.Random, place: int, evidence: tuple[Span, ...]) -> Exercise | Agreement | Meeting:
    actors = {state.iri: state for state in (_state(chance) for _ in range(chance.randint(2, 5)))}
    stated = tuple(Stated(state, evidence, _RULE) for state in actors.values())
    date = Stated(_date(chance), evidence, _RULE)
    if place % 3 == 0:
        return Exercise(
            name=f"{_name(chance)} {_name(chance).lower()}",
            start=date,
            participants=stated,
            evidence=evidence,
            rule=_RULE,
        )
    if place % 3 == 1:
        return Agreement(
            type=chance.choice(("treaty", "memorandum", "plan", "protocol")),
            title=f"Соглашение о {_name(chance).lower()} {_name(chance).lower()}",
            parties=stated,
            signed=date,
            evidence=evidence,
            rule=_RULE,
        )
    person = Entity("person", f"{chance.choice(_FIRST)} {_name(chance)}ов")
    return Meeting(
        kind="talks",
        actors=stated,
        persons=(Stated(person, evidence, _RULE),),
        date=date,
        evidence=evidence,
        rule=_RULE,
    )

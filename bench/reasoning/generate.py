"""Graphs of military cooperation of any size, the same for the same size: our ontology, and documents as we read them.

Each document tells of an exercise, of deployments to a mission, of a delivery of arms and of an agreement, with claims
and passages; actors, places and missions grow with the root of the size, so that they are shared more in larger graphs.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

import ontology
from ontology import DCTERMS, MC, RDF, RDFS, XSD, concept, entity

__all__ = ["document_lines", "write_graph"]

_TRIPLES_OF_A_DOCUMENT = 150
_RULE = ontology.BASE + "rule/bench/generated"


def write_graph(path: Path, size: int) -> int:
    """Write a graph of about `size` triples as N-Triples.

    Returns:
        the number of triples, which are all different.
    """
    lines = list(dict.fromkeys(_ontology()))
    count = len(lines)
    chance = random.Random(size)
    documents = max(1, (size - count) // _TRIPLES_OF_A_DOCUMENT)
    with path.open("w", encoding="utf-8") as out:
        out.writelines(lines)
        shared: set[str] = set()
        for number in range(documents):
            own: dict[str, None] = {}
            for line in document_lines(chance, number, documents):
                subject = line[1 : line.index(">")]
                if subject.endswith(f"d{number}") or f"/d{number}/" in subject:
                    own[line] = None
                elif line not in shared:
                    shared.add(line)
                    own[line] = None
            out.writelines(own)
            count += len(own)
    return count


def document_lines(chance: random.Random, number: int, documents: int) -> Iterator[str]:
    """What one document of many tells, as lines of N-Triples; some may come twice.

    Arguments:
        chance: what is left to it.
        number: which document it is.
        documents: how many there are in all.
    """
    for subject, predicate, value in _document(chance, number, documents):
        yield f"{_term(subject)} {_term(predicate)} {_term(value)} .\n"


def _ontology() -> Iterator[str]:
    """The ontology; its blank nodes have IRIs, so that all engines call them the same."""
    names: dict[str, str] = {}
    for quad in pyoxigraph.parse(path=ontology.path("milcoop.ttl")):
        terms = [
            f"<{entity('node', names.setdefault(term.value, str(len(names))))}>"
            if isinstance(term, pyoxigraph.BlankNode)
            else str(term)
            for term in (quad.subject, quad.predicate, quad.object)
        ]
        yield f"{' '.join(terms)} .\n"


_Triple = tuple[str, str, str]


def _term(text: str) -> str:
    return text if text.startswith('"') else f"<{text}>"


def _literal(value: object, datatype: str = "", language: str = "") -> str:
    suffix = f"^^<{XSD[datatype]}>" if datatype else f"@{language}" if language else ""
    return f'"{value}"{suffix}'


def _document(chance: random.Random, number: int, documents: int) -> Iterator[_Triple]:
    scale = int(20 + documents**0.5)
    document = entity("document", f"d{number}")
    date = f"{chance.randint(2005, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    yield document, RDF["type"], MC["Document"]
    yield document, DCTERMS["title"], _literal(f"Документ {number}", language="ru")
    yield document, DCTERMS["issued"], _literal(date, "date")
    yield document, MC["sha256"], _literal(f"{chance.getrandbits(256):064x}")
    facts: list[_Triple] = []
    relations: list[str] = []
    for part in (_exercise, _mission, _supply, _agreement):
        for triple in part(chance, number, scale, date):
            yield triple
            if triple[1] == MC["evidence"]:
                relations.append(triple[0])
            elif triple[1] in (MC["hasParticipant"], MC["hasParty"], MC["conductedUnder"]):
                facts.append(triple)
    for place, (subject, predicate, value) in enumerate(facts):
        claim = f"{document}/claim/{place}"
        yield claim, RDF["type"], RDF["Statement"]
        yield claim, RDF["subject"], subject
        yield claim, RDF["predicate"], predicate
        yield claim, RDF["object"], value
        relations.append(claim)
    for place, claim in enumerate(relations):
        begin = 100 * place
        passage = f"{document}/passage/{begin}-{begin + 90}"
        yield claim, MC["evidence"], passage
        yield claim, MC["origin"], _RULE
        yield claim, MC["confidence"], _literal(f"0.{chance.randint(1, 9)}", "decimal")
        yield claim, MC["modality"], concept("modality", "held")
        yield passage, RDF["type"], MC["Passage"]
        yield passage, MC["exactText"], _literal(f"слова {place} документа {number}")
        yield passage, MC["begin"], _literal(begin, "integer")
        yield passage, MC["end"], _literal(begin + 90, "integer")
        yield passage, MC["inDocument"], document


def _state(chance: random.Random) -> str:
    return entity("state", f"S{chance.randint(1, 60)}")


def _actor(chance: random.Random) -> Iterator[_Triple]:
    """A state, or a body of one; the last triple yielded has it as subject."""
    state = _state(chance)
    yield state, RDF["type"], MC["State"]
    if chance.random() < 0.5:
        body = f"{state}-{chance.choice(('MOD', 'GS', 'AF', 'MFA'))}"
        yield body, MC["ofState"], state
        yield body, RDF["type"], MC["DefenceMinistry" if body.endswith("MOD") else "StateBody"]


def _take(chance: random.Random) -> tuple[str, list[_Triple]]:
    triples = list(_actor(chance))
    return triples[-1][0], triples


def _exercise(chance: random.Random, number: int, scale: int, date: str) -> Iterator[_Triple]:
    exercise = entity("exercise", f"series{chance.randint(1, scale)}-d{number}")
    yield exercise, RDF["type"], MC["Exercise"]
    yield exercise, RDFS["label"], _literal(f"Учение {number}", language="ru")
    yield exercise, MC["startDate"], _literal(date, "date")
    yield exercise, MC["earliestStart"], _literal(date, "date")
    yield exercise, MC["latestStart"], _literal(date, "date")
    yield exercise, MC["editionOf"], entity("series", f"series{chance.randint(1, scale)}")
    yield exercise, MC["conductedUnder"], entity("organization", f"O{chance.randint(1, 12)}")
    for _ in range(chance.randint(2, 5)):
        actor, triples = _take(chance)
        yield from triples
        yield exercise, MC["hasParticipant"], actor
    state = chance.randint(1, 60)
    region, ground = f"{state}-{chance.randint(1, 9)}", f"{state}-{chance.randint(1, scale)}"
    yield exercise, MC["locatedIn"], entity("training-ground", ground)
    yield entity("training-ground", ground), RDF["type"], MC["TrainingGround"]
    yield entity("training-ground", ground), MC["locatedIn"], entity("region", region)
    yield entity("region", region), MC["locatedIn"], entity("state", f"S{state}")


def _mission(chance: random.Random, number: int, scale: int, date: str) -> Iterator[_Triple]:
    mission = entity("mission", f"M{chance.randint(1, scale)}")
    yield mission, RDF["type"], MC["PeacekeepingMission"]
    for place in range(chance.randint(1, 3)):
        deployment = entity("deployment", f"{place}-d{number}")
        actor, triples = _take(chance)
        yield from triples
        yield deployment, RDF["type"], MC["Deployment"]
        yield deployment, MC["contributor"], actor
        yield deployment, MC["deployedTo"], mission
        yield deployment, MC["headcount"], _literal(chance.randint(1, 900), "nonNegativeInteger")
        yield deployment, MC["startDate"], _literal(date, "date")
        yield deployment, MC["evidence"], entity("document", f"d{number}", "passage", "0-90")


def _supply(chance: random.Random, number: int, scale: int, date: str) -> Iterator[_Triple]:
    transfer = entity("transfer", f"t-d{number}")
    yield transfer, RDF["type"], MC["ArmsTransfer"]
    yield transfer, MC["supplier"], _state(chance)
    yield transfer, MC["recipient"], _state(chance)
    yield transfer, MC["item"], _literal(f"изделие {chance.randint(1, scale)}", language="ru")
    yield transfer, MC["startDate"], _literal(date, "date")
    yield transfer, MC["evidence"], entity("document", f"d{number}", "passage", "0-90")


def _agreement(chance: random.Random, number: int, scale: int, date: str) -> Iterator[_Triple]:
    agreement = entity("agreement", f"a{scale}-d{number}")
    yield agreement, RDF["type"], MC[chance.choice(("Treaty", "Memorandum", "Protocol", "CooperationPlan"))]
    yield agreement, MC["signedOn"], _literal(date, "date")
    for _ in range(2):
        actor, triples = _take(chance)
        yield from triples
        yield agreement, MC["hasParty"], actor
    organization = entity("organization", f"O{chance.randint(1, 12)}")
    yield organization, RDF["type"], MC["InternationalOrganization"]
    yield _state(chance), MC["memberOf"], organization

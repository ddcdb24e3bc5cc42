"""Missions: acronym, names, place, framework and years."""

import pytest

from ontology import entity
from tests.reference.conftest import Reference

CLASSES = ("Mission", "PeacekeepingMission", "ObserverMission", "HumanitarianMission")

# Missions of states or of coalitions, under no organization.
COALITIONS = {
    "MSS", "GSF-Haiti", "MFO", "Transnistria-JPF", "Karabakh-RPK", "Barkhane", "Serval", "Takuba", "InherentResolve",
    "EnduringFreedom", "FreedomSentinel", "RAMSI", "INTERFET", "MNF-I", "OperationInterflex",
}  # fmt: skip

# Of the notes on reference data: place, since, until.
UNITED_NATIONS = [
    ("UNTSO", "place/Middle-East", "1948", None), ("UNMOGIP", "state/IND", "1949", None),
    ("UNFICYP", "state/CYP", "1964", None), ("UNDOF", "state/SYR", "1974", None),
    ("UNIFIL", "state/LBN", "1978", None), ("MINURSO", "state/ESH", "1991", None),
    ("UNMIK", "place/Kosovo", "1999", None), ("MONUSCO", "state/COD", "2010", None),
    ("UNISFA", "place/Abyei", "2011", None), ("UNMISS", "state/SSD", "2011", None),
    ("MINUSCA", "state/CAF", "2014", None), ("MINUSMA", "state/MLI", "2013", "2023"),
    ("UNAMID", "state/SDN", "2007", "2020"),
]  # fmt: skip

NAMED = [
    ("UNIFIL", ["ВСООНЛ", "миссия ООН в Ливане", "Временные силы ООН в Ливане"]),
    ("UNDOF", ["СООННР", "Силы ООН по наблюдению за разъединением", "миссия ООН на Голанских высотах"]),
    ("MINURSO", ["МООНРЗС", "миссия ООН в Западной Сахаре"]),
    ("MONUSCO", ["МООНСДРК", "миссия ООН в ДР Конго"]),
    ("UNMISS", ["МООНЮС", "миссия ООН в Южном Судане"]),
    ("MINUSCA", ["МИНУСКА", "миссия ООН в ЦАР"]),
    ("MINUSMA", ["МИНУСМА"]),
    ("UNISFA", ["ЮНИСФА"]),
    ("UNTSO", ["ОНВУП"]),
    ("UNMOGIP", ["ГВНООНИП"]),
    ("UNFICYP", ["ВСООНК"]),
    ("KFOR", ["КФОР", "Силы для Косово"]),
    ("ResoluteSupport", ["Решительная поддержка"]),
    ("EUMA", ["Миссия Европейского союза в Армении", "миссия ЕС в Армении"]),
]


def _of(reference: Reference, mission: str, property_: str) -> set[str]:
    return {row["o"] for row in reference.rows(f"<{entity('mission', mission)}> {property_} ?o")}


def test_every_mission_has_place_framework_and_years(reference: Reference) -> None:
    missions = reference.instances(*CLASSES)

    assert len(missions) >= 60
    for iri in missions:
        slug = iri.rpartition("/")[2]
        assert _of(reference, slug, "mc:locatedIn"), slug
        assert _of(reference, slug, "mc:startDate"), slug
        assert bool(_of(reference, slug, "mc:conductedUnder")) == (slug not in COALITIONS), slug


@pytest.mark.parametrize(("mission", "place", "since", "until"), UNITED_NATIONS)
def test_a_mission_of_the_united_nations_is_where_and_since_when_it_is(
    reference: Reference, mission: str, place: str, since: str, until: str | None
) -> None:
    assert entity("organization", "UN") in _of(reference, mission, "mc:conductedUnder")
    assert entity(*place.split("/")) in _of(reference, mission, "mc:locatedIn")
    assert _of(reference, mission, "mc:startDate") == {since}
    assert _of(reference, mission, "mc:endDate") == ({until} if until else set())
    assert mission in _of(reference, mission, "mc:abbreviation")


@pytest.mark.parametrize(("mission", "names"), NAMED)
def test_a_mission_is_known_by_its_short_names_and_descriptions(
    reference: Reference, mission: str, names: list[str]
) -> None:
    for name in names:
        assert reference.named(name, "ru", "mission") == {entity("mission", mission)}, name


def test_a_mission_does_not_end_before_it_begins(reference: Reference) -> None:
    spans = reference.rows("?m mc:conductedUnder ?o ; mc:earliestStart ?start ; mc:latestEnd ?end")

    assert spans
    assert [row for row in spans if row["start"] > row["end"]] == []


def test_a_mission_is_keyed_by_the_acronym_in_its_iri(reference: Reference) -> None:
    keyed = reference.rows("?m mc:abbreviation ?a ; a ?c FILTER(LANG(?a) = 'en' && CONTAINS(STR(?m), '/id/mission/'))")

    assert len(keyed) >= 50
    for row in keyed:
        slug = row["m"].rpartition("/")[2]
        assert slug.split("-")[0].casefold() == row["a"].replace("-", " ").split()[0].casefold(), row

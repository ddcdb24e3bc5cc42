"""Places, series of exercises, and the bodies of states."""

import re

import pytest

from ontology import MC, concept, entity
from tests.reference.conftest import Reference

MEMBER = concept("membership-kind", "member")

PLACES = ("Place", "Region", "Settlement", "TrainingGround")

BODY_CLASS = {
    "MoD": "DefenceMinistry", "MFA": "ForeignMinistry", "MIA": "InteriorMinistry", "AF": "ArmedForces",
    "GS": "GeneralStaff", "PARL": "Parliament", "GOV": "Government", "SEC": "SecurityService",
}  # fmt: skip

# Texts do not tell the capital of these states from what is in dispute.
CAPITAL_IN_DISPUTE = {"ISR"}

IN_STATE = [
    ("Астана", "KAZ"), ("Нур-Султан", "KAZ"), ("Алматы", "KAZ"), ("Матыбулак", "KAZ"), ("Отар", "KAZ"),
    ("Спасск", "KAZ"), ("Илийский", "KAZ"), ("Оймаша", "KAZ"), ("Туркестанская область", "KAZ"), ("Щучинск", "KAZ"),
    ("Ашулук", "RUS"), ("Чебаркуль", "RUS"), ("Донгузский", "RUS"), ("Капустин Яр", "RUS"), ("Оренбург", "RUS"),
    ("Харбмайдон", "TJK"), ("Харб-Майдон", "TJK"), ("Ляур", "TJK"), ("Эдельвейс", "KGZ"), ("Балыкчи", "KGZ"),
    ("Термез", "UZB"), ("Фориш", "UZB"), ("Самарканд", "UZB"), ("Лосвидо", "BLR"), ("Брестский", "BLR"),
    ("Барановичи", "BLR"), ("Баграм", "AFG"), ("Гюмри", "ARM"), ("Шуша", "AZE"), ("Стамбул", "TUR"),
    ("Урумчи", "CHN"), ("Питорагарх", "IND"), ("Шабестар", "IRN"), ("Пабраде", "LTU"),
]  # fmt: skip

SERIES = [
    ("Нерушимое братство", "ru", "CSTO"), ("Unbreakable Brotherhood", "en", "CSTO"),
    ("Indestructible Brotherhood", "en", "CSTO"), ("Мызғымас бауырластық", "kk", "CSTO"),
    ("Боевое братство", "ru", "CSTO"), ("Взаимодействие", "ru", "CSTO"), ("Поиск", "ru", "CSTO"),
    ("Эшелон", "ru", "CSTO"), ("Рубеж", "ru", "CSTO"), ("Кобальт", "ru", "CSTO"),
    ("Боевое содружество", "ru", "CIS"), ("Combat Commonwealth", "en", "CIS"), ("Мирная миссия", "ru", "SCO"),
    ("Щит Союза", "ru", "UnionState"), ("Степной орёл", "ru", None), ("Дала қыраны", "kk", None),
    ("КАЗИНД", "ru", None), ("Айбалта", "ru", None), ("Запад", "ru", None), ("Индра", "ru", None),
    ("Три брата", "ru", None), ("Кобра голд", "ru", None), ("RIMPAC", "en", None), ("Sea Breeze", "en", None),
    ("Eagle Partner", "en", None), ("Red Flag", "en", None), ("АрМИ", "ru", None), ("Танковый биатлон", "ru", None),
    ("Мастера артиллерийского огня", "ru", None), ("Соколиная охота", "ru", None), ("Военное ралли", "ru", None),
    ("Снайперский рубеж", "ru", None),
]  # fmt: skip

BODIES = [
    ("Пентагон", "ru", "USA-MoD"), ("Pentagon", "en", "USA-MoD"), ("Госдепартамент США", "ru", "USA-MFA"),
    ("Конгресс США", "ru", "USA-PARL"), ("НОАК", "ru", "CHN-AF"), ("PLA", "en", "CHN-AF"),
    ("Бундесвер", "ru", "DEU-AF"), ("Мажилис", "ru", "KAZ-PARL"), ("Мәжіліс", "kk", "KAZ-PARL"),
    ("Сенат РК", "ru", "KAZ-PARL"), ("КНБ", "ru", "KAZ-SEC"), ("Пограничная служба КНБ РК", "ru", "KAZ-SEC"),
    ("Госдума", "ru", "RUS-PARL"), ("Росгвардия", "ru", "RUS-SEC"), ("Госпогранслужба КР", "ru", "KGZ-SEC"),
    ("Министерство обороны Казахстана", "ru", "KAZ-MoD"),
    ("Министерство обороны Республики Казахстан", "ru", "KAZ-MoD"),
    ("Министерство обороны Белоруссии", "ru", "BLR-MoD"), ("Қазақстан Қорғаныс министрлігі", "kk", "KAZ-MoD"),
    ("Ministry of Defence of Kazakhstan", "en", "KAZ-MoD"), ("ЦАХАЛ", "ru", "ISR-AF"),
]  # fmt: skip


def test_there_are_the_places_of_the_field(reference: Reference) -> None:
    assert len(reference.instances("TrainingGround")) >= 50
    assert len(reference.instances("Settlement")) >= 350
    regions = reference.rows(f"?r a mc:Region ; mc:locatedIn <{entity('state', 'KAZ')}>")
    assert len(regions) == 17


def test_every_member_of_the_united_nations_has_a_capital_that_lies_in_it(reference: Reference) -> None:
    membership = f"?m mc:inOrganization <{entity('organization', 'UN')}> ; mc:membershipKind <{MEMBER}>"
    members = {row["s"] for row in reference.rows(f"{membership} ; mc:member ?s")}
    capitals = reference.rows("?s mc:capital ?c . ?c a mc:Settlement ; rdfs:label ?n OPTIONAL { ?c mc:locatedIn ?in }")

    assert members <= {row["s"] for row in capitals}
    elsewhere = {row["s"][-3:] for row in capitals if row.get("in") != row["s"]}
    assert elsewhere == CAPITAL_IN_DISPUTE


@pytest.mark.parametrize(("name", "state"), IN_STATE)
def test_a_place_leads_to_its_state(reference: Reference, name: str, state: str) -> None:
    (place,) = reference.named(name, "ru", "place")

    states = {row["s"] for row in reference.rows(f"<{place}> mc:locatedIn+ ?s . ?s a mc:State")}
    assert states == {entity("state", state)}


def test_no_place_lies_in_two_states(reference: Reference) -> None:
    places = reference.instances(*PLACES)
    above = {
        (row["p"], row["s"]) for row in reference.rows("?p mc:locatedIn+ ?s . ?s a mc:State") if row["p"] in places
    }

    assert len(above) > 500
    assert len({place for place, _ in above}) == len(above)


def test_coordinates_are_on_the_globe_and_come_in_pairs(reference: Reference) -> None:
    geo = "http://www.w3.org/2003/01/geo/wgs84_pos#"
    found = reference.rows(f"?p <{geo}lat> ?lat ; <{geo}long> ?long ; a ?c")

    assert len(found) > 400
    assert all(abs(float(row["lat"])) <= 90 and abs(float(row["long"])) <= 180 for row in found)
    capitals = {row["c"] for row in reference.rows("?s mc:capital ?c")}
    without = {iri.rpartition("/")[2] for iri in capitals - {row["p"] for row in found}}
    assert without <= {"Ngerulmud"}


def test_the_coordinates_of_places_in_a_state_are_near_its_capital(reference: Reference) -> None:
    geo = "http://www.w3.org/2003/01/geo/wgs84_pos#"
    # The widest states apart, a place is within 25 degrees of longitude and 20 of latitude of the capital.
    wide = {"RUS", "USA", "CAN", "CHN", "AUS"}
    pairs = reference.rows(
        f"?s mc:capital ?c . ?c <{geo}lat> ?clat ; <{geo}long> ?clong ."
        f" ?p mc:locatedIn+ ?s ; <{geo}lat> ?plat ; <{geo}long> ?plong FILTER(?p != ?c)"
    )

    assert pairs
    far = {
        row["p"]
        for row in pairs
        if row["s"][-3:] not in wide
        and (abs(float(row["clat"]) - float(row["plat"])) > 20 or abs(float(row["clong"]) - float(row["plong"])) > 25)
    }
    assert far == set()


@pytest.mark.parametrize(("name", "language", "framework"), SERIES)
def test_a_series_is_known_by_its_names_and_has_its_framework(
    reference: Reference, name: str, language: str, framework: str | None
) -> None:
    (series,) = reference.named(name, language, "series")

    frameworks = {row["o"] for row in reference.rows(f"<{series}> mc:conductedUnder ?o")}
    assert frameworks == ({entity("organization", framework)} if framework else set())


def test_series_have_plain_names_in_their_iris(reference: Reference) -> None:
    series = reference.instances("ExerciseSeries", "CompetitionSeries")

    assert len(series) >= 150
    assert all(re.fullmatch(re.escape(entity("series")) + r"/[a-z0-9]+(-[a-z0-9]+)*", iri) for iri in series)


def test_a_body_belongs_to_the_state_and_is_of_the_kind_that_its_iri_says(reference: Reference) -> None:
    bodies = reference.rows("?b mc:ofState ?s ; a ?c")

    assert len({row["s"] for row in bodies}) >= 70
    for row in bodies:
        state, _, kind = row["b"].removeprefix(entity("organization") + "/").partition("-")
        assert row["s"] == entity("state", state)
        assert row["c"] == MC[BODY_CLASS[kind]]
    assert len(bodies) == len({row["b"] for row in bodies})


def test_bodies_have_no_abbreviation_since_facts_are_keyed_by_state_and_kind(reference: Reference) -> None:
    assert reference.rows("?b mc:ofState ?s ; mc:abbreviation ?a") == []


@pytest.mark.parametrize(("name", "language", "body"), BODIES)
def test_a_body_is_known_by_its_names(reference: Reference, name: str, language: str, body: str) -> None:
    assert reference.named(name, language, "organization") == {entity("organization", body)}

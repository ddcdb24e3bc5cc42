"""Organizations and their members: who belongs to what, from when until when."""

import calendar
from collections import Counter

import pytest

from ontology import MC, entity
from tests.reference.conftest import Reference

KIND = "https://w3id.org/milcoop/concept/membership-kind/"

# Full members at present.
SIZES = {
    "UN": 193, "NATO": 32, "EU": 27, "OSCE": 57, "CSTO": 6, "SCO": 10, "OTS": 5, "CICA": 28, "EAEU": 5, "GCC": 6,
    "ASEAN": 11, "LAS": 22, "CoE": 46, "OAS": 32, "OIC": 57, "AES": 3, "UnionState": 2, "ECOWAS": 12, "SADC": 16,
    "AUKUS": 3,
    # The African Union has 55: the republic that claims Western Sahara is no entry of ISO 3166.
    "AU": 54,
}  # fmt: skip

NAMED = [
    ("CSTO", "ru", ["ОДКБ", "Организация Договора о коллективной безопасности"]),
    ("CSTO", "kk", ["ҰҚШҰ", "Ұжымдық қауіпсіздік туралы шарт ұйымы"]),
    ("NATO", "ru", ["НАТО", "Североатлантический альянс", "натовский"]),
    ("EU", "ru", ["ЕС", "Евросоюз", "Европейский союз"]),
    ("UN", "ru", ["ООН", "Организация Объединённых Наций"]),
    ("UN", "kk", ["БҰҰ"]),
    ("SCO", "en", ["SCO", "Shanghai Cooperation Organization", "Shanghai Cooperation Organisation"]),
    ("CIS", "ru", ["СНГ", "Содружество Независимых Государств"]),
    ("OTS", "ru", ["ОТГ", "Организация тюркских государств", "Тюркский совет"]),
    ("CICA", "ru", ["СВМДА"]),
    ("AES", "ru", ["Альянс государств Сахеля"]),
    ("ICRC", "ru", ["МККК", "Международный комитет Красного Креста"]),
]


def _members(reference: Reference, organization: str, kind: str = "member") -> list[dict[str, str]]:
    return reference.rows(
        f"?m a mc:Membership ; mc:inOrganization <{entity('organization', organization)}> ;"
        f" mc:membershipKind <{KIND}{kind}> ; mc:member ?state"
        " OPTIONAL { ?m mc:startDate ?start } OPTIONAL { ?m mc:endDate ?end }"
    )


@pytest.mark.parametrize(("organization", "size"), SIZES.items())
def test_an_organization_has_its_number_of_members(reference: Reference, organization: str, size: int) -> None:
    present = [row["state"] for row in _members(reference, organization) if "end" not in row]

    assert len(present) == len(set(present)) == size


@pytest.mark.parametrize(("organization", "language", "names"), NAMED)
def test_an_organization_is_known_by_its_usual_names(
    reference: Reference, organization: str, language: str, names: list[str]
) -> None:
    for name in names:
        assert reference.named(name, language, "organization") == {entity("organization", organization)}, name


def test_a_state_that_came_back_has_two_memberships(reference: Reference) -> None:
    uzbekistan = [row for row in _members(reference, "CSTO") if row["state"] == entity("state", "UZB")]

    assert sorted((row["start"], row["end"]) for row in uzbekistan) == [("1992", "1999"), ("2006", "2012")]


def test_states_that_left_are_no_members_at_present(reference: Reference) -> None:
    left = {("CIS", "GEO"), ("CIS", "UKR"), ("EU", "GBR"), ("CSTO", "AZE"), ("CSTO", "GEO"), ("CSTO", "UZB"),
            ("ECOWAS", "MLI"), ("CoE", "RUS")}  # fmt: skip
    for organization, code in left:
        present = {row["state"] for row in _members(reference, organization) if "end" not in row}
        assert entity("state", code) not in present, (organization, code)


def test_observers_and_partners_are_no_members(reference: Reference) -> None:
    assert entity("state", "MNG") in {row["state"] for row in _members(reference, "SCO", "observer")}
    assert entity("state", "TUR") in {row["state"] for row in _members(reference, "SCO", "partner")}
    assert {entity("state", "HUN"), entity("state", "TKM")} == {
        row["state"] for row in _members(reference, "OTS", "observer")
    }


def test_a_membership_joins_one_state_and_one_organization_in_one_way(reference: Reference) -> None:
    counts = Counter(row["m"] for row in reference.rows("?m a mc:Membership ; mc:member ?s ; mc:inOrganization ?o ;"
                                                        " mc:membershipKind ?k . ?s a mc:State"))  # fmt: skip

    assert set(counts) == reference.instances("Membership")
    assert set(counts.values()) == {1}


def test_a_membership_begins_before_it_ends(reference: Reference) -> None:
    spans = reference.rows("?m a mc:Membership ; mc:latestStart ?start ; mc:earliestEnd ?end")

    assert spans
    assert [row for row in spans if row["start"] >= row["end"]] == []


def test_two_memberships_of_a_state_in_an_organization_do_not_overlap(reference: Reference) -> None:
    pairs = reference.rows(
        "?a mc:member ?s ; mc:inOrganization ?o ; mc:earliestStart ?start ."
        " ?b mc:member ?s ; mc:inOrganization ?o ; mc:earliestStart ?next . FILTER(?a != ?b && ?start <= ?next)"
        " OPTIONAL { ?a mc:latestEnd ?end }"
    )

    assert pairs
    # Both may be told by the year alone: the one ends in the year in which the other begins.
    assert [row for row in pairs if row.get("end", "9999")[:4] > row["next"][:4]] == []


def test_bounds_stand_beside_each_date_and_say_the_same(reference: Reference) -> None:
    dates = reference.rows(
        "VALUES (?p ?low ?high) {"
        " (mc:startDate mc:earliestStart mc:latestStart) (mc:endDate mc:earliestEnd mc:latestEnd) }"
        " ?x ?p ?date . OPTIONAL { ?x ?low ?first } OPTIONAL { ?x ?high ?last }"
        " BIND(DATATYPE(?date) AS ?type) BIND(DATATYPE(?first) AS ?bound)"
    )

    assert len(dates) > 500
    for row in dates:
        first, last = _bounds(row["date"])
        assert (row["first"], row["last"]) == (first, last), row["x"]
        assert row["type"].endswith({4: "#gYear", 7: "#gYearMonth", 10: "#date"}[len(row["date"])]), row["x"]
        assert row["bound"].endswith("#date"), row["x"]


def _bounds(date: str) -> tuple[str, str]:
    """The first and the last day of a year, a month or a day."""
    year, month, day = (*date.split("-"), "", "")[:3]
    last_month = month or "12"
    last_day = day or f"{calendar.monthrange(int(year), int(last_month))[1]:02}"
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{last_month}-{last_day}"


def test_an_organization_has_an_abbreviation_in_its_languages_or_goes_by_its_name(reference: Reference) -> None:
    keyed = {row["x"] for row in reference.rows("?x a ?c ; mc:abbreviation ?a FILTER(LANG(?a) = 'en')")}
    unkeyed = reference.instances("InternationalOrganization", "MilitaryAlliance") - keyed

    # These are written by name in texts of all three languages, or are not intergovernmental.
    assert {iri.rpartition("/")[2] for iri in unkeyed} == {"UnionState", "ICRC", "IFRC", "WarsawPact"}
    assert ("ru", "ОДКБ") in reference.names(entity("organization", "CSTO"), MC["abbreviation"])

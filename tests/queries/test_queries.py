"""Every canned query, asked of the small graph of `graph.trig`: what a reader of its documents would answer."""

import json
import re
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

import queries
from graph.query import QueryRequest, evaluate
from graph.query.canned import CannedQuery, find, read_folder
from ontology import BASE, LANGUAGES, XSD
from tests.queries.example import example_snapshot

CANNED = read_folder(queries.folder())


def ask(name: str, **values: str) -> list[dict[str, Any]]:
    """The rows from the example; IRIs shortened to their last step, numbers as numbers."""
    return ask_of(example_snapshot().rdf, name, **values)


def ask_of(rdf: Store, name: str, **values: str) -> list[dict[str, Any]]:
    """The same from other triples."""
    text = find(CANNED, name).bind(values)
    answer = json.loads(evaluate(rdf, QueryRequest(text), "json").body)
    return [{name: plain(term) for name, term in row.items()} for row in answer["results"]["bindings"]]


def plain(term: dict[str, str]) -> Any:
    value = term["value"]
    if term["type"] == "uri":
        return re.sub(r"^.*[/#]", "", value)
    if term.get("datatype", "").endswith(("integer", "decimal")):
        return float(value) if "." in value else int(value)
    return value


def column(rows: list[dict[str, Any]], *names: str) -> list[Any]:
    return [tuple(row.get(name) for name in names) if len(names) > 1 else row.get(names[0]) for row in rows]


# What holds for each of them


@pytest.mark.parametrize("query", CANNED.values(), ids=CANNED.keys())
def test_it_describes_itself_in_three_languages(query: CannedQuery) -> None:
    assert set(query.titles) == set(query.descriptions) == set(LANGUAGES)
    assert query.group
    for parameter in query.parameters:
        assert set(parameter.labels) == set(LANGUAGES), parameter.name


@pytest.mark.parametrize("query", CANNED.values(), ids=CANNED.keys())
def test_it_can_be_asked_with_its_defaults_in_each_language(query: CannedQuery) -> None:
    for language in LANGUAGES:
        values = {"lang": language} if any(p.name == "lang" for p in query.parameters) else {}
        evaluate(example_snapshot().rdf, QueryRequest(query.bind(values)))


@pytest.mark.parametrize("query", CANNED.values(), ids=CANNED.keys())
def test_it_uses_each_of_its_parameters(query: CannedQuery) -> None:
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
    for parameter in query.parameters:
        assert f"?{parameter.name}" in body


@pytest.mark.parametrize("query", CANNED.values(), ids=CANNED.keys())
def test_every_parameter_can_be_given_and_every_optional_one_left_out(query: CannedQuery) -> None:
    sample = {"iri": f"<{BASE}nothing>", "concept": "nothing", "date": "2022-06-01", "year": "2022", "integer": "1"}
    everything = {p.name: p.default or sample.get(p.type, "x") for p in query.parameters}
    least = {p.name: "" if p.optional else everything[p.name] for p in query.parameters}

    for values in (everything, least):
        evaluate(example_snapshot().rdf, QueryRequest(query.bind(values)))


@pytest.mark.parametrize("query", CANNED.values(), ids=CANNED.keys())
def test_dates_are_compared_by_their_bounds_alone(query: CannedQuery) -> None:
    """A year and a day do not compare: a filter on dates as stated would lose rows without a word."""
    for line in query.text.splitlines():
        if "FILTER" in line and re.search(r"[<>]=?", line):
            assert not re.search(r"\?(startDate|endDate|signedOn|date)\b", line), line


# What each of them answers


def test_exercises_of_a_state_count_those_of_its_bodies_the_latest_first() -> None:
    rows = ask("exercises-of-a-state")

    assert column(rows, "exercise", "year") == [
        ("frontier-2022", 2022), ("brotherhood-2022", 2022), ("shield-2022", 2022), ("steppe-2021", 2021),
        ("brotherhood-2020", 2020),
    ]  # fmt: skip
    assert rows[-1] == {
        "year": 2020, "exercise": "brotherhood-2020", "name": "Indestructible Brotherhood", "start": "2020-10-12",
        "end": "2020-10-16", "frameworks": "Collective Security Treaty Organization", "places": "Belarus",
        "modality": "held", "documents": 2,
    }  # fmt: skip


def test_exercises_of_a_state_can_be_narrowed_by_organization_and_dates() -> None:
    assert column(ask("exercises-of-a-state", organization="CSTO", to="2021-12-31"), "exercise") == ["brotherhood-2020"]
    # Held some day in August 2022: it may have been on the 15th or after.
    assert "shield-2022" in column(ask("exercises-of-a-state", **{"from": "2022-08-15"}), "exercise")
    assert "shield-2022" not in column(ask("exercises-of-a-state", **{"from": "2022-09-01"}), "exercise")


def test_an_edition_without_a_name_in_the_language_is_called_by_its_series() -> None:
    names = {row["exercise"]: row["name"] for row in ask("exercises-of-a-state", lang="ru")}

    assert names["brotherhood-2022"] == "Нерушимое братство"
    assert names["frontier-2022"] == "Frontier"


def test_participation_by_year() -> None:
    rows = ask("participation-by-year", organization="CSTO")

    assert column(rows, "year", "exercises", "partners") == [(2020, 1, 2), (2022, 2, 2)]


def test_exercise_participants_and_observers() -> None:
    rows = ask("exercise-participants", exercise="brotherhood-2020", year="")

    assert column(rows, "role", "actorName") == [
        ("participant", "Belarus"), ("participant", "Kazakhstan"), ("participant", "Russia"), ("observer", "Belarus"),
    ]  # fmt: skip
    assert column(ask("exercise-participants", year="2021"), "actor") == ["KAZ", "UZB"], "armed forces as their state"


def test_series_editions_with_the_largest_number_of_people() -> None:
    rows = ask("series-editions", series="unbreakable-brotherhood")

    assert column(rows, "year", "people", "states") == [(2020, 1200, 3), (2022, None, 3)]
    assert [sorted(row["places"].split(", ")) for row in rows] == [["Belarus"], ["Kazakhstan", "Otar"]]


def test_bilateral_partners() -> None:
    assert column(ask("bilateral-partners", state="KAZ"), "partner", "exercises", "names") == [("UZB", 1, "Степь")]


def test_activities_on_a_territory_lie_in_it_through_any_place() -> None:
    rows = ask("activities-on-a-territory")

    assert column(rows, "activity", "kind") == [("brotherhood-2022", "exercise"), ("steppe-2021", "exercise")]


def test_what_was_announced_and_not_reported() -> None:
    rows = ask("announced-and-not-reported")

    assert column(rows, "activity", "planned", "lastAnnounced") == [("shield-2022", "2022-08", "2021-10-30")]
    assert ask("announced-and-not-reported", by="2022-08-30") == [], "it may still be to come"


@pytest.mark.parametrize(("issued", "precision"), [("2022", "gYear"), ("2022-11", "gYearMonth")])
def test_a_document_of_the_same_year_or_month_does_not_only_announce(issued: str, precision: str) -> None:
    day, date = Literal("2022-12-01", datatype=NamedNode(XSD["date"])), NamedNode(XSD[precision])
    rdf = Store()
    for quad in example_snapshot().rdf:
        value = Literal(issued, datatype=date) if quad.object == day else quad.object
        rdf.add(Quad(quad.subject, quad.predicate, value, quad.graph_name))
    assert column(ask_of(rdf, "documents"), "issued") != column(ask("documents"), "issued")
    for name in ("exercises-of-a-state", "activities-on-a-territory", "meetings"):
        assert column(ask_of(rdf, name), "modality") == column(ask(name), "modality")
    assert column(ask_of(rdf, "announced-and-not-reported"), "activity") == ["shield-2022"]


def test_who_took_part_first_and_who_stayed_away() -> None:
    rows = ask("first-participations")

    assert column(rows, "state", "first", "last") == [
        ("KGZ", 2022, 2022), ("BLR", 2020, 2020), ("KAZ", 2020, 2022), ("RUS", 2020, 2022),
    ]  # fmt: skip
    assert column(ask("first-participations", year="2022"), "state") == ["KGZ"]
    assert column(ask("stayed-away"), "state", "last") == [("BLR", 2020)]
    assert ask("stayed-away", minimum="2") == []


def test_exercises_at_the_same_time_overlap_for_certain() -> None:
    rows = ask("at-the-same-time")

    assert column(rows, "one", "another", "overlapStart", "overlapEnd") == [
        ("brotherhood-2022", "frontier-2022", "2022-10-05", "2022-10-07")
    ]


def test_missions_of_a_state_since_when_and_with_what() -> None:
    (row,) = ask("missions-of-a-state")

    assert (row["mission"], row["since"], row["personnelKind"], row["people"]) == ("UNIFIL", "2018", "contingent", 120)
    assert (row["frameworks"], row["places"]) == ("United Nations", "Lebanon")


def test_contributors_to_a_mission() -> None:
    rows = ask("contributors-to-a-mission", mission="UNIFIL")

    assert column(rows, "contributor", "since") == [("ITA", None), ("KAZ", "2018")]


def test_missions_of_an_organization_in_a_region_and_a_year() -> None:
    (row,) = ask("missions-of-an-organization", place="id:state/LBN", year="2020")

    assert row["mission"] == "UNIFIL"
    assert sorted(row["contributors"].split(", ")) == ["Italy", "Kazakhstan"]
    assert ask("missions-of-an-organization", year="1970") == []
    assert ask("missions-of-an-organization", place="id:state/ITA") == []


def test_reported_figures_with_their_bounds() -> None:
    rows = ask("reported-figures")

    assert column(rows, "measure", "bound", "value", "reported") == [
        ("military attachés abroad", "at least", 25, "2021-10-30"),
        ("people deployed", None, 120, "2021-10-30"),
    ]


def test_agreements_of_a_state_and_between_two() -> None:
    rows = ask("agreements-of-a-state")

    assert column(rows, "agreement", "kind", "signed", "status") == [
        ("plan-2022", "cooperation plan", "2022-11-20", "signed"),
        ("treaty-1992", "treaty", "1992-05-15", "signed"),
        ("agreement-1", "memorandum", None, "planned"),
    ]
    assert column(ask("agreements-of-a-state", other="ITA"), "agreement") == ["agreement-1"]
    assert column(ask("agreements-of-a-state", to="2000-01-01"), "agreement") == ["treaty-1992"]


def test_agreements_between_ministries_bind_no_states() -> None:
    assert column(ask("agreements-between-ministries"), "agreement") == ["plan-2022"]
    assert column(ask("agreements-between-ministries", state="RUS"), "agreement") == ["plan-2022"]
    assert ask("agreements-between-ministries", state="ITA") == []


def test_plans_for_a_year() -> None:
    assert column(ask("plans-for-a-year", year="2023"), "agreement") == ["plan-2022"]
    assert ask("plans-for-a-year", year="2024") == []


def test_announced_agreements_are_not_signed() -> None:
    (row,) = ask("announced-agreements")

    assert (row["agreement"], row["announcedAs"], row["lastAnnounced"]) == ("agreement-1", "planned", "2022-12-01")
    assert sorted(row["parties"].split(", ")) == ["Italy", "Kazakhstan"]


def test_what_was_held_and_supplied_under_an_agreement() -> None:
    rows = ask("held-under-an-agreement")

    assert column(rows, "agreement", "under", "kind") == [
        ("treaty-1992", "plan-2022", "held under it"),
        ("treaty-1992", "transfer-1", "supplied under it"),
    ]


def test_arms_transfers_by_recipient_and_supplier() -> None:
    rows = ask("arms-transfers", recipient="KAZ")

    assert column(rows, "giver", "what", "when", "underAgreement") == [
        ("RUS", "вертолёты", None, "Договор"),
        ("ITA", "radars", "2022", ""),
    ]
    assert column(ask("arms-transfers", supplier="ITA"), "giver") == ["ITA"]
    assert ask("arms-transfers", recipient="RUS") == []


def test_suppliers_by_year() -> None:
    rows = ask("suppliers-by-year", recipient="KAZ")

    assert column(rows, "year", "suppliers", "names") == [(None, 1, "Russia"), (2022, 1, "Italy")]


def test_fields_of_cooperation_and_partners_in_a_field() -> None:
    rows = ask("fields-of-cooperation", other="RUS")

    assert column(rows, "partner", "field") == [("RUS", "combat training"), ("RUS", "military education")]
    assert ask("fields-of-cooperation", other="ITA") == []
    assert column(ask("partners-in-a-field"), "one", "another") == [("KAZ", "RUS")]
    assert column(ask("partners-in-a-field", state="RUS"), "one", "another") == [("RUS", "KAZ")]
    assert ask("partners-in-a-field", field="air defence") == []


def test_shared_membership_is_of_today() -> None:
    rows = ask("shared-membership")

    assert column(rows, "member", "since", "sinceInSecond") == [("KAZ", 1992, 2001)], "Uzbekistan left in 2012"


def test_memberships_of_a_state_with_those_that_ended() -> None:
    rows = ask("memberships-of-a-state", state="UZB")

    assert column(rows, "organization", "kind", "since", "until") == [
        ("CSTO", "member", "2006", "2012"),
        ("SCO", "member", None, None),
    ]


def test_intensity_by_year_counts_what_involves_both() -> None:
    rows = ask("intensity-by-year", other="RUS")

    assert column(rows, "year", "exercises", "meetings", "agreements", "transfers") == [
        (1992, 0, 0, 1, 0), (2020, 1, 0, 0, 0), (2022, 2, 1, 1, 0),
    ]  # fmt: skip
    assert column(ask("intensity-by-year", other="ITA"), "year", "transfers") == [(2022, 1)]


def test_co_participation() -> None:
    rows = ask("co-participation", minimum="2")

    assert column(rows, "one", "another", "exercises") == [("KAZ", "RUS", 3), ("KAZ", "KGZ", 2), ("KGZ", "RUS", 2)]
    assert column(ask("co-participation", state="BLR"), "one", "another") == [("BLR", "KAZ"), ("BLR", "RUS")]


def test_paths_between_two_actors_are_the_shortest() -> None:
    assert column(ask("paths-between"), "steps", "first") == [(1, "Степь")]
    assert column(ask("paths-between", one="BLR", other="KGZ"), "steps", "through") == [
        (2, "Collective Security Treaty Organization"), (2, "Kazakhstan"), (2, "Russia"),
    ]  # fmt: skip
    assert column(ask("paths-between", one="CSTO", other="KGZ"), "steps") == [1, 1]


def test_most_active() -> None:
    rows = ask("most-active")

    assert column(rows, "actor", "all")[:2] == [("KAZ", 10), ("RUS", 6)]
    # By then: the treaty of 1992, and the mission, which began in 1978.
    assert column(ask("most-active", to="2000-12-31"), "actor", "all") == [("KAZ", 2), ("ITA", 1), ("RUS", 1)]


def test_office_holders_and_those_at_a_signing() -> None:
    (row,) = ask("office-holders", person="petrov")
    assert (row["name"], row["office"], row["organization"], row["stated"]) == (
        "Ivan Petrov", "minister", "RUS-MoD", "2022-12-01",
    )  # fmt: skip
    assert ask("office-holders", state="KAZ") == []

    (row,) = ask("office-holders-at-signing")
    assert (row["agreement"], row["signed"], row["holderName"]) == ("plan-2022", "2022-11-20", "Ivan Petrov")


def test_meetings_of_a_state_and_of_a_person() -> None:
    (row,) = ask("meetings", person="PETROV")

    assert (row["kind"], row["date"], row["persons"]) == ("talks", "2022-11-20", "Petrov")
    assert sorted(row["actors"].split(", ")) == ["Ministry of Defence of Kazakhstan", "Russia"]
    assert ask("meetings", state="ITA") == []


def test_documents_with_the_number_of_their_claims() -> None:
    assert column(ask("documents"), "document", "language", "issued", "claims") == [
        ("report", "en", "2022-12-01", 6),
        ("briefing", "ru", "2021-10-30", 8),
    ]


def test_facts_of_a_document_with_quotations() -> None:
    rows = ask("facts-of-a-document", document="briefing")

    first = rows[0]
    assert (first["subject"], first["modality"], first["begin"]) == ("brotherhood-2020", "held", 0)
    assert first["quotation"] == "В учении «Нерушимое братство» участвовал Казахстан."
    assert ("deployment-1", "personnel", "contingent") in column(rows, "subject", "property", "object")
    assert ("UZB", "memberOf", "CSTO", "denied") in column(rows, "subject", "property", "object", "modality")


def test_facts_of_a_document_name_the_claim_that_a_person_may_decide_about() -> None:
    claims = {(row["subject"], row["object"]): row["claim"] for row in ask("facts-of-a-document", document="briefing")}

    assert claims["brotherhood-2020", "KAZ"] != claims["UZB", "CSTO"]
    assert claims["deployment-1", "contingent"] == "deployment-1"


def test_sources_of_a_statement() -> None:
    rows = ask("sources-of-a-statement", subject="brotherhood-2020", object="KAZ")
    assert column(rows, "document", "says") == [("briefing", "hasParticipant"), ("report", "hasParticipant")]

    rows = ask("sources-of-a-statement", subject="KAZ", object="UNIFIL")
    assert column(rows, "says", "quotation") == [
        ("Deployment", "С 2018 года 120 военнослужащих несут службу в Ливане.")
    ]


def test_what_is_denied_is_a_claim_and_no_fact() -> None:
    (row,) = ask("denied-proposed-cancelled")

    assert (row["modality"], row["subject"], row["property"], row["object"]) == ("denied", "UZB", "memberOf", "CSTO")
    assert ask("denied-proposed-cancelled", state="ITA") == []
    assert "CSTO" not in column(
        [r for r in ask("memberships-of-a-state", state="UZB") if "until" not in r], "organization"
    )


def test_contradictions_between_documents() -> None:
    assert column(ask("contradictions"), "contradiction", "about", "oneSays", "anotherSays") == [
        ("number of people", "brotherhood-2020", 900, 1200),
        ("participant or observer", "brotherhood-2020", "BLR", "observer"),
        ("start", "steppe-2021", "2021-06", "2021-09-01"),
    ]


def test_what_was_known_at_a_date() -> None:
    known = column(ask("known-at-a-date", on="2021-12-31"), "thing")

    assert "brotherhood-2020" in known
    assert "brotherhood-2022" not in known


def test_what_would_fall_with_a_document() -> None:
    facts = column(ask("what-rests-on-a-document", document="report"), "subject", "property", "object")

    assert ("brotherhood-2020", "headcount", 1200) in facts
    assert ("brotherhood-2020", "hasParticipant", "KAZ") not in facts, "the briefing says so too"

"""A person's decision about a claim is kept, survives the next reading, and falls with the document."""

import contextlib
from collections.abc import Callable, Iterator

import pytest
from pyoxigraph import Literal, NamedNode

from graph.errors import BadInput, NotFound
from graph.query.canned import read_folder
from graph.store import Store
from loaders.decisions import Verdict, decide, revoke
from loaders.load import Given, load
from loaders.reading.facts import Reading
from loaders.withdraw import withdraw
from ontology import MC, RDF, concept, entity
from queries import folder
from tests.loaders.making import TinyReader, full_store


class Forgetful:
    """A reader whose rules find nothing any more."""

    def read(self, text: str, language: str | None = None) -> Reading:
        del text
        return Reading(language or "ru")


TEXT = 'Италия входит в Лигу. Учение "Щит-2021": Россия, Италия.'
OBJECT = RDF["object"]


@pytest.fixture(scope="module")
def empty() -> Iterator[Store]:
    with full_store() as made:
        yield made


@pytest.fixture
def store(empty: Store) -> Iterator[Store]:
    """A store that holds one document, and nothing else that people wrote."""
    read(empty, TEXT)
    yield empty
    with contextlib.suppress(NotFound):
        withdraw(empty, "note")


def read(store: Store, text: str) -> None:
    report = load(store, [Given("note.txt", text.encode())], reader=TinyReader())
    assert not report.failures


def asks(store: Store, pattern: str) -> bool:
    with store.snapshot() as snapshot:
        return bool(snapshot.select(f"SELECT * {{ {pattern} }}"))


def claim(store: Store, subject: str, predicate: str, value: str) -> str:
    with store.snapshot() as snapshot:
        query = f"SELECT ?c {{ ?c rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {value} }}"
        (row,) = snapshot.select(query)
    found = row["c"]
    assert isinstance(found, NamedNode)
    return found.value


MEMBERSHIP = "state:ITA mc:memberOf organization:League"


@pytest.fixture
def membership(store: Store) -> str:
    return claim(store, *MEMBERSHIP.split())


@pytest.fixture
def exercise(store: Store) -> str:
    return claim(store, f"<{entity('exercise', 'щит-2021')}>", "rdf:type", "mc:Exercise")


def test_a_rejected_claim_is_gone_and_the_decision_says_by_whom_and_when(store: Store, membership: str) -> None:
    decide(store, membership, "rejected", "Aigerim", note="a partner only")

    assert not asks(store, MEMBERSHIP)
    assert not asks(store, f"<{membership}> a mc:Claim")
    assert asks(
        store,
        f"""?d a mc:Decision ; mc:decides <{membership}> ; mc:verdict <{concept("verdict", "rejected")}> ;
            mc:decidedBy "Aigerim" ; mc:decidedAt ?t ; mc:foundBy ?rule ; mc:kindOfFact mc:memberOf ;
            rdfs:comment "a partner only" ; prov:used/mc:exactText "Италия входит в Лигу." """,
    )


def test_what_is_rejected_stays_out_when_the_document_is_read_again(store: Store, membership: str) -> None:
    decide(store, membership, "rejected", "A")
    read(store, TEXT + " Россия входит в Лигу.")

    assert not asks(store, MEMBERSHIP)
    assert asks(store, "state:RUS mc:memberOf organization:League")


def test_what_is_confirmed_stays_when_no_rule_finds_it_any_more(store: Store, membership: str) -> None:
    decide(store, membership, "confirmed", "A")
    report = load(store, [Given("note.txt", ("Введение. " + TEXT).encode())], reader=Forgetful())

    assert not report.failures
    assert asks(store, MEMBERSHIP)
    passage = "mc:evidence [ mc:begin 10 ; mc:exactText 'Италия входит в Лигу.' ]"
    assert asks(store, f"<{membership}> a mc:Claim ; {passage}")


def test_what_is_confirmed_falls_when_its_words_are_gone(store: Store, membership: str) -> None:
    decide(store, membership, "confirmed", "A")
    read(store, "Ничего нового.")

    assert not asks(store, MEMBERSHIP)
    assert asks(store, f"?d mc:decides <{membership}>")


def test_an_amended_claim_says_what_the_person_says_with_the_same_words(store: Store, membership: str) -> None:
    decide(store, membership, "amended", "A", values={OBJECT: NamedNode(entity("organization", "CSTO"))})

    assert not asks(store, MEMBERSHIP)
    assert asks(store, "state:ITA mc:memberOf organization:CSTO")
    assert asks(
        store,
        """?c rdf:object organization:CSTO ; rdf:predicate mc:memberOf ; mc:confidence 1.0 ;
           mc:evidence/mc:exactText 'Италия входит в Лигу.' ; mc:origin <https://w3id.org/milcoop/rule/person/amended>""",
    )
    read(store, TEXT + " Россия входит в Лигу.")
    assert asks(store, "state:ITA mc:memberOf organization:CSTO")
    assert not asks(store, MEMBERSHIP)


def test_an_amended_date_has_the_bounds_of_the_new_one(store: Store) -> None:
    shield = f"<{entity('exercise', 'щит-2021')}>"
    dated = claim(store, shield, "mc:startDate", '"2021"^^xsd:gYear')
    value = Literal("2021-10", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth"))
    decide(store, dated, "amended", "A", values={OBJECT: value})

    assert not asks(store, f'{shield} mc:startDate "2021"^^xsd:gYear')
    assert asks(store, f'{shield} mc:earliestStart "2021-10-01"^^xsd:date ; mc:latestStart "2021-10-31"^^xsd:date')
    assert not asks(store, f'{shield} mc:earliestStart "2021-01-01"^^xsd:date')


def test_a_claim_that_is_amended_to_a_denial_is_no_fact(store: Store, membership: str) -> None:
    decide(store, membership, "amended", "A", values={MC["modality"]: NamedNode(concept("modality", "denied"))})

    assert not asks(store, MEMBERSHIP)
    assert asks(store, f"?c rdf:predicate mc:memberOf ; mc:modality <{concept('modality', 'denied')}>")


def test_with_a_rejected_exercise_falls_all_that_is_said_of_it(store: Store, exercise: str) -> None:
    decide(store, exercise, "rejected", "A")

    assert not asks(store, "?e a mc:Exercise")
    assert not asks(store, "?e mc:hasParticipant ?a")
    assert asks(store, MEMBERSHIP)


@pytest.mark.parametrize("verdict", ["confirmed", "rejected"])
def test_a_revoked_decision_leaves_the_graph_as_it_was(store: Store, membership: str, verdict: Verdict) -> None:
    with store.snapshot() as snapshot:
        before = set(snapshot.rdf)
    decide(store, membership, verdict, "A")
    (taken,) = revoke(store, membership)

    assert taken.verdict == verdict
    with store.snapshot() as snapshot:
        assert set(snapshot.rdf) == before


def test_a_decision_falls_with_its_document(store: Store, membership: str) -> None:
    decide(store, membership, "confirmed", "A")
    withdraw(store, "note")

    assert not asks(store, MEMBERSHIP)
    assert not asks(store, "?d a mc:Decision")


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda s, c: decide(s, "urn:nothing", "confirmed", "A"), NotFound, "there is no claim <urn:nothing>"),
        (lambda s, c: decide(s, c, "confirmed", " "), BadInput, "a decision needs an author"),
        (lambda s, c: decide(s, c, "amended", "A"), BadInput, "only an amendment has new values"),
        (
            lambda s, c: decide(s, c, "amended", "A", values={MC["domain"]: NamedNode("urn:x")}),
            BadInput, "the claim has no mc:domain; it has mc:confidence",
        ),
        (lambda s, c: revoke(s, c), NotFound, "nothing was decided about"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_told_in_one_sentence_and_nothing_changes(
    store: Store, membership: str, call: Callable[[Store, str], object], error: type[Exception], message: str
) -> None:
    before = store.generation
    with pytest.raises(error, match=message):
        call(store, membership)
    assert store.generation == before


def test_a_claim_that_is_gone_by_a_decision_is_told_so(store: Store, membership: str) -> None:
    decide(store, membership, "rejected", "A")
    with pytest.raises(NotFound, match=r"was rejected or amended, and is no longer there; take that back .*revoked"):
        decide(store, membership, "confirmed", "A")
    revoke(store, membership)
    decide(store, membership, "confirmed", "A")


def test_the_precision_of_rules_counts_the_last_decision_about_each_claim(store: Store, membership: str) -> None:
    shield = f"<{entity('exercise', 'щит-2021')}>"
    participations = [claim(store, shield, "mc:hasParticipant", f"state:{code}") for code in ("RUS", "ITA")]
    decide(store, membership, "confirmed", "A")
    decide(store, participations[0], "confirmed", "A")
    decide(store, participations[1], "rejected", "A")
    query = read_folder(folder())["precision-of-rules"].bind({})
    with store.snapshot() as snapshot:
        rows = {(row["rule"].value, row["kind"].value): row for row in snapshot.select(query)}  # type: ignore[union-attr]

    assert rows.keys() == {("test/membership", "memberOf"), ("test/exercise", "hasParticipant")}
    assert float(rows["test/exercise", "hasParticipant"]["precision"].value) == 0.5  # type: ignore[union-attr]
    assert float(rows["test/membership", "memberOf"]["precision"].value) == 1.0  # type: ignore[union-attr]

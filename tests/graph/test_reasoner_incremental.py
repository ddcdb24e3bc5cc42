"""Inferences that follow changes: after any sequence of them the inferred graph is what follows from all assertions."""

import random
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pyoxigraph import NamedNode, Triple, parse

import ontology
from graph.reasoner import close_with_rules, default_reasoner
from graph.reasoner.incremental import maintenance
from graph.reasoner.incremental.sparql_patterns import NotRead, read_patterns
from graph.reasoner.owl2rl import closings, writing
from graph.reasoner.rules import read_rules
from graph.store import ShippedGraphs, Store, inference, inferred, open_store
from graph.store.canonical import as_stored
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE
from tests.graph.test_reasoner import AXIOMS, FACETS, FACTS, small_ontology, turtle
from tests.graph.test_reasoner_owl2rl import FURTHER_AXIOMS, FURTHER_FACETS, FURTHER_FACTS, by_value

EX = "http://example.org/"
MILCOOP = "@prefix mc: <https://w3id.org/milcoop/ontology#> . "


def asserted(store: Store) -> set[Triple]:
    with store.snapshot() as snapshot:
        return {triple for graph in snapshot.graphs() if graph != GRAPH_INFERRED for triple in snapshot.triples(graph)}


def assert_closed(store: Store) -> None:
    """The inferred graph, the merged graph and the inconsistencies are those of a closure from the start."""
    premise = asserted(store)
    expected = close_with_rules(premise, default_reasoner())
    with store.snapshot() as snapshot:
        inferred = set(snapshot.triples(GRAPH_INFERRED))
        assert inferred == as_stored(expected.inferred) - premise
        assert set(snapshot.triples()) == premise | inferred
        told = {(one.rule, frozenset(by_value(set(one.triples), set()))) for one in snapshot.inconsistencies}
    assert told == {(one.rule, frozenset(by_value(set(one.triples), set()))) for one in expected.inconsistencies}


def shipped(text: str) -> ShippedGraphs:
    graphs = ((GRAPH_ONTOLOGY, frozenset(as_stored(turtle(text)))), (GRAPH_REFERENCE, frozenset[Triple]()))
    return ShippedGraphs(text, graphs)


class Changes(RuleBasedStateMachine):
    """Documents come, change and go under a random ontology, which changes too; everything stays closed."""

    axioms: tuple[str, ...] = AXIOMS
    facts: tuple[str, ...] = FACTS
    facets: tuple[str, ...] = FACETS
    store: Store

    @initialize(chance=st.randoms(use_true_random=False))
    def open(self, chance: random.Random) -> None:
        self.store = open_store("memory:", shipped=shipped(self._ontology(chance)))

    @rule(chance=st.randoms(use_true_random=False), document=st.integers(1, 3))
    def load(self, chance: random.Random, document: int) -> None:
        with self.store.transaction() as transaction:
            transaction.put_graph(f"{EX}document/{document}", turtle(self._facts(chance)))

    @rule(document=st.integers(1, 3), other=st.integers(1, 3))
    def withdraw(self, document: int, other: int) -> None:
        with self.store.transaction() as transaction:
            transaction.drop_graph(f"{EX}document/{document}")
            transaction.drop_graph(f"{EX}document/{other}")

    @rule(chance=st.randoms(use_true_random=False))
    def update(self, chance: random.Random) -> None:
        added, removed = turtle(self._facts(chance)), chance.sample(sorted(asserted(self.store), key=str), 1)
        data = "\n".join(f"{triple} ." for triple in added if "_:" not in str(triple))
        gone = "\n".join(f"{triple} ." for triple in removed if "_:" not in str(triple))
        with self.store.transaction() as transaction:
            transaction.update(
                f"INSERT DATA {{ {data} }} ; DELETE DATA {{ GRAPH <{EX}document/1> {{ {gone} }} }} ; "
                f"DELETE WHERE {{ <{EX}x> <{EX}p> ?y }}"
            )

    @rule(chance=st.randoms(use_true_random=False))
    def change_the_ontology(self, chance: random.Random) -> None:
        with self.store.transaction() as transaction:
            transaction.put_graph(f"{EX}ontology", turtle(self._ontology(chance)))

    @invariant()
    def everything_follows(self) -> None:
        if hasattr(self, "store"):
            assert_closed(self.store)

    def _ontology(self, chance: random.Random) -> str:
        return small_ontology(chance, self.axioms, ("{X} a {C} .",), self.facets)

    def _facts(self, chance: random.Random) -> str:
        return small_ontology(chance, (":x a :Thing .",), self.facts, self.facets)


class ChangesUnderEveryRule(Changes):
    """The same with the rarer constructs, literals in several spellings, and what clashes."""

    axioms = AXIOMS + FURTHER_AXIOMS
    facts = FACTS + FURTHER_FACTS
    facets = FACETS + FURTHER_FACETS


def as_if_large() -> ExitStack:
    """While it is open, each graph is taken for a large one, and each change for one too large to be followed."""
    large = ExitStack()
    large.enter_context(patch.object(writing, "_PART", 100))
    large.enter_context(patch.object(inference, "_LOOKUPS", 0))
    large.enter_context(patch.object(inferred, "_MANY_BYTES", 300))
    return large


class ChangesOfALargeGraph(ChangesUnderEveryRule):
    """The same as if the graph were large, and each change too large to be followed: text is closed and compared."""

    def __init__(self) -> None:
        super().__init__()
        self.large = as_if_large()

    def teardown(self) -> None:
        self.large.close()


def all_at_once() -> AbstractContextManager[object]:
    """While it is open, whatever comes is followed at once, however little it is."""
    return patch.object(maintenance, "_AT_ONCE", 0)


class ChangesAtOnce(ChangesUnderEveryRule):
    """The same as if much came with each change: what comes is followed as vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.at_once = all_at_once()
        self.at_once.__enter__()

    def teardown(self) -> None:
        self.at_once.__exit__(None, None, None)


SOME = settings(max_examples=25, stateful_step_count=6, deadline=None, suppress_health_check=list(HealthCheck))
TestChanges = Changes.TestCase
TestChanges.settings = SOME
TestChangesUnderEveryRule = ChangesUnderEveryRule.TestCase
TestChangesUnderEveryRule.settings = SOME
TestChangesAtOnce = ChangesAtOnce.TestCase
TestChangesAtOnce.settings = SOME
TestChangesOfALargeGraph = ChangesOfALargeGraph.TestCase
TestChangesOfALargeGraph.settings = settings(SOME, max_examples=10)


# Our own rules, whatever they count


PARTS = (
    "{E} a mc:Exercise .", "{E} mc:hasParticipant {A} .", "{E} mc:hasParticipant {A} .", "{E} mc:hasParticipant {A} .",
    "{E} mc:conductedUnder {O} .", "{O} a mc:InternationalOrganization .", "{A} a mc:State .", "{A} mc:ofState {A} .",
    "{D} a mc:Deployment .", "{D} mc:actor {A} .", "{D} mc:activity {E} .", "{D} mc:contributor {A} .",
    "{D} mc:deployedTo {E} .", "{D} mc:partner {A} , {A} .", "{D} mc:member {A} ; mc:inOrganization {O} .",
    "{D} mc:membershipKind <https://w3id.org/milcoop/concept/membership-kind/member> .",
    '{D} mc:endDate "2020"^^xsd:gYear .',
)  # fmt: skip


def told(chance: random.Random) -> str:
    text = " ".join(chance.choice(PARTS) for _ in range(chance.randint(3, 14)))
    for slot, names in (("{E}", "ef"), ("{A}", "klmn"), ("{O}", "o"), ("{D}", "de")):
        while slot in text:
            text = text.replace(slot, f":{chance.choice(names)}", 1)
    return MILCOOP + "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . " + text


@pytest.fixture(scope="module")
def vocabulary() -> ShippedGraphs:
    triples = {quad.triple for quad in parse(path=ontology.path("milcoop.ttl"), rename_blank_nodes=True)}
    return ShippedGraphs("vocabulary", ((GRAPH_ONTOLOGY, frozenset(as_stored(triples))),))


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_what_is_counted_is_counted_again(vocabulary: ShippedGraphs, seed: int, together: bool) -> None:
    chance = random.Random(seed)
    with all_at_once() if together else nullcontext(), open_store("memory:", shipped=vocabulary) as store:
        for _ in range(5):
            with store.transaction() as transaction:
                if chance.random() < 0.3:
                    transaction.drop_graph(f"{EX}document/{chance.randint(1, 3)}")
                else:
                    transaction.put_graph(f"{EX}document/{chance.randint(1, 3)}", turtle(told(chance)))
            assert_closed(store)


def test_every_rule_of_ours_can_be_followed() -> None:
    rules = read_rules(ontology.rule_files())
    assert rules
    for one in rules:
        assert read_patterns(one.construct).keys


@pytest.mark.parametrize(
    "where",
    ["?a :p* ?b", "?a :p ?b OPTIONAL { ?b :q ?c }", "{ ?a :p ?b } UNION { ?a :q ?b }", "BIND(1 AS ?a) ?c :p ?b"],
)
def test_a_rule_that_cannot_be_followed_is_not_misread(where: str) -> None:
    with pytest.raises(NotRead):
        read_patterns(f"PREFIX : <{EX}> CONSTRUCT {{ ?a :r ?b }} WHERE {{ {where} }}")


# That it is the change that is followed


@pytest.fixture
def only_followed(monkeypatch: pytest.MonkeyPatch, vocabulary: ShippedGraphs) -> Iterator[Store]:
    """A store that fails where it would close everything anew."""

    def refuse(*_: object) -> None:
        raise AssertionError("everything was closed anew")

    with open_store("memory:", shipped=vocabulary) as store:
        monkeypatch.setattr("graph.store.inference._closed_anew", refuse)
        yield store


DOCUMENT = """
    :shield a mc:Exercise ; mc:hasParticipant :KAZ, :MOD ; mc:startDate "2021-09-01"^^xsd:date ; rdfs:label "Щит"@ru .
    :KAZ a mc:State ; mc:countsAs :KAZ . :BLR a mc:State ; mc:countsAs :BLR .
    :MOD a mc:DefenceMinistry ; mc:ofState :BLR .
    :unit a mc:Deployment ; mc:actor :KAZ ; mc:activity :mission ; mc:headcount 120 .
    :mission a mc:PeacekeepingMission .
"""


@pytest.mark.parametrize("together", [False, True])
def test_a_document_is_loaded_changed_and_withdrawn_without_closing_everything(
    only_followed: Store, together: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = only_followed
    if together:
        monkeypatch.setattr(maintenance, "_AT_ONCE", 0)
    before = asserted(store)
    for text in (DOCUMENT, DOCUMENT.replace(":MOD a mc:DefenceMinistry ;", ":MOD"), DOCUMENT.replace("120", "130")):
        with store.transaction() as transaction:
            transaction.put_graph(EX + "document/1", turtle(MILCOOP + text))
        assert_closed(store)
    with store.snapshot() as snapshot:
        bilateral = NamedNode(ontology.MC["BilateralExercise"])
        assert bilateral in {triple.object for triple in snapshot.triples(GRAPH_INFERRED)}
    with store.transaction() as transaction:
        transaction.update(f"DELETE WHERE {{ GRAPH <{EX}document/1> {{ ?s <{ontology.MC['hasParticipant']}> ?o }} }}")
    assert_closed(store)
    with store.transaction() as transaction:
        transaction.drop_graph(EX + "document/1")
    assert asserted(store) == before
    assert_closed(store)


@pytest.mark.parametrize("most", [1_000_000, 0])
def test_our_own_rules_conclude_the_same_in_a_large_graph(vocabulary: ShippedGraphs, most: int) -> None:
    large = patch.object(closings, "_MOST_FOR_VECTORS", most)
    with as_if_large(), large, open_store("memory:", shipped=vocabulary) as store:
        for text in (DOCUMENT, DOCUMENT + ":shield mc:hasParticipant [ a mc:State ] .", ":KAZ a mc:State ."):
            with store.transaction() as transaction:
                transaction.put_graph(EX + "document/1", turtle(MILCOOP + text))
            assert_closed(store)


def many(documents: range, chance: random.Random) -> str:
    """What so many documents tell of exercises, missions and cooperation, some of each with what others tell of."""
    text = "".join(DOCUMENT.replace(":shield", f":shield{n}").replace(":unit", f":unit{n}") for n in documents)
    for n in documents:
        states = chance.sample("klmnopqr", chance.randint(1, 4))
        text += " ".join(
            f":shield{chance.choice(documents)} mc:hasParticipant :{s} . :{s} a mc:State ." for s in states
        )
        text += f":c{n // 3} mc:partner :{states[0]} . :shield{n} mc:locatedIn :place{n} ."
        text += f":place{n} mc:locatedIn :p{n % 5} ."
        text += f":p{n % 5} mc:locatedIn :KAZ . :{states[0]} mc:countsAs :{states[0]} ."
    return text


@pytest.mark.parametrize("seed", range(3))
def test_much_is_followed_without_closing_everything(only_followed: Store, seed: int) -> None:
    """Hundreds of triples at once, to a store that holds others of the same things: vectors are continued."""
    store, chance = only_followed, random.Random(seed)
    for number, documents in enumerate((range(40), range(20, 60), range(55, 57), range(30, 90))):
        with store.transaction() as transaction:
            transaction.put_graph(f"{EX}document/{number}", turtle(MILCOOP + many(documents, chance)))
        assert_closed(store)
    with store.transaction() as transaction:
        transaction.drop_graph(f"{EX}document/1")
        transaction.put_graph(f"{EX}document/2", turtle(MILCOOP + many(range(70, 120), chance)))
    assert_closed(store)


def test_a_clash_among_much_comes_and_goes(only_followed: Store) -> None:
    store = only_followed
    tell = MILCOOP + many(range(40), random.Random(0))
    with store.transaction() as transaction:
        transaction.put_graph(f"{EX}document/1", turtle(MILCOOP + ":shield7 a mc:Passage ."))
    for text, clashes in ((tell, True), (":a :b :c .", False), (tell + ":KAZ a mc:Passage .", True)):
        with store.transaction() as transaction:
            transaction.put_graph(f"{EX}document/2", turtle(text))
        with store.snapshot() as snapshot:
            assert bool(snapshot.inconsistencies) == clashes
        assert_closed(store)


def test_what_another_document_says_too_stays_with_all_that_follows(only_followed: Store) -> None:
    store = only_followed
    for number in (1, 2):
        with store.transaction() as transaction:
            transaction.put_graph(f"{EX}document/{number}", turtle(MILCOOP + DOCUMENT))
    with store.snapshot() as snapshot:
        both = set(snapshot.triples(GRAPH_INFERRED))
    with store.transaction() as transaction:
        transaction.drop_graph(EX + "document/1")
    with store.snapshot() as snapshot:
        assert set(snapshot.triples(GRAPH_INFERRED)) == both


def test_what_only_proves_itself_goes() -> None:
    """Each of two facts follows from the other, and neither from what is left."""
    axioms = ":p owl:inverseOf :q . :p a owl:TransitiveProperty . :in a owl:SymmetricProperty ."
    with open_store("memory:", shipped=shipped(axioms)) as store:
        for document, text in ((1, ":a :p :b ; :in :c ."), (2, ":b :q :a . :c :in :a ."), (1, ""), (2, "")):
            with store.transaction() as transaction:
                transaction.put_graph(f"{EX}document/{document}", turtle(text))
            assert_closed(store)
        with store.snapshot() as snapshot:
            assert set(snapshot.triples(GRAPH_INFERRED)) == set()


def test_a_triple_as_a_value_of_what_is_transitive_comes_and_goes() -> None:
    """Nothing stored is said of it; what would be is followed as what would be said of a literal."""
    axioms = ":p a owl:TransitiveProperty ; rdfs:range :Thing ; owl:inverseOf :r . :q rdfs:subPropertyOf :p ."
    with open_store("memory:", shipped=shipped(axioms)) as store:
        for document, text in ((1, ":a :q <<( :b :c 1 )>> , :b ."), (2, ":z :p :a ."), (1, ":a :p 1 ."), (1, "")):
            with store.transaction() as transaction:
                transaction.put_graph(f"{EX}document/{document}", turtle(text))
            assert_closed(store)


def test_a_clash_comes_and_goes_with_its_documents() -> None:
    with open_store("memory:", shipped=shipped(":Exercise owl:disjointWith :Mission .")) as store:
        for document, text in ((1, ":x a :Exercise ."), (2, ":x a :Mission .")):
            with store.transaction() as transaction:
                transaction.put_graph(f"{EX}document/{document}", turtle(text))
        with store.snapshot() as snapshot:
            [clash] = snapshot.inconsistencies
            assert clash.rule == "cax-dw"
            assert len(clash.triples) == 3
        with store.transaction() as transaction:
            transaction.drop_graph(f"{EX}document/1")
        with store.snapshot() as snapshot:
            assert snapshot.inconsistencies == ()


# Much, and the whole of it


@pytest.mark.parametrize("seed", range(4))
def test_what_is_closed_as_text_is_closed_as_triples_are(
    vocabulary: ShippedGraphs, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    with open_store("memory:", shipped=vocabulary) as store:
        monkeypatch.setattr("graph.reasoner.owl2rl.writing._PART", 1 << 12)
        monkeypatch.setattr("graph.store.inference._closure", None)
        for document in range(3):
            with store.transaction() as transaction:
                transaction.put_graph(f"{EX}document/{document}", turtle(told(chance)))
        store.infer()
        assert_closed(store)

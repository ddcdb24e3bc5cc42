"""Explanations as JSON and in RDF, and what stands behind the leaves of a proof."""

import json

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, Triple, serialize

from graph.explanation import Explanation, as_json, as_prov, explain, folded, rule_text
from graph.reasoner.owl2rl.notation import shipped_rules
from graph.store import GRAPH_UNNAMED, open_store
from loaders.to_rdf import reading_to_triples
from ontology import GRAPH_ONTOLOGY, GRAPH_REFERENCE, LANGUAGES, MC, PREFIXES, RDF, entity, rule_files
from tests.server.written import KALKAN, kalkan_reading, record

KAZ = NamedNode(entity("state", "KAZ"))
MEMBER, PARTICIPANT, PARTICIPATES = (NamedNode(MC[n]) for n in ("memberOf", "hasParticipant", "participatesIn"))


@pytest.fixture(scope="module")
def store() -> Store:
    """The ontology, the reference data, a document, and what somebody added by hand."""
    reading = kalkan_reading()
    document = record("kalkan-2022", KALKAN, reading)
    opened = open_store("memory:")
    with opened.transaction() as transaction:
        transaction.put_graph(document.iri, reading_to_triples(reading, KALKAN, document))
        transaction.put_graph(None, [Triple(KAZ, MEMBER, NamedNode(entity("organization", "NATO")))])
    return opened.snapshot().rdf


def participation(store: Store) -> Triple:
    [exercise] = {q.subject for q in store.quads_for_pattern(None, PARTICIPANT, KAZ, None)}
    assert isinstance(exercise, NamedNode)
    return Triple(KAZ, PARTICIPATES, exercise)


@pytest.fixture(scope="module")
def explanation(store: Store) -> Explanation:
    return explain(store, participation(store))


def test_the_leaves_of_a_proof_lead_to_the_words_of_documents(explanation: Explanation) -> None:
    [proof] = explanation.proofs
    graphs = {graph for source in explanation.sources.values() for graph in source.stated_in}
    assert graphs == {entity("document", "kalkan-2022"), GRAPH_ONTOLOGY}
    passages = {passage for source in explanation.sources.values() for passage in source.passages}
    assert passages
    for passage in passages:
        assert KALKAN[passage.begin : passage.end] == passage.text
    assert set(explanation.sources) == {part.conclusion for part in proof.parts() if part.rule is None}


def test_what_a_user_added_is_not_said_to_be_reference_data(store: Store) -> None:
    added = explain(store, Triple(KAZ, MEMBER, NamedNode(entity("organization", "NATO"))))
    assert added.provenance.stated_in == (GRAPH_UNNAMED,)
    follows = explain(store, Triple(NamedNode(entity("organization", "NATO")), NamedNode(MC["hasMember"]), KAZ))
    assert GRAPH_UNNAMED in {graph for source in follows.sources.values() for graph in source.stated_in}
    assert GRAPH_REFERENCE not in {graph for source in follows.sources.values() for graph in source.stated_in}


def test_json_holds_the_whole_tree(explanation: Explanation) -> None:
    told = json.loads(json.dumps(as_json(explanation)))
    assert (told["holds"], told["inferred"], told["missing"]) == (True, True, [])
    [proof] = told["proofs"]
    assert told["rule"] == proof["rule"] in told["rules"]
    assert told["rules"][proof["rule"]]["table"] == 5
    leaves = [premise for premise in proof["premises"] if premise["rule"] is None]
    claims = [claim for leaf in leaves for claim in leaf["claims"]]
    assert all(leaf["stated_in"] for leaf in leaves)
    assert {passage["document"] for claim in claims for passage in claim["passages"]} == {
        entity("document", "kalkan-2022")
    }


def test_json_tells_what_is_missing(store: Store) -> None:
    wrong = Triple(NamedNode(entity("state", "USA")), PARTICIPATES, participation(store).object)
    told = as_json(explain(store, wrong))
    assert (told["holds"], told["proofs"]) == (False, [])
    nearest = told["missing"][0]
    assert nearest["premise"] == f"{wrong.object} {PARTICIPANT} {wrong.subject}"
    assert nearest["held"] and nearest["rule"] in told["rules"]


def prov(explanation: Explanation) -> Store:
    """The explanation in RDF, written and read again."""
    written = serialize(as_prov(explanation), format=RdfFormat.TURTLE)
    assert written is not None
    store = Store()
    store.load(written, RdfFormat.TURTLE)
    return store


def test_rdf_derives_the_conclusion_from_its_premises_by_the_rule(explanation: Explanation) -> None:
    [proof] = explanation.proofs
    rows = prov(explanation).query(
        """SELECT ?s ?p ?o ?rule (COUNT(DISTINCT ?premise) AS ?premises) {
             ?statement a rdf:Statement, prov:Entity ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
               prov:wasGeneratedBy ?step ; prov:wasDerivedFrom ?premise .
             ?step a prov:Activity ; prov:used ?premise ; prov:qualifiedAssociation/prov:hadPlan/rdfs:label ?rule .
           } GROUP BY ?s ?p ?o ?rule""",
        prefixes=PREFIXES,
    )
    [row] = rows  # type: ignore[misc]
    assert (row["s"], row["p"], row["o"]) == tuple(explanation.triple)
    assert (row["rule"].value, row["premises"].value) == (proof.rule, str(len(proof.premises)))


def test_rdf_leads_to_the_documents(explanation: Explanation) -> None:
    sources = prov(explanation).query(
        """SELECT ?text {
             [] prov:wasGeneratedBy ?step ; prov:wasDerivedFrom+ ?leaf .
             ?leaf prov:hadPrimarySource ?document ; prov:wasQuotedFrom ?words .
             ?words mc:inDocument ?document ; mc:exactText ?text .
           }""",
        prefixes=PREFIXES,
    )
    texts = {row["text"].value for row in sources}  # type: ignore[union-attr]
    assert texts and all(text in KALKAN for text in texts)


def test_of_what_does_not_hold_there_is_no_rdf(store: Store) -> None:
    assert as_prov(explain(store, Triple(KAZ, PARTICIPANT, KAZ))) == []


def test_lists_are_folded_for_people(store: Store) -> None:
    mission = Triple(KAZ, NamedNode(MC["contributesTo"]), NamedNode(entity("mission", "UNIFIL")))
    opened = open_store("memory:")
    node = NamedNode(entity("deployment", "1"))
    with opened.transaction() as transaction:
        transaction.put_graph(
            None,
            [
                Triple(node, NamedNode(MC["contributor"]), KAZ),
                Triple(node, NamedNode(MC["deployedTo"]), mission.object),
            ],
        )
    [proof] = explain(opened.snapshot().rdf, mission).proofs
    shown = folded(proof)
    assert proof.rule == "prp-spo2" and len(proof.premises) > len(shown) == 3
    assert shown[0].members == (NamedNode(MC["contributorOf"]), NamedNode(MC["deployedTo"]))
    assert NamedNode(RDF["first"]) not in {premise.proof.conclusion.predicate for premise in shown}


def test_every_rule_tells_what_it_says_and_where_it_is_written_down() -> None:
    for rule in shipped_rules():
        text = rule_text(rule.name)
        assert "=>" in text.text and text.see and text.see.startswith("https://www.w3.org/TR/owl2-profiles/")
        assert text.table in range(4, 10) and text.iri.endswith(rule.name)
    for file in rule_files():
        assert "CONSTRUCT" in rule_text(file.stem).text
        assert set(rule_text(file.stem).titles) == set(LANGUAGES)


def test_a_store_without_inference_tells_what_is_stated() -> None:
    opened = open_store("memory:", bare=True)
    with opened.transaction() as transaction:
        transaction.put_graph(None, [Triple(KAZ, MEMBER, KAZ)])
        transaction.put_graph("http://example.org/graph", [Triple(KAZ, MEMBER, MEMBER)])
    rdf = opened.snapshot().rdf
    assert explain(rdf, Triple(KAZ, MEMBER, KAZ)).holds
    assert explain(rdf, Triple(KAZ, MEMBER, MEMBER)).provenance.stated_in == ("http://example.org/graph",)
    assert not explain(rdf, Triple(KAZ, PARTICIPANT, KAZ)).holds

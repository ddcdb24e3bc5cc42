"""Proofs: every inferred triple has one, each of their steps is right, none is circular, the shortest comes first."""

import random
from collections.abc import Iterable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

import ontology
from graph.explanation import Explainer, Explanation, Proof, Statement, explain
from graph.reasoner import Owl2RlReasoner, close_with_rules
from graph.reasoner.literals import IllTyped, in_value_space, value_of
from graph.reasoner.owl2rl.notation import Atom, ListPattern, Rule, Variable, shipped_rules
from graph.reasoner.rules import SparqlRule, read_rules
from graph.store.canonical import as_stored
from ontology import GRAPH_INFERRED, MC, OWL, RDF, RDFS
from tests.graph.test_reasoner import NO_CASES, Case, cases, sample, triples, turtle
from tests.graph.test_reasoner_owl2rl import any_ontology

RULES = {rule.name: rule for rule in shipped_rules()}
BESIDE = {rule.name: rule for rule in read_rules(ontology.rule_files())}
FIRST, REST, NIL = (NamedNode(RDF[name]) for name in ("first", "rest", "nil"))
STATED = NamedNode("http://example.org/graph")


def kept(premise: Iterable[Triple], rules: Sequence[SparqlRule] = ()) -> Store:
    """A store that holds the premise, what follows, and the merge of both."""
    asserted = as_stored(premise)
    inferred = close_with_rules(asserted, Owl2RlReasoner(), rules).inferred
    store = Store()
    for told, name in ((asserted, STATED), (inferred, NamedNode(GRAPH_INFERRED))):
        for graph in (name, DefaultGraph()):
            store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in told)
    return store


def inferred_of(store: Store) -> list[Triple]:
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(GRAPH_INFERRED))]


# A check of proofs that knows nothing of the engine: rule + premises => conclusion


def same(one: object, other: object) -> bool:
    """Terms are the same if they are equal, or literals of one value (in which spelling a number is kept is up to the
    store)."""
    try:
        literals = isinstance(one, Literal) and isinstance(other, Literal)
        return one == other or (literals and value_of(one) is not None and value_of(one) == value_of(other))  # type: ignore[arg-type]
    except IllTyped:
        return False


def fits(atom: Atom, told: Statement, bound: dict[str, object]) -> dict[str, object] | None:
    bound = dict(bound)
    for term, found in zip(atom.terms, told, strict=True):
        if isinstance(term, ListPattern):
            term = Variable("the list")
        if isinstance(term, Variable):
            if bound.setdefault(term.name, found) != found:
                return None
        elif not same(term, found):
            return None
    return bound


def solutions(
    atoms: Sequence[Atom], told: Sequence[Statement], bound: dict[str, object]
) -> Iterator[dict[str, object]]:
    if not atoms:
        yield bound
        return
    for statement in told:
        if (extended := fits(atoms[0], statement, bound)) is not None:
            yield from solutions(atoms[1:], told, extended)


def members(node: object, told: Sequence[Statement]) -> list[object] | None:
    found: list[object] = []
    while node != NIL:
        first = [s.object for s in told if (s.subject, s.predicate) == (node, FIRST)]
        rest = [s.object for s in told if (s.subject, s.predicate) == (node, REST)]
        if len(first) != 1 or len(rest) != 1 or len(found) > len(told):
            return None
        found.append(first[0])
        node = rest[0]
    return found


def by_value(rule: str, conclusion: Statement) -> bool:
    """What the values of literals tell."""
    one, _, other = conclusion
    assert isinstance(one, Literal)
    if rule == "dt-type2":
        value = value_of(one)
        return value is not None and in_value_space(value, other.value)  # type: ignore[union-attr]
    assert isinstance(other, Literal) and None not in (value_of(one), value_of(other))
    return same(one, other) == (rule == "dt-eq")


def concludes(rule: Rule, told: Sequence[Statement], conclusion: Statement) -> bool:
    if rule.tests:
        return not told and by_value(rule.name, conclusion)
    pattern = rule.list_pattern
    nodes = [s.object for s in told] if pattern else [None]
    for node in nodes:
        listed = members(node, told) if pattern else []
        if listed is None or (pattern and not listed):
            continue
        unrolled = rule.unrolled(len(listed)) if pattern and pattern.kind == "all" else rule
        names = [v.name for v in unrolled.list_pattern.members] if unrolled.list_pattern else []
        choices = [listed] if not pattern or pattern.kind == "all" else [[member] for member in listed]
        for choice in choices:
            given = dict(zip(names, choice, strict=True))
            bound = given | {"the list": node}
            if len(given) == len(names) and all(given[n] == m for n, m in zip(names, choice, strict=True)):
                for solution in solutions(unrolled.body, told, bound):
                    if any(fits(head, conclusion, solution) is not None for head in unrolled.head):
                        return True
    return False


def constructs(rule: SparqlRule, told: Sequence[Statement], conclusion: Statement) -> bool:
    """Whether the rule, asked of nothing but the premises, makes the conclusion."""
    alone = Store()
    alone.extend(Quad(s.triple.subject, s.triple.predicate, s.triple.object) for s in told if s.triple)
    return conclusion.triple in set(alone.query(rule.construct))  # type: ignore[arg-type]


def check(
    proof: Proof, store: Store, above: frozenset[Statement] = frozenset(), rules: dict[str, SparqlRule] = BESIDE
) -> None:
    assert proof.conclusion not in above, "circular"
    told = [premise.conclusion for premise in proof.premises]
    if proof.rule is None:
        triple = proof.conclusion.triple
        assert triple is not None and Quad(triple.subject, triple.predicate, triple.object, STATED) in store
    elif proof.rule in RULES:
        assert concludes(RULES[proof.rule], told, proof.conclusion), f"{proof.rule}: {told} => {proof.conclusion}"
    else:
        assert constructs(rules[proof.rule], told, proof.conclusion), f"{proof.rule}: {told} => {proof.conclusion}"
    for premise in proof.premises:
        check(premise, store, above | {proof.conclusion}, rules)


def check_all(store: Store, wanted: Iterable[Triple], rules: Sequence[SparqlRule] = ()) -> None:
    explainer = Explainer(store, rules)
    for triple in wanted:
        explanation = explainer.explain(triple)
        assert explanation.holds and explanation.inferred, triple
        assert explanation.proofs, f"no proof of {triple}"
        check(explanation.proofs[0], store, rules={rule.name: rule for rule in rules})


def test_the_check_refuses_what_does_not_follow() -> None:
    a, b, p, q = (NamedNode(f"http://example.org/{name}") for name in "abpq")
    inverse = Statement(p, NamedNode(OWL["inverseOf"]), q)
    assert concludes(RULES["prp-inv1"], [inverse, Statement(a, p, b)], Statement(b, q, a))
    assert not concludes(RULES["prp-inv1"], [inverse, Statement(a, p, b)], Statement(a, q, b))
    assert not concludes(RULES["prp-inv1"], [Statement(a, p, b)], Statement(b, q, a))
    assert not concludes(RULES["prp-inv2"], [inverse, Statement(a, p, b)], Statement(b, q, a))


# The laws


@NO_CASES
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_what_follows_in_a_case_of_the_w3c_has_a_proof(case: Case) -> None:
    premise = triples(case["premise"], case["format"])
    store = kept(premise)
    check_all(store, inferred_of(store))
    explainer = Explainer(store, ())
    for clash in Owl2RlReasoner().closure(as_stored(premise)).inconsistencies:
        for triple in clash.triples:
            assert explainer.explain(triple).holds, (clash.rule, triple)
    if case["type"] == "positive-entailment":
        for triple in as_stored(triples(case["conclusion"], case["format"])):
            named = not isinstance(triple.subject, BlankNode) and not isinstance(triple.object, BlankNode)
            is_declaration = triple.predicate.value == RDF["type"] and triple.object != NamedNode(RDFS["Datatype"])
            if named and not is_declaration:
                assert explain(store, triple, rules=()).proofs, triple


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_follows_from_a_small_ontology_has_a_proof(chance: random.Random) -> None:
    store = kept(any_ontology(chance))
    check_all(store, inferred_of(store))


def test_a_proof_may_rest_on_nothing_and_everything_being_one() -> None:
    reflexive = "rdfs:subClassOf rdfs:subPropertyOf :r . :r a owl:InverseFunctionalProperty ; owl:inverseOf :r ."
    store = kept(turtle(f"{reflexive} :A rdfs:subClassOf :B . :s rdfs:domain owl:Thing ."))
    wanted = inferred_of(store)
    assert any(triple.object == NamedNode(OWL["Nothing"]) for triple in wanted)
    check_all(store, wanted)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_further_proofs_are_right_different_and_not_shorter(chance: random.Random) -> None:
    store = kept(any_ontology(chance))
    for triple in inferred_of(store)[:5]:
        proofs = explain(store, triple, limit=6, rules=()).proofs
        sizes = [proof.size for proof in proofs]
        assert sizes == sorted(sizes)
        assert len(set(proofs)) == len(proofs) <= 6
        for proof in proofs:
            check(proof, store)


def shipped() -> set[Triple]:
    files = [ontology.path("milcoop.ttl"), *ontology.reference_files()]
    return {quad.triple for file in files for quad in parse(path=file, rename_blank_nodes=True)}


def test_every_inferred_triple_of_the_sample_graph_has_a_proof() -> None:
    rules = tuple(BESIDE.values())
    store = kept(shipped() | sample(), rules)
    inferred = inferred_of(store)
    assert len(inferred) > 5_000
    check_all(store, inferred, rules)


# What a proof is


def proof_of(text: str, wanted: str, **options: int) -> tuple[Proof, ...]:
    return explained(text, wanted, **options).proofs


def explained(text: str, wanted: str, **options: int) -> Explanation:
    [goal] = as_stored(turtle(wanted))
    return explain(kept(turtle(text)), goal, rules=(), **options)


def shape(proof: Proof) -> object:
    """Rules and, of what is asserted, nothing."""
    return (proof.rule, *(shape(premise) for premise in proof.premises)) if proof.rule else ()


ONE_OF_EACH = {
    "eq-sym": (":x owl:sameAs :y .", ":y owl:sameAs :x ."),
    "eq-rep-s": (":x owl:sameAs :y . :x :p :z .", ":y :p :z ."),
    "eq-rep-p": (":p owl:sameAs :q . :x :p :z .", ":x :q :z ."),
    "prp-dom": (":p rdfs:domain :C . :x :p :y .", ":x a :C ."),
    "prp-rng": (":p rdfs:range :C . :x :p :y .", ":y a :C ."),
    "prp-fp": (":p a owl:FunctionalProperty . :x :p :y, :z .", ":y owl:sameAs :z ."),
    "prp-symp": (":p a owl:SymmetricProperty . :x :p :y .", ":y :p :x ."),
    "prp-trp": (":p a owl:TransitiveProperty . :x :p :y . :y :p :z .", ":x :p :z ."),
    "prp-spo1": (":p rdfs:subPropertyOf :q . :x :p :y .", ":x :q :y ."),
    "prp-spo2": (":p owl:propertyChainAxiom ( :q :q :r ) . :x :q :y . :y :q :z . :z :r :w .", ":x :p :w ."),
    "prp-inv1": (":p owl:inverseOf :q . :x :p :y .", ":y :q :x ."),
    "prp-key": (":C owl:hasKey ( :p :q ) . :x a :C ; :p 1 ; :q 2 . :y a :C ; :p 1 ; :q 2 .", ":x owl:sameAs :y ."),
    "cls-int1": (":C owl:intersectionOf ( :A :B :D ) . :x a :A, :B, :D .", ":x a :C ."),
    "cls-int2": (":C owl:intersectionOf ( :A :B ) . :x a :C .", ":x a :B ."),
    "cls-uni": (":C owl:unionOf ( :A :B ) . :x a :B .", ":x a :C ."),
    "cls-svf1": (":C owl:someValuesFrom :D ; owl:onProperty :p . :x :p :y . :y a :D .", ":x a :C ."),
    "cls-avf": (":C owl:allValuesFrom :D ; owl:onProperty :p . :x a :C ; :p :y .", ":y a :D ."),
    "cls-hv1": (":C owl:hasValue :y ; owl:onProperty :p . :x a :C .", ":x :p :y ."),
    "cls-hv2": (":C owl:hasValue :y ; owl:onProperty :p . :x :p :y .", ":x a :C ."),
    "cls-maxc2": (":C owl:maxCardinality 1 ; owl:onProperty :p . :x a :C ; :p :y, :z .", ":y owl:sameAs :z ."),
    "cls-oo": (":C owl:oneOf ( :x :y ) .", ":y a :C ."),
    "cax-sco": (":A rdfs:subClassOf :B . :x a :A .", ":x a :B ."),
    "cax-eqc2": (":A owl:equivalentClass :B . :x a :B .", ":x a :A ."),
    "scm-sco": (":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", ":A rdfs:subClassOf :C ."),
    "scm-int": (":C owl:intersectionOf ( :A :B ) .", ":C rdfs:subClassOf :B ."),
    "eq-ref": (":x :p :y .", ":x owl:sameAs :x ."),
    "scm-cls": (":A a owl:Class .", ":A rdfs:subClassOf owl:Thing ."),
    "prp-ap": (":x :p :y .", "rdfs:label a owl:AnnotationProperty ."),
}  # fmt: skip


@pytest.mark.parametrize("rule", ONE_OF_EACH)
def test_one_step_is_told_by_the_name_of_its_rule(rule: str) -> None:
    [proof] = proof_of(*ONE_OF_EACH[rule])
    assert (proof.rule, proof.size) == (rule, 1)
    assert all(premise.rule is None for premise in proof.premises)


def test_the_shortest_proof_comes_first_and_others_on_request() -> None:
    text = ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :p rdfs:domain :C . :x a :A ; :p :y ."
    [shortest] = proof_of(text, ":x a :C .")
    assert shape(shortest) == ("prp-dom", (), ())
    every = proof_of(text, ":x a :C .", limit=100)
    assert every[0] == shortest
    assert ("cax-sco", (), ("cax-sco", (), ())) in [shape(proof) for proof in every]


def test_a_proof_goes_down_to_what_is_stated_and_no_further() -> None:
    [proof] = proof_of(":p a owl:SymmetricProperty ; owl:inverseOf :q . :x :p :y . :y :q :x .", ":y :p :x .")
    assert proof.size == 1


def test_things_that_are_the_same_do_not_prove_each_other() -> None:
    ring = " . ".join(f":x{n} owl:sameAs :x{(n + 1) % 6}" for n in range(6))
    store = kept(turtle(f"{ring} . :x0 :p :y ."))
    check_all(store, inferred_of(store))


LINKS = 60

CHAINS = {
    "a transitive property": (":p a owl:TransitiveProperty .", ":x{} :p :x{} .", ":x0 :p :x60 ."),
    "one that another implies": (
        ":q rdfs:subPropertyOf :p . :p a owl:TransitiveProperty .", ":x{} :q :x{} .", ":x0 :p :x60 .",
    ),
    "the other way round": (":p a owl:TransitiveProperty ; owl:inverseOf :q .", ":x{} :p :x{} .", ":x60 :q :x0 ."),
    "things that are the same": ("", ":x{} owl:sameAs :x{} .", ":x60 owl:sameAs :x0 ."),
    "what is so of one that is the same": (":x0 :p :z .", ":x{} owl:sameAs :x{} .", ":x60 :p :z ."),
    "classes": (":i a :x0 .", ":x{} rdfs:subClassOf :x{} .", ":i a :x60 ."),
}  # fmt: skip
"""Axioms, each link, and the goal."""


@pytest.mark.parametrize("chain", CHAINS)
def test_a_long_chain_has_a_proof_that_goes_along_it(chain: str) -> None:
    axioms, link, goal = CHAINS[chain]
    text = axioms + " ".join(link.format(n, n + 1) for n in range(LINKS))
    [proof] = proof_of(text, goal)
    assert LINKS - 1 <= proof.size < 2 * LINKS
    check(proof, kept(turtle(text)))


def test_a_chain_goes_the_shortest_way_and_around() -> None:
    ring = " ".join(f":x{n} :p :x{(n + 1) % 40} ." for n in range(40))
    [proof] = proof_of(f":p a owl:TransitiveProperty . {ring} :x3 :p :x20 .", ":x0 :p :x30 .")
    assert proof.size == 3 + 1 + 10 - 1
    [proof] = proof_of(f":p a owl:TransitiveProperty . {ring}", ":x7 :p :x7 .")
    assert proof.size == 39


def test_values_are_compared_as_values() -> None:
    text = ":R owl:onProperty :p ; owl:hasValue 5.0 . :x :p 5 ."
    [proof] = proof_of(text, ":x a :R .")
    assert {part.rule for part in proof.parts()} == {"cls-hv2", "eq-rep-o", "dt-eq", None}


def test_a_proof_may_pass_through_what_is_no_rdf() -> None:
    text = ':q rdfs:domain :C . :p owl:inverseOf :q . :x :p "a" . :D owl:onProperty :p ; owl:someValuesFrom :C .'
    [proof] = proof_of(text, ":x a :D .")
    assert any(isinstance(part.conclusion.subject, Literal) for part in proof.parts())


def test_what_is_stated_is_its_own_proof_and_may_follow_too() -> None:
    first, second = proof_of(":p owl:inverseOf :q . :x :p :y . :y :q :x .", ":y :q :x .", limit=2)
    assert (first.rule, second.rule) == (None, "prp-inv1")
    assert first.size == 0


# Rules beside the axioms


def test_a_rule_beside_the_axioms_tells_its_bindings_and_what_it_matched() -> None:
    text = (
        f"@prefix mc: <{MC}> . @prefix : <http://example.org/> . "
        f"mc:participatesIn <{OWL}inverseOf> mc:hasParticipant . "
        ":x mc:countsAs :x . :y mc:countsAs :y ; mc:participatesIn :e . :e a mc:Exercise ; mc:hasParticipant :x ."
    )
    premise = {quad.triple for quad in parse(text, RdfFormat.TURTLE)}
    store = kept(premise, list(BESIDE.values()))
    [goal] = [t for t in inferred_of(store) if t.object == NamedNode(MC["BilateralExercise"])]
    [proof] = explain(store, goal).proofs
    assert proof.rule == "bilateral-exercise"
    assert dict(proof.bindings)["states"] == Literal("2", datatype=NamedNode(ontology.XSD["integer"]))
    assert len(proof.premises) == 5
    assert [premise.rule for premise in proof.premises].count("prp-inv1") == 1
    check(proof, store)


@pytest.mark.parametrize(
    ("where", "size"),
    [
        ("{ ?x :p ?y } UNION { ?x :q ?y }", 2),
        ("?x :q ?y OPTIONAL { ?y :r ?z }", 2),
        ("?x :q/:r ?z . ?x :q ?y", 2),
        ("?x :p|:q ?y", 2),
        ("?y ^:q ?x FILTER(?x != ?y)", 2),
        ("{ SELECT ?x ?y { ?x :q ?y FILTER NOT EXISTS { ?x :n ?y } } }", 2),
    ],
)
def test_a_rule_may_be_any_construct(where: str, size: int) -> None:
    rule = SparqlRule("made", f"PREFIX : <http://example.org/> CONSTRUCT {{ ?x :made ?y }} WHERE {{ {where} }}")
    store = kept(turtle(":s rdfs:subPropertyOf :q . :x :s :y . :y :r :z ."), [rule])
    [goal] = turtle(":x :made :y .")
    [proof] = explain(store, goal, rules=[rule]).proofs
    assert (proof.rule, proof.size) == ("made", size)
    check(proof, store, rules={"made": rule})


# What does not hold


def test_what_does_not_hold_tells_the_missing_premise() -> None:
    told = explained(":p a owl:TransitiveProperty . :x :p :y . :z :p :w .", ":x :p :z .")
    assert not told.holds and not told.proofs
    assert told.missing[0].rule == "prp-trp"
    [wanted] = turtle(":y :p :z .")
    assert told.missing[0].premise == tuple(wanted)
    assert {str(held) for held in told.missing[0].held} == {
        str(triple) for triple in turtle(":p a owl:TransitiveProperty . :x :p :y .")
    }


def test_a_missing_axiom_is_told_where_the_facts_are_there() -> None:
    told = explained(":x :p :y . :y :p :z . :p a owl:ObjectProperty .", ":x :p :z .")
    [wanted] = turtle(":p a owl:TransitiveProperty .")
    assert ("prp-trp", tuple(wanted)) in [(missing.rule, missing.premise) for missing in told.missing]


def test_a_missing_premise_makes_it_follow() -> None:
    text = ":C owl:intersectionOf ( :A :B ) . :x a :A ."
    told = explained(text, ":x a :C .")
    nearest = told.missing[0]
    assert nearest.rule == "cls-int1"
    assert proof_of(f"{text} {Statement(*nearest.premise)} .", ":x a :C .")  # type: ignore[arg-type]


def test_what_nothing_speaks_of_lacks_nothing_in_particular() -> None:
    told = explained(":x :p :y .", ":a :b :c .")
    assert not told.holds and told.missing == ()


def test_terms_are_told_of_which_nothing_is_said() -> None:
    [unknown] = turtle(":y :q :p .")
    assert explained(":x :p :y .", ":y :q :p .").unknown == (unknown.predicate,)
    assert explained(":x :p :y .", ":y :p :x .").unknown == ()


def test_a_rule_beside_the_axioms_tells_what_it_lacks() -> None:
    rule = SparqlRule("made", "PREFIX : <http://example.org/> CONSTRUCT { ?x :made ?y } WHERE { ?x :p ?y . ?y :q :w }")
    store = kept(turtle(":x :p :y ."), [rule])
    [goal], [wanted] = turtle(":x :made :y ."), turtle(":y :q :w .")
    [missing] = explain(store, goal, rules=[rule]).missing[:1]
    assert (missing.rule, missing.premise) == ("made", tuple(wanted))

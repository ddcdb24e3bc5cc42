"""What follows from the axioms and the rules, and what must not: the wanted inferences and the nonsense of the notes.

owlrl is the yardstick: complete for these axioms, and nobody's here.
"""

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple

import ontology
from graph.reasoner import Closure, OwlrlReasoner, close_with_rules
from ontology import MC, OWL, RDF

PREFIXES = """
@prefix mc: <https://w3id.org/milcoop/ontology#> .
@prefix kind: <https://w3id.org/milcoop/concept/membership-kind/> .
@prefix org: <https://w3id.org/milcoop/id/organization/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <http://example.org/> .
"""

# The briefing of 2021 and some more of the kind; CSTO is the organization of that IRI, since an axiom names it.
FACTS = """
:KAZ a mc:State ; mc:countsAs :KAZ .
:RUS a mc:State ; mc:countsAs :RUS .
:BLR a mc:State ; mc:countsAs :BLR .
:KGZ a mc:State ; mc:countsAs :KGZ .
:KazakhArmedForces a mc:ArmedForces ; mc:ofState :KAZ .
:RussianArmedForces a mc:ArmedForces ; mc:ofState :RUS .
:KazakhMinistry a mc:DefenceMinistry ; mc:ofState :KAZ .
:RussianMinistry a mc:DefenceMinistry ; mc:ofState :RUS .
org:CSTO a mc:MilitaryAlliance ; mc:memberOf :Forum .

:UNIFIL a mc:PeacekeepingMission ; mc:locatedIn :LBN ; mc:conductedUnder :UN .
:UN a mc:InternationalOrganization .
:LBN a mc:State .
:contingent a mc:Deployment ; mc:actor :KAZ ; mc:contributor :KAZ ; mc:activity :UNIFIL ; mc:deployedTo :UNIFIL .
:battalion a mc:Deployment ; mc:contributor :RussianArmedForces ; mc:deployedTo :UNIFIL .
:foreign a mc:Deployment ; mc:actor :KGZ ; mc:activity :UNIFIL .

:CombatBrotherhood a mc:Exercise ; mc:conductedUnder org:CSTO ; mc:locatedIn :Range ; mc:hostedBy :BLR ;
    mc:hasParticipant :KazakhArmedForces , :RUS , :KGZ ; mc:hasObserver :RedCross .
:Range a mc:TrainingGround ; mc:locatedIn :Region .
:Region a mc:Region ; mc:locatedIn :BLR .
:watching a mc:Observation ; mc:observer :MNG ; mc:observedActivity :CombatBrotherhood .
:visiting a mc:Participation ; mc:actor :Guest ; mc:activity :CombatBrotherhood .

:TwoStates a mc:Exercise ; mc:hasParticipant :KazakhArmedForces , :KAZ , :RUS .
:TwoNamedOfMany a mc:Exercise ; mc:conductedUnder org:CSTO ; mc:hasParticipant :KAZ , :RUS .
:TwoAndAnOrganization a mc:Exercise ; mc:hasParticipant :KAZ , :RUS , :UN .

:delivery a mc:ArmsTransfer ; mc:supplier :RUS ; mc:recipient :KAZ ; mc:under :treaty .
:treaty a mc:Treaty ; mc:hasParty :KAZ , :RUS ; mc:conductedUnder org:CSTO .
:plan a mc:CooperationPlan ; mc:hasParty :KazakhMinistry , :RussianMinistry .

:together a mc:Cooperation ; mc:partner :KAZ , :BLR .
:elsewhere a mc:Cooperation ; mc:partner :BLR , :KGZ .

:since1992 a mc:Membership ; mc:membershipKind kind:member ; mc:member :KAZ ; mc:inOrganization org:CSTO .
:until2012 a mc:Membership ; mc:membershipKind kind:member ; mc:member :UZB ; mc:inOrganization org:CSTO ;
    mc:endDate "2012"^^xsd:gYear ; mc:latestEnd "2012-12-31"^^xsd:date .
:aside a mc:Membership ; mc:membershipKind kind:observer ; mc:member :SRB ; mc:inOrganization org:CSTO .
"""

WANTED = """
:KAZ mc:contributesTo :UNIFIL . :KAZ a mc:PeacekeepingContributor . :KAZ mc:participatesIn :UNIFIL .
:UNIFIL mc:hasParticipant :KAZ . :UNIFIL mc:involvesState :KAZ . :contingent a mc:Claim .
:RussianArmedForces mc:contributesTo :UNIFIL . :RUS mc:contributesTo :UNIFIL . :RUS a mc:PeacekeepingContributor .
:battalion mc:actor :RussianArmedForces ; mc:activity :UNIFIL .
:KGZ mc:contributesTo :UNIFIL . :foreign mc:contributor :KGZ ; mc:deployedTo :UNIFIL .
:KazakhArmedForces mc:participatesIn :CombatBrotherhood . :KAZ mc:participatesIn :CombatBrotherhood .
:CombatBrotherhood mc:hasParticipant :KAZ ; mc:involves :RedCross ; mc:involvesState :KAZ , :RUS .
:RedCross mc:observes :CombatBrotherhood . :MNG mc:observes :CombatBrotherhood .
:CombatBrotherhood mc:hasObserver :MNG . :BLR mc:hosts :CombatBrotherhood .
:CombatBrotherhood mc:locatedIn :Region , :BLR . :CombatBrotherhood a mc:MultinationalExercise .
:TwoStates a mc:BilateralExercise .
:RUS mc:suppliesTo :KAZ .
:KAZ mc:partyTo :treaty . :KazakhMinistry mc:partyTo :plan . :plan mc:involvesState :KAZ , :RUS .
:KAZ mc:cooperatesWith :BLR . :BLR mc:cooperatesWith :KAZ .
:KAZ mc:memberOf org:CSTO . org:CSTO mc:hasMember :KAZ . :KAZ a mc:CSTOMember .
:KAZ mc:hasBody :KazakhMinistry . :KAZ a mc:Actor , mc:Place .
"""

NONSENSE = {
    "an observer does not take part": ":RedCross mc:participatesIn :CombatBrotherhood . "
    ":MNG mc:participatesIn :CombatBrotherhood . :Guest mc:participatesIn :CombatBrotherhood .",
    "a host does not take part": ":BLR mc:participatesIn :CombatBrotherhood . :LBN mc:participatesIn :UNIFIL .",
    "an organizer does not take part": "org:CSTO mc:participatesIn :CombatBrotherhood . "
    ":UN mc:participatesIn :UNIFIL .",
    "a participant is no member": ":KazakhArmedForces mc:memberOf org:CSTO . :KGZ mc:memberOf org:CSTO .",
    "an observer is no member": ":SRB mc:memberOf org:CSTO .",
    "a former member is none": ":UZB mc:memberOf org:CSTO . :UZB a mc:CSTOMember .",
    "membership is not transitive": ":KAZ mc:memberOf :Forum .",
    "nobody cooperates with himself": ":KAZ mc:cooperatesWith :KAZ . :BLR mc:cooperatesWith :BLR .",
    "cooperation is not transitive": ":KAZ mc:cooperatesWith :KGZ .",
    "a supplier is no partner": ":RUS mc:cooperatesWith :KAZ .",
    "who receives does not supply": ":KAZ mc:suppliesTo :RUS .",
    "a ministry does not bind its state": ":KAZ mc:partyTo :plan . :RUS mc:partyTo :plan .",
    "a member is no party": ":KAZ mc:partyTo org:CSTO . :KGZ mc:partyTo :treaty .",
    "an exercise is no agreement": ":CombatBrotherhood a mc:Agreement . :treaty a mc:Activity .",
    "two named participants of an organization's exercise are not all": ":TwoNamedOfMany a mc:BilateralExercise . "
    ":TwoAndAnOrganization a mc:BilateralExercise .",
    "two states are not three": ":TwoStates a mc:MultinationalExercise .",
    "three states are not two": ":CombatBrotherhood a mc:BilateralExercise .",
}


def parsed(turtle: str) -> set[Triple]:
    return {quad.triple for quad in pyoxigraph.parse(PREFIXES + turtle, RdfFormat.TURTLE)}


def vocabulary() -> set[Triple]:
    return {quad.triple for quad in pyoxigraph.parse(path=ontology.path("milcoop.ttl"), format=RdfFormat.TURTLE)}


@pytest.fixture(scope="module")
def closure() -> Closure:
    return close_with_rules(vocabulary() | parsed(FACTS), OwlrlReasoner())


def test_nothing_contradicts(closure: Closure) -> None:
    assert closure.inconsistencies == ()


@pytest.mark.parametrize("wanted", sorted(parsed(WANTED), key=str), ids=str)
def test_a_wanted_conclusion_is_drawn(closure: Closure, wanted: Triple) -> None:
    assert wanted in closure.inferred


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_is_not_inferred(closure: Closure, nonsense: str) -> None:
    assert closure.inferred & parsed(nonsense) == set()


def test_no_two_things_become_one(closure: Closure) -> None:
    assert [triple for triple in closure.inferred if triple.predicate.value == OWL["sameAs"]] == []


def test_each_pair_of_disjoint_classes_clashes() -> None:
    pairs = [(t.subject, t.object) for t in vocabulary() if t.predicate.value == OWL["disjointWith"]]
    individuals = [NamedNode(f"http://example.org/clash-{number:02}") for number in range(len(pairs))]
    clashing = {
        Triple(individual, NamedNode(RDF["type"]), one)
        for individual, pair in zip(individuals, pairs, strict=True)
        for one in pair
    }

    found = OwlrlReasoner().closure(vocabulary() | clashing).inconsistencies

    assert len(pairs) == 18
    for individual in individuals:
        assert any(individual.value in finding.message for finding in found), individual


def test_an_exercise_that_is_taken_for_a_mission_is_found() -> None:
    mistaken = parsed(
        ":PeaceMission a mc:Exercise . :sent a mc:Deployment ; mc:contributor :KAZ ; mc:deployedTo :PeaceMission ."
    )

    (finding,) = OwlrlReasoner().closure(vocabulary() | mistaken).inconsistencies

    assert finding.rule == "cax-dw"
    assert MC["Exercise"] in finding.message
    assert MC["Mission"] in finding.message

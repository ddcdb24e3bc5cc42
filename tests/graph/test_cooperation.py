"""Who works with whom: choosing doings, the ties that they make, and gaps in them."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph.claims import only_planned
from graph.cooperation import KINDS, Choice, JointDoing, as_network, chosen, gaps, read_doings, ties
from graph.cooperation.doings import _Reader
from graph.export import Kind
from graph.store import open_store
from ontology import CONCEPT, DCTERMS, MC, RDF, entity

ACTORS = [f"https://example.org/{letter}" for letter in "abcdef"]


def doing(
    iri: str,
    actors: tuple[str, ...] = (),
    kind: str = "exercise",
    first: str = "",
    last: str = "",
    organizations: tuple[str, ...] = (),
    planned: bool = False,
) -> JointDoing:
    return JointDoing(
        iri=iri, kind=kind, actors=tuple(sorted(actors)), organizations=organizations, begun=first, ended="",
        first_day=first, last_day=last or first, place=None, documents=("https://example.org/doc",), planned=planned,
    )  # fmt: skip


doings = st.lists(
    st.builds(
        doing,
        st.uuids().map(str),
        st.sets(st.sampled_from(ACTORS), max_size=5).map(lambda found: tuple(sorted(found))),
        st.sampled_from(KINDS),
        st.dates().map(str) | st.just(""),
        planned=st.booleans(),
    ),
    max_size=12,
)


@given(doings)
def test_a_tie_weighs_as_many_doings_as_two_actors_share(found: list[JointDoing]) -> None:
    for tie in ties(found).ties:
        shared = [d for d in found if tie.one in d.actors and tie.another in d.actors and not d.planned]
        assert tie.weight == len(shared) == sum(count for _, count in tie.kinds)


@given(doings)
def test_any_two_who_share_something_are_tied_once(found: list[JointDoing]) -> None:
    pairs = {pair for d in found if not d.planned for pair in combinations(d.actors, 2)}
    tied = [(tie.one, tie.another) for tie in ties(found).ties]
    assert sorted(tied) == sorted(pairs)


@given(doings, st.integers(1, 4), st.integers(1, 5), st.integers(1, 5))
def test_what_is_left_out_is_counted_and_what_is_kept_has_ends(
    found: list[JointDoing], minimum: int, actors: int, most: int
) -> None:
    whole = ties(found, minimum=minimum)
    part = ties(found, minimum=minimum, actors_limit=actors, ties_limit=most)
    assert len(part.actors) + part.actors_cut == len(whole.actors)
    assert len(part.ties) <= most
    assert all({tie.one, tie.another} <= set(part.actors) for tie in part.ties)
    assert all(tie.weight >= minimum for tie in whole.ties)


@given(doings, st.sampled_from(ACTORS))
def test_around_an_actor_are_it_and_those_tied_to_it(found: list[JointDoing], actor: str) -> None:
    near = ties(found, around=actor)
    direct = {end for t in ties(found).ties if actor in (t.one, t.another) for end in (t.one, t.another)}
    assert set(near.actors) == direct


def test_a_summit_of_everybody_ties_nobody() -> None:
    crowd = tuple(f"https://example.org/{number}" for number in range(100))
    assert ties([doing("x", crowd)]).ties == ()


@pytest.mark.parametrize(
    ("since", "until", "passes"),
    [
        (None, None, True),
        (2020, None, True),
        (2021, None, True),
        (2022, None, False),
        (None, 2019, False),
        (None, 2020, True),
    ],
)
def test_a_doing_passes_if_any_part_of_it_lies_in_the_period(
    since: int | None, until: int | None, passes: bool
) -> None:
    found = doing("x", first="2020-12-30", last="2021-01-03")
    assert bool(chosen([found], Choice(since=since, until=until))) is passes


def test_what_has_no_date_passes_only_where_no_period_is_asked_for() -> None:
    found = doing("x")
    assert chosen([found], Choice()) == [found]
    assert chosen([found], Choice(since=1)) == []
    assert chosen([found], Choice(until=9999)) == []


def test_an_organization_may_hold_it_or_have_part_in_it() -> None:
    held, taken, neither = doing("x", organizations=("o",)), doing("y", actors=("o",)), doing("z")
    assert chosen([held, taken, neither], Choice(organization="o")) == [held, taken]


def yearly(named: dict[int, tuple[str, ...]]) -> list[JointDoing]:
    return [doing(f"x{y}", actors, first=f"{y}-05-01", organizations=("o",)) for y, actors in named.items()]


def test_who_was_there_each_year_and_is_not_named_now_is_a_gap() -> None:
    found = gaps(yearly({2019: ("a", "b"), 2020: ("a", "b"), 2021: ("a", "c")}))
    assert [(gap.actor, gap.group, gap.years, gap.missing) for gap in found] == [("b", "o", (2019, 2020), 2021)]


def test_who_was_there_only_once_or_comes_back_is_none() -> None:
    assert gaps(yearly({2019: ("a",), 2020: ("a", "b"), 2021: ("a",)})) == []
    assert gaps(yearly({2019: ("a",), 2021: ("a",), 2022: ("a", "b")})) == []


def test_a_year_of_which_nothing_is_known_is_no_gap() -> None:
    assert gaps(yearly({2019: ("a",), 2020: ("a",)}), year=2021) == []


def test_bodies_count_as_their_state_and_denied_supplies_do_not_count() -> None:
    document = NamedNode(entity("document", "d"))

    def quads(iri: str, *pairs: tuple[str, str]) -> list[Quad]:
        return [Quad(NamedNode(iri), NamedNode(p), NamedNode(o), document) for p, o in pairs]

    exercise, supply = "https://example.org/exercise", "https://example.org/supply"
    stated = [
        *quads(exercise, (RDF["type"], MC["Exercise"]), (MC["hasParticipant"], entity("organization", "KAZ-MoD")),
               (MC["hasParticipant"], entity("state", "TUR"))),
        *quads(supply, (RDF["type"], MC["ArmsTransfer"]), (MC["supplier"], entity("state", "TUR")),
               (MC["recipient"], entity("state", "KAZ")), (MC["modality"], CONCEPT["modality/denied"])),
        Quad(NamedNode(exercise), NamedNode(MC["startDate"]), Literal("2021"), document),
    ]  # fmt: skip
    with open_store("memory:") as store:
        with store.transaction() as transaction:
            transaction.put_graph(document.value, [quad.triple for quad in stated])
        with store.snapshot() as snapshot:
            found = read_doings(snapshot)
    assert [(d.iri, d.actors) for d in found] == [(exercise, (entity("state", "KAZ"), entity("state", "TUR")))]
    assert found[0].begun == "2021"
    assert found[0].documents == (document.value,)


def test_as_a_network_for_tools() -> None:
    found = ties([doing("x", ("a", "b"), first="2020-01-01"), doing("y", ("a", "b"), first="2022-01-01")])
    kind = Kind("state", MC["State"], "actor", "#000000", "ellipse")
    drawn = as_network(found, [(iri, kind, iri.upper(), "") for iri in found.actors])
    assert [node.label for node in drawn.nodes] == ["A", "B"]
    (edge,) = drawn.edges
    assert (edge.weight, edge.first_day, edge.last_day, edge.relation.directed) == (
        2,
        "2020-01-01",
        "2022-01-01",
        False,
    )


THINGS = [NamedNode(f"https://example.org/thing-{n}") for n in range(3)]
MODALITIES = [NamedNode(CONCEPT[f"modality/{name}"]) for name in ("held", "planned", "recalled", "denied")]
claims = st.lists(
    st.tuples(
        st.sampled_from(THINGS),
        st.sets(st.sampled_from(MODALITIES), max_size=2),
        st.sampled_from(["2020-01-01", "2021-06-15", "2022", None]),  # when its document was issued
        st.sampled_from(["type", "value", "no claim"]),
        st.booleans(),  # whether its document is known
    ),
    max_size=8,
)


@given(claims, st.lists(st.tuples(st.sampled_from(THINGS), st.sampled_from(["2020-12-31", "2021-06-15"])), max_size=4))
def test_all_doings_at_once_are_planned_where_each_of_them_is(
    said: list[tuple[NamedNode, set[NamedNode], str | None, str, bool]], begun: list[tuple[NamedNode, str]]
) -> None:
    rdf, default = Store(), DefaultGraph()

    def state(subject: NamedNode, predicate: str, value: NamedNode | Literal, graph: NamedNode) -> None:
        for where in (graph, default):
            rdf.add(Quad(subject, NamedNode(predicate), value, where))

    for number, (thing, modalities, issued, kind, known) in enumerate(said):
        document, claim, passage = (NamedNode(f"https://example.org/{name}-{number}") for name in "dcp")
        state(thing, RDF["type"], NamedNode(MC["Exercise"]), document)
        if issued is not None:
            state(document, DCTERMS["issued"], Literal(issued), document)
        if kind == "no claim":
            continue
        state(claim, RDF["subject"], thing, document)
        state(claim, RDF["predicate"], NamedNode(RDF[kind]), document)
        for modality in modalities:
            state(claim, MC["modality"], modality, document)
        state(claim, MC["evidence"], passage, document)
        if known:
            state(passage, MC["inDocument"], document, document)
    for thing, day in begun:
        state(thing, MC["earliestStart"], Literal(day), NamedNode("https://example.org/more"))
    found = {doing.iri: doing.planned for doing in _Reader(rdf).read()}
    assert found == {iri: only_planned(rdf, NamedNode(iri)) for iri in found}

"""Text search in queries: which words find which texts, where a search may stand, and that it follows every state."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple
from pyoxigraph import Store as Triples

import graph.search.of_snapshot as of_snapshot
from graph.errors import BadInput
from graph.query import QueryPool, QueryRequest, QuerySyntaxError, UpdateRequest, evaluate
from graph.query.text_patterns import TextSearchRefused
from graph.query.writing import execute_update
from graph.search.of_snapshot import search_of_snapshot, search_of_triples
from graph.search.text_index import Search
from graph.store import Snapshot, Store, open_store
from ontology import MC, PREFIXES, RDF, RDFS

EX = "http://example.org/"
LABEL, PASSAGE, TYPE = NamedNode(RDFS["label"]), NamedNode(MC["exactText"]), NamedNode(RDF["type"])
NAMES = {
    "eagle": [("Степной орёл", "ru"), ("Steppe Eagle", "en"), ("Дала қыраны", "kk")],
    "eagles": [("Орлы степи", "ru")],
    "scholars": [("Учёный совет", "ru")],
    "drills": [("Совместные учения", "ru"), ("Combined exercises", "en")],
    "defence": [("Air-defence missile battery", "en"), ("Әуе қорғанысы", "kk")],
    "mission": [("Observer mission", "en")],
    "regiment": [("Халықаралық батальон", "kk")],
}


def triples() -> Triples:
    found = Triples()
    for thing, names in NAMES.items():
        for text, language in names:
            found.add(Quad(NamedNode(EX + thing), LABEL, Literal(text, language=language)))
    found.add(Quad(NamedNode(EX + "passage"), PASSAGE, Literal("Учение «Степной орёл» отменили.")))
    return found


def things(pattern: str, rdf: Triples | None = None) -> list[str]:
    """What `?x` is in the solutions of a pattern."""
    request = QueryRequest(f"PREFIX e: <{EX}> SELECT DISTINCT ?x WHERE {{ {pattern} }}", prefixes=PREFIXES)
    bindings = json.loads(evaluate(rdf or triples(), request, "json").body)["results"]["bindings"]
    return sorted(row["x"]["value"].removeprefix(EX) for row in bindings)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("степной орёл", ["eagle", "passage"]),
        ("ОРЕЛ", ["eagle", "eagles", "passage"]),
        ("степного орла", ["eagle", "passage"]),  # any form of the words
        ("орлам", ["eagle", "eagles", "passage"]),
        ("учениями", ["drills", "passage"]),  # and not what only begins alike
        ("exercise", ["drills"]),
        ("mission", ["mission"]),
        ("air defences", ["defence"]),
        ("air-defence", ["defence"]),
        ("қыранының", ["eagle"]),
        ("батальондардан", ["regiment"]),
        ("степ* ор*", ["eagle", "eagles", "passage"]),  # beginnings
        ("халық*", ["regiment"]),
        ("stepe~", ["eagle"]),  # misspelt
        ("саветом~", []),
        ("савет~", ["scholars"]),
        ("қырани~", ["eagle"]),
        ('"степной орёл"', ["eagle", "passage"]),  # phrases, as they stand
        ('"орёл степной"', []),
        ('"степного орла"', []),
        ("орёл steppe", []),  # all words in one text
        ("орёл вертолёт", []),
    ],
)
def test_words_find_texts(words: str, found: list[str]) -> None:
    assert things(f"?x mc:matches {json.dumps(words, ensure_ascii=False)}") == found


def test_a_language_or_a_property_narrows_the_search() -> None:
    assert things('?x mc:matches "st* e*"@en') == ["eagle"]
    assert things('?x mc:matches "st* e*"@ru') == []
    assert things('?x mc:matches (mc:exactText "орёл")') == ["passage"]
    assert things('?x mc:matches (rdfs:label "орёл" @ru)'.replace(" @", "@")) == ["eagle", "eagles"]


def test_scores_tell_which_part_of_a_text_was_asked_for_and_a_limit_takes_the_best() -> None:
    text = 'SELECT ?x ?score ?text { (?x ?score ?text) mc:matches "орёл" } ORDER BY DESC(?score) ?text'
    answer = evaluate(triples(), QueryRequest(text, prefixes=PREFIXES), "csv").body.decode().splitlines()[1:]
    assert answer == [
        f"{EX}eagles,0.5,Орлы степи",
        f"{EX}eagle,0.5,Степной орёл",
        f"{EX}passage,0.25,Учение «Степной орёл» отменили.",
    ]
    assert things('?x mc:matches ("орёл" 2)') == ["eagle", "eagles"]
    assert things('(?x ?score) mc:matches ("орёл" 9) FILTER (?score < 0.3)') == ["passage"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ('?x mc:matches "орёл" ; mc:matches "steppe"@en .', ["eagle"]),
        ('?x mc:matches "орёл", "steppe" .', ["eagle"]),
        ('?x rdfs:label ?l ; mc:matches "missile" ; rdfs:label ?m', ["defence"]),
        ('?x rdfs:label ?l. ?x mc:matches "missile". FILTER (lang(?l) = "en")', ["defence"]),
        ('{ ?x mc:matches "missile" } UNION { ?x mc:matches "council"@en } UNION { ?x mc:matches "совет" }',
         ["defence", "scholars"]),
        ('?x rdfs:label ?l FILTER EXISTS { ?x mc:matches "missile" }', ["defence"]),
        ('?x rdfs:label ?l FILTER (lang(?l) = "en" && NOT EXISTS { ?x mc:matches "missile" })',
         ["drills", "eagle", "mission"]),
        ('?x mc:matches "st*" MINUS { ?x mc:matches "steppe" }', []),
        ('{ SELECT ?x (COUNT(*) AS ?n) { ?x mc:matches "орёл" ; rdfs:label ?l } GROUP BY ?x HAVING (COUNT(*) > 2) }',
         ["eagle"]),
        ('VALUES ?x { e:eagle e:drills } OPTIONAL { ?x mc:matches "eagle" ; rdfs:label ?l } FILTER (BOUND(?l))',
         ["eagle"]),
        ('BIND (e:eagle AS ?x) ?x <https://w3id.org/milcoop/ontology#matches> "eagle"', ["eagle"]),
        ('?x rdfs:label "mc:matches" # ?x mc:matches "орёл"', []),
    ],
)  # fmt: skip
def test_a_search_may_stand_wherever_a_triple_pattern_may(pattern: str, found: list[str]) -> None:
    assert things(pattern + "\n") == found


def test_prefixes_that_the_query_declares_are_read() -> None:
    text = f'PREFIX o: <{MC}> SELECT ?x {{ ?x o:matches "орёл" }}'
    assert evaluate(triples(), QueryRequest(text)).rows == 3
    text = 'PREFIX mc: <urn:other#> SELECT ?x { ?x mc:matches "орёл" }'
    assert evaluate(triples(), QueryRequest(text, prefixes=PREFIXES)).rows == 0  # a predicate like any other


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('SELECT * {\n ?x rdfs:label/mc:matches "a" }', "line 2, column 16"),
        ('SELECT * { [ mc:matches "a" ] rdfs:label ?l }', "brackets"),
        ('SELECT * { <urn:x> mc:matches "a" }', "must be a variable"),
        ('SELECT * { (?x ?x) mc:matches "a" }', "must be a variable"),
        ('SELECT * { (?x ?s) mc:matches "a" ; rdfs:label ?l }', "no other property"),
        ("SELECT * { ?x mc:matches ?words }", "words as a string"),
        ('SELECT * { ?x mc:matches ("a" 0) }', "limit 0"),
        ('SELECT * { ?x mc:matches (rdfs:comment "a") }', "rdfs:comment is not searched"),
        ('SELECT * { ?x mc:matches "…" }', "no word to search"),
        ('CONSTRUCT WHERE { ?x mc:matches "a" }', "CONSTRUCT WHERE"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        evaluate(triples(), QueryRequest(text, prefixes=PREFIXES))


def test_a_syntax_error_is_told_with_its_place_in_the_text_as_it_came() -> None:
    text = 'SELECT * { ?x mc:matches "орёл" .\n ?x rdfs:label }'
    with pytest.raises(QuerySyntaxError) as raised:
        evaluate(triples(), QueryRequest(text, prefixes=PREFIXES))
    assert raised.value.line == 2


def test_a_template_may_have_the_predicate_and_the_graph_may_tell_of_it() -> None:
    text = 'CONSTRUCT { ?x mc:matches "орёл" } WHERE { ?x mc:matches "орёл" }'
    assert evaluate(triples(), QueryRequest(text, prefixes=PREFIXES)).rows == 3
    assert things("?x ?p ?o FILTER (?p = mc:matches)") == []
    assert things("mc:matches rdfs:label ?x") == []


def test_too_many_texts_need_a_limit() -> None:
    rdf = Triples()
    rdf.bulk_extend(Quad(NamedNode(f"{EX}{n}"), LABEL, Literal(f"Учение {n}")) for n in range(10_001))
    with pytest.raises(BadInput, match="more than 10000 texts"):
        things('?x mc:matches "учени*"', rdf)
    assert len(things('?x mc:matches ("учени*" 2000) ; rdfs:label ?l', rdf)) == 2000
    assert things('?x mc:matches "учение 777"', rdf) == ["777"]


def test_an_update_cannot_search() -> None:
    with open_store("memory:", bare=True) as store, pytest.raises(TextSearchRefused):
        request = UpdateRequest('DELETE { ?x ?p ?o } WHERE { ?x mc:matches "a" ; ?p ?o }', prefixes=PREFIXES)
        execute_update(store, request)


# States of a store


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    where = str(tmp_path / "store") if request.param == "folder" else "memory:"
    with open_store(where, bare=True) as opened:
        yield opened


def name(store: Store, graph: str, *names: str) -> None:
    with store.transaction() as transaction:
        transaction.put_graph(graph, [Triple(NamedNode(EX + quote(one)), LABEL, Literal(one)) for one in names])


def found(snapshot: Snapshot, words: str) -> set[str]:
    return {match.text.text for match in search_of_snapshot(snapshot)(Search(words))}


def test_every_state_is_searched_as_it_is(store: Store) -> None:
    name(store, "urn:a", "alpha one", "alpha two")
    with store.snapshot() as first:
        assert found(first, "alpha") == {"alpha one", "alpha two"}
        name(store, "urn:a", "alpha two", "alpha three")
        name(store, "urn:b", "alpha two", "beta")
        assert found(first, "alpha") == {"alpha one", "alpha two"}
        assert found(first, "beta") == set()
    name(store, "urn:a")
    with store.snapshot() as last:
        assert found(last, "alpha") == {"alpha two"}  # the other graph still says so
        assert found(last, "beta") == {"beta"}


graphs = st.sampled_from(["urn:a", "urn:b"])
words = st.lists(st.sampled_from(["north", "south", "north wind", "south wind", "wind"]), max_size=3, unique=True)


@given(st.lists(st.tuples(graphs, words, st.booleans()), min_size=1, max_size=6))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_index_that_follows_writes_is_the_one_that_would_be_made_anew(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[str], bool]]
) -> None:
    with open_store(str(tmp_path_factory.mktemp("followed") / "store"), bare=True) as store:
        for graph, names, looks in steps:
            name(store, graph, *names)
            if looks:
                with store.snapshot() as snapshot:
                    for word in ("north", "south", "wind", "w*"):
                        anew = search_of_triples(snapshot.rdf)(Search(word))
                        assert found(snapshot, word) == {match.text.text for match in anew}


def test_writers_keep_the_index_up_so_that_it_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(str(tmp_path / "store"), bare=True) as store:
        name(store, "urn:a", "alpha")
        with store.snapshot() as snapshot:
            found(snapshot, "alpha")
        name(store, "urn:a", "alpha", "alpha beta")
        monkeypatch.setattr(of_snapshot, "texts_of", lambda _: pytest.fail("made anew"))
        with store.snapshot() as snapshot:
            assert found(snapshot, "alpha") == {"alpha", "alpha beta"}


def test_what_a_failed_commit_left_behind_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(str(tmp_path / "store"), bare=True) as store:
        name(store, "urn:a", "alpha")
        with store.snapshot() as snapshot:
            found(snapshot, "alpha")
        with monkeypatch.context() as patched, pytest.raises(BadInput):
            patched.setattr(store._layout, "publish", _fail)  # type: ignore[attr-defined]
            name(store, "urn:a", "alpha", "alpha lost")
        with store.snapshot() as snapshot:
            assert found(snapshot, "alpha") == {"alpha"}
        name(store, "urn:a", "alpha", "alpha kept")
        with store.snapshot() as snapshot:
            assert found(snapshot, "alpha") == {"alpha", "alpha kept"}


def _fail(*_: object, **__: object) -> None:
    raise BadInput("no")


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store"), bare=True) as store:
        name(store, "urn:a", "alpha")
        (tmp_path / "store" / "texts.sqlite").write_bytes(b"no database at all" * 1000)
        with store.snapshot() as snapshot:
            assert found(snapshot, "alpha") == {"alpha"}


def test_a_state_from_before_the_index_is_searched_too(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store"), bare=True, keep_snapshots=5) as store:
        name(store, "urn:a", "alpha")
        old = store.generation
        name(store, "urn:a", "beta")
        with store.snapshot() as snapshot:
            assert found(snapshot, "beta") == {"beta"}
        with store.snapshot_at(old) as snapshot:
            assert found(snapshot, "alpha") == {"alpha"}
            assert found(snapshot, "beta") == set()
        with store.snapshot() as snapshot:
            assert found(snapshot, "beta") == {"beta"}


def test_guarded_processes_search_what_was_just_written(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store"), bare=True) as store, QueryPool(store.location) as pool:
        for number in range(3):
            name(store, f"urn:{number}", f"alpha {number}")
            request = QueryRequest(f'SELECT ?x {{ ?x mc:matches "alpha {number}" }}', prefixes=PREFIXES)
            assert pool.run(request, "csv").rows == 1


def test_the_index_can_be_made_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(str(tmp_path / "store"), bare=True) as store:
        name(store, "urn:a", "alpha")
        with store.snapshot() as snapshot:
            of_snapshot.prepare_texts(snapshot)
            monkeypatch.setattr(of_snapshot, "texts_of", lambda _: pytest.fail("made anew"))
            assert found(snapshot, "alpha") == {"alpha"}

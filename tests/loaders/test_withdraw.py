"""Taking documents out again."""

import pytest

from graph.errors import BadInput, NotFound
from graph.store import Store
from loaders.load import Given
from loaders.withdraw import withdraw
from ontology import MC, entity
from tests.loaders.making import LEAGUE
from tests.loaders.membership import ITA, KAZ, RUS, members, put


def test_withdrawing_a_document_takes_back_what_only_it_supported(store: Store) -> None:
    put(store, Given("a.txt", f"{KAZ} {RUS}".encode()), Given("b.txt", f"{KAZ} {ITA}".encode()))

    withdrawal = withdraw(store, "b")

    assert {str(t) for t in withdrawal.facts} == {f"<{entity('state', 'ITA')}> <{MC['memberOf']}> <{LEAGUE.iri}>"}
    assert members(store) == ["KAZ", "RUS"]
    with store.snapshot() as snapshot:
        assert entity("document", "b") not in snapshot.graphs()


def test_a_withdrawn_document_can_be_loaded_again(store: Store) -> None:
    put(store, Given("a.txt", KAZ.encode()))
    withdraw(store, "a.txt")
    assert members(store) == []
    assert put(store, Given("a.txt", KAZ.encode())).count("added") == 1
    assert members(store) == ["KAZ"]


def test_withdrawing_what_is_not_there_is_told(store: Store) -> None:
    put(store, Given("x/a.txt", KAZ.encode()), Given("y/a.txt", RUS.encode()))
    with pytest.raises(NotFound, match="there is no document 'nothing'"):
        withdraw(store, "nothing")
    with pytest.raises(BadInput, match="may be any of"):
        withdraw(store, "a.txt")

"""Files of a store that has been written in bulk: few of them, and nothing lost."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.store.settling import settled

_GRAPHS = 10


def _written_in_bulk(folder: Path) -> pyoxigraph.Store:
    """Graph after graph, each as a file of its own."""
    rdf = pyoxigraph.Store(str(folder))
    for graph in range(_GRAPHS):
        name = NamedNode(f"urn:graph:{graph}")
        rdf.add_graph(name)
        rdf.bulk_extend(
            Quad(NamedNode(f"urn:s{number}"), NamedNode("urn:p"), Literal(f"{graph} {number}"), name)
            for number in range(50)
        )
    rdf.flush()
    return rdf


def _files(folder: Path) -> int:
    return sum(1 for _ in folder.glob("*.sst"))


@pytest.fixture(autouse=True)
def _small_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.settling._LEAST_BYTES", 1)


def test_what_was_written_graph_by_graph_lies_in_few_files_and_is_the_same(tmp_path: Path) -> None:
    rdf = _written_in_bulk(tmp_path)
    before = set(rdf)
    many = _files(tmp_path)
    assert many > 3 * _GRAPHS
    mark = settled(rdf, tmp_path, 0)
    assert mark > 0
    assert set(rdf) == before
    rdf.backup(str(tmp_path / "checkpoint"))
    assert _files(tmp_path / "checkpoint") < many / 2
    assert set(pyoxigraph.Store.read_only(str(tmp_path / "checkpoint"))) == before


def test_little_that_comes_later_merges_nothing(tmp_path: Path) -> None:
    rdf = _written_in_bulk(tmp_path)
    mark = settled(rdf, tmp_path, 0)
    rdf.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("one more"), NamedNode("urn:graph:1")))
    rdf.flush()
    assert settled(rdf, tmp_path, mark) == mark


def test_a_store_without_graphs_is_merged_too(tmp_path: Path) -> None:
    rdf = pyoxigraph.Store(str(tmp_path))
    rdf.bulk_extend(Quad(NamedNode(f"urn:s{n}"), NamedNode("urn:p"), Literal(str(n))) for n in range(50))
    rdf.flush()
    assert settled(rdf, tmp_path, 0) > 0
    assert len(rdf) == 50

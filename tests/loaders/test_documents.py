"""Which documents are one: by bytes, by source; and what a person may call them."""

import pyoxigraph
import pytest
from pyoxigraph import Quad

from graph.errors import BadInput, NotFound
from loaders.documents import DocumentRecord, KnownDocument, Library, stem
from loaders.reading.facts import Reading
from loaders.to_rdf import reading_to_triples
from ontology import ID, entity


@pytest.fixture
def library() -> Library:
    library = Library(pyoxigraph.Store())
    for source, sha256 in (("news/7.txt", "aa"), ("old/7.txt", "bb"), ("https://example.org/brief.html?x=1", "cc")):
        library.add(KnownDocument(library.allocate(source, sha256 * 32), source, sha256 * 32))
    return library


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("news/ru-01.txt", "ru-01"),
        ("https://example.org/news/7.html?x=1#y", "7"),
        ("https://example.org/", "example.org"),
        ("https://example.org/%D0%B0.html", "а"),
        ("C:\\news\\a.txt", "a"),
        ("", "document"),
    ],
)
def test_a_source_has_a_base_name(source: str, expected: str) -> None:
    assert stem(source) == expected


def test_a_document_is_named_after_its_source_and_a_second_one_of_that_name_gets_a_mark(library: Library) -> None:
    assert [d.iri.removeprefix(ID) for d in library] == ["document/7", "document/7-bbbbbb", "document/brief"]


def test_a_known_source_keeps_its_iri(library: Library) -> None:
    assert library.allocate("old/7.txt", "dd" * 32) == entity("document", "7-bbbbbb")


def test_the_same_bytes_need_not_be_read_again_from_their_source_or_from_a_new_one(library: Library) -> None:
    assert library.same("news/7.txt", "aa" * 32)
    assert library.same("elsewhere.txt", "aa" * 32)
    assert not library.same("news/7.txt", "bb" * 32), "this source said something else before"
    assert not library.same("elsewhere.txt", "dd" * 32)


@pytest.mark.parametrize(
    "name",
    [entity("document", "brief"), "id:document/brief", "document:brief", "brief", "https://example.org/brief.html?x=1"],
)
def test_a_document_is_found_by_iri_by_its_last_step_and_by_source(library: Library, name: str) -> None:
    assert library.find(name).iri == entity("document", "brief")


def test_a_file_name_finds_its_document_unless_several_have_it(library: Library) -> None:
    assert library.find("7").source == "news/7.txt", "the last step of an IRI comes first"
    with pytest.raises(BadInput, match=r"'7\.txt' may be any of: 7, 7-bbbbbb; give one of these"):
        library.find("7.txt")
    with pytest.raises(NotFound, match="there is no document 'none'"):
        library.find("none")


def test_documents_are_read_from_their_own_graphs_only() -> None:
    rdf = pyoxigraph.Store()
    record = DocumentRecord(entity("document", "a"), "a.txt", "ab" * 32, language="ru", text="")
    for triple in reading_to_triples(Reading("ru"), "", record):
        rdf.add(Quad(triple.subject, triple.predicate, triple.object, pyoxigraph.NamedNode(record.iri)))
        rdf.add(Quad(triple.subject, triple.predicate, triple.object, pyoxigraph.NamedNode("https://x.org/copy")))
    assert list(Library(rdf)) == [KnownDocument(record.iri, "a.txt", "ab" * 32)]

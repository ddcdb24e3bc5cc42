"""Who works with whom over HTTP: JSON, files for tools, dossiers as Markdown and DOCX, Atom feeds."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import docx
import pytest
from pyoxigraph import Literal, NamedNode, Triple

from graph.store import open_store
from ontology import DCTERMS, MC, RDF, entity
from tests.stores import new_store

from .serving import Server, start_server

KAZ = "https://w3id.org/milcoop/id/state/KAZ"
RUS = "https://w3id.org/milcoop/id/state/RUS"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the sample documents."""
    running = start_server("--store", str(tmp_path_factory.mktemp("cooperation") / "store"))
    yield running
    running.stop()


def test_the_network_as_json(server: Server) -> None:
    found = server.get("/network", "application/json").json()
    actors = {actor["iri"] for actor in found["actors"]}
    assert {KAZ, RUS} <= actors
    assert all(tie["one"] in actors and tie["another"] in actors for tie in found["ties"])
    assert all(sum(tie["kinds"].values()) == tie["weight"] for tie in found["ties"])


def test_filters_leave_a_part(server: Server) -> None:
    def weight(query: str) -> int:
        return sum(tie["weight"] for tie in server.get(f"/network?{query}", "application/json").json()["ties"])

    whole = weight("")
    assert whole > weight("kind=exercise") > weight("kind=exercise&from=2022") > 0
    assert weight("kind=exercise&kind=agreement") == weight("kind=exercise") + weight("kind=agreement")
    near = server.get(f"/network?actor={quote(KAZ)}&minimum=5", "application/json").json()
    assert any(KAZ in (tie["one"], tie["another"]) for tie in near["ties"])
    assert all(tie["weight"] >= 5 for tie in near["ties"])


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_the_network_for_graph_tools(server: Server, name: str) -> None:
    answer = server.get(f"/network?kind=exercise&format={name}")
    found = server.get("/network?kind=exercise", "application/json").json()
    tags = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(answer.body).iter()]
    assert tags.count("node") == len(found["actors"])
    assert tags.count("edge") == len(found["ties"])


@pytest.mark.parametrize(
    "path",
    ["/network?kind=wedding", "/map?from=soon", "/timeline?to=0", "/network?minimum=-1", "/watch/gaps?year=x",
     "/watch/new?since=yesterday", "/dossier/state/KAZ?with=state/KAZ"],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(server: Server, path: str) -> None:
    assert server.get(path, "application/json").status == 400


def test_a_dossier_of_what_is_unknown_is_not_there(server: Server) -> None:
    assert server.get("/dossier/state/XXX").status == 404
    assert server.get("/dossier/state/KAZ?with=state/XXX").status == 404


def test_places_and_times_follow_the_same_filters(server: Server) -> None:
    told = server.get("/timeline?kind=exercise", "application/json").json()["doings"]
    there = [doing for place in server.get("/map?kind=exercise", "application/json").json()["places"]
             for doing in place["doings"]]  # fmt: skip
    assert {doing["iri"] for doing in there} <= {doing["iri"] for doing in told}
    assert there
    assert {doing["kind"] for doing in told} == {"exercise"}
    begun = [doing["from"] for doing in told]
    assert begun == sorted(begun, reverse=True)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_dossier_as_markdown_has_a_footnote_for_each_mark(server: Server, language: str) -> None:
    answer = server.get(f"/dossier/state/KAZ?with=state/RUS&lang={language}", "text/markdown")
    assert answer.media_type == "text/markdown"
    marks, notes = set(re.findall(r"\[\^(\d+)\](?!:)", answer.text)), re.findall(r"(?m)^\[\^(\d+)\]:", answer.text)
    assert marks == set(notes)
    assert len(notes) == len(set(notes)) > 3
    assert all(address.startswith(server.url) for address in re.findall(r"\]\((\S+?)\)", answer.text))


def test_a_dossier_as_a_word_document_says_the_same(server: Server) -> None:
    told = server.get("/dossier/state/KAZ?with=state/RUS", "application/json").json()
    answer = server.get("/dossier/state/KAZ?with=state/RUS&format=docx")
    document = docx.Document(io.BytesIO(answer.body))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [*(section["heading"] for section in told["sections"]), told["notes_heading"]]
    text = "\n".join(p.text for p in document.paragraphs)
    assert all(note["quote"] in text for note in told["notes"])
    assert all(sentence["rest"] in text for section in told["sections"] for sentence in section["sentences"])


@pytest.mark.parametrize("kind", ["new", "contradictions", "gaps"])
def test_what_can_be_watched_is_a_feed(server: Server, kind: str) -> None:
    told = server.get(f"/watch/{kind}", "application/json").json()["findings"]
    answer = server.get(f"/watch/{kind}", "application/atom+xml")
    assert answer.media_type == "application/atom+xml"
    feed = ElementTree.fromstring(answer.body)
    assert [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")] == [f["id"] for f in told]
    moments = [element.text or "" for element in feed.iter(f"{ATOM}updated")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", moment) for moment in moments)
    assert all(link.attrib["href"].startswith(server.url) for link in feed.iter(f"{ATOM}link"))


def test_a_feed_of_nothing_was_updated_when_the_state_was_written(server: Server) -> None:
    feed = ElementTree.fromstring(server.get("/watch/gaps?year=1", "application/atom+xml").body)
    assert not list(feed.iter(f"{ATOM}entry"))
    assert (feed.findtext(f"{ATOM}updated") or "")[:4] >= "2024"


def test_new_since_a_day_are_documents_read_since_then(server: Server) -> None:
    everything = server.get("/watch/new", "application/json").json()["findings"]
    assert len(everything) > 3
    last = everything[0]["updated"][:10]
    assert server.get(f"/watch/new?since={last}", "application/json").json()["findings"]
    assert server.get("/watch/new?since=2999-01-01", "application/json").json()["findings"] == []


def test_documents_that_disagree_are_told_side_by_side(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    new_store(tmp_path_factory, tmp_path / "store")
    exercise, number = NamedNode(entity("exercise", "kalkan-2022")), NamedNode(MC["headcount"])
    with open_store(tmp_path / "store") as store, store.transaction() as transaction:
        for slug, count in (("first", "100"), ("second", "500")):
            document = entity("document", slug)
            stated = [
                Triple(NamedNode(document), NamedNode(RDF["type"]), NamedNode(MC["Document"])),
                Triple(NamedNode(document), NamedNode(DCTERMS["title"]), Literal(f"The {slug} <b>account</b>")),
                Triple(exercise, NamedNode(RDF["type"]), NamedNode(MC["Exercise"])),
                Triple(exercise, number, Literal(int(count))),
            ]
            transaction.put_graph(document, stated)
    running = start_server("--store", str(tmp_path / "store"), "--no-sample")
    try:
        (found,) = running.get("/watch/contradictions", "application/json").json()["findings"]
        assert [said["text"] for said in found["says"]] == ["100", "500"]
        page = running.page("/watch/contradictions?lang=ru").text
        assert "число людей" in page
        assert "The second &lt;b&gt;account&lt;/b&gt;" in page
        feed = ElementTree.fromstring(running.get("/watch/contradictions?format=atom").body)
        assert "The first <b>account</b>: 100" in (feed.findtext(f"{ATOM}entry/{ATOM}summary") or "")
    finally:
        running.stop()

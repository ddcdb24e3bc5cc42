"""Things that so much is said of that a page shows a part: every property, and of each what happened last."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Triple

from graph.store import open_store
from ontology import CONCEPT, MC, OWL, RDF, RDFS, XSD, entity
from server.application import create_app
from server.settings import read_settings

YEARS = range(1000, 2100)
STATE = NamedNode(entity("state", "BUSY"))
TYPE, EARLIEST, START = NamedNode(RDF["type"]), NamedNode(MC["earliestStart"]), NamedNode(MC["startDate"])
DOCUMENT = entity("document", "annals")


def _said() -> Iterator[Triple]:
    yield Triple(STATE, TYPE, NamedNode(MC["State"]))
    yield Triple(STATE, NamedNode(RDFS["label"]), Literal("Busyland", language="en"))
    yield Triple(STATE, NamedNode(MC["memberOf"]), NamedNode(entity("organization", "CLUB")))
    yield Triple(NamedNode(MC["participatesIn"]), NamedNode(OWL["inverseOf"]), NamedNode(MC["hasParticipant"]))
    for year in YEARS:
        drill = NamedNode(entity("exercise", f"drill-{year}"))
        date = Literal(f"{year}-05-01", datatype=NamedNode(XSD["date"]))
        for kind in ("Exercise", "Activity"):
            yield Triple(drill, TYPE, NamedNode(MC[kind]))
        yield from (Triple(drill, verb, date) for verb in (EARLIEST, START))
        yield Triple(drill, NamedNode(MC["hasParticipant"]), STATE)
        yield Triple(STATE, NamedNode(MC["participatesIn"]), drill)
    claim = NamedNode(f"{DOCUMENT}/claim/1")
    yield Triple(claim, NamedNode(RDF["subject"]), STATE)
    yield Triple(claim, NamedNode(RDF["predicate"]), NamedNode(MC["memberOf"]))
    yield Triple(claim, NamedNode(RDF["object"]), NamedNode(entity("organization", "RIVALS")))
    yield Triple(claim, NamedNode(MC["modality"]), NamedNode(CONCEPT["modality/denied"]))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("busy") / "store"
    with open_store(folder, bare=True) as store, store.transaction() as transaction:
        said = list(_said())
        transaction.put_graph(DOCUMENT, said)
        transaction.put_graph(None, said)
    app = create_app(read_settings({"store": str(folder), "bare": True}, environ={}))
    yield app.test_client()
    app.extensions["milcoop"].close()


def test_of_each_property_the_latest_are_told_and_all_are_counted(client: FlaskClient) -> None:
    told = client.get("/page/state/BUSY", headers={"Accept": "application/json"}).get_json()
    groups = {group["property"]["iri"]: group for group in told["facts"]}
    drills = groups[MC["participatesIn"]]
    years = [fact["value"]["iri"].rpartition("-")[2] for fact in drills["shown"]]
    assert years == [str(year) for year in reversed(YEARS[-len(years) :])]
    assert drills["total"] == len(YEARS)
    assert told["partial"]
    assert [fact["value"]["iri"] for fact in groups[MC["memberOf"]]["shown"]] == [entity("organization", "CLUB")]


def test_its_page_has_its_name_its_latest_doings_and_what_is_denied_of_it(client: FlaskClient) -> None:
    page = client.get("/page/state/BUSY?lang=en", headers={"Accept": "text/html"}).text
    assert "<h1>Busyland</h1>" in page
    assert f"<h3>{YEARS[-1]}</h3>" in page
    assert f"<h3>{YEARS[0]}</h3>" not in page
    assert "So much is said of it" in page
    assert "/page/organization/RIVALS" in page

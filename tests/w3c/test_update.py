"""Updates: what they make of a store, and their syntax."""

import pytest

from .cases import Case, cases
from .client import Client
from .comparison import graph_of, isomorphic
from .conftest import Holding

EVALUATION = cases("UpdateEvaluationTest")
POSITIVE = cases("PositiveUpdateSyntaxTest11")
NEGATIVE = cases("NegativeUpdateSyntaxTest11")


@pytest.mark.parametrize("case", EVALUATION, ids=lambda case: case.id)
def test_an_update_makes_of_a_store_what_it_should(client: Client, case: Case, holding: Holding) -> None:
    with holding(case.id):
        client.fill(case.before)
        answer = client.update(f"BASE <{case.base}>\n{case.text.read_text('utf-8')}")
        assert answer.status == 204, answer.body.decode()
        default = [triple for file in case.after.default for triple in graph_of(file)]
        assert isomorphic(client.graph(None), default)
        wanted = dict(case.after.named)
        found = {name: client.graph(name) for name in client.graphs()}
        # Whether a graph without triples is kept is left to the store.
        for name in wanted.keys() | {name for name, triples in found.items() if triples}:
            triples = graph_of(wanted[name]) if name in wanted else ()
            assert isomorphic(found.get(name, ()), triples), name


@pytest.mark.parametrize("case", POSITIVE, ids=lambda case: case.id)
def test_an_update_is_taken(client: Client, case: Case, holding: Holding) -> None:
    with holding(case.id):
        answer = client.update(case.text.read_text("utf-8"))
        # 409: it takes for granted graphs that are not there. 403: it would fetch something.
        assert answer.status in {204, 409} or b'"LOAD refused"' in answer.body, answer.body.decode()


@pytest.mark.parametrize("case", NEGATIVE, ids=lambda case: case.id)
def test_what_is_no_update_is_refused(client: Client, case: Case, holding: Holding) -> None:
    with holding(case.id):
        answer = client.update(case.text.read_text("utf-8"))
        assert (answer.status, answer.media_type) == (400, "application/problem+json")

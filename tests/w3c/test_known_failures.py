"""The list of cases that are known to fail."""

from .cases import SUITES, cases, conversations
from .client import Client
from .conftest import KNOWN


def test_the_list_names_cases_of_the_suites_and_reasons(client: Client) -> None:
    assert SUITES.is_dir()
    folders = ("protocol", "graph-store-protocol", "service-description")
    known = {case.id for case in cases()} | {case.id for folder in folders for case in conversations(folder)}
    assert KNOWN.keys() <= known
    assert all(KNOWN.values())


def test_the_list_only_becomes_shorter() -> None:
    assert len(KNOWN) <= 1

"""Every canned query, as a user types it, on the sample documents: it answers, and with as many rows as it promises."""

import csv
import io
from pathlib import Path

import pytest

from milcoop.questions import canned_queries
from tests.milcoop.conftest import run

CONTENT = {
    "contributors-to-a-mission": ("Kazakhstan", "UNIFIL"),
    "missions-of-a-state": ("UNIFIL", "MINURSO"),
    "arms-transfers": ("радары", "France", "Armenia"),
    "announced-agreements": ("Меморандум с Индией",),
    "co-participation": ("Kazakhstan", "Kyrgyzstan"),
    "bilateral-partners": ("Kalkan", "Uzbekistan"),
    "agreements-of-a-state": ("2013-12-24", "2022-10-12"),
    "office-holders": ("Ермек Турсунбеков", "deputy minister"),
    "denied-proposed-cancelled": ("Тбилиси остаётся партнёром НАТО, но не членом альянса.",),
}


@pytest.mark.parametrize("name", sorted(canned_queries()))
def test_a_canned_query_answers_on_the_samples(samples: Path, name: str) -> None:
    asked = run("query", name, "-f", "csv", "--store", samples)

    assert asked.returncode == 0, asked.stderr
    rows = list(csv.reader(io.StringIO(asked.stdout)))
    assert len(rows) - 1 >= canned_queries()[name].example_rows
    for words in CONTENT.get(name, ()):
        assert words in asked.stdout

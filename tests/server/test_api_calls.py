"""Calls to copy from a question's page: they ask the same question, whatever the values hold."""

import itertools
import json
import shlex
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from server.api_calls import api_calls

ADDRESS = "http://localhost/queries/q"
VALUES = st.dictionaries(
    st.from_regex(r"\A[a-z]{1,5}\Z"), st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
)


@given(VALUES)
def test_every_call_carries_every_value(values: dict[str, str]) -> None:
    curl, python, r = api_calls(ADDRESS, values)
    words = shlex.split(curl.text.replace(" \\\n", " "))
    sent = dict(word.split("=", 1) for before, word in itertools.pairwise(words) if before.startswith("--data"))
    assert sent == values
    for call in (python, r):
        address = json.loads(call.text[call.text.index("(") + 1 : -1])
        found = {name: value[0] for name, value in parse_qs(urlsplit(address).query, keep_blank_values=True).items()}
        assert found == {**values, "format": "csv"}


def test_what_is_not_set_is_left_out() -> None:
    assert all("=&" not in call.text and "from" not in call.text for call in api_calls(ADDRESS, {"from": ""}))

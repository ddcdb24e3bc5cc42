"""The call that asks a question from a program: for curl, Python and R, ready to be copied."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

__all__ = ["ApiCall", "api_calls"]


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A call as text, and the name of the tool that it is for."""

    tool: str
    text: str


def api_calls(address: str, values: Mapping[str, str]) -> tuple[ApiCall, ...]:
    """The calls that give an answer as a table.

    Arguments:
        address: of the question, absolute, without its parameters.
        values: the parameters that are set.
    """
    told = {name: value for name, value in values.items() if value}
    whole = f"{address}?{urlencode({**told, 'format': 'csv'})}"
    lines = [f"curl -G {shlex.quote(address)} -H 'Accept: text/csv'"]
    lines += [f"  --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in told.items()]
    quoted = json.dumps(whole, ensure_ascii=False)
    return (
        ApiCall("curl", " \\\n".join(lines)),
        ApiCall("Python", f"import pandas\n\nanswer = pandas.read_csv({quoted})"),
        ApiCall("R", f"answer <- read.csv({quoted})"),
    )

"""Where a remote store is, and who we are to it. Secrets stay out of addresses, messages and logs."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.errors import BadUsage

__all__ = ["Addresses", "RemoteAccess"]

_SECONDS = 300.0
_PAGE = 10_000
_PRODUCTS = Path(__file__).with_name("products.toml")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where one store takes what.

    Arguments:
        query: SPARQL queries.
        update: SPARQL updates.
        graphs: the Graph Store Protocol; empty where there is none, then updates do its work.
    """

    query: str
    update: str
    graphs: str = ""


@dataclass(frozen=True, slots=True)
class RemoteAccess:
    """How to reach a remote store.

    Arguments:
        query: the address of its queries.
        update, graphs: those of updates and of the Graph Store Protocol; found by the product unless given.
        user, password: for HTTP Basic or Digest, as the store asks.
        token: a bearer token instead.
        seconds: how long an answer may take.
        page_triples: how many triples are asked for at a time.
    """

    query: str
    update: str = ""
    graphs: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    seconds: float = _SECONDS
    page_triples: int = _PAGE

    @classmethod
    def of(cls, location: str, environ: Mapping[str, str] | None = None) -> "RemoteAccess":
        """The access to a location, with what the environment says: MILCOOP_STORE_USER and the like.

        Raises:
            BadUsage: the address holds a password or no host, or a number is none.
        """
        environ = os.environ if environ is None else environ
        try:
            parts = urlsplit(location)
            named, _ = parts.hostname, parts.port
        except ValueError as error:
            raise BadUsage(f"the address of the store is no URL: {error}") from error
        if parts.username is not None or parts.password is not None:
            raise BadUsage(
                "the address of the store holds a user or password, which others would see",
                hint="give them as MILCOOP_STORE_USER and MILCOOP_STORE_PASSWORD",
            )
        if not named:
            raise BadUsage(f"the address {location!r} names no host", hint="write http://host:port/path")
        return cls(
            query=location,
            update=environ.get("MILCOOP_STORE_UPDATE_URL", ""),
            graphs=environ.get("MILCOOP_STORE_GRAPHS_URL", ""),
            user=environ.get("MILCOOP_STORE_USER", ""),
            password=environ.get("MILCOOP_STORE_PASSWORD", ""),
            token=environ.get("MILCOOP_STORE_TOKEN", ""),
            seconds=_number(environ, "MILCOOP_STORE_SECONDS", _SECONDS),
            page_triples=int(_number(environ, "MILCOOP_STORE_PAGE", _PAGE)),
        )

    def addresses(self, answer_headers: Mapping[str, str]) -> Addresses:
        """Where the store takes what, as far as its address and its answers tell which product it is.

        Arguments:
            answer_headers: of an answer of the store, with names in lower case.
        """
        update, graphs = self.query, ""
        for product in _products():
            found = re.match(product["path"], self.query)
            name, _, pattern = product.get("answer", "").partition(": ")
            if found and (not name or re.match(pattern, answer_headers.get(name, ""))):
                update, graphs = found.expand(product["update"]), found.expand(product["graphs"])
                break
        return Addresses(self.query, self.update or update, self.graphs or graphs)


@cache
def _products() -> list[dict[str, Any]]:
    products: list[dict[str, Any]] = tomllib.loads(_PRODUCTS.read_text("utf-8"))["product"]
    return products


def _number(environ: Mapping[str, str], name: str, default: float) -> float:
    given = environ.get(name)
    if given is None:
        return default
    try:
        number = float(given)
    except ValueError:
        number = 0.0
    if number <= 0:
        raise BadUsage(f"{name} is {given!r}, which is no positive number")
    return number

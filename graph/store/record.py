"""What is written down beside each snapshot: when it was made, from which shipped files, and what clashes in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse

from graph.reasoner.interface import Inconsistency

__all__ = ["SnapshotRecord"]


@dataclass(frozen=True, slots=True)
class SnapshotRecord:
    """What is known about a snapshot besides its triples.

    Arguments:
        committed: the moment of the commit, ISO 8601 in UTC.
        shipped: the digest of the ontology and reference files that the state holds; None for a bare store.
        inconsistencies: the contradictions found by the last inference.
        origin: of a mirror, which state of its original this is.
        settled: the highest number of a data file when they were merged the last time: see `graph.store.settling`.
    """

    committed: str
    shipped: str | None = None
    inconsistencies: tuple[Inconsistency, ...] = ()
    origin: str | None = None
    settled: int = 0

    def to_json(self) -> str:
        """The record as a JSON document."""
        return json.dumps(
            {
                "committed": self.committed,
                "shipped": self.shipped,
                **({} if self.origin is None else {"origin": self.origin}),
                **({"settled": self.settled} if self.settled else {}),
                "inconsistencies": [
                    {"rule": found.rule, "message": found.message, "triples": _to_ntriples(found.triples)}
                    for found in self.inconsistencies
                ],
            },
            ensure_ascii=False,
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str) -> "SnapshotRecord":
        """The record that `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: it is damaged.
        """
        data: Mapping[str, Any] = json.loads(text)
        return cls(
            committed=str(data["committed"]),
            shipped=data["shipped"],
            inconsistencies=tuple(
                Inconsistency(found["rule"], found["message"], _from_ntriples(found["triples"]))
                for found in data["inconsistencies"]
            ),
            origin=data.get("origin"),
            settled=int(data.get("settled", 0)),
        )


def _to_ntriples(triples: tuple[Triple, ...]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)


def _from_ntriples(text: str) -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in parse(text, RdfFormat.N_TRIPLES))

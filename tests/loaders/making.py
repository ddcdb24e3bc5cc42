"""Documents and readers for tests: made here, so that each test shows what it is about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Triple

from graph.reasoner.interface import Closure
from graph.store import Store, open_store
from loaders.reading.facts import Entity, Exercise, Membership, PartialDate, Reading, Span, Stated
from ontology import entity

STATES = {"Казахстан": "KAZ", "Россия": "RUS", "Италия": "ITA"}


LEAGUE = Entity("organization", "Лига", iri=entity("organization", "League"))
"""An organization that no reference data knows, so that all that is said of it comes from the test."""


class NoReasoner:
    """Infers nothing: what a test of loading is about does not depend on inference, which takes its seconds."""

    name = "none"

    def closure(self, triples: Iterable[Triple], *, full: bool = False, earlier: Closure | None = None) -> Closure:
        return Closure()


def full_store(location: object = "memory:") -> Store:
    """A store with ontology, reference data and merged graph, without OWL reasoning."""
    return open_store(str(location), reasoner=NoReasoner())


def state(name: str) -> Entity:
    return Entity("state", name, iri=entity("state", STATES[name]), state=STATES[name])


@dataclass(frozen=True)
class TinyReader:
    """Reads two sentences: «X входит в Лигу.» and «Учение "N-YYYY": X, Y.»"""

    def read(self, text: str, language: str | None = None) -> Reading:
        facts: list[Membership | Exercise] = []
        for found in re.finditer(r"(\w+) входит в Лигу\.", text):
            evidence = (Span(found.start(), found.end()),)
            facts.append(
                Membership(member=state(found[1]), organization=LEAGUE, evidence=evidence, rule="test/membership")
            )
        for found in re.finditer(r'Учение "(\w+)-(\d{4})": ([\w, ]+)\.', text):
            evidence = (Span(found.start(), found.end()),)
            facts.append(
                Exercise(
                    name=found[1],
                    start=Stated(PartialDate(int(found[2])), evidence, "test/exercise"),
                    participants=tuple(Stated(state(name), evidence, "test/exercise") for name in found[3].split(", ")),
                    evidence=evidence,
                    rule="test/exercise",
                )
            )
        if "сломайся" in text:
            raise RuntimeError("the reader has a fault")
        return Reading(language or "ru", text.splitlines()[0][:60] if "\n" in text else None, facts=tuple(facts))


def pdf(*pages: list[str], title: str | None = None) -> bytes:
    """A PDF file with a text layer in windows-1251, whose font says which letters the bytes mean."""
    mapping = "".join(
        f"<{code:02X}> <{ord(bytes([code]).decode('cp1251')):04X}>\n" for code in range(32, 256) if code != 0x98
    )
    chunks = [mapping[i : i + 100 * 14] for i in range(0, len(mapping), 100 * 14)]
    cmap = "begincmap\n1 begincodespacerange <00> <FF> endcodespacerange\n"
    cmap += "".join(f"{chunk.count(chr(10))} beginbfchar\n{chunk}endbfchar\n" for chunk in chunks) + "endcmap"
    objects = [b"", b"", _stream(cmap.encode()), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 3 0 R>>"]
    kids = []
    for lines in pages:
        shown = b"".join(b"0 -14 Td <" + line.encode("cp1251").hex().encode() + b"> Tj\n" for line in lines)
        objects.append(_stream(b"BT /F1 11 Tf 40 800 Td\n" + shown + b"ET"))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 4 0 R>>>>>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    objects.append(f"<</Title({title})>>".encode() if title else b"<<>>")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    trailer = f"trailer <</Size {size}/Root 1 0 R/Info {size - 1} 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()
    return out + f"xref\n0 {size}\n0000000000 65535 f \n".encode() + table + trailer


def _stream(data: bytes) -> bytes:
    return f"<</Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"

"""How large a document becomes by the entities that it declares."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query.rdf_content import NotRdf, parsed
from graph.query.request import Representation
from graph.xml_entities import expanded_bytes

BODY = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
    '<rdf:Description rdf:about="http://x/a"><x:p>%s</x:p></rdf:Description></rdf:RDF>'
)


def document(entities: list[str], text: str) -> bytes:
    declared = "".join(f'<!ENTITY e{n} "{value}">' for n, value in enumerate(entities))
    return f'<?xml version="1.0"?><!DOCTYPE r [{declared}]>{BODY % text}'.encode()


@given(
    st.lists(st.tuples(st.text("abc", max_size=5), st.integers(0, 3)), min_size=1, max_size=5),
    st.integers(0, 4),
)
def test_it_is_never_taken_for_smaller_than_it_is(entities: list[tuple[str, int]], uses: int) -> None:
    values = [text + (f"&e{n - 1};" * times if n else "") for n, (text, times) in enumerate(entities)]
    data = document(values, f"&e{len(values) - 1};" * uses + "x")
    (quad,) = pyoxigraph.parse(data, pyoxigraph.RdfFormat.RDF_XML)
    assert isinstance(quad.object, pyoxigraph.Literal)
    assert expanded_bytes(data) >= len(quad.object.value)


def test_what_is_short_and_stands_for_gigabytes_is_refused() -> None:
    data = document(["lol" * 100, *(f"&e{n};" * 10 for n in range(11))], "&e11;")
    assert expanded_bytes(data) > 10**12
    with pytest.raises(NotRdf, match="entities"):
        list(parsed(Representation(data, "application/rdf+xml"), None))


def test_namespaces_written_as_entities_are_read() -> None:
    data = document(["http://x/", "&e0;more/"], "&e1;a")
    (triple,) = parsed(Representation(data, "application/rdf+xml"), None)
    assert isinstance(triple.object, pyoxigraph.Literal)
    assert triple.object.value == "http://x/more/a"

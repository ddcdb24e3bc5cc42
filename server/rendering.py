"""What the templates have at hand: the interface's words, names of the graph, and links that keep the language."""

import re
from typing import Any, cast
from urllib.parse import urlencode

from flask import Flask, g, jsonify, make_response, render_template, request, url_for
from markupsafe import Markup
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from werkzeug.wrappers import Response

from graph.query.formats import NotAcceptable
from graph.query.negotiation import negotiate
from ontology import LANGUAGES, XSD
from server.addresses import Addresses
from server.description import FactGroup, exists
from server.layers import Layers, Quads
from server.localization import LANGUAGE_NAMES, Interface, interface_for, texts
from server.names import Name, Names, compact
from server.resources import current_snapshot, resources
from server.schema import Schema, read_schema

__all__ = [
    "addresses",
    "chosen_media_type",
    "has_page",
    "install_rendering",
    "interface",
    "json_answer",
    "name_of",
    "names",
    "page",
    "page_of",
    "schema",
    "speak_of",
    "wants_json",
]


MENU = (
    ("questions", "queries.listed"),
    ("documents", "documents.listed"),
    ("cooperation", "network.shown"),
    ("watch", "feeds.new"),
    ("vocabulary", "ontology.vocabulary"),
    ("sparql", "sparql.endpoint"),
)
"""What the head of every page leads to: a key of the interface's words under `site`, and an endpoint."""

_PAGE_OR_JSON = {"html": "text/html", "json": "application/json"}
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_NUMERIC = frozenset(XSD[name] for name in ("integer", "decimal", "double", "float", "int", "long"))


def interface() -> Interface:
    """The interface of the present request."""
    if "interface" not in g:
        g.interface = interface_for(request.args.get("lang"), request.headers.get("Accept-Language"))
    found: Interface = g.interface
    return found


def addresses() -> Addresses:
    """The mapping between IRIs and paths, for the place where the application is mounted."""
    return Addresses(resources().settings.base_iri, request.script_root)


def names() -> Names:
    """The names of the current snapshot, and of what the present request speaks of besides (`speak_of`)."""
    if "names" in g:
        besides: Names = g.names
        return besides
    snapshot = current_snapshot()
    return resources().derived("names", snapshot, lambda s: Names(s.rdf))


def speak_of(rdf: Quads) -> None:
    """Let the present page name things that are not in the store; links lead only to those that are.

    Arguments:
        rdf: what is said of them.
    """
    g.names = Names(Layers(rdf, current_snapshot().rdf))


def schema() -> Schema:
    """What the ontology of the current snapshot says of classes and properties."""
    return resources().derived("schema", current_snapshot(), read_schema)


def name_of(iri: str) -> Name:
    """What to call a thing in the reader's language; terms of other vocabularies have their names in the interface."""
    foreign = texts(interface().language).get(f"terms.{compact(iri)}")
    return names().of(iri, interface().preference) if foreign is None else Name(foreign, interface().language)


def page(template: str, **values: object) -> Response:
    """An HTML page made from a template."""
    response = make_response(render_template(template, **values))
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def json_answer(value: object) -> Response:
    """A value as JSON, with names in the reader's language."""
    response = cast(Response, jsonify(value))
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def wants_json() -> bool:
    """Whether the request asks for data rather than for the page, of what can be had as these two.

    Raises:
        NotAcceptable: the client wants neither.
    """
    return chosen_media_type(tuple(_PAGE_OR_JSON.values()), _PAGE_OR_JSON) == "application/json"


def chosen_media_type(offered: tuple[str, ...], by_format: dict[str, str]) -> str:
    """The media type that the request asks for, by `?format=` or by `Accept`.

    Arguments:
        offered: the media types on offer, the best for us first.
        by_format: the media type for each value of `?format=`.

    Raises:
        NotAcceptable: the client wants none of them.
    """
    wanted = request.args.get("format")
    if wanted is not None:
        if wanted not in by_format:
            raise NotAcceptable(f"This cannot be had as {wanted!r}", hint=f"there are {', '.join(by_format)}")
        return by_format[wanted]
    chosen = negotiate(request.headers.get("Accept"), offered)
    if chosen is None:
        raise NotAcceptable("This cannot be had as Accept asks", hint=f"there are {', '.join(offered)}")
    return chosen


def _with_language(path: str) -> str:
    """The path with `?lang=` where the present page has it; links of a page in a chosen language keep it."""
    if not interface().chosen:
        return path
    address, mark, fragment = path.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}lang={interface().language}{mark}{fragment}"


def _path_to(endpoint: str, **values: Any) -> str:
    return _with_language(url_for(endpoint, **values))


def page_of(iri: str) -> str:
    """The address of the page of a thing, in the language of the present page."""
    return _with_language(addresses().page(iri))


def _words_of(table: str) -> dict[str, str]:
    """The words of one table of the interface, for a script that shows them."""
    prefix = f"{table}."
    return {
        key.removeprefix(prefix): text for key, text in texts(interface().language).items() if key.startswith(prefix)
    }


def _other_languages() -> list[tuple[str, str, str]]:
    """Code, name and address of the present page in each language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    base = request.script_root + request.path
    return [(code, LANGUAGE_NAMES[code], f"{base}?{urlencode([*kept, ('lang', code)])}") for code in LANGUAGES]


def _link(iri: str, text: str | None = None) -> Markup:
    """A link to the page of a thing, with its name in the reader's language as its text.

    Terms of other vocabularies that the graph uses and does not describe have no page here: the link leads to them
    themselves, if the web has them. A page has many links to the same thing: each is made once.
    """
    made: dict[tuple[str, str | None], Markup] = g.setdefault("links", {})
    if (iri, text) not in made:
        made[iri, text] = _new_link(iri, text)
    return made[iri, text]


def _new_link(iri: str, text: str | None) -> Markup:
    name = Name(text, "") if text is not None else name_of(iri)
    language = Markup(' lang="{}"').format(name.language) if name.language not in ("", interface().language) else ""
    address = page_of(iri) if has_page(iri) else iri if iri.startswith(("http://", "https://")) else None
    if address is None:
        return Markup('<span{} title="{}">{}</span>').format(language, compact(iri), name.text)
    return Markup('<a href="{}"{} title="{}">{}</a>').format(address, language, compact(iri), name.text)


def has_page(iri: str) -> bool:
    """Whether there is a page: what is not in the store has one if its IRI is ours, to say that nothing is known."""
    return (addresses().is_own(iri) and "names" not in g) or exists(current_snapshot().rdf, iri)


def _show(term: NamedNode | BlankNode | Literal | Triple | None, *, short: bool = False) -> Markup:
    """A term as readers like it: things as links, texts with their language, values plain."""
    if isinstance(term, NamedNode):
        return _link(term.value, compact(term.value) if short else None)
    if isinstance(term, Literal):
        language = Markup(' lang="{}"').format(term.language) if term.language else ""
        return Markup("<span{}>{}</span>").format(language, term.value)
    if isinstance(term, Triple):
        parts = (_show(part, short=short) for part in (term.subject, term.predicate, term.object))
        return Markup("⟨{} {} {}⟩").format(*parts)
    return Markup("<span>{}</span>").format("" if term is None else names().of(term, interface().preference).text)


def _cell_class(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    """The CSS class of a cell of a table: numbers stand to the right, dates on one line."""
    if not isinstance(term, Literal):
        return ""
    if _DATE.fullmatch(term.value):
        return "date"
    return "number" if term.datatype.value in _NUMERIC else ""


def _why(triple: Triple, *, limit: int | None = None) -> str:
    """The address that explains a triple, with as many proofs."""
    terms = {"s": str(triple.subject), "p": str(triple.predicate), "o": str(triple.object)}
    if limit is not None:
        terms["limit"] = str(limit)
    return _with_language(f"{request.script_root}/explain?{urlencode(terms)}")


def _rest_of(iri: str, group: FactGroup) -> str:
    """The query for all facts of a group that a page shows in part."""
    pattern = f"?thing <{group.predicate}> <{iri}>" if group.incoming else f"<{iri}> <{group.predicate}> ?thing"
    query = f"SELECT DISTINCT ?thing WHERE {{\n  {pattern} .\n}}\nORDER BY ?thing"
    return _with_language(f"{request.script_root}/sparql?{urlencode({'query': query})}")


def install_rendering(app: Flask) -> None:
    """Give the templates their names."""

    @app.context_processor
    def at_hand() -> dict[str, object]:
        return {
            "t": interface().text,
            "words_of": _words_of,
            "menu": MENU,
            "number": interface().number,
            "language": interface().language,
            "chosen_language": interface().language if interface().chosen else None,
            "languages": _other_languages(),
            "path_to": _path_to,
            "page_of": page_of,
            "data_of": addresses().data,
            "link": _link,
            "name_of": name_of,
            "show": _show,
            "cell_class": _cell_class,
            "why": _why,
            "rest_of": _rest_of,
            "read_only": not resources().takes_writes,
        }

"""Findings as an Atom feed (RFC 4287)."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from server.findings import Finding
from server.rendering import name_of

__all__ = ["atom_feed"]

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_NEVER = "1970-01-01T00:00:00Z"
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHOLE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_PART = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def atom_feed(findings: Iterable[Finding], *, title: str, language: str, address: str, written: str) -> bytes:
    """The feed as XML.

    Arguments:
        findings: what it tells of.
        title: of the feed.
        language: of its words.
        address: of the feed itself; makes the other addresses absolute.
        written: when the state was written that it tells of (ISO 8601); since then a feed without findings is so.
    """
    register_namespace("", _ATOM)
    feed = Element(f"{{{_ATOM}}}feed", {f"{_XML}lang": language})
    entries = list(findings)
    _add(feed, "id", address)
    _add(feed, "title", title)
    latest = max((_moment(finding.updated) for finding in entries), default=_NEVER)
    _add(feed, "updated", latest if latest != _NEVER else _moment(written))
    SubElement(feed, f"{{{_ATOM}}}link", {"rel": "self", "href": address})
    _add(SubElement(feed, f"{{{_ATOM}}}author"), "name", "milcoop")
    for finding in entries:
        entry = SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "id", finding.id)
        _add(entry, "title", finding.title)
        _add(entry, "updated", _moment(finding.updated))
        SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "href": urljoin(address, finding.page)})
        said = (f"{name_of(document).text}: {text}" for document, text in finding.says)
        _add(entry, "summary", "\n".join(filter(None, (finding.text, *said))) or finding.title)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}{name}").text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _moment(text: str) -> str:
    """A date of any precision as RFC 3339 wants it; the beginning of what is not known more precisely."""
    if _WHOLE.fullmatch(text):
        return text
    day = _PART.match(text)
    return f"{day[1]}-{day[2] or '01'}-{day[3] or '01'}T00:00:00Z" if day else _NEVER

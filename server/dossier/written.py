"""A dossier as Markdown, with footnotes as Pandoc and GitHub have them."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from server.dossier.model import Dossier, Sentence

__all__ = ["as_markdown"]

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def as_markdown(dossier: Dossier, address: str) -> str:
    """The dossier as Markdown.

    Arguments:
        dossier: the dossier.
        address: of its page, which makes addresses in it absolute.
    """
    return "\n".join(_lines(dossier, address)) + "\n"


def _lines(dossier: Dossier, address: str) -> Iterator[str]:
    yield f"# {_plain(dossier.title)}\n"
    for sentence in dossier.summary:
        yield f"{_sentence(sentence, address)}\n"
    for section in dossier.sections:
        yield f"## {_plain(section.heading)}\n"
        for sentence in section.sentences:
            yield f"- {_sentence(sentence, address)}"
        if section.more:
            yield f"- {_plain(dossier.more.format(count=section.more))}"
        yield ""
    for note in dossier.notes:
        issued = f", {note.issued}" if note.issued else ""
        yield f"[^{note.number}]: [{_plain(note.title)}]({urljoin(address, note.page)}){issued}: “{_plain(note.quote)}”"


def _sentence(sentence: Sentence, address: str) -> str:
    lead = _plain(sentence.lead)
    if sentence.page:
        lead = f"[{lead}]({urljoin(address, sentence.page)})"
    return lead + _plain(sentence.rest) + "".join(f"[^{number}]" for number in sentence.notes)


def _plain(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split(" ")).replace("\n", " "))

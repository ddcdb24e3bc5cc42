"""A dossier as a Word document (Office Open XML)."""

import io
import re
from urllib.parse import urljoin

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from server.dossier.model import Dossier, Sentence

__all__ = ["as_docx"]

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINK = RGBColor(0x17, 0x63, 0x5F)


def as_docx(dossier: Dossier, address: str) -> bytes:
    """The dossier as a Word document; its footnotes stand at the end, numbered.

    Arguments:
        dossier: the dossier.
        address: of its page, which makes addresses in it absolute.
    """
    document = Document()
    document.core_properties.title = _text(dossier.title)
    document.core_properties.language = dossier.language
    document.core_properties.author = "milcoop"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(_text(dossier.title), 0)
    for sentence in dossier.summary:
        _say(document.add_paragraph(), sentence, address)
    for section in dossier.sections:
        document.add_heading(_text(section.heading), 1)
        for sentence in section.sentences:
            _say(document.add_paragraph(style="List Bullet"), sentence, address)
        if section.more:
            document.add_paragraph(_text(dossier.more.format(count=section.more)), style="List Bullet")
    if dossier.notes:
        document.add_heading(_text(dossier.notes_heading), 1)
    for note in dossier.notes:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{note.number}  ").bold = True
        _link(paragraph, note.title, urljoin(address, note.page))
        paragraph.add_run(_text(f"{', ' + note.issued if note.issued else ''}: “{note.quote}”"))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _say(paragraph: Paragraph, sentence: Sentence, address: str) -> None:
    if sentence.page:
        _link(paragraph, sentence.lead, urljoin(address, sentence.page))
    else:
        paragraph.add_run(_text(sentence.lead)).bold = True
    paragraph.add_run(_text(sentence.rest))
    if sentence.notes:
        paragraph.add_run(" " + ", ".join(map(str, sentence.notes))).font.superscript = True


def _link(paragraph: Paragraph, text: str, address: str) -> None:
    """A hyperlink: python-docx reads them and has no call to make one."""
    related = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), related)
    run = paragraph.add_run(_text(text))
    run.font.color.rgb = _LINK
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _text(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)

"""What a dossier is made of, before it is a page, a Markdown text or a Word document."""

from dataclasses import dataclass

__all__ = ["Dossier", "Note", "Section", "Sentence"]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote.

    Arguments:
        number: from 1.
        document: IRI of the document.
        title: of the document.
        issued: its date (ISO 8601), or `""`.
        quote: its words.
        page: the address of the words in the document.
    """

    number: int
    document: str
    title: str
    issued: str
    quote: str
    page: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence about a thing.

    Arguments:
        lead: its first words, which name the thing.
        page: the address of the thing, or `""`.
        rest: what is said of it; begins with what parts it from the lead.
        notes: numbers of its footnotes.
    """

    lead: str
    page: str
    rest: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences about doings of one kind.

    Arguments:
        kind: which kind, or `""` for what begins the dossier.
        heading: in the reader's language.
        sentences: the latest doing first.
        more: how many more there are than are told.
    """

    kind: str
    heading: str
    sentences: tuple[Sentence, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier in one language.

    Arguments:
        language: of its words.
        title: whom it is about.
        summary: what is to be said of all of it.
        sections: one a kind.
        notes: the footnotes in the order of their numbers.
        notes_heading: what stands above the notes.
        more: the words for what is left out of a section, with `{count}`.
    """

    language: str
    title: str
    summary: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    notes_heading: str
    more: str

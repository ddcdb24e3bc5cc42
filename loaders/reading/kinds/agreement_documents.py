"""Documents spoken of in a text: «меморандум о взаимопонимании с Индией», «казахстанско-турецкий план на 2024 год».

A document is a noun of agreement with what describes it: its type, its title, whom it names as parties, and its
subject matter. What is done with it (signed, ratified, planned) is read elsewhere.
"""

from dataclasses import dataclass
from typing import cast

from loaders.reading.context import Context
from loaders.reading.facts import AgreementType
from loaders.reading.kinds.agreement_extent import describes, extent_begin, extent_end, noun_of
from loaders.reading.kinds.agreement_words import AGREEMENT
from loaders.reading.lexicon import Sense

TYPES: tuple[AgreementType, ...] = (
    "treaty", "agreement", "memorandum", "plan", "protocol", "contract", "declaration", "other",
)  # fmt: skip
TOPICAL = frozenset({"NOUN", "ADJ", "PROPN"})
COUNTS = {"count_two": 2, "count_three": 3, "count_four": 4}


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a text.

    Arguments:
        noun: its noun.
        first, last: the tokens that describe it, adjectives before the noun included.
        kind: its type; None for a word for any document («документ»).
        topic: the lemmas of what it is about.
        count: how many documents the words mean.
        topics: where several are told apart by their subject («два соглашения – о … и о …»), these stretches.
    """

    noun: int
    first: int
    last: int
    kind: AgreementType | None
    topic: frozenset[str] = frozenset()
    count: int = 1
    topics: tuple[tuple[int, int], ...] = ()


def find_documents(context: Context) -> tuple[Document, ...]:
    """All documents of a text, in its order."""
    names = [AGREEMENT + kind for kind in TYPES]
    found: list[Document] = []
    for sense in context.senses.all(*names, "document_noun"):
        noun = noun_of(context, sense)
        token = context.text.tokens[noun]
        if token.pos not in {"NOUN", "PROPN", "NUM", "ADJ"} or _in_name(context, sense):
            continue
        kind = sense.name.removeprefix(AGREEMENT) if sense.name in names else None
        found.append(_document(context, sense, noun, cast("AgreementType | None", kind)))
    return tuple(found)


def _in_name(context: Context, sense: Sense) -> bool:
    """Within the name of something else: «Организация Договора о коллективной безопасности»."""
    return any(
        m.entity.kind in {"organization", "exercise", "series", "mission", "company", "institution"}
        and (m.first < sense.first or m.last > sense.last)
        for m in context.mentions.at(sense.first)
    )


def _document(context: Context, sense: Sense, noun: int, kind: AgreementType | None) -> Document:
    first = extent_begin(context, sense, noun)
    sentence = context.sentence(noun)
    last = extent_end(context, sense, sentence.last)
    topics = _topics(context, last, sentence.last)
    begin = topic_begin(context, noun, last)
    words = [*range(first, noun), *range(begin, last)]
    dated = {i for d in context.dates_in(words) for i in context.tokens_of(d.span)}
    topic = frozenset(
        context.text.tokens[i].lemma
        for i in words
        if context.text.tokens[i].pos in TOPICAL and i not in dated and (i > noun or _is_topical(context, i))
    )
    return Document(noun, first, last, kind, topic, _count(context, noun), topics)


def _is_topical(context: Context, index: int) -> bool:
    """Before the noun only other nouns say what it is about; adjectives may say how it is ("new", "landmark")."""
    return context.text.tokens[index].pos == "NOUN" and not context.mentions.at(index)


def topic_begin(context: Context, noun: int, last: int) -> int:
    """Where the subject matter begins: after the parties («с ЕС», «между Россией и Индией»)."""
    at = noun + 1
    dated = {i for d in context.dates_in(range(at, last)) for i in context.tokens_of(d.span)}
    while at < last:
        token = context.text.tokens[at]
        if at in dated:
            at += 1
            continue
        if token.pos == "ADP" and context.senses.has(at, "topic_of"):
            return at
        if token.pos == "NOUN" and not context.mentions.at(at):
            return _phrase_begin(context, at, noun + 1)
        at += 1
    return at if at < last else noun + 1


def _phrase_begin(context: Context, noun: int, first: int) -> int:
    """Where the words of a noun begin: "of bilateral [activities]", without the names of parties before it."""
    at = noun
    while at > first and context.text.tokens[at - 1].head == noun and not context.mentions.at(at - 1):
        at -= 1
    return at


def _count(context: Context, noun: int) -> int:
    for child in context.text.children[noun]:
        for sense, size in COUNTS.items():
            if context.senses.has(child, sense):
                return size
    return 1


def _topics(context: Context, at: int, limit: int) -> tuple[tuple[int, int], ...]:
    """«… – о вооружённых силах и пограничных войсках и о стратегических силах»: each «о» begins a subject."""
    tokens = context.text.tokens
    if at >= limit or tokens[at].text not in {"–", "—", "-", ":"} or at + 1 >= limit:
        return ()
    if not context.senses.has(at + 1, "about") or tokens[at + 1].pos != "ADP":
        return ()
    starts = []
    end = at + 1
    while end < limit and tokens[end].text not in {";", ".", ":"} and tokens[end].feats.get("VerbForm") != "Fin":
        if tokens[end].lower == tokens[at + 1].lower:
            starts.append(end)
        end += 1
    if len(starts) < 2:
        return ()
    ends = [_trimmed(context, s, e) for s, e in zip(starts, [*starts[1:], end], strict=True)]
    return tuple(zip(starts, ends, strict=True))


def _trimmed(context: Context, first: int, last: int) -> int:
    while last > first + 1 and context.text.tokens[last - 1].pos in {"CCONJ", "PUNCT"}:
        last -= 1
    return last


def titles(context: Context, document: Document) -> list[str]:
    """What the documents are called, in the nominative, parties left out."""
    first = document.noun
    while first > document.first and _is_titular(context, first - 1):
        first -= 1
    begin = topic_begin(context, document.noun, document.last)
    head = context.nominative(first, document.noun + 1)
    if document.topics:
        return [f"{head} {context.words(a, b)}" for a, b in document.topics]
    rest = context.words(begin, document.last) if begin > document.noun else ""
    return [" ".join(f"{head} {rest}".split())]


def _is_titular(context: Context, index: int) -> bool:
    """Whether a word before the noun belongs to the title: «военно-технический договор», "defence cooperation pact"."""
    token = context.text.tokens[index]
    if token.pos == "DET" or context.senses.has(index, "another_of_kind"):
        return False
    return describes(context, index) or (token.rel == "compound" and not context.mentions.at(index))

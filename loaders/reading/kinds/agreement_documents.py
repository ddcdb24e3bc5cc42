"""Documents spoken of in a text: «меморандум о взаимопонимании с Индией», «казахстанско-турецкий план на 2024 год».

A document is a noun of agreement with what describes it: its type, its title, whom it names as parties, and its
subject matter. What is done with it (signed, ratified, planned) is read elsewhere.
"""

from dataclasses import dataclass
from typing import cast

from loaders.reading.context import Context
from loaders.reading.facts import AgreementType
from loaders.reading.kinds.agreement_words import AGREEMENT, JOINED, PARTY
from loaders.reading.kinds.clause_limits import DASHES
from loaders.reading.lexicon import Sense

TYPES: tuple[AgreementType, ...] = (
    "treaty", "agreement", "memorandum", "plan", "protocol", "contract", "declaration", "other",
)  # fmt: skip
ENDS = frozenset({",", ";", ":", ".", "(", ")", "–", "—", "!", "?", "..."})
BRACKETS = frozenset({"(", ")", ";", ":"})
QUOTES = frozenset({"«", "»", '"', "“", "”", "„"})
ADJECTIVES = frozenset({"ADJ", "DET"})
ATTRIBUTES = frozenset({"amod", "nmod", "nmod:poss", "compound", "det", "flat", "acl"})
TOPICAL = frozenset({"NOUN", "ADJ", "PROPN"})
TITLE_WORDS = 14
LARGEST_COUNT = 4
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
        noun = _noun(context, sense)
        token = context.text.tokens[noun]
        if token.pos not in {"NOUN", "PROPN", "NUM", "ADJ"} or _in_name(context, sense):
            continue
        kind = sense.name.removeprefix(AGREEMENT) if sense.name in names else None
        found.append(_document(context, sense, noun, cast("AgreementType | None", kind)))
    return tuple(found)


def _noun(context: Context, sense: Sense) -> int:
    """The word of a phrase on which the others depend."""
    inside = range(sense.first, sense.last)
    return next(
        (i for i in inside if context.text.tokens[i].head not in inside and context.text.tokens[i].pos == "NOUN"),
        sense.first,
    )


def _in_name(context: Context, sense: Sense) -> bool:
    """Within the name of something else: «Организация Договора о коллективной безопасности»."""
    return any(
        m.entity.kind in {"organization", "exercise", "series", "mission", "company", "institution"}
        and (m.first < sense.first or m.last > sense.last)
        for m in context.mentions.at(sense.first)
    )


def _document(context: Context, sense: Sense, noun: int, kind: AgreementType | None) -> Document:
    first = sense.first
    sentence = context.sentence(noun)
    own = _below(context, noun)
    while first > sentence.first and (_describes(context, first - 1) or _owns(context, first - 1, own)):
        first -= 1
    last = _end(context, sense, sentence.last)
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


def _describes(context: Context, index: int) -> bool:
    """An adjective before the noun; a name that was taken for one is none."""
    token = context.text.tokens[index]
    return token.pos in ADJECTIVES and all(m.form == "adjective" for m in context.mentions.at(index))


def _below(context: Context, noun: int) -> set[int]:
    """What describes the noun, its adpositions left out."""
    parts = (c for c in context.text.children[noun] if context.text.tokens[c].rel in ATTRIBUTES)
    return {i for part in parts for i in context.phrase(part)}


def _owns(context: Context, index: int, own: set[int]) -> bool:
    """What hangs on the noun before it: "the India–Kenya defence pact", «Үндістан мен Кения арасындағы келісім»."""
    token = context.text.tokens[index]
    if index not in own or token.pos in {"VERB", "AUX", "NUM"} or token.text in ENDS - DASHES:
        return False
    return any(context.relation_of(m) in PARTY | {""} for m in context.mentions.at(index)) or (
        token.pos != "PROPN" or (token.rel == "compound" and not context.mentions.at(index))
    )


def _is_topical(context: Context, index: int) -> bool:
    """Before the noun only other nouns say what it is about; adjectives may say how it is ("new", "landmark")."""
    return context.text.tokens[index].pos == "NOUN" and not context.mentions.at(index)


def _end(context: Context, sense: Sense, limit: int) -> int:
    """Where the words that describe a document end: at a clause, another document, a place or a date of its signing."""
    below = set(context.text.subtree(_noun(context, sense)))
    at = sense.last
    while at < min(limit, sense.first + TITLE_WORDS):
        token = context.text.tokens[at]
        if (token.text == "," or token.pos == "CCONJ") and _lists_parties(context, at):
            at += 1
            continue
        own = (_own_date(context, at), _own_topic(context, at, limit), _own_subject(context, at, limit))
        if (beyond := max(own)) > at:
            at = beyond
            continue
        if token.text in ENDS or (token.pos in {"VERB", "AUX"} and "Case" not in token.feats):
            break
        if token.pos == "CCONJ" and _starts_other(context, at + 1, limit):
            break
        if any(m.first == at and m.is_actor and context.relation_of(m) == "subject" for m in context.mentions.at(at)):
            break
        if token.index not in below and token.text not in QUOTES and not _names_parties(context, at):
            break
        if _is_circumstance(context, at):
            break
        at += 1
    return at


def _own_date(context: Context, at: int) -> int:
    """Where the date of a document ends («от 26 августа 2015 года»), whatever the parser hung it on."""
    dates = [d for d in context.dates_in([at, at + 1]) if d.lead == "of"]
    spans = [context.tokens_of(d.span) for d in dates]
    return next((s[-1] + 1 for s in spans if s and s[0] in {at, at + 1}), at)


def _own_topic(context: Context, at: int, limit: int) -> int:
    """Where «(плана) военного сотрудничества» ends, whatever the parser hung it on."""
    tokens = context.text.tokens
    end = at
    while end < limit and tokens[end].pos in ADJECTIVES:
        end += 1
    is_topic = end < limit and context.relation(end) == "of" and context.senses.has(end, "agreement_topic")
    is_topic = is_topic and all(tokens[i].case == tokens[end].case for i in range(at, end))
    return end + 1 if is_topic and (at == 0 or tokens[at - 1].text not in ENDS) else at


def _own_subject(context: Context, at: int, limit: int) -> int:
    """Where «(соглашение …) о сотрудничестве в области обороны» ends: «о» goes with the document."""
    token = context.text.tokens[at]
    if token.pos != "ADP" or not context.senses.has(at, "about") or token.head is None or token.head < at:
        return at
    end = at
    for index in context.phrase(token.head):
        named = any(m.is_actor for m in context.mentions.at(index))
        if index != end or index >= limit or named or context.text.tokens[index].text in BRACKETS:
            continue
        token = context.text.tokens[index]
        if _is_circumstance(context, index) or (token.pos == "VERB" and "Case" not in token.feats and index > at + 1):
            break
        end += 1
    return max(end, at)


def _is_circumstance(context: Context, index: int) -> bool:
    """Where a place, a date or an occasion of the signing begins, whatever the parser hung it on."""
    if context.text.tokens[index].pos != "ADP":
        return False
    aside = any(
        s.name == "aside"
        for s in (*context.senses.at(index), *context.senses.at(index + 1), *context.senses.at(index + 2))
    )
    return aside or _is_place(context, index) or _is_date(context, index)


def _lists_parties(context: Context, at: int) -> bool:
    """«… с Беларусью, Россией и Узбекистаном»: the list of parties goes on after the comma or conjunction."""
    before = [m for m in context.mentions.at(at - 1) if m.is_actor and context.relation_of(m) in PARTY]
    return any(m.first == at + 1 and any(m.case == b.case for b in before) for m in context.mentions.at(at + 1))


def _starts_other(context: Context, index: int, limit: int) -> bool:
    """Whether another document begins within the next words that agree with it."""
    at = index
    while at < limit and context.text.tokens[at].pos in ADJECTIVES:
        at += 1
    return at < limit and any(s.name.startswith(AGREEMENT) for s in context.senses.at(at))


def _names_parties(context: Context, at: int) -> bool:
    """«… с Индией», «… между Россией и Индией» stay with the document, whatever the parser hung them on."""
    token = context.text.tokens[at]
    if token.pos == "ADP":
        following = context.mentions.at(at + 1) or context.mentions.at(at + 2)
        return any(m.is_actor and context.relation_of(m) in JOINED for m in following)
    return token.pos in {"PROPN", "NOUN", "CCONJ", "ADJ"} and any(
        m.is_actor and context.relation_of(m) in PARTY for m in context.mentions.at(at)
    )


def _is_place(context: Context, preposition: int) -> bool:
    """«в Ташкенте»: where it was signed, not what it is about."""
    return any(
        m.first == preposition + 1 and m.entity.kind == "place" and context.relation_of(m) == "in"
        for m in context.mentions.at(preposition + 1)
    )


def _is_date(context: Context, preposition: int) -> bool:
    """«в апреле 2021 года», but not «от 15 мая 1992 года» and «на 2026 год»."""
    first = preposition + 1
    dates = (d for d in context.dates_in((first,)) if d.lead not in {"of", "for"})
    return any(context.tokens_of(d.span)[0] == first for d in dates)


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
    return _describes(context, index) or (token.rel == "compound" and not context.mentions.at(index))

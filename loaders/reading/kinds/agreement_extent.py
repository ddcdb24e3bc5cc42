"""Which words around the noun of a document describe it: from which to which token."""

from loaders.reading.context import Context
from loaders.reading.kinds.agreement_words import AGREEMENT, JOINED, PARTY
from loaders.reading.kinds.clause_limits import DASHES
from loaders.reading.lexicon import Sense

ENDS = frozenset({",", ";", ":", ".", "(", ")", "–", "—", "!", "?", "..."})
BRACKETS = frozenset({"(", ")", ";", ":"})
QUOTES = frozenset({"«", "»", '"', "“", "”", "„"})
ADJECTIVES = frozenset({"ADJ", "DET"})
ATTRIBUTES = frozenset({"amod", "nmod", "nmod:poss", "compound", "det", "flat", "acl"})
TITLE_WORDS = 14


def extent_begin(context: Context, sense: Sense, noun: int) -> int:
    """Where the words that describe a document begin, before its noun."""
    first = sense.first
    sentence = context.sentence(noun)
    own = _below(context, noun)
    while first > sentence.first and (describes(context, first - 1) or _owns(context, first - 1, own)):
        first -= 1
    return first


def noun_of(context: Context, sense: Sense) -> int:
    """The word of a phrase on which the others depend."""
    inside = range(sense.first, sense.last)
    return next(
        (i for i in inside if context.text.tokens[i].head not in inside and context.text.tokens[i].pos == "NOUN"),
        sense.first,
    )


def describes(context: Context, index: int) -> bool:
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


def extent_end(context: Context, sense: Sense, limit: int) -> int:
    """Where the words that describe a document end: at a clause, another document, a place or a date of its signing."""
    if context.relations.head_final:
        return sense.last  # all that describes it stands before it
    below = set(context.text.subtree(noun_of(context, sense)))
    at = sense.last
    while at < min(limit, sense.first + TITLE_WORDS):
        token = context.text.tokens[at]
        if (token.text == "," or token.pos == "CCONJ") and (
            _lists_parties(context, at) or _lists_topics(context, at, below, limit)
        ):
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


def _lists_topics(context: Context, at: int, below: set[int], limit: int) -> bool:
    """ "… on cooperation in medicine, cyber security and training": a comma in the list of what a document is about,
    where the next word is part of it."""
    tokens = context.text.tokens
    topical = any(context.senses.has(i, "agreement_topic", "cooperation_noun") for i in below if i < at)
    if tokens[at].text != "," or at + 1 >= limit or not topical or at + 1 not in below:
        return False
    above = tokens[at + 1].head
    near = [i for i in (at + 1, above) if i is not None and i > at]
    listed = any(tokens[i].rel == "conj" and tokens[i].pos == "NOUN" for i in near)
    return listed and not any(context.mentions.at(i) for i in near)


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

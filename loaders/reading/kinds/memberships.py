"""Memberships: «в ОДКБ входят шесть государств: …», «Турция – член НАТО», «обе страны состоят в ШОС».

Former members, candidates, observers and partners are no members; a denied membership is a claim and no more.
"""

from collections.abc import Iterable, Iterator

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Membership
from loaders.reading.kinds.clause_limits import DASHES
from loaders.reading.kinds.membership_organizations import counted_in, having, organizations_in, possessed_by, whose
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import is_passive

INTO = frozenset({"in", "to"})
BOTH_REACH = 5
"""Words from "members" back to "both"."""


def find(context: Context) -> Iterator[Membership]:
    """The memberships that a text states."""
    seen: set[tuple[Entity, Entity]] = set()
    for fact in (*_by_verb(context), *_by_noun(context), *_comprised(context), *_taken(context)):
        if (fact.member, fact.organization) not in seen and fact.member != fact.organization:
            seen.add((fact.member, fact.organization))
            yield fact


def _by_verb(context: Context) -> Iterator[Membership]:
    """«В ОДКБ входят шесть государств: …», «обе страны состоят в ОДКБ и в ШОС», «вступила в НАТО»."""
    for sense in context.senses.all("membership_verb"):
        verb = sense.first
        if context.text.tokens[verb].pos != "VERB":
            continue
        arguments = context.arguments(verb)
        organizations = [
            m
            for a in arguments
            if a.relation in INTO or a.role == "object"
            for m in organizations_in(context, _with_conjuncts(context, a.head))
        ]
        organizations = organizations or _described(context, verb)
        if not organizations:
            continue
        members = _who(context, verb) + _likened(context, verb)
        members = members or _listed_after(context, verb)
        yield from _facts(context, verb, members, organizations, "membership-verb")


def _described(context: Context, verb: int) -> list[EntityMention]:
    """«ОТГ, в которую входят Казахстан и Турция»: the organization that a relative clause says who is in."""
    pointing = [a.head for a in context.arguments(verb) if a.relation in INTO]
    relative = next((i for i in pointing if context.senses.has(i, "relative_pronoun")), None)
    if relative is None or context.text.tokens[verb].rel != "acl:relcl":
        return []
    begin = context.sentence(verb).first
    comma = next((i for i in range(relative, begin, -1) if context.text.tokens[i].text == ","), begin)
    named = context.mentions.within(range(begin, comma), "organization")
    return [m for m in named if m.last == comma and m.entity.iri]


def _who(context: Context, verb: int) -> list[Entity]:
    """Who enters: the subject, or who is admitted; of a converb («ШЫҰ-ға мүше болып Иран қабылданды») that of its
    verb."""
    token = context.text.tokens[verb]
    roles = {"subject", "object"} if is_passive(token) else {"subject"}
    found = [e for a in context.arguments(verb) if a.role in roles for e in _members(context, a.tokens)]
    above = token.head if token.rel == "advcl" and context.relations.head_final else None
    return found if found or above is None else _who(context, above)


def _comprised(context: Context) -> Iterator[Membership]:
    """«ОДКБ объединяет Армению, Беларусь и Россию»: whom an organization is said to consist of."""
    for sense in context.senses.all("comprise_verb"):
        verb, arguments = sense.first, context.arguments(sense.first)
        if context.text.tokens[verb].pos != "VERB":
            continue
        subjects = [
            a.head for a in arguments if a.role == "subject" or (a.relation in {"subject", "of"} and a.head < verb)
        ]
        before = [*subjects, *(c for c in context.text.children[verb] if c == verb - 1)]
        organizations = [m for m in organizations_in(context, before) if m.form == "name"][:1]
        objects = [a for a in arguments if a.role == "object" and a.head > verb]
        members = [e for a in objects for e in _members(context, a.tokens)] or _listed_after(context, verb)
        yield from _facts(context, verb, members, organizations, "membership-comprised")


def _taken(context: Context) -> Iterator[Membership]:
    """«Беларусь получила полноправное членство в ШОС»: who gets or keeps the membership."""
    for sense in context.senses.all("membership_noun"):
        noun = context.head(sense)
        verb = context.text.tokens[noun].head
        if verb is None or not context.senses.has(verb, "membership_taken"):
            continue
        if any(
            context.senses.has(i, "not_full_member") for i in context.phrase(noun) if not sense.first <= i < sense.last
        ):
            continue
        subjects = [a for a in context.arguments(verb) if a.role == "subject"]
        members = [e for a in subjects for e in _members(context, a.tokens)]
        organizations = organizations_in(context, context.phrase(noun), noun)
        yield from _facts(context, verb, members, organizations, "membership-taken")


def _by_noun(context: Context) -> Iterator[Membership]:
    """«Турция – член НАТО», «Беларусь стала полноправным членом ШОС», «страны – члены ОДКБ: Армения, …»."""
    for sense in context.senses.all("member_noun"):
        noun = sense.last - 1
        below = context.phrase(noun)
        organizations = organizations_in(context, below, noun) or possessed_by(context, sense) or having(context, noun)
        organizations = organizations or counted_in(context, noun) or whose(context, noun)
        if not organizations or any(context.senses.has(i, "former", "not_full_member") for i in below if i < noun):
            continue
        token = context.text.tokens[noun]
        arguments = context.arguments(noun)
        members = [e for a in arguments if a.role == "subject" for e in _members(context, a.tokens)]
        if not members and token.head is not None:
            above = context.text.tokens[token.head]
            if above.text in DASHES or context.senses.has(above.index, "copula"):
                members = [
                    e
                    for a in context.arguments(above.index)
                    if a.role == "subject"
                    for e in _members(context, a.tokens)
                ]
            elif token.rel.startswith("nsubj") and context.senses.has(above.index, "comprise_verb"):
                # "Its members include Senegal and Mali."
                objects = [a for a in context.arguments(above.index) if a.role == "object"]
                members = [e for a in objects for e in _members(context, a.tokens)]
            elif token.rel.startswith("nsubj") and above.pos in {"NOUN", "PROPN"}:
                # "The organisation's members are Belarus, China and India."
                members = _members(context, sorted(set(context.phrase(above.index)) - set(below)))
            elif context.relation(noun) == "as":
                # "Sweden takes part as a member of NATO."
                subjects = [a for a in context.arguments(above.index) if a.role == "subject"]
                members = [e for a in subjects for e in _members(context, a.tokens)]
            elif token.rel in {"appos", "conj", "nmod", "acl"}:
                members = _members(context, [above.index])
                if len(members) == 1 and token.number == "Plur":
                    members = _listed_with(context, above.index)
        members = _named_after(context, noun) or members or _in_apposition(context, noun)
        members = (
            members
            or _both_before(context, noun)
            or _relative_antecedent(context, noun)
            or _before_dash(context, sense.first)
        )
        members = [m for m in members if m not in [o.entity for o in organizations]]
        members = members or _listed_after(context, organizations[-1].last - 1)
        yield from _facts(context, noun, members, organizations, "member-noun")


def _in_apposition(context: Context, noun: int) -> list[Entity]:
    """«мүшелері – Әзербайжан, Қазақстан, Түркия – …»: the names that say who the members are."""
    below = (c for c in context.text.children[noun] if context.text.tokens[c].rel == "appos")
    return [e for child in below for e in _members(context, context.phrase(child))]


def _both_before(context: Context, noun: int) -> list[Entity]:
    """ "The United Kingdom and Poland, both of them members of NATO, …": the list before the comma."""
    begin = context.sentence(noun).first
    near = range(noun - 1, max(begin, noun - BOTH_REACH), -1)
    both = next((i for i in near if context.senses.has(i, "both")), None)
    if both is None or both - 2 < begin or context.text.tokens[both - 1].text != ",":
        return []
    named = [m for m in context.mentions.at(both - 2) if m.last == both - 1 and m.entity.kind == "state"]
    return [m.entity for m in context.coordinated(named[0])] if named else []


def _named_after(context: Context, noun: int) -> list[Entity]:
    """ "CSTO members Kazakhstan and Kyrgyzstan", "NATO member Turkey": the names directly after the noun."""
    named = [m for m in context.mentions.at(noun + 1) if m.first == noun + 1 and m.form == "name"]
    states = [m for m in named if m.entity.kind == "state"]
    return [m.entity for m in context.coordinated(states[0]) if m.first > noun] if states else []


def _facts(
    context: Context, at: int, members: Iterable[Entity], organizations: Iterable[EntityMention], rule: str
) -> Iterator[Membership]:
    modality = context.modality(at)
    groups = list(organizations)
    for member in members:
        for organization in groups:
            yield Membership(
                member=member,
                organization=organization.entity,
                evidence=context.evidence(at),
                rule=context.rule(rule),
                confidence=0.92,
                modality=modality,
            )


def _with_conjuncts(context: Context, head: int) -> list[int]:
    """A nominal with what is coordinated with it, prepositions repeated («в ОДКБ и в ШОС»)."""
    return list(context.phrase(head))


def _members(context: Context, tokens: Iterable[int]) -> list[Entity]:
    """The states among the tokens that stand on their own (not «российская армия», not what hangs on another word)."""
    return [
        e
        for m in context.mentions.within(tokens, "state", "place", "organization")
        if m.form in {"name", "anaphor", "metonym"}
        and (e := context.mentions.actor(m)) is not None
        and e.kind == "state"
    ]


def _listed_after(context: Context, at: int) -> list[Entity]:
    """The names after a colon or in brackets: «… шесть государств: Армения, Беларусь, …»."""
    sentence = context.sentence(at)
    for index in range(at + 1, sentence.last):
        if context.text.tokens[index].text in {":", "("}:
            listed = [m for m in context.mentions.within(range(index + 1, sentence.last), "state") if m.form == "name"]
            if listed and listed[0].first <= index + 2:
                return [m.entity for m in context.coordinated(listed[0])]
            return []
    return []


def _listed_with(context: Context, index: int) -> list[Entity]:
    """All names of the list that a name stands in: "Mali, Burkina Faso and Niger, the three members of …"."""
    named = [m for m in context.mentions.at(index) if m.entity.kind == "state"]
    listed = [m for n in named[:1] for m in context.coordinated(n)]
    return list(dict.fromkeys(e for m in listed if (e := context.mentions.actor(m)) is not None))


def _likened(context: Context, verb: int) -> list[Entity]:
    """«Как и Россия, Таджикистан входит в ОДКБ»."""
    sentence = context.sentence(verb)
    here = range(sentence.first, sentence.last)
    return [
        e
        for sense in context.senses.all("like")
        if sense.first in here
        for m in context.mentions.at(sense.last)
        if (e := context.mentions.actor(m)) is not None and e.kind == "state"
    ]


def _relative_antecedent(context: Context, noun: int) -> list[Entity]:
    """«Армения, которая тоже является членом ОДКБ»: the name before the comma before the pronoun."""
    for at in range(noun - 1, max(context.sentence(noun).first, noun - 6), -1):
        if context.senses.has(at, "relative_pronoun") and at >= 2:
            return _members(context, [m.head for m in context.mentions.at(at - 2)])
    return []


def _before_dash(context: Context, first: int) -> list[Entity]:
    """«Турция – член НАТО», «Казахстан, член ОДКБ, …»."""
    tokens = context.text.tokens
    at = first - 1
    if at < 1 or tokens[at].text not in {*DASHES, ","} or tokens[at].sentence != tokens[first].sentence:
        return []
    for mention in context.mentions.at(at - 1):
        if mention.form == "name" and mention.entity.kind == "state":
            return [m.entity for m in context.coordinated(mention)]
    return []

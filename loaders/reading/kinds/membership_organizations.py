"""Of which organization one is said to be a member: by the words around "member"."""

from collections.abc import Iterable

from loaders.reading.context import Context, Sense
from loaders.reading.mentions import EntityMention


def whose(context: Context, noun: int) -> list[EntityMention]:
    """ "The OIC, whose members include Senegal": what the clause of the members describes."""
    verb = context.predicate(noun)
    owned = any(context.text.tokens[c].rel == "nmod:poss" and c < noun for c in context.text.children[noun])
    described = verb.rel == "acl:relcl" and verb.head is not None and owned
    return organizations_in(context, [verb.head]) if described and verb.head is not None else []


def organizations_in(context: Context, tokens: Iterable[int], noun: int | None = None) -> list[EntityMention]:
    """The organizations among the tokens that the gazetteer knows; one before another noun than `noun` is none."""
    named = [m for m in context.mentions.within(tokens, "organization") if m.entity.iri]
    # "joined the UN mission": an organization that only describes a noun is not joined, but "a NATO member"
    heads = context.text.tokens
    return [m for m in named if heads[m.head].rel != "compound" or (noun is not None and heads[m.head].head == noun)]


def counted_in(context: Context, noun: int) -> list[EntityMention]:
    """«В ОТГ пять членов: …»: the organization in which a number of members is, before a list of them."""
    counted = context.text.tokens[noun].rel in {"root", "nsubj"} and context.numbers_in(range(max(0, noun - 2), noun))
    clause = [i for i in context.clause(noun) if i < noun] if counted else []
    named = context.mentions.within(clause, "organization")
    return [m for m in named if m.entity.iri and context.relation_of(m) == "in"]


def having(context: Context, noun: int) -> list[EntityMention]:
    """ "The CSTO has six members: …": the organization that has them."""
    token = context.text.tokens[noun]
    if token.rel != "obj" or token.head is None or token.number != "Plur":
        return []
    subjects = [a for a in context.arguments(token.head) if a.role == "subject"]
    return [m for a in subjects for m in organizations_in(context, [a.head])]


def possessed_by(context: Context, noun: Sense) -> list[EntityMention]:
    """«Её членами являются …», «ШОС, членом которой является …»: the organization named last."""
    of_which = any(
        context.senses.has(c, "relative_pronoun") and context.relation(c) == "of"
        for c in context.text.children[noun.last - 1]
    )
    if not of_which and (noun.first == 0 or not context.senses.has(noun.first - 1, "possessive_pronoun")):
        return []
    named = [
        m for m in context.mentions.all if m.last <= noun.first and m.entity.kind == "organization" and m.entity.iri
    ]
    return named[-1:]

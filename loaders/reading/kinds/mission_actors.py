"""Which states and bodies that words name send people to a mission, and which are only where it is or whose noun."""

from loaders.reading.context import Context
from loaders.reading.kinds.mission_personnel import PERSONNEL
from loaders.reading.kinds.mission_references import MissionReference
from loaders.reading.mentions import EntityMention

CONTRIBUTORS = frozenset({"state", "body"})
STEPS = 4
"""How far up from a state the mission may be for whose aim it is named."""
ELSEWHERE = frozenset({"in", "on", "to", "near"})


def actors_of_heading(context: Context, reference: MissionReference) -> list[EntityMention]:
    """The actors of the line above the list in which a mission stands."""
    above = context.text.heading(context.sentence(reference.head))
    if above is None:
        return []
    tokens = tuple(range(above.first, above.last))
    if not any(context.senses.has(i, "deploy", *PERSONNEL, "peacekeeper") for i in tokens):
        return []
    return sending_actors(context, tokens, reference)


def sending_actors(context: Context, tokens: tuple[int, ...], reference: MissionReference) -> list[EntityMention]:
    """The states and bodies of the clause that are not where the mission is, nor whose it is."""
    words = set(tokens)
    covered = set(range(reference.first, reference.last))
    located = {s.value.state for s in reference.locations if s.value.state}
    found: list[EntityMention] = []
    for mention in context.actor_mentions(words - covered):
        relation = context.relation_of(mention)
        if mention.entity.kind not in CONTRIBUTORS and mention.form != "metonym":
            continue
        elsewhere = relation in ELSEWHERE and mention.form != "demonym"  # «служат около 400 венгров»
        elsewhere = elsewhere and not (
            relation == "near" and mention.form == "adjective" and _of_force(context, mention)
        )
        if elsewhere or (mention.entity.state in located and mention.form == "name"):
            continue
        if _of_other_noun(context, mention) or _is_where(context, mention, reference) or _is_aim(context, mention):
            continue
        found.append(mention)
    return found


def _is_aim(context: Context, mention: EntityMention) -> bool:
    """«Украина әскерін жаттықтыру жөніндегі миссия»: a state within the action for which a mission is."""
    token, steps = context.text.tokens[mention.head], 0
    while token.head is not None and steps < STEPS:
        if token.feats.get("VerbForm") == "Vnoun" and context.relation(token.index) == "about":
            return True
        token, steps = context.text.tokens[token.head], steps + 1
    return False


def _of_force(context: Context, mention: EntityMention) -> bool:
    """ "Serves beside a Polish company"."""
    noun = context.text.tokens[mention.head].head
    return noun is not None and context.senses.has(noun, "force", "peacekeeper", *PERSONNEL)


def _is_where(context: Context, mention: EntityMention, reference: MissionReference) -> bool:
    """ "Left Dhaka for the Central African Republic": where they are sent, or where the mission is known to be."""
    if mention.form in {"adjective", "demonym", "body"}:
        return False
    known = context.names.by_iri.get(reference.entity.iri or "") if reference.entity else None
    acts = context.relations.head_final and context.relation_of(mention) == "subject"
    if known is not None and mention.entity.iri in known.locations and not acts:
        return True
    beside = context.mentions.at(min(mention.last + 1, len(context.text.tokens) - 1))
    if any(m.first == mention.last + 1 and m.entity.kind == "mission" for m in beside):
        return context.text.tokens[mention.last].text == "("  # «Батыс Сахара (MINURSO)»
    sent = context.senses.has(context.text.clauses[mention.head], "send")
    return sent and context.relation_of(mention) == "for"


def _of_other_noun(context: Context, mention: EntityMention) -> bool:
    """Whether a state hangs on a noun that is no force: «четырёх городах Ливана», «министр обороны Италии»."""
    token = context.text.tokens[mention.head]
    if mention.form in {"body", "demonym"} or token.head is None or token.rel.startswith("nsubj"):
        return False
    above = context.text.tokens[token.head]
    if above.pos not in {"NOUN", "PROPN"}:
        return False
    if any(m.entity.kind == mention.entity.kind for m in context.mentions.at(above.index)):
        return False
    forces = ("force", "peacekeeper", "deploy", "side", *PERSONNEL)
    return not context.senses.has(above.index, *forces) and not context.senses.has(above.index, "mission_noun")

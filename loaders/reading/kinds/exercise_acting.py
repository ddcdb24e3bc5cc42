"""Who does something in the course of an exercise: «десантники Японии высадились на острове в рамках учений»."""

from collections.abc import Iterable

from loaders.reading.kinds.exercise_attributes import PARTICIPANTS, UNREAL, Attributes, View
from loaders.reading.kinds.exercise_events import Reference
from loaders.reading.mentions import EntityMention
from loaders.reading.relations import BARE
from loaders.reading.syntax import Argument

IN_COURSE = frozenset({"under", "during", "in", "on"})
ELSEWHERE = (
    "participate", "arrive", "hold", "host", "occur", "finish", "observe", "plan", "ascribe_verb", "meet_verb", "award",
    "visit_verb", "discuss_verb", "call_verb", "receive_guest_verb", "sign_verb", "supply_verb", "receive_verb",
)  # fmt: skip
"""Verbs that have rules of their own, or that tell of nothing done in the exercise itself."""
NO_TROOPS = ("observer_noun", "delegation", "instructor", "mission_sure")


def acting(view: View, references: Iterable[Reference], found: Attributes) -> None:
    """Add the troops that act in an exercise.

    Arguments:
        view: the text.
        references: the references to the exercise in it.
        found: where they are added.
    """
    context = view.context
    for reference in references:
        verb = view.text.clauses[reference.noun]
        if context.relation(reference.noun) not in IN_COURSE or not _tells_of_deed(view, verb):
            continue
        subjects = [a for a in view.arguments(verb, "subject") if _are_troops(view, a)]
        actors = [m for a in subjects for m in view.mentions(a.tokens) if _acts(view, m)]
        found.participants += [view.participant(m, "exercise-acting-in") for m in actors]


def _tells_of_deed(view: View, verb: int) -> bool:
    token = view.text.tokens[verb]
    told = token.pos == "VERB" and token.feats.get("VerbForm") != "Inf" and view.context.modality(verb) not in UNREAL
    return told and not view.context.senses.has(verb, *ELSEWHERE)


def _are_troops(view: View, argument: Argument) -> bool:
    """Whether a subject is soldiers, units, ships, or the forces of a state: not one person, nor guests."""
    noun, senses = view.text.tokens[argument.head], view.context.senses
    if senses.has(argument.head, *NO_TROOPS):
        return False
    many = noun.number == "Plur" or senses.has(argument.head, "military_unit")
    forces = any(m.entity.kind == "body" for m in view.context.mentions.at(argument.head))
    return forces or (many and senses.has(argument.head, "force", "person_noun"))


def _acts(view: View, mention: EntityMention) -> bool:
    own = mention.entity.kind in PARTICIPANTS and view.context.relation_of(mention) in BARE
    return own and not view.names_place(mention)

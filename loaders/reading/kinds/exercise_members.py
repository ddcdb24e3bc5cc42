"""Who of many takes part in an exercise: «военные 25 стран, в числе которых США и Индия», «в том числе из Китая»."""

from loaders.reading.kinds.exercise_attributes import PARTICIPANTS, UNREAL, Attributes, View
from loaders.reading.kinds.exercise_events import NOUNS
from loaders.reading.mentions import EntityMention

TAKING_PART = ("participate", "participation", "participant_noun", "arrive", "hold", *NOUNS)
MANY = ("counted_state", "counted_people", "force", "person_noun", "participant_noun", "counted_team")
REACH = 3
"""Words between those that introduce the names and the first of them: «среди них также военные из …»."""


def members(view: View, tokens: tuple[int, ...], found: Attributes) -> None:
    """Add the states that a clause names as some of many who take part.

    Arguments:
        view: the text.
        tokens: the tokens of the clause.
        found: where they are added.
    """
    context = view.context
    inside = range(tokens[0], tokens[-1] + 1) if tokens else range(0)
    for sense in context.senses.among(inside, "among_them", "including"):
        if not _is_of_many(view, sense.first):
            continue
        listed = _first_named(view, sense.last)
        for mention in context.coordinated(listed) if listed is not None else ():
            if mention.first >= sense.last and mention.entity.kind in PARTICIPANTS:
                found.participants.append(view.participant(mention, "exercise-members-named"))


def shares(view: View, tokens: tuple[int, ...], found: Attributes) -> None:
    """Add the states of «1800 человек из России, 400 из Таджикистана», «от Казахстана – 300, от России – 500».

    Arguments:
        view: the text.
        tokens: the tokens of the clause.
        found: where they are added.
    """
    context = view.context
    sided = [i for i in tokens if context.senses.has(i, "from_side", "out_of")]
    named = [(i, m) for i in sided for m in context.mentions.at(i + 1) if m.first == i + 1]
    for index, mention in named:
        counted = context.numbers_in(range(index - 1, index)) or context.numbers_in(
            range(mention.last + 1, mention.last + 2)
        )
        if counted and mention.entity.kind in PARTICIPANTS and _is_of_many(view, index):
            found.participants.append(view.participant(mention, "exercise-shares"))


def _is_of_many(view: View, index: int) -> bool:
    """Whether the sentence tells before a token of many who take part, and not of those who watch."""
    context = view.context
    sentence = context.sentence(index)
    before = range(sentence.first, index)
    if not any(context.senses.has(i, *TAKING_PART) for i in range(sentence.first, sentence.last)):
        return False
    if any(context.modality(i) in UNREAL for i in before if view.text.tokens[i].feats.get("VerbForm") == "Fin"):
        return False
    near = [i for i in before if context.senses.has(i, "observer_noun", *MANY)]
    return bool(near) and not context.senses.has(near[-1], "observer_noun")


def _first_named(view: View, begin: int) -> EntityMention | None:
    """The first name of the list that begins at a token, a word like «военные из» apart."""
    end = min(view.context.sentence(begin - 1).last, begin + REACH + 1)
    for index in range(begin, end):
        named = [m for m in view.context.mentions.at(index) if m.first == index and m.entity.kind in PARTICIPANTS]
        if named:
            return named[0]
        if view.text.tokens[index].feats.get("VerbForm") == "Fin":
            return None
    return None


def where_they_were(view: View, tokens: tuple[int, ...], found: Attributes) -> None:
    """Add who took part «в Турции, где участвовали в учении»: the subject of the clause that names the place.

    Arguments:
        view: the text.
        tokens: the tokens of the clause.
        found: where they are added.
    """
    context = view.context
    where = next((i for i in tokens if context.senses.has(i, "where")), None)
    verb = view.text.tokens[view.text.clauses[where]] if where is not None else None
    if verb is None or verb.rel != "acl:relcl" or not context.senses.has(verb.index, "participate"):
        return
    own = [a.head for a in context.arguments(verb.index) if a.role == "subject"]
    if context.modality(verb.index) in UNREAL or not all(context.senses.has(i, "it", "they") for i in own):
        return  # "where it will train with …" is who called there
    above = view.text.clauses[verb.head] if verb.head is not None else None
    for argument in view.arguments(above, "subject") if above is not None else ():
        for mention in view.mentions(argument.tokens):
            if mention.entity.kind in PARTICIPANTS:
                found.participants.append(view.participant(mention, "exercise-members-there"))

"""Whose a title is: the person who stands after it, before it between commas, or at the end of a chain of titles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.reading.context import Context
from loaders.reading.mentions import EntityMention
from loaders.reading.title import Title

DASHES = frozenset({"-", "–", "—"})
CLOSE = frozenset({",", "(", "–", "—", "-"})
LONGEST_GLOSS = 4
"""Words in brackets between a title and the name."""


@dataclass(frozen=True, slots=True)
class Held:
    """A title with the persons it belongs to."""

    title: Title
    persons: tuple[EntityMention, ...]
    rule: str


def held_by(context: Context, titles: Sequence[Title], index: int) -> Held | None:
    """The persons that stand directly after a title, or before it."""
    title = titles[index]
    if title.former:
        return None
    person = _person_after(context, title)
    if person is not None:
        listed = tuple(context.coordinated(person)) if title.plural or len(title.states) > 1 else (person,)
        if title.plural and len(listed) == 1 and not title.states:
            listed = _with_states(context, person)
        return Held(title, tuple(m for m in listed if m.first >= person.first), "office-before-name")
    following = titles[index + 1] if index + 1 < len(titles) else None
    if following is not None and _doubles(context, title, following):
        chained = held_by(context, titles, index + 1)
        if chained is not None and not chained.title.plural:
            return Held(_shared(title, following), chained.persons[:1], "office-doubled")
    person = _person_before(context, title, following) or _described(context, title)
    if person is not None:
        return Held(title, (person,), "office-after-name")
    earlier = titles[index - 1] if index else None
    if earlier is not None and earlier.last == title.first - 1 and _doubles(context, earlier, title):
        person = _person_before(context, earlier, title)
        if person is not None:
            return Held(_shared(title, earlier), (person,), "office-after-name")
    return None


def _described(context: Context, title: Title) -> EntityMention | None:
    """ "Admiral X, who was India's naval chief at the time": whom a relative clause says to hold an office."""
    tokens = context.text.tokens
    noun = tokens[title.sense.last - 1]
    copula = any(tokens[c].rel == "cop" and c < noun.index for c in context.text.children[noun.index])
    if noun.rel != "acl:relcl" or noun.head is None or not copula:
        return None
    above = tokens[noun.head]
    heads = {above.index, *(c for c in context.text.children[above.index] if tokens[c].rel == "appos")}
    return next((m for i in sorted(heads) for m in context.mentions.at(i) if m.entity.kind == "person"), None)


def _with_states(context: Context, first: EntityMention) -> tuple[EntityMention, ...]:
    """ "Ministers A of the United Kingdom and B of Poland": persons of a list, each with a state behind the name."""
    found = [first]
    for person in context.mentions.within(range(first.last, context.sentence(first.head).last), "person"):
        between = range(found[-1].last, person.first)
        states = [m for m in context.mentions.within(between, "state") if m.form == "name"]
        named = {i for m in states for i in range(m.first, m.last)}
        links = (context.text.tokens[i] for i in between if i not in named)
        if len(states) != 1 or not all(
            t.pos in {"ADP", "DET"} or context.senses.has(t.index, "list_sign") for t in links
        ):
            break
        found.append(person)
    return tuple(found)


def further(context: Context, held: Held) -> Iterator[Held]:
    """«Министры обороны Казахстана А и Кыргызстана Б»: the title goes on with another state and its person."""
    title = held.title
    if not title.plural or not title.states or len(held.persons) != 1:
        return
    at, end = held.persons[0].last, context.sentence(title.first).last
    while at < end and context.senses.has(at, "list_sign"):
        named = (m for m in context.mentions.at(at + 1) if m.first == at + 1 and m.entity.kind == "state")
        state = next((m for m in named if m.form == "name"), None)
        if state is None:
            return
        another = replace(title, states=(state.entity,), others=(), first=state.first, last=state.last)
        person = _person_after(context, another)
        if person is None:
            return
        yield Held(another, (person,), held.rule)
        at = person.last


def _person_after(context: Context, title: Title) -> EntityMention | None:
    """The person whose name begins after the title, its ranks and styles."""
    at, end = title.last, context.text.sentence_of(title.first).last
    while at < end:
        person = next((m for m in context.mentions.at(at) if m.entity.kind == "person" and m.first == at), None)
        if person is not None:
            return person
        ranks = [s.last for s in context.senses.at(at) if s.name == "rank" and s.first == at]
        token = context.text.tokens[at]
        if ranks and _is_another(context, title, at):
            return None
        if token.text == "(" and at == title.last and (close := _closing(context, at, end)) is not None:
            at = close + 1  # «командующий Центральным командованием (CENTCOM) генерал Х»
        elif ranks:
            at = max(ranks)
            at += at < end and context.text.tokens[at].text == "."  # "Lt. Gen."
        elif token.text in DASHES and at == title.last and (title.plural or _is_said_to_be(context, title, at + 1)):
            at += 1  # "the ministers of Russia and Iran – Sergei Lavrov and …"
        elif (
            token.text == ","
            and at == title.last
            and (context.senses.has(at + 1, "rank") or _is_apposed(context, title, at + 1))
        ):
            at += 1
        elif (
            at > title.last
            and token.pos in {"NOUN", "ADJ"}
            and _is_rank(context, at - 1)
            and context.relation(at) == "of"
        ):
            at += 1  # the arm of service after a rank: «генерал-лейтенант авиации»
        else:
            return None
    return None


def _is_said_to_be(context: Context, title: Title, index: int) -> bool:
    """«Қазақстанның қорғаныс министрі – Руслан Жақсылықов»: a title that is the subject of a name after a dash."""
    noun = context.text.tokens[context.head(title.sense)]
    named = [m for m in context.mentions.at(index) if m.entity.kind == "person" and m.first == index]
    return noun.rel == "nsubj" and any(m.first <= (noun.head or 0) < m.last for m in named)


def _is_another(context: Context, title: Title, rank: int) -> bool:
    """«Указом президента генерал-майор Х назначен …»: a rank in another case than the title is another's."""
    one, other = context.text.tokens[context.head(title.sense)], context.text.tokens[rank]
    return one.case not in {"", "Nom"} and other.case == "Nom" and other.rel.startswith("nsubj")


def _closing(context: Context, bracket: int, end: int) -> int | None:
    """The bracket that closes a gloss of few words."""
    near = range(bracket + 1, min(end, bracket + LONGEST_GLOSS + 2))
    return next((i for i in near if context.text.tokens[i].text == ")"), None)


def _is_apposed(context: Context, title: Title, index: int) -> bool:
    """ "Kenya's interior minister, Kipchumba Murkomen, said": a name in apposition to the title."""
    token = context.text.tokens[index] if index < len(context.text.tokens) else None
    return (
        token is not None and token.rel == "appos" and token.head is not None and title.first <= token.head < title.last
    )


def _is_rank(context: Context, index: int) -> bool:
    return context.senses.has(index, "rank")


def _doubles(context: Context, title: Title, following: Title) -> bool:
    """«заместитель министра – начальник Генштаба Х»: two titles of one person, parted by a dash or a comma."""
    between = context.text.tokens[title.last : following.first]
    same_case = context.text.tokens[title.sense.first].case == context.text.tokens[following.sense.first].case
    return (
        len(between) == 1 and (between[0].text in DASHES or context.senses.has(between[0].index, "list_sign"))
        and same_case and not title.plural and not following.plural
    )  # fmt: skip


def _shared(title: Title, following: Title) -> Title:
    """The first of two titles with the states that only the second names."""
    if title.states or title.others:
        return title
    return Title(
        title.sense, title.role, title.body, following.states, following.others, title.first, title.last,
        title.plural, title.former, title.colleague, title.portfolio_unknown, title.generic,
    )  # fmt: skip


def _person_before(context: Context, title: Title, following: Title | None) -> EntityMention | None:
    """«Х, министр обороны Y, …», «Х (министр обороны Y)»."""
    if title.first < 2 or context.text.tokens[title.first - 1].text not in CLOSE:
        return None
    person = next(
        (m for m in context.mentions.at(title.first - 2) if m.entity.kind == "person" and m.last == title.first - 1),
        None,
    )
    if person is None or context.text.tokens[title.first].sentence != context.text.tokens[person.first].sentence:
        return None
    noun = context.text.tokens[title.sense.first]
    name = context.text.tokens[person.head]
    if name.case and noun.case != name.case and context.relation(noun.index) != "subject":
        return None
    sign = context.text.tokens[title.first - 1].text
    after = context.text.tokens[title.last].text if title.last < len(context.text.tokens) else "."
    if following is not None and following.first == title.last + 1 and context.senses.has(title.last, "list_sign"):
        return person  # "X, head of the mission and force commander, …"
    return person if sign == "(" or after in {",", ".", ")", "–", "—", ";", ":"} else None

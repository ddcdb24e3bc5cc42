"""The two sides of a supply and what is supplied, as far as words name them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Agreement, Entity, Span, Supply
from loaders.reading.kinds.clause_limits import window
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument, is_passive
from loaders.reading.titles import titles_by_noun

SOURCES = frozenset({"from", "at", "with"})
RECEIVERS = frozenset({"recipient", "for"})
BACKWARD = 400
"""How many words back «эта компания» may mean one."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a supply and what is supplied, as far as a clause names them."""

    suppliers: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    item: str


def facts(context: Context, at: int, sides: Sides, rule: str) -> Iterator[Supply]:
    """What a word states of the two sides: each supplier supplies each recipient."""
    modality = context.modality(at)
    for supplier in sides.suppliers:
        for recipient in sides.recipients:
            yield Supply(
                supplier=supplier,
                recipient=recipient,
                item=sides.item,
                under=_under(context, at),
                evidence=context.evidence(at),
                rule=context.rule(rule),
                confidence=0.85,
                modality=modality,
            )


def _under(context: Context, at: int) -> str | None:
    """The title of the agreement that the same sentence speaks of."""
    (span,) = context.evidence(at)
    agreement = context.once(_Agreements).told_in(span)
    return agreement.title if agreement is not None else None


class _Agreements:
    """The agreements of a text by the passages that tell of them; facts that are found later are taken in."""

    def __init__(self, context: Context) -> None:
        self._facts = context.facts
        self._seen = 0
        self._found: dict[Span, Agreement] = {}

    def told_in(self, span: Span) -> Agreement | None:
        """The first agreement of a passage."""
        for place in range(self._seen, len(self._facts)):
            fact = self._facts[place]
            if isinstance(fact, Agreement):
                for passage in fact.evidence:
                    self._found.setdefault(passage, fact)
        self._seen = len(self._facts)
        return self._found.get(span)


def actors_of(
    context: Context, arguments: Sequence[Argument], wanted: Callable[[Argument], bool]
) -> tuple[Entity, ...]:
    """The actors that the wanted arguments name, each once."""
    found: list[Entity] = []
    for argument in arguments:
        if not wanted(argument):
            continue
        named = [context.mentions.actor(m) for m in _own_mentions(context, argument)]
        for actor in _of_office(context, argument) or named or [_meant(context, argument.head)]:
            if actor is not None and actor not in found:
                found.append(actor)
    return tuple(found)


def _of_office(context: Context, argument: Argument) -> list[Entity | None]:
    """«Посол Индии в Таджикистане передал …»: an official acts for that of which his office is."""
    title = context.once(titles_by_noun).get(argument.head)
    return list(title.owners(context)) if title is not None and not title.plural else []


def _meant(context: Context, head: int) -> Entity | None:
    """«Компания», «концерн»: the company named last; «нам» in speech: the state that the text is about."""
    if context.senses.has(head, "company_noun"):
        before = [m.entity for m in context.mentions.within(range(max(0, head - BACKWARD), head), "company")]
        return before[-1] if before else None
    return context.home if context.senses.has(head, "speakers") else None


def _own_mentions(context: Context, argument: Argument) -> list[EntityMention]:
    """The actors that an argument names: those of its head and what is coordinated; else the first that it contains."""
    inside = context.mentions.within(argument.tokens)
    actors = [m for m in inside if context.mentions.actor(m) is not None]
    companies = [m for m in actors if m.entity.kind == "company"]
    if companies:
        return companies
    heads = [m for m in actors if m.first <= argument.head < m.last]
    if heads:
        return [n for m in heads for n in context.coordinated(m)]
    return actors


def destination(context: Context, arguments: Sequence[Argument]) -> tuple[Entity, ...]:
    """«В Казахстан», "to Armenia", "to the Lebanese army": where arms go."""
    found = (
        context.mentions.actor(m)
        for a in arguments
        if a.relation == "to"
        for m in _own_mentions(context, a)
        if m.entity.kind in {"state", "body"}
        and a.head in {m.head, context.text.tokens[m.head].head, *_list_heads(context, m)}
    )
    return tuple(dict.fromkeys(e for e in found if e is not None))


def _list_heads(context: Context, mention: EntityMention) -> list[int]:
    return [n.head for n in context.coordinated(mention)]


def makers(context: Context, tokens: Iterable[int]) -> tuple[Entity, ...]:
    """«Поставки российских вертолётов»: whose arms they are."""
    named = context.mentions.within(tokens, "state")
    final = context.relations.head_final  # «Қытайдың зымыран кешендері»: arms that one bought were the owner's
    return tuple(
        m.entity for m in named
        if m.form == "adjective" or (final and context.relation_of(m) == "of") or _is_of_making(context, m)
    )  # fmt: skip


def makers_told(context: Context, tokens: Iterable[int]) -> tuple[Entity, ...]:
    """«Беспилотники, изготовленные турецкой компанией Baykar»: who is said to have made the arms."""
    made = [i for i in tokens if context.senses.has(i, "build_verb") and is_passive(context.text.tokens[i])]
    return tuple(
        dict.fromkeys(e for i in made for e in actors_of(context, context.arguments(i), lambda a: a.role == "subject"))
    )


def with_clauses(context: Context, head: int) -> list[int]:
    """A nominal with the participles that hang on it."""
    return [i for i in context.text.subtree(head) if context.text.tokens[i].feats.get("VerbForm") != "Fin"]


def _is_of_making(context: Context, mention: EntityMention) -> bool:
    """«Истребители производства России»."""
    above = context.text.tokens[mention.head].head
    made = above is not None and context.senses.has(above, "made_noun")
    return made and above is not None and context.relation(above) == "of" == context.relation_of(mention)


def subject_before(context: Context, verb: int) -> tuple[Entity, ...]:
    """The last actor in the nominative before a verb, in its sentence: the subject carried over several verbs."""
    sentence = context.sentence(verb)
    named = [
        m
        for m in context.mentions.within(range(sentence.first, verb))
        if m.form != "adjective" and (context.relation_of(m) == "subject" or _is_abbreviated_before(context, m, verb))
    ]
    for mention in reversed(named):
        actors = [context.mentions.actor(m) for m in context.coordinated(mention)]
        if actors[0] is not None and context.mentions.actor(mention) is not None:
            return tuple(dict.fromkeys(a for a in actors if a is not None))
    return ()


def _is_abbreviated_before(context: Context, mention: EntityMention, verb: int) -> bool:
    """«В рамках военной помощи США передали …»: an abbreviation without cases, directly before a verb in the plural."""
    told = context.text.tokens[verb]
    alone = not any(context.text.tokens[c].rel.startswith("nsubj") for c in context.text.children[verb])
    written = context.text.tokens[mention.head].text
    return mention.last == verb and alone and written.isupper() and len(written) > 1 and told.number == "Plur"


def around(context: Context, verb: int) -> list[int]:
    """The words around a verb, up to the next finite verb or semicolon on either side."""
    return window(context, verb, lambda at: _ends_clause(context, at))


def _ends_clause(context: Context, index: int) -> bool:
    token = context.text.tokens[index]
    return token.text == ";" or (token.pos == "VERB" and token.feats.get("VerbForm") == "Fin")

"""Supplies: who delivers, sells, transfers or donates arms and equipment to whom.

Active («Россия поставляет Казахстану вертолёты»), passive («вертолёты поставлены Россией»), from the receiver's side
(«Сербия купила у Кипра вертолёты»), as a noun («поставки дронов из Турции Казахстану»), and with the verb left out in
what follows («…, Франция – радары»). Only arms and equipment count, told by the lexicon or by a designation («Су-30»).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import FACTUAL, Agreement, Entity, Supply
from loaders.reading.kinds.clause_limits import DASHES, window
from loaders.reading.kinds.predicates import subjects_of
from loaders.reading.kinds.supply_items import is_arms, is_money, item_among, item_of
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument, is_passive

SOURCES = frozenset({"from", "at", "with"})
RECEIVERS = frozenset({"recipient", "for"})
MEANS = frozenset({"by", "with"})
BREAKS = frozenset({",", ";", ".", ":"})


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two sides of a supply and what is supplied, as far as a clause names them."""

    suppliers: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    item: str


def find(context: Context) -> Iterator[Supply]:
    """The supplies that a text states."""
    seen: set[tuple[Entity, Entity, str]] = set()
    for fact in (*_by_verb(context), *_built(context), *_by_noun(context), *_by_role(context), *_by_contract(context)):
        key = (fact.supplier, fact.recipient, fact.item or "")
        if fact.supplier != fact.recipient and not _same_state(fact) and key not in seen:
            seen.add(key)
            yield fact


def _same_state(fact: Supply) -> bool:
    """A ministry that hands vehicles to its own army supplies nobody."""
    return fact.supplier.state is not None and fact.supplier.state == fact.recipient.state


def _by_verb(context: Context) -> Iterator[Supply]:
    for sense in context.senses.all("supply_verb", "receive_verb", "equip_verb"):
        verb = context.head(sense)
        if context.text.tokens[verb].pos not in {"VERB", "AUX", "ADJ"}:
            continue
        receiving = context.senses.has(verb, "receive_verb")
        near = set(_around(context, verb))
        arguments = [a for a in context.arguments(verb) if a.role == "subject" or a.head in near]
        if any(a.role == "object" and is_money(context, a) for a in arguments):
            continue
        sides = _received(context, arguments) if receiving else _supplied(context, arguments, verb)
        sides = _completed(context, verb, sides, receiving=receiving)
        rule = "supply-received" if receiving else "supply-active"
        if sides.item:
            yield from _facts(context, verb, sides, rule)
        for gapped in _gapped(context, verb, sides):
            yield from _facts(context, verb, gapped, "supply-gapped")


def _built(context: Context) -> Iterator[Supply]:
    """«Строит для пакистанского флота четыре корвета»: what a company makes for somebody it supplies."""
    for sense in context.senses.all("build_verb"):
        verb = context.head(sense)
        if context.text.tokens[verb].pos != "VERB":
            continue
        near = set(_around(context, verb))
        arguments = [a for a in context.arguments(verb) if a.role == "subject" or a.head in near]
        suppliers = _actors(context, arguments, lambda a: a.role == "subject")
        receiving = [*_actors(context, arguments, lambda a: a.relation == "for")] or [
            e
            for m in context.actor_mentions(near)
            if context.relation_of(m) == "for" and (e := context.mentions.actor(m)) is not None
        ]
        item = item_of(context, [a for a in arguments if a.role == "object"])
        if item and receiving and all(s.kind == "company" for s in suppliers):
            yield from _facts(context, verb, _Sides(suppliers, tuple(receiving[:1]), item), "supply-built")


def _by_role(context: Context) -> Iterator[Supply]:
    """«Крупнейшим покупателем индийского оружия остаётся Армения», «Турция – главный поставщик дронов Бишкеку»."""
    for sense in context.senses.all("supplier_noun", "buyer_noun"):
        noun = context.head(sense)
        below = context.phrase(noun)
        if context.modality(noun) not in FACTUAL or not is_arms(context, below):
            continue
        subject = tuple(e for m in subjects_of(context, noun) if (e := context.mentions.actor(m)) is not None)
        named = tuple(
            e
            for m in context.actor_mentions(i for i in below if i > noun)
            if (e := context.mentions.actor(m)) is not None and e not in subject
        )
        item = item_among(context, [i for i in below if i > noun])
        sides = _Sides(subject, named[:1], item)
        if context.senses.has(noun, "buyer_noun"):
            sides = _Sides(named[:1], subject, item)
        yield from _facts(context, noun, sides, "supply-role")


def _supplied(context: Context, arguments: Sequence[Argument], verb: int) -> _Sides:
    suppliers = _actors(context, arguments, lambda a: a.role == "subject")
    recipients = _actors(context, arguments, lambda a: a.role != "subject" and a.relation in RECEIVERS)
    recipients = recipients or _destination(context, arguments) or _pronoun(context, arguments, suppliers)
    objects = [a for a in arguments if a.role == "object"]
    item = item_of(context, objects)
    if not suppliers and item and is_passive(context.text.tokens[verb]):
        # "Turkish drones were handed over to Kazakhstan": whose arms they are.
        suppliers = _makers(context, [i for a in objects for i in a.tokens])
    if context.senses.has(verb, "equip_verb") and not item:
        recipients = recipients or _actors(context, arguments, lambda a: a.role == "object")
        item = item_of(context, [a for a in arguments if a.relation in MEANS])
    return _Sides(suppliers, recipients, item)


def _dative_after(context: Context, around: Iterable[int], suppliers: Sequence[Entity]) -> tuple[Entity, ...]:
    """A receiver that the syntax hung elsewhere."""
    words = [i for i in around if context.relation(i) == "recipient"]
    named = [m for m in context.actor_mentions(words) if m.form != "adjective"]
    actors = tuple(e for m in named[:1] if (e := context.mentions.actor(m)) is not None)
    return actors or _referred(context, words, suppliers)


def _pronoun(context: Context, arguments: Sequence[Argument], suppliers: Sequence[Entity]) -> tuple[Entity, ...]:
    return _referred(context, [a.head for a in arguments if a.relation == "recipient"], suppliers)


def _referred(context: Context, words: Iterable[int], suppliers: Sequence[Entity]) -> tuple[Entity, ...]:
    """«Поставляет соседу …, а Исламабад продал ему …»: the receiver before, else the state named last."""
    referring = [i for i in words if context.senses.has(i, "receiver_pronoun")]
    if not referring:
        return ()
    here = context.sentence(referring[0])
    first = context.text.sentences[max(0, here.index - 1)].first
    referred = [i for i in range(here.first, referring[0]) if context.senses.has(i, "receiver_pronoun")]
    for at in (*referred[:1], referring[0]):
        clause = set(context.clause(at))
        named = [m for m in _states(context, range(first, at)) if m.head not in clause]
        others = [e for m in reversed(named) if (e := context.mentions.actor(m)) is not None and e not in suppliers]
        if others:
            return tuple(others[:1])
    return ()


def _states(context: Context, tokens: Iterable[int]) -> list[EntityMention]:
    """The states named among the tokens as actors."""
    return [
        m
        for m in context.actor_mentions(tokens)
        if m.form in {"name", "metonym", "anaphor"} and m.entity.kind in {"state", "place"}
    ]


def _received(context: Context, arguments: Sequence[Argument]) -> _Sides:
    recipients = _actors(context, arguments, lambda a: a.role == "subject")
    suppliers = _actors(context, arguments, lambda a: a.role != "subject" and a.relation in SOURCES)
    objects = [a for a in arguments if a.role == "object"]
    # «Получила турецкие беспилотники»: where no source is named, whose arms they are.
    suppliers = suppliers or _makers(context, [i for a in objects for i in a.tokens])
    return _Sides(suppliers, recipients, item_of(context, objects))


def _completed(context: Context, verb: int, sides: _Sides, *, receiving: bool) -> _Sides:
    """What the syntax left out, from the words between the finite verbs around: long sentences are parsed badly."""
    around = _around(context, verb)
    after = [i for i in around if i > verb]
    item = sides.item or item_among(context, after) or item_among(context, [i for i in around if i < verb])
    subject = "recipients" if receiving else "suppliers"
    found = {"suppliers": sides.suppliers, "recipients": sides.recipients}
    if not found[subject] and not is_passive(context.text.tokens[verb]):
        found[subject] = _subject_before(context, verb)
    if not receiving and not sides.recipients:
        found["recipients"] = _dative_after(context, after, found["suppliers"])
    if not receiving and not found["recipients"]:
        named = [m for m in context.mentions.within(after) if _receives(context, m)]
        found["recipients"] = tuple(e for m in named[:1] if (e := context.mentions.actor(m)) is not None)
    if not receiving and not found["recipients"] and found["suppliers"]:
        found["recipients"] = _carried_recipient(context, verb)
    if receiving and not sides.suppliers:
        # "Buys drones from Turkey, munitions from Israel and fighters from Pakistan."
        named = [m for m in context.mentions.within(around) if context.relation_of(m) in SOURCES]
        sources = [e for m in named if (e := context.mentions.actor(m)) is not None]
        found["suppliers"] = (
            tuple(dict.fromkeys(sources)) if len(_objects_of(context, verb)) == 1 else tuple(sources[:1])
        )
    return _Sides(found["suppliers"], found["recipients"], item)


def _objects_of(context: Context, verb: int) -> list[Argument]:
    """The objects of a verb."""
    return [a for a in context.arguments(verb) if a.role == "object"]


def _carried_recipient(context: Context, verb: int) -> tuple[Entity, ...]:
    """«КНР передала Душанбе машины, а Россия поставила зенитный дивизион»: the receiver of the verb before."""
    first = context.sentence(verb).first
    before = [s.last - 1 for s in context.senses.all("supply_verb") if first <= s.first and s.last <= verb]
    if not before:
        return ()
    return _actors(context, context.arguments(before[-1]), lambda a: a.role != "subject" and a.relation in RECEIVERS)


def _receives(context: Context, mention: EntityMention) -> bool:
    """«Казахстану», «таджикским пограничникам»."""
    receives = context.relation_of(mention) == "recipient"
    return receives and context.text.tokens[mention.head].rel in {"iobj", "obj", "amod", "nmod"}


def _around(context: Context, verb: int) -> list[int]:
    """The words around a verb, up to the next finite verb or semicolon on either side."""
    return window(context, verb, lambda at: _ends_clause(context, at))


def _ends_clause(context: Context, index: int) -> bool:
    token = context.text.tokens[index]
    return token.text == ";" or (token.pos == "VERB" and token.feats.get("VerbForm") == "Fin")


def _subject_before(context: Context, verb: int) -> tuple[Entity, ...]:
    """The last actor in the nominative before a verb, in its sentence: the subject carried over several verbs."""
    sentence = context.sentence(verb)
    named = [
        m
        for m in context.mentions.within(range(sentence.first, verb))
        if m.form != "adjective" and context.relation_of(m) == "subject"
    ]
    for mention in reversed(named):
        actor = context.mentions.actor(mention)
        if actor is not None:
            return (actor,)
    return ()


def _by_noun(context: Context) -> Iterator[Supply]:
    """«Поставки российских вертолётов Казахстану», «закупка дронов у Турции», «поставщик вооружения для Индии»."""
    for sense in context.senses.all("supply_noun", "receive_noun"):
        noun = context.head(sense)
        arguments = [a for a in context.arguments(noun) if a.role != "subject"]
        tokens = context.phrase(noun)
        items = [a for a in arguments if a.relation in {"of", ""}]
        item = item_of(context, items)
        if not item:
            continue
        sources = _actors(context, arguments, lambda a: a.relation in SOURCES)
        by = _actors(context, arguments, lambda a: a.relation == "by")
        to = _actors(context, arguments, lambda a: a.relation in RECEIVERS) or _destination(context, arguments)
        if context.senses.has(noun, "receive_noun"):
            recipients = by or to
            suppliers = sources
        else:
            suppliers = by or sources or _makers(context, tokens)
            recipients = to
        yield from _facts(context, noun, _Sides(suppliers, recipients, item), "supply-noun")


def _by_contract(context: Context) -> Iterator[Supply]:
    """«Подписала с французской Dassault Aviation контракт на истребители»: the company supplies the state."""
    for sense in context.senses.all("supply_contract"):
        noun = context.head(sense)
        around = _around(context, noun)
        item = item_among(context, [i for i in around if noun < i < noun + 8])
        companies = tuple(dict.fromkeys(m.entity for m in context.mentions.within(around, "company")))
        if not item or len(companies) != 1:
            continue
        named = [m for m in context.actor_mentions(around) if m.form not in {"adjective", "metonym"}]
        states = tuple(m.entity for m in named if m.entity.kind in {"state", "body"})
        topic = context.topic(noun)
        acting = states[:1] or _subject_before(context, noun) or ((topic,) if topic is not None else ())
        sides = _Sides(companies, acting, item)
        yield from _facts(context, noun, sides, "supply-contract")


def _makers(context: Context, tokens: Iterable[int]) -> tuple[Entity, ...]:
    """«Поставки российских вертолётов»: whose arms they are."""
    return tuple(m.entity for m in context.mentions.within(tokens, "state") if m.form == "adjective")


def _facts(context: Context, at: int, sides: _Sides, rule: str) -> Iterator[Supply]:
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
    for fact in context.facts:
        if isinstance(fact, Agreement) and span in fact.evidence:
            return fact.title
    return None


# ---------------------------------------------------------------- sides


def _actors(context: Context, arguments: Sequence[Argument], wanted: object) -> tuple[Entity, ...]:
    found: list[Entity] = []
    for argument in arguments:
        if not wanted(argument):  # type: ignore[operator]
            continue
        named = [context.mentions.actor(m) for m in _own_mentions(context, argument)]
        for actor in named or [_meant(context, argument.head)]:
            if actor is not None and actor not in found:
                found.append(actor)
    return tuple(found)


def _meant(context: Context, head: int) -> Entity | None:
    """«Компания», «концерн»: the company named last; «нам» in speech: the state that the text is about."""
    if context.senses.has(head, "company_noun"):
        before = [m.entity for m in context.mentions.all if m.last <= head and m.entity.kind == "company"]
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


def _destination(context: Context, arguments: Sequence[Argument]) -> tuple[Entity, ...]:
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


def _gapped(context: Context, verb: int, sides: _Sides) -> Iterator[_Sides]:
    """«Индия поставляет Армении ракеты, Франция – радары», «истребители покупает у России, дроны – у Турции»."""
    sentence = context.sentence(verb)
    tokens = context.text.tokens
    for dash in range(verb + 1, sentence.last):
        if tokens[dash].text not in DASHES:
            continue
        left = _segment(context, dash, -1, sentence.first)
        right = _segment(context, dash, 1, sentence.last)
        if any(tokens[i].pos == "VERB" and tokens[i].feats.get("VerbForm") == "Fin" for i in (*left, *right)):
            continue
        if is_arms(context, right) and sides.recipients:
            named = [
                m
                for m in context.actor_mentions(left)
                if m.form == "metonym" or context.relation_of(m) in {"subject", ""}
            ]
            suppliers = tuple(e for m in named if (e := context.mentions.actor(m)) is not None)
            if suppliers:
                yield _Sides(suppliers, sides.recipients, context.nominative(right[0], right[-1] + 1))
        elif is_arms(context, left) and sides.recipients:
            from_whom = [m for m in context.actor_mentions(right) if context.relation_of(m) in SOURCES]
            suppliers = tuple(e for m in from_whom if (e := context.mentions.actor(m)) is not None)
            yield _Sides(suppliers, sides.recipients, context.nominative(left[0], left[-1] + 1))


def _segment(context: Context, dash: int, step: int, limit: int) -> list[int]:
    """The tokens on one side of a dash, up to the next comma."""
    found: list[int] = []
    at = dash + step
    while (at >= limit if step < 0 else at < limit) and context.text.tokens[at].text not in BREAKS:
        found.append(at)
        at += step
    return sorted(found)

"""Supplies told of by verbs: active, passive, from the receiver's side, and with what the words before leave out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import FACTUAL, Entity, Supply
from loaders.reading.kinds.place_names import is_undeclined
from loaders.reading.kinds.predicates import subjects_of
from loaders.reading.kinds.supply_gaps import gapped
from loaders.reading.kinds.supply_items import is_counted, is_money, item_among, item_of
from loaders.reading.kinds.supply_referents import bought_at_home, bought_in, giver, own_forces, referred
from loaders.reading.kinds.supply_sides import (
    RECEIVERS,
    SOURCES,
    Sides,
    actors_of,
    around,
    destination,
    facts,
    makers,
    makers_told,
    subject_before,
    with_clauses,
)
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument, is_passive

MEANS = frozenset({"by", "with"})


def by_verb(context: Context) -> Iterator[Supply]:
    """The supplies that verbs of delivering, receiving and equipping state."""
    last: tuple[int, Sides] | None = None
    for sense in context.senses.all("supply_verb", "receive_verb", "equip_verb"):
        verb = context.head(sense)
        if context.text.tokens[verb].pos not in {"VERB", "AUX", "ADJ"}:
            continue
        receiving = context.senses.has(verb, "receive_verb")
        near = set(around(context, verb))
        arguments = [a for a in context.arguments(verb) if a.role == "subject" or a.head in near]
        if any(a.role == "object" and is_money(context, a) for a in arguments):
            continue
        sides = _received(context, arguments, verb) if receiving else _supplied(context, arguments, verb)
        if receiving and (buyers := _ordering(context, arguments)):
            sides, receiving = Sides(sides.recipients, buyers, sides.item), False
        sides = _completed(context, verb, sides, receiving=receiving)
        before = last[1] if last is not None and _continues(context, verb, last[0]) else None
        sides = _carried(context, arguments, sides, before or _buyer_before(context, verb), receiving=receiving)
        if receiving and before is not None and is_passive(context.text.tokens[verb]) and sides.suppliers:
            # «Первая партия передана Хорватии. Самолёты закуплены у Франции»: by whoever got them.
            sides = replace(sides, recipients=sides.recipients or before.recipients)
        if receiving and not sides.recipients and sides.suppliers and is_passive(context.text.tokens[verb]):
            sides = replace(sides, recipients=bought_at_home(context, sides.suppliers))
        rule = "supply-received" if receiving else "supply-active"
        if sides.item and not receiving and not sides.recipients:
            sides, rule = _to_theme(context, verb, arguments, sides), "supply-to-theme"
        if sides.item:
            yield from facts(context, verb, sides, rule)
            if sides.recipients and (sides.suppliers or not receiving) and context.modality(verb) in FACTUAL:
                last = verb, sides
        for gap in gapped(context, verb, sides):
            yield from facts(context, verb, gap, "supply-gapped")


def built(context: Context) -> Iterator[Supply]:
    """«Строит для пакистанского флота четыре корвета»: what a company makes for somebody it supplies."""
    for sense in context.senses.all("build_verb"):
        verb = context.head(sense)
        if context.text.tokens[verb].pos != "VERB":
            continue
        near = set(around(context, verb))
        arguments = [a for a in context.arguments(verb) if a.role == "subject" or a.head in near]
        suppliers = actors_of(context, arguments, lambda a: a.role == "subject")
        receiving = [*actors_of(context, arguments, lambda a: a.relation == "for")] or [
            e
            for m in context.actor_mentions(near)
            if context.relation_of(m) == "for" and (e := context.mentions.actor(m)) is not None
        ]
        item = item_of(context, [a for a in arguments if a.role == "object"])
        if item and receiving and all(s.kind == "company" for s in suppliers):
            yield from facts(context, verb, Sides(suppliers, tuple(receiving[:1]), item), "supply-built")


def _ordering(context: Context, arguments: Sequence[Argument]) -> tuple[Entity, ...]:
    """«Embraer получил заказ от Узбекистана на самолёты»: of whom one gets an order, who delivers."""
    orders = (
        a for a in arguments if a.role == "object" and context.senses.has(a.head, "order_noun", "supply_contract")
    )
    named = (m for a in orders for m in context.actor_mentions(a.tokens) if context.relation_of(m) == "from")
    return tuple(e for m in named if (e := context.mentions.actor(m)) is not None)


def _supplied(context: Context, arguments: Sequence[Argument], verb: int) -> Sides:
    suppliers = actors_of(context, arguments, lambda a: a.role == "subject") or giver(context, arguments)
    recipients = actors_of(context, arguments, lambda a: a.role != "subject" and a.relation in RECEIVERS)
    recipients = recipients or destination(context, arguments) or _pronoun(context, arguments, suppliers)
    objects = [a for a in arguments if a.role == "object"]
    item = item_of(context, objects)
    if not suppliers and item and is_passive(context.text.tokens[verb]):
        # "Turkish drones were handed over to Kazakhstan": whose arms they are.
        suppliers = makers(context, [i for a in objects for i in a.tokens])
    receiver = _given(context, arguments, verb)
    if receiver and not recipients:
        recipients, item = receiver, item_of(context, [a for a in objects if a.head > verb]) or item
    if context.senses.has(verb, "equip_verb") and not item:
        equipped = [a for a in arguments if a.role == "object"]
        recipients = recipients or actors_of(context, equipped, lambda a: a.role == "object")
        recipients = recipients or referred(context, [a.head for a in equipped], suppliers)
        item = item_of(context, [a for a in arguments if a.relation in MEANS])
    recipients = recipients or _inner(context, verb, objects) or _owner(context, verb)
    recipients = recipients or own_forces(context, arguments, suppliers) or _located(context, arguments)
    return Sides(suppliers, recipients, item)


def _located(context: Context, arguments: Sequence[Argument]) -> tuple[Entity, ...]:
    """«Передала военному госпиталю в Алматы»: the state in which a receiver without a name is."""
    words = [i for a in arguments if a.relation == "recipient" for i in a.tokens]
    places = [m for m in context.places(words) if context.relation_of(m) == "in"]
    states = (context.mentions.states.get(m.entity.state or "") for m in places[:1])
    return tuple(s for s in states if s is not None)


def _given(context: Context, arguments: Sequence[Argument], verb: int) -> tuple[Entity, ...]:
    """ "Ghana's navy was given four boats": who is the subject of a passive verb that has an object of its own."""
    objects = [a for a in arguments if a.role == "object"]
    first = [a for a in objects if a.head < verb]
    if not is_passive(context.text.tokens[verb]) or len(objects) < 2 or len(first) != 1:
        return ()
    return actors_of(context, first, lambda a: not item_of(context, [a])) if not item_of(context, first) else ()


def _inner(context: Context, verb: int, objects: Sequence[Argument]) -> tuple[Entity, ...]:
    """ "Sell Indonesia 48 fighters": a state directly after the verb, which the parser takes for a part of the item."""
    words = {i for a in objects for i in a.tokens}
    for mention in context.mentions.at(verb + 1):
        plain = mention.form in {"name", "metonym", "body"} and mention.first == verb + 1 and mention.head in words
        if plain and context.text.tokens[mention.head].rel == "compound":
            actor = context.mentions.actor(mention)
            return (actor,) if actor is not None else ()
    return ()


def _owner(context: Context, verb: int) -> tuple[Entity, ...]:
    """ "Azerbaijan operates drones supplied by Turkey", "trucks donated by Japan were handed to Fiji": who has them."""
    tokens = context.text.tokens
    token = tokens[verb]
    if not token.rel.startswith("acl") or not is_passive(token) or token.head is None:
        return ()
    above = tokens[token.head].head
    if above is None:
        return ()
    arguments = context.arguments(above)
    if is_passive(tokens[above]) and context.senses.has(above, "supply_verb"):
        return actors_of(context, arguments, lambda a: a.relation in RECEIVERS) or destination(context, arguments)
    if not context.senses.has(above, "operate_verb", "receive_verb"):
        return ()
    return actors_of(context, arguments, lambda a: a.role == "subject")


def _dative_after(context: Context, after: Iterable[int], suppliers: Sequence[Entity]) -> tuple[Entity, ...]:
    """A receiver that the syntax hung elsewhere."""
    words = [i for i in after if context.relation(i) == "recipient"]
    named = [m for m in context.actor_mentions(words) if m.form != "adjective"]
    actors = tuple(e for m in named[:1] if (e := context.mentions.actor(m)) is not None)
    return actors or referred(context, words, suppliers)


def _pronoun(context: Context, arguments: Sequence[Argument], suppliers: Sequence[Entity]) -> tuple[Entity, ...]:
    pronouns = [a.head for a in arguments if a.relation == "to" and context.text.tokens[a.head].pos == "PRON"]
    return referred(context, [a.head for a in arguments if a.relation == "recipient"] + pronouns, suppliers)


def _received(context: Context, arguments: Sequence[Argument], verb: int) -> Sides:
    recipients = actors_of(context, arguments, lambda a: a.role == "subject")
    suppliers = actors_of(context, arguments, lambda a: a.role != "subject" and _is_source(context, a))
    recipients = recipients or referred(context, [a.head for a in arguments if a.role == "subject"], suppliers)
    objects = [a for a in arguments if a.role == "object"]
    # «Получила турецкие беспилотники»: where no source is named, whose arms they are.
    # "Received ten tanks from Spain and four from Portugal", "bought drones from the Turkish company Baykar".
    inside = [m for m in context.mentions.within(i for a in objects for i in a.tokens) if m.form != "adjective"]
    further = (context.mentions.actor(m) for m in inside if context.relation_of(m) == "from")
    if suppliers or any(m.entity.kind == "company" for m in inside):
        suppliers = tuple(dict.fromkeys((*(e for e in further if e is not None), *suppliers)))
    suppliers = suppliers or makers_told(context, [i for a in objects for i in with_clauses(context, a.head)])
    suppliers = suppliers or makers(context, [i for a in objects for i in a.tokens])
    return Sides(suppliers or bought_in(context, arguments, verb, recipients), recipients, item_of(context, objects))


def _is_source(context: Context, argument: Argument) -> bool:
    """«У Кипра», «из Турции», but not «вместе с Данией»: who gets arms together with others."""
    return argument.relation in SOURCES and not _is_beside(context, argument.head)


def _is_beside(context: Context, index: int) -> bool:
    """«Вместе с Данией»: whether a noun hangs on a word for together."""
    above = context.text.tokens[index].head
    return above is not None and context.senses.has(above, "joint_adverb")


def _completed(context: Context, verb: int, sides: Sides, *, receiving: bool) -> Sides:
    """What the syntax left out, from the words between the finite verbs around: long sentences are parsed badly."""
    near = around(context, verb)
    after = [i for i in near if i > verb]
    item = sides.item or item_among(context, after) or item_among(context, [i for i in near if i < verb])
    subject = "recipients" if receiving else "suppliers"
    found = {"suppliers": sides.suppliers, "recipients": sides.recipients}
    if not found[subject] and not is_passive(context.text.tokens[verb]):
        found[subject] = subject_before(context, verb)
    if not receiving and not sides.recipients:
        found["recipients"] = _dative_after(context, after, found["suppliers"])
    if not receiving and not found["recipients"]:
        named = [m for m in context.mentions.within(after) if _receives(context, m, verb)]
        found["recipients"] = tuple(e for m in named[:1] if (e := context.mentions.actor(m)) is not None)
    if receiving and not sides.suppliers:
        # "Buys drones from Turkey, munitions from Israel and fighters from Pakistan."
        named = [m for m in context.mentions.within(near) if context.relation_of(m) in SOURCES]
        named = [m for m in named if not _describes_company(context, m, named)]
        named = [m for m in named if not _is_beside(context, context.coordinated(m)[0].head)]
        sources = [e for m in named if (e := context.mentions.actor(m)) is not None]
        found["suppliers"] = (
            tuple(dict.fromkeys(sources)) if len(_objects_of(context, verb)) == 1 else tuple(sources[:1])
        )
    return Sides(found["suppliers"], found["recipients"], item)


def _describes_company(context: Context, mention: EntityMention, named: Sequence[EntityMention]) -> bool:
    """ "From the Turkish company Baykar", "from the US company …": what only says whose a company is."""
    noun = context.text.tokens[mention.head].head
    companies = [m for m in named if m.entity.kind == "company"]
    beside = {context.text.tokens[m.head].head for m in companies} | {m.head for m in companies}
    describes = mention.form == "adjective" or context.text.tokens[mention.head].rel == "compound"
    return describes and mention.entity.kind != "company" and noun in beside


def _objects_of(context: Context, verb: int) -> list[Argument]:
    """The objects of a verb."""
    return [a for a in context.arguments(verb) if a.role == "object"]


def _receives(context: Context, mention: EntityMention, verb: int) -> bool:
    """«Казахстану», «таджикским пограничникам»."""
    if mention.entity.kind == "body" and mention.first == verb + 1 and is_undeclined(context, mention):
        return True  # «передал Минобороны Таджикистана»
    if context.relation_of(mention) == "for" and mention.form in {"name", "body"}:
        return True  # «отгрузила первую партию танков для Польши»
    receives = context.relation_of(mention) == "recipient"
    return receives and context.text.tokens[mention.head].rel in {"iobj", "obj", "amod", "nmod"}


def _to_theme(context: Context, verb: int, arguments: Sequence[Argument], sides: Sides) -> Sides:
    """ "Vietnam's search for suppliers": where a sentence names no receiver, that is the state of the heading."""
    theme = context.theme
    active = any(a.role == "subject" and a.head < verb for a in arguments)
    item = item_of(context, [a for a in arguments if a.role == "object"])
    elsewhere = any(a.relation in {*RECEIVERS, "to", "from"} and not context.dates_in([a.head]) for a in arguments)
    others = {e.state for e in context.actors(i for i in around(context, verb) if i > verb) if e.state}
    suppliers = {s.state for s in sides.suppliers}
    if theme is None or context.in_title(verb) or not active or not item or elsewhere:
        return sides
    if theme.state in suppliers or not others <= {*suppliers, theme.state}:
        return sides
    return replace(sides, recipients=(theme,))


def _continues(context: Context, verb: int, earlier: int) -> bool:
    """Whether a supply is told of right after another: in its sentence, or in the next of the paragraph."""
    here, there = context.sentence(verb), context.sentence(earlier)
    return here.paragraph == there.paragraph and here.index - there.index <= 1


def _buyer_before(context: Context, verb: int) -> Sides | None:
    """ "Serbia was the largest importer. China delivered …": the buyer of whom the sentence before speaks."""
    here = context.sentence(verb)
    if here.index == 0 or context.text.sentences[here.index - 1].paragraph != here.paragraph:
        return None
    before = context.text.sentences[here.index - 1]
    for index in range(before.first, before.last):
        if context.senses.has(index, "buyer_noun") and context.modality(index) in FACTUAL:
            buyers = [e for m in subjects_of(context, index) if (e := context.mentions.actor(m)) is not None]
            return Sides((), tuple(buyers), "") if buyers else None
    return None


def _carried(
    context: Context, arguments: Sequence[Argument], sides: Sides, before: Sides | None, *, receiving: bool
) -> Sides:
    """«КНР передала Душанбе машины, а Россия – зенитный дивизион», "Albania bought three of the same type"."""
    if before is None:
        return sides
    counted = any(is_counted(context, a.head) for a in arguments if a.role == "object")
    if not sides.item and counted:
        sides = replace(sides, item=before.item)
        if receiving and not sides.suppliers:
            sides = replace(sides, suppliers=before.suppliers)
    elsewhere = any(a.relation in {*RECEIVERS, "to"} and not context.dates_in([a.head]) for a in arguments)
    if not receiving and sides.suppliers and not sides.recipients and not elsewhere:
        sides = replace(sides, recipients=tuple(r for r in before.recipients if r not in sides.suppliers))
    return sides

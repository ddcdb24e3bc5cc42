"""Supplies told of by nouns: «поставки дронов из Турции Казахстану», "Armenia is the largest buyer of Indian arms"."""

from collections.abc import Iterator, Sequence

from loaders.reading.context import Context
from loaders.reading.facts import FACTUAL, Entity, Supply
from loaders.reading.kinds.clause_limits import DASHES
from loaders.reading.kinds.place_names import is_undeclined
from loaders.reading.kinds.predicates import subjects_of
from loaders.reading.kinds.supply_items import is_arms, item_among, item_of
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
from loaders.reading.syntax import Argument

GOALS = RECEIVERS | {"to"}
BREAKS = frozenset({",", ";", ".", ":", "(", ")"})
REACH = 16
"""How many words after a noun may still say from whom and to whom."""
CONTRACT_REACH = 12
"""How many words after "contract" may stand before what it is for."""


def by_noun(context: Context) -> Iterator[Supply]:
    """«Поставки российских вертолётов Казахстану», «закупка дронов у Турции», «поставщик вооружения для Индии»."""
    for sense in context.senses.all("supply_noun", "receive_noun"):
        noun = context.head(sense)
        arguments = [a for a in context.arguments(noun) if a.role != "subject"]
        tokens = context.phrase(noun)
        verbal = context.text.tokens[noun].feats.get("VerbForm") == "Vnoun"  # «танк жеткізу»: it has an object
        items = [a for a in arguments if a.relation in {"of", ""} or (verbal and a.role == "object")]
        item = item_of(context, items) or _in_compound(context, noun) or _apposed(context, noun)
        if not item:
            continue
        sources = actors_of(context, arguments, lambda a: a.relation in SOURCES) or _after(context, noun, SOURCES)
        by = actors_of(context, arguments, lambda a: a.relation == "by") or _agent(context, tokens)
        to = actors_of(context, arguments, lambda a: a.relation in RECEIVERS) or destination(context, arguments)
        to = to or _after(context, noun, GOALS)
        if context.senses.has(noun, "receive_noun"):
            recipients = by or to or _signer(context, noun)
            suppliers = sources
        else:
            suppliers = by or sources or _decider(context, noun) or _signer(context, noun) or makers(context, tokens)
            recipients = to
        yield from facts(context, noun, Sides(suppliers, recipients, item), "supply-noun")


def _agent(context: Context, tokens: Sequence[int]) -> tuple[Entity, ...]:
    """«Поставка истребителей французской компанией Dassault»: by whom, though the parser hung it on the arms."""
    agents = [i for i in tokens if context.relation(i) == "by" and context.senses.has(i, "company_noun")]
    named = [m for i in agents for m in context.mentions.within(context.phrase(i), "company")]
    return tuple(dict.fromkeys(m.entity for m in named[:1]))


def _decider(context: Context, noun: int) -> tuple[Entity, ...]:
    """ "The Netherlands approved the delivery of jets to Ukraine": who decides on a delivery or begins it."""
    verb = context.text.tokens[noun].head
    possible = any(context.senses.has(c, "proposal") for c in context.text.children[noun])  # "a possible sale"
    if verb is None or possible or not context.senses.has(verb, "supply_action_verb"):
        return ()
    arguments = context.arguments(verb)
    if not any(a.role == "object" and a.head == noun for a in arguments):
        return ()
    return actors_of(context, arguments, lambda a: a.role == "subject")


def _signer(context: Context, noun: int) -> tuple[Entity, ...]:
    """«Корея Польшаға танк жеткізу туралы келісімшартқа қол қойды»: who alone signs what a delivery is agreed in."""
    document = context.text.tokens[noun].head
    if document is None or not context.senses.has(document, "supply_contract", "agreement_agreement"):
        return ()
    verb = context.text.tokens[document].head
    if verb is None or not context.senses.has(verb, "sign_verb"):
        return ()
    signers = actors_of(context, context.arguments(verb), lambda a: a.role == "subject")
    return signers if len(signers) == 1 else ()


def _in_compound(context: Context, noun: int) -> str:
    """ "Arms transfers", "drone sales": what is supplied stands before the noun, in one phrase with it."""
    tokens = context.text.tokens
    before = [c for c in context.text.children[noun] if c < noun and tokens[c].rel == "compound"]
    return context.nominative(before[0], before[-1] + 1) if before and is_arms(context, before) else ""


def _apposed(context: Context, noun: int) -> str:
    """ "Two aircraft, a gift from the United States": what the noun only describes."""
    token = context.text.tokens[noun]
    described = token.rel == "appos" and token.head is not None and is_arms(context, [token.head])
    return context.nominative(token.head, token.head + 1) if described and token.head is not None else ""


def _after(context: Context, noun: int, relations: frozenset[str]) -> tuple[Entity, ...]:
    """The first actor in one of the relations after a noun and before any verb, wherever the parser hung it."""
    tokens = context.text.tokens
    last = noun + 1
    limit = min(context.sentence(noun).last, noun + REACH)
    while last < limit and tokens[last].pos not in {"VERB", "AUX"} and tokens[last].text not in BREAKS:
        last += 1
    for mention in context.actor_mentions(range(noun + 1, last)):
        named = mention.form not in {"adjective", "demonym"} and mention.entity.kind != "organization"
        actor = context.mentions.actor(mention)
        relation = context.relation_of(mention)
        goal = relation == "in" and "to" in relations and is_undeclined(context, mention)  # «поставки в Мали»
        if named and actor is not None and (relation in relations or goal):
            return (actor,)
    return ()


def by_contract(context: Context) -> Iterator[Supply]:
    """«Подписала с французской Dassault Aviation контракт на истребители»: the company supplies the state."""
    buyer: tuple[int, tuple[Entity, ...]] = (-1, ())
    for sense in context.senses.all("supply_contract"):
        noun = context.head(sense)
        near = around(context, noun)
        item = item_among(context, [i for i in near if i in _what_for(context, noun)])
        if context.senses.has(context.text.clauses[noun], "sign_verb"):
            near = sorted({*near, *context.clause(noun)})  # who signs stands before the verb
        named_here = [m for m in context.mentions.within(near, "company") if context.relation_of(m) != "in"]
        companies = tuple(dict.fromkeys(m.entity for m in named_here))
        named = [m for m in context.actor_mentions(near) if m.form not in {"adjective", "metonym"}]
        if item and not companies:
            yield from _between_states(context, noun, near, item)
        if not item or len(companies) != 1:
            continue
        makers_begin = {m.first for m in context.mentions.within(near, "company")}
        buyers = [m for m in named if not makers_begin & {m.last, m.last + 1}]  # not "South Korea's Hyundai Rotem"
        states = tuple(m.entity for m in buyers if m.entity.kind in {"state", "body"})
        here = context.sentence(noun).index
        again = buyer[1] if 0 <= here - buyer[0] <= 1 else ()
        acting = states[:1] or subject_before(context, noun) or again
        if not acting and (topic := context.topic(noun)) is not None:
            acting = (topic,)
        buyer = here, acting
        sides = Sides(companies, acting, item)
        yield from facts(context, noun, sides, "supply-contract")


def _what_for(context: Context, contract: int) -> range:
    """The words that may say what a contract is for: after it, or before it where nouns stand last."""
    if context.relations.head_final:
        return range(max(context.sentence(contract).first, contract - CONTRACT_REACH), contract)
    return range(contract + 1, contract + CONTRACT_REACH)


def into_service(context: Context) -> Iterator[Supply]:
    """«На вооружение ВВС Мали поступили турецкие беспилотники»: whose arms enter whose service."""
    for sense in context.senses.all("enter_service"):
        service = context.head(sense)
        verb = context.text.tokens[service].head
        if verb is None or not context.senses.has(verb, "service_verb"):
            continue
        words = set(context.phrase(service))
        owners = [m for m in context.actor_mentions(words) if context.relation_of(m) == "of"]
        recipients = tuple(e for m in owners[:1] if (e := context.mentions.actor(m)) is not None)
        if not owners and context.senses.has(verb, "take_verb"):  # «Казахстан принял на вооружение …»
            recipients = actors_of(context, context.arguments(verb), lambda a: a.role == "subject")[:1]
        arms = [a for a in context.arguments(verb) if a.role in {"subject", "object"} and service not in a.tokens]
        item = item_of(context, arms)
        suppliers = makers_told(context, [i for a in arms for i in with_clauses(context, a.head)])
        suppliers = suppliers or makers(context, [i for a in arms for i in a.tokens])
        if item and recipients and suppliers:
            yield from facts(context, verb, Sides(suppliers, recipients, item), "supply-into-service")


def arrived(context: Context) -> Iterator[Supply]:
    """«В Казахстан поступили российские истребители»: arms that come into a state, and whose they are."""
    for sense in context.senses.all("goods_arrive", "arrive"):
        verb = context.head(sense)
        if context.text.tokens[verb].pos != "VERB":
            continue
        arguments = context.arguments(verb)
        goods = [a for a in arguments if a.role in {"subject", "object"}]
        if sense.name == "arrive" and not any(context.senses.has(a.head, "batch_noun") for a in goods):
            continue  # troops arrive as well
        item = item_of(context, goods)
        suppliers = actors_of(context, arguments, lambda a: a.relation == "from")
        suppliers = suppliers or makers(context, [i for a in goods for i in a.tokens])
        recipients = destination(context, arguments)
        recipients = recipients or actors_of(context, arguments, lambda a: a.relation == "recipient")
        recipients = recipients or _undeclined(context, arguments)
        if item and suppliers and recipients:
            yield from facts(context, verb, Sides(suppliers, recipients, item), "supply-arrived")


def _undeclined(context: Context, arguments: Sequence[Argument]) -> tuple[Entity, ...]:
    """«В ВВС Казахстана»: an abbreviation whose form does not tell where from where to."""
    within = (m for a in arguments if a.relation == "in" for m in context.mentions.at(a.head))
    bodies = [m.entity for m in within if m.entity.kind == "body" and context.text.tokens[m.head].text.isupper()]
    return tuple(bodies[:1])


def _between_states(context: Context, noun: int, near: Sequence[int], item: str) -> Iterator[Supply]:
    """ "Armenia has signed a contract with India for the purchase of launchers": the one with whom it is sells."""
    sells = any(context.senses.has(i, "supply_noun") for i in near if i in _what_for(context, noun))
    signs = context.senses.has(context.text.clauses[noun], "sign_verb")
    partners = [m for m in context.actor_mentions(near) if context.relation_of(m) == "with"]
    acting = subject_before(context, noun)
    if sells or not signs or len(partners) != 1 or not acting or partners[0].entity.kind not in {"state", "body"}:
        return
    supplier = context.mentions.actor(partners[0])
    if supplier is not None and acting[0].kind in {"state", "body"}:
        yield from facts(context, noun, Sides((supplier,), acting, item), "supply-contract")


def _after_dash(context: Context, noun: int) -> list[EntityMention]:
    """«Главный поставщик гаубиц для Армении – Индия»: whom a clause without a verb says that it is."""
    for index in range(noun + 1, context.sentence(noun).last - 1):
        if context.text.tokens[index].pos in {"VERB", "AUX"} or context.text.tokens[index].text in {";", ":"}:
            return []
        if context.text.tokens[index].text in DASHES:
            return [m for m in context.actor_mentions([index + 1]) if m.form in {"name", "metonym"}]
    return []


def by_role(context: Context) -> Iterator[Supply]:
    """«Крупнейшим покупателем индийского оружия остаётся Армения», «Турция – главный поставщик дронов Бишкеку»."""
    for sense in context.senses.all("supplier_noun", "buyer_noun"):
        noun = context.head(sense)
        below = context.phrase(noun)
        if context.modality(noun) not in FACTUAL or not is_arms(context, below):
            continue
        said = [n for m in subjects_of(context, noun) or _after_dash(context, noun) for n in context.coordinated(m)]
        subject = tuple(dict.fromkeys(e for m in said if (e := context.mentions.actor(m)) is not None))
        given = (i for i in context.clause(noun) if i > noun and context.relation(i) in RECEIVERS)
        named = tuple(
            e
            for m in context.actor_mentions({*given, *(i for i in below if i > noun)})
            if (e := context.mentions.actor(m)) is not None and e not in subject
        )
        item = item_among(context, [i for i in below if i > noun])
        sides = Sides(subject, named[:1], item)
        if context.senses.has(noun, "buyer_noun"):
            sides = Sides(named[:1], subject, item)
        yield from facts(context, noun, sides, "supply-role")

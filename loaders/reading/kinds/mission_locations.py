"""Where a mission named by its name is: in brackets after the name, or in the clause, unless it is known elsewhere."""

from collections.abc import Iterator

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.gazetteer import KnownEntity
from loaders.reading.mentions import EntityMention
from loaders.reading.names import entity_of


def namesake(context: Context, mission: EntityMention, place: Entity) -> Entity:
    """«MONUSCO (Конго)»: of two states of a name the one in which the mission is."""
    return of_mission(context, context.names.by_iri.get(mission.entity.iri or ""), place)


def of_mission(context: Context, mission: KnownEntity | None, place: Entity) -> Entity:
    """«Миссия ООН в Конго»: of two states of a name the one in which a mission is, if it is known."""
    other = _namesake(context, mission, place) if mission is not None else None
    return place if other is None else entity_of(other, context.language)


def is_namesake(context: Context, mission: KnownEntity, place: Entity) -> bool:
    """«Миссия ООН в Конго»: whether a mission is in another state of the name."""
    return _namesake(context, mission, place) is not None


def _namesake(context: Context, mission: KnownEntity, place: Entity) -> KnownEntity | None:
    """The state in which a mission is and whose name has all words of the place's."""
    if place.kind != "state" or place.iri in mission.locations:
        return None
    words = set(context.grammar.words(place.name.casefold()))
    for iri in mission.locations:
        other = context.names.by_iri.get(iri)
        if other is None or other.kind != "state":
            continue
        if any(words <= name for name in _names(context, other)):
            return other
    return None


def _names(context: Context, known: KnownEntity) -> tuple[frozenset[str], ...]:
    """The words of each name of an entity in the language of the text, each entity's once."""
    held = context.once(_names_held)
    if known.iri not in held:
        own = (n.text.casefold() for n in known.names if n.language == context.language)
        held[known.iri] = tuple(frozenset(context.grammar.words(name)) for name in own)
    return held[known.iri]


def _names_held(_context: Context) -> dict[str, tuple[frozenset[str], ...]]:
    """Where those of one text are kept."""
    return {}


def place_in_brackets(context: Context, mention: EntityMention) -> list[EntityMention]:
    """«UNIFIL (Ливан)»: the place in brackets after the name."""
    tokens = context.text.tokens
    after = mention.last
    while after < len(tokens) and tokens[after].text in {"»", '"', "”"}:
        after += 1
    if after + 1 >= len(tokens) or tokens[after].text != "(":
        return []
    close = next((i for i in range(after, min(after + 8, len(tokens))) if tokens[i].text == ")"), after)
    return context.places(range(after, close))


def places_of_clause(
    context: Context, head: int, mention: EntityMention, others: list[EntityMention]
) -> Iterator[EntityMention]:
    """The places of the clause with «в» or «на», or to which somebody is sent; beside other missions only near ones."""
    clause = context.clause(head)
    rivals = [m for m in others if m.head in clause and m.entity != mention.entity]
    sent = any(context.senses.has(i, "send") for i in clause)
    for place in context.places(clause):
        relation = context.relation_of(place)
        if _is_elsewhere(context, mention, place):
            continue
        if place.form == "anaphor" or relation not in ({"in", "on", "to"} if sent else {"in", "on"}):
            continue
        distance = min(abs(place.first - mention.last), abs(mention.first - place.last))
        if not rivals or distance <= min(min(abs(place.first - r.last), abs(r.first - place.last)) for r in rivals):
            yield place


def _is_elsewhere(context: Context, mission: EntityMention, place: EntityMention) -> bool:
    """Whether a mission is known to be in other states than the one named."""
    known = context.names.by_iri.get(mission.entity.iri or "")
    if known is not None and place.entity.kind == "place":
        # «наблюдатели – в Конго (МООНСДРК), контингент – на Голанских высотах»
        others = [k for k in context.names.missions if k.iri != known.iri]
        return place.entity.iri not in known.locations and any(place.entity.iri in k.locations for k in others)
    if known is None or place.entity.kind != "state":
        return False
    where = [k for iri in known.locations if (k := context.names.by_iri.get(iri)) is not None]
    listed = context.coordinated(place)  # "in Cyprus and Germany": of a list one known place is enough
    there = any(k.iri == p.entity.iri or k.state == p.entity.state for k in where for p in listed)
    return bool(where) and not there and namesake(context, mission, place.entity) == place.entity

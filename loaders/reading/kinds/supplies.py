"""Supplies: who delivers, sells, transfers or donates arms and equipment to whom.

Active («Россия поставляет Казахстану вертолёты»), passive («вертолёты поставлены Россией»), from the receiver's side
(«Сербия купила у Кипра вертолёты»), as a noun («поставки дронов из Турции Казахстану»), and with the verb left out in
what follows («…, Франция – радары»). Only arms and equipment count, told by the lexicon or by a designation («Су-30»).
"""

from collections.abc import Iterator

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Supply, side
from loaders.reading.kinds.supply_nouns import arrived, by_contract, by_noun, by_role, into_service
from loaders.reading.kinds.supply_verbs import built, by_verb


def find(context: Context) -> Iterator[Supply]:
    """The supplies that a text states."""
    seen: set[tuple[Entity, Entity, str]] = set()
    ways = (by_verb, built, by_noun, by_role, by_contract, into_service, arrived)
    found = tuple(supply for way in ways for supply in way(context))
    told = {side(f.recipient) for f in found if not _in_title(context, f)}
    for fact in found:
        if _in_title(context, fact) and fact.supplier.kind == "state" and side(fact.recipient) in told:
            continue  # the text tells more exactly what the heading sums up
        key = (fact.supplier, fact.recipient, fact.item or "")
        if fact.supplier != fact.recipient and not _same_state(fact) and key not in seen:
            seen.add(key)
            yield fact


def _same_state(fact: Supply) -> bool:
    """A ministry that hands vehicles to its own army supplies nobody."""
    return fact.supplier.state is not None and fact.supplier.state == fact.recipient.state


def _in_title(context: Context, fact: Supply) -> bool:
    return context.title is not None and all(span.begin < context.title.end for span in fact.evidence)

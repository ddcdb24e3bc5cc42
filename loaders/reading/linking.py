"""From analysed text to mentions. Each step is a function that sees what was found before it and yields more.

The order goes from what is certain to what leans on it: names of the gazetteer, names in quotation marks, persons,
regions, bodies of states, what a model took for names, and last the words that stand for something named before.
"""

from collections.abc import Callable, Iterator, Sequence

from loaders.reading.anaphora import anaphors
from loaders.reading.bodies import bodies
from loaders.reading.event_names import event_names
from loaders.reading.first_person import ours
from loaders.reading.gazetteer_names import names
from loaders.reading.interview import speakers
from loaders.reading.mentions import EntityMention, Mentions
from loaders.reading.model_names import persons, regions, unknown_names
from loaders.reading.quoted_names import quoted
from loaders.reading.scene import Scene, in_order

Step = Callable[[Scene, Sequence[EntityMention]], Iterator[EntityMention]]


def link(scene: Scene) -> Mentions:
    """All mentions of a text."""
    steps: tuple[Step, ...] = (
        names,
        quoted,
        event_names,
        persons,
        regions,
        ours,
        speakers,
        bodies,
        unknown_names,
        anaphors,
    )
    found: list[EntityMention] = []
    for step in steps:
        found = in_order([*found, *step(scene, found)])
    return Mentions(tuple(found), scene.names.states)

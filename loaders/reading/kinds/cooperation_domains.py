"""Fields of cooperation: the words of a lexicon's `domain_<name>` lists among the tokens."""

from collections.abc import Iterable, Iterator
from typing import get_args

from loaders.reading.context import Context
from loaders.reading.facts import Domain

DOMAIN = "domain_"
NAMES: dict[str, Domain] = {DOMAIN + name.replace(" ", "_").replace("-", "_"): name for name in get_args(Domain)}


def domains(context: Context, tokens: Iterable[int]) -> tuple[Domain, ...]:
    """The fields that the tokens name, each once, in the order of the text; a phrase hides what it contains."""
    wanted = set(tokens)
    found: dict[Domain, None] = {}
    here = {s for i in wanted for s in context.senses.at(i) if s.name in NAMES}
    end = 0
    for sense in sorted(here, key=lambda s: (s.first, -s.last)):
        if sense.first < end:
            continue
        end = sense.last
        if wanted.issuperset(range(sense.first, sense.last)):
            found[NAMES[sense.name]] = None
            for other in context.senses.at(sense.first):
                if other.name in NAMES and (other.first, other.last) == (sense.first, sense.last):
                    found[NAMES[other.name]] = None
    taught = (i for i in wanted if context.senses.has(i, "teach_verb", "teach_noun"))
    found.update(dict.fromkeys(d for i in taught for d in _taught(context, i)))
    return tuple(found)


def _taught(context: Context, word: int) -> Iterator[Domain]:
    """«Готовить сапёров», «подготовка морских офицеров»: troops are trained, officers and specialists educated."""
    noun = context.senses.has(word, "teach_noun")
    arguments = context.arguments(word)
    taught = [i for a in arguments if (a.relation == "of" if noun else a.role == "object") for i in a.tokens]
    if any(context.senses.has(i, "trained_force") for i in taught):
        yield "training"
    elif any(context.senses.has(i, "trainee_noun") for i in taught):
        yield "education"


def is_military(context: Context, tokens: Iterable[int]) -> bool:
    """Whether the tokens speak of defence or security."""
    return any(context.senses.has(i, "military", "arms_noun") or _is_of_forces(context, i) for i in tokens)


def _is_of_forces(context: Context, index: int) -> bool:
    return any(
        m.entity.kind == "body" and m.entity.body in {"MoD", "AF", "GS", "SEC", "UNIT"}
        for m in context.mentions.at(index)
    )

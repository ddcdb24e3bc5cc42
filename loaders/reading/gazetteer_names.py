"""Where the names of the gazetteer stand in a text, and which of them mean what they name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.reading.editions import split_edition
from loaders.reading.mentions import EntityMention, Form
from loaders.reading.names import NameMatch, entity_of, is_acronym
from loaders.reading.quotes import Quotation
from loaders.reading.scene import Scene
from loaders.reading.text import fold

LONGEST_NAME = 3
"""Words of a state's name after an abbreviation."""
YEAR_DIGITS = 4


def names(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """The names of the gazetteer; a capital that seats several organizations ("Brussels") stands for its state only
    where the text names the state and none of them."""
    mentions = list(gazetteer(scene, found))
    seated = {
        place for m in mentions if m.entity.kind == "organization" and m.known for place in m.known.locations
        if place in scene.names.shared_seats
    }  # fmt: skip
    named = {m.entity.state for m in mentions if m.entity.kind == "state"}
    for mention in mentions:
        shared = mention.form == "metonym" and mention.known is not None and mention.known.iri in seated
        yield replace(mention, form="name") if shared and mention.entity.state not in named else mention


def gazetteer(scene: Scene, _: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """The names of the gazetteer; within a name in quotation marks only the whole of it."""
    of_companies = {t.index for n in scene.text.names if n.sort == "COMPANY" for t in scene.tokens_in(n.span)}
    for sentence in scene.text.sentences:
        for match in scene.names.find(scene.text.of(sentence)):
            if match.first in of_companies and match.known.kind == "state":
                continue
            around = next((q for q in scene.quoted_names.get(match.first, ()) if match.last <= q.last), None)
            if around and (match.known.kind == "state" or not _is_whole(scene, around, match)):
                continue
            if match.known.kind == "series" and not around and not _stands_alone(match):
                continue
            if match.known.kind == "series" and around and _is_called_place(scene, around):
                continue
            if match.known.kind == "body" and _is_common(scene, match):
                continue
            if match.known.kind == "body" and _is_anothers(scene, match):
                continue
            if match.known.kind == "body" and _has_several_owners(scene, match):
                inside = scene.names.find(scene.text.tokens[match.first + 1 : match.last])
                yield from (_named(scene, m, around) for m in inside if m.last == match.last)
                continue
            if match.known.kind == "place" and not around and _names_region(scene, match):
                continue
            yield _named(scene, match, around)


def _is_common(scene: Scene, match: NameMatch) -> bool:
    """ "The heads of the defense departments": written like a common noun, and of no state («российская армия»)."""
    tokens = scene.text.tokens[match.first : match.last]
    if not all(t.text.islower() for t in tokens):
        return False
    state = scene.names.states.get(match.known.state or "")
    known = scene.names.by_iri.get(state.iri or "") if state is not None else None
    described = {fold(n.text) for n in known.names if n.sort == "adjective"} if known is not None else set()
    return not any(described & {fold(t.text), *t.lemmas} for t in tokens)


def _is_anothers(scene: Scene, match: NameMatch) -> bool:
    """«КНБ Таджикистана»: an abbreviation that is one state's body, before the name of another state that has one."""
    tokens = scene.text.tokens
    if match.last - match.first > 1 or match.last >= len(tokens) or not tokens[match.first].text.isupper():
        return False
    if not any(s.name.startswith("body_") for s in scene.senses.at(match.first)):
        return False
    following = scene.names.find(tokens[match.last : match.last + LONGEST_NAME])
    owner = next((m for m in following if m.first == match.last and m.known.kind == "state"), None)
    owned = tokens[match.last].head == match.first and scene.relations.of(match.last) == "of"
    return owner is not None and owned and owner.known.state != match.known.state and owner.sort != "adjective"


def _has_several_owners(scene: Scene, match: NameMatch) -> bool:
    """«Военные ведомства Казахстана и Катара»: a name that ends with the first of several states, and so is none."""
    tokens = scene.text.tokens
    if match.last + 1 >= len(tokens) or not tokens[match.last - 1].is_capitalized or match.last - match.first < 2:
        return False
    listed = scene.senses.has(match.last, "list_sign") and tokens[match.last].text != ","
    return listed and tokens[match.last + 1].rel == "conj" and tokens[match.last + 1].head == match.last - 1


def _is_whole(scene: Scene, around: Quotation, match: NameMatch) -> bool:
    """Whether the match is the quoted name, apart from a year."""
    rest = scene.text.tokens[match.last : around.last]
    return match.first == around.first and all(not t.text[:1].isalpha() for t in rest)


def _is_called_place(scene: Scene, name: Quotation) -> bool:
    """«„Шығыс“ полигоны»: where nouns stand last, the noun right after the quotation mark says what the name is of."""
    noun = next((i for i in (name.last, name.last + 1) if i < len(scene.text.tokens) and _is_word(scene, i)), None)
    return scene.relations.head_final and noun is not None and scene.senses.has(noun, "place_noun")


def _is_word(scene: Scene, index: int) -> bool:
    return scene.text.tokens[index].text[:1].isalpha()


def _names_region(scene: Scene, match: NameMatch) -> bool:
    """Whether a place gives its name to the region after it, which is another place: «Анталия провинциясы»."""
    after = scene.text.tokens[match.last] if match.last < len(scene.text.tokens) else None
    name = scene.text.tokens[scene.head(match.first, match.last)]
    return (
        scene.relations.head_final and after is not None and name.head == after.index
        and scene.senses.has(after.index, "region_noun", "water_noun", "high_noun")
    )  # fmt: skip


def _stands_alone(match: NameMatch) -> bool:
    """A series is recognised without quotation marks if its name is more than one word, or an abbreviation."""
    return match.last - match.first > 1 or is_acronym(match.text)


def _named(scene: Scene, match: NameMatch, around: Quotation | None) -> EntityMention:
    entity = entity_of(match.known, scene.text.language)
    form: Form = "quoted" if around else "name"
    last = around.last if around else match.last
    if match.known.kind == "series" and not around and _is_year(scene, last):
        last += 1  # "Steppe Eagle 2019"
    if match.sort in {"adjective", "demonym"}:
        form = "adjective" if match.sort == "adjective" else "demonym"
    elif match.known.kind == "place":
        entity = replace(entity, name=match.text)
        if match.known.capital_of and not around:
            form, entity = "metonym", replace(entity, state=match.known.capital_of)
    elif match.known.kind == "series":
        words = around.span if around else scene.text.span_of(range(match.first, last))
        entity = replace(entity, name=match.text, year=split_edition(words.of(scene.text.text))[1])
    return scene.mention(entity, match.first, last, form, known=match.known)


def _is_year(scene: Scene, index: int) -> bool:
    """Whether a number of four digits that can be a year stands at a place."""
    word = scene.text.tokens[index].text if index < len(scene.text.tokens) else ""
    return len(word) == YEAR_DIGITS and word.isdigit() and word[:2] in {"19", "20"}

"""Names in quotation marks: which are names of what, and how they are called."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.reading.editions import split_edition
from loaders.reading.facts import Entity, EntityKind
from loaders.reading.gazetteer import KnownEntity
from loaders.reading.mentions import EntityMention
from loaders.reading.names import entity_of
from loaders.reading.quotes import Quotation
from loaders.reading.scene import Cover, Scene
from loaders.reading.text import fold

QUOTED_KINDS: dict[str, EntityKind] = {
    "exercise_noun": "exercise", "competition_noun": "exercise", "place_noun": "place", "company_noun": "company",
    "institution_noun": "institution", "mission_noun": "mission", "series_noun": "exercise",
}  # fmt: skip
NAMES_NOUN = frozenset({"nmod", "compound", "appos", "amod"})
NOUN_DISTANCE = 12
NAMED_BY = frozenset({"–", "—", "-", "("})


def quoted(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """Names in quotation marks: their kind is told by the noun before them, the list they stand in, or the same name
    elsewhere."""
    known = [m for m in found if m.form == "quoted"]
    unknown: list[Quotation] = []
    previous: EntityMention | None = None
    cover = Cover(found)
    others: dict[str, EntityMention] = {}
    for quotation in scene.quotations:
        if not quotation.is_name or cover.takes(quotation.first, quotation.last):
            previous = next((m for m in found if m.form == "quoted" and m.first == quotation.first), previous)
            continue
        name, _ = split_edition(quotation.span.of(scene.text.text))
        same = others.get(fold(name)) or _called_before(scene, known, quotation)
        if same is not None:
            others[fold(name)] = same
            yield scene.mention(
                same.entity, quotation.first, quotation.last, "quoted", sense=same.sense, known=same.known
            )
            continue
        kind, sense = _kind_by_noun_after(scene, quotation)
        if kind is None:
            kind, sense = _kind_by_noun(scene, quotation)
        if kind is None:
            kind, sense = _kind_by_heading(scene, quotation)
        if kind is None and previous and _continues(scene, previous, quotation):
            kind, sense = previous.entity.kind, previous.sense
        if kind is None and _supplies(scene, quotation):
            kind, sense = "company", "company_noun"
        if kind is None:
            unknown.append(quotation)
            continue
        entity = _quoted_entity(scene, quotation, "exercise" if kind == "series" else kind)
        previous = scene.mention(entity, quotation.first, quotation.last, "quoted", sense=sense)
        known.append(previous)
        yield previous
    words = [_lemmas(scene, m.first, m.last) for m in known] if unknown else []
    beginning: dict[str, list[int]] = {}
    for number, its in enumerate(words):
        for lemma in its[0] if its else ():
            beginning.setdefault(lemma, []).append(number)
    for quotation in unknown:
        name, year = split_edition(quotation.span.of(scene.text.text))
        mine = _lemmas(scene, quotation.first, quotation.last)
        alike = sorted({n for lemma in (mine[0] if mine else ()) for n in beginning.get(lemma, ())})
        same = next((known[n] for n in alike if _same_words(mine, words[n])), None)
        if same:
            entity = replace(same.entity, year=year)
            yield scene.mention(entity, quotation.first, quotation.last, "quoted", sense=same.sense, known=same.known)
        elif year and (series := scene.names.series(name)):
            entity = replace(entity_of(series, scene.text.language), year=year)
            yield scene.mention(entity, quotation.first, quotation.last, "quoted", known=series)


def _called_before(scene: Scene, known: Sequence[EntityMention], quotation: Quotation) -> EntityMention | None:
    """«African Lion» («Африка арыстаны»): the exercise whose other name stands in brackets after the first."""
    at = quotation.first - 1
    while at > 0 and not scene.text.tokens[at].text[:1].isalnum():
        at -= 1
    between = "".join(t.text for t in scene.text.tokens[at + 1 : quotation.first])
    if "(" not in between or between.strip('«»“”„"(').strip():
        return None
    exercises = (m for m in known if m.entity.kind in {"series", "exercise"} and m.first <= at <= m.last)
    return next(exercises, None)


def _same_words(mine: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> bool:
    """Whether two names are the same in whichever case."""
    return len(mine) == len(theirs) > 0 and all(a & b for a, b in zip(mine, theirs, strict=True))


def _lemmas(scene: Scene, first: int, last: int) -> list[frozenset[str]]:
    """The words of a name, each with all that it may be a form of, without a year."""
    words: list[frozenset[str]] = []
    for token in scene.text.tokens[first:last]:
        stem, _ = split_edition(token.text)
        if stem[:1].isalpha():
            words.append(frozenset(scene.grammar.lemmas(stem) if stem != token.text else (token.lower, *token.lemmas)))
    return words


def _quoted_entity(scene: Scene, quotation: Quotation, kind: EntityKind) -> Entity:
    """The entity of a name in quotation marks: of an exercise the edition, whose series the gazetteer may know."""
    name, year = split_edition(quotation.span.of(scene.text.text))
    if kind != "exercise":
        return Entity(kind, name)
    series = scene.names.series(name)
    name = _dictionary_name(scene, quotation, series)
    return Entity("series" if series else "exercise", name, series.iri if series else None, year=year)


def _dictionary_name(scene: Scene, quotation: Quotation, series: KnownEntity | None) -> str:
    """The name in the nominative: as it stands after its noun, else inflected, or as the gazetteer spells it."""
    name, _ = split_edition(quotation.span.of(scene.text.text))
    noun = quotation.first - 2
    if noun >= 0 and scene.senses.has(noun, "exercise_noun", "competition_noun"):
        return name
    for known in series.names if series else ():
        if known.language == scene.text.language and known.sort in {"label", "alternative"}:
            words = [{fold(w), *scene.grammar.lemmas(w)} for w in scene.grammar.words(known.text)]
            mine = [{fold(w), *scene.grammar.lemmas(w)} for w in scene.grammar.words(name)]
            if len(words) == len(mine) and all(a & b for a, b in zip(words, mine, strict=True)):
                return known.text
    tokens = [replace(t, text=split_edition(t.text)[0]) for t in scene.text.tokens[quotation.first : quotation.last]]
    words_only = [t for t in tokens if t.text[:1].isalpha()]
    head = next((t for t in words_only if t.pos in {"NOUN", "PROPN"}), None)
    if head is None or head.case in {"", "Nom"}:
        return name
    return " ".join(scene.grammar.nominative(words_only, scene.text.text).split())


def _kind_by_noun_after(scene: Scene, quotation: Quotation) -> tuple[EntityKind | None, str]:
    """The kind that the noun gives on which the name hangs and before which it stands: «Оймаша» полигоны."""
    name = scene.text.tokens[scene.head(quotation.first, quotation.last)]
    if name.head is None or name.head <= quotation.last:
        return None, ""
    said_to_be = name.rel == "nsubj" and scene.senses.has(name.head, "exercise_noun", "competition_noun")
    noun = name.head if name.rel in NAMES_NOUN or said_to_be else _so_called(scene, name.head)
    for sense, kind in QUOTED_KINDS.items():
        if noun is not None and scene.senses.has(noun, sense):
            return kind, sense
    return None, ""


def _so_called(scene: Scene, verb: int) -> int | None:
    """«Ханжар» деп аталатын жаттығу: the noun that is called so."""
    token = scene.text.tokens[verb]
    called = token.rel.startswith("acl") and scene.senses.has(verb, "naming", "name_verb")
    return token.head if called and token.head is not None and token.head > verb else None


def _kind_by_noun(scene: Scene, quotation: Quotation) -> tuple[EntityKind | None, str]:
    """The kind that the noun before the quotation marks gives, and the noun's sense."""
    sentence = scene.text.sentence_of(quotation.first)
    relation = scene.relations.of
    # «учение специальных служб ОДКБ «Кобальт»»: the noun that it is the name of, not the one that stands nearer.
    name = scene.text.tokens[scene.head(quotation.first, quotation.last)]
    if name.rel == "appos" and name.head is not None and name.head < quotation.first:
        for sense in ("exercise_noun", "competition_noun"):
            if scene.senses.has(name.head, sense):
                return "exercise", sense
    for index in range(quotation.first - 2, max(sentence.first, quotation.first - NOUN_DISTANCE) - 1, -1):
        token = scene.text.tokens[index]
        for sense, kind in QUOTED_KINDS.items():
            if scene.senses.has(index, sense):
                return kind, sense
        if scene.senses.has(index, "naming", "including", "name_link") or token.text in NAMED_BY:
            continue
        if token.text == "," and scene.senses.has(index + 1, "naming", "name_link", "name_verb"):
            continue  # "the joint exercise, dubbed "Sada Tanseeq""
        listed = token.pos == "CCONJ" or token.text == ","
        modifies = token.pos in {"PROPN", "ADJ", "DET", "NUM"} or (token.pos == "NOUN" and relation(index) == "of")
        if not modifies and not (listed and relation(index - 1) == "of"):
            return None, ""
    return None, ""


def _supplies(scene: Scene, quotation: Quotation) -> bool:
    """«Байкар» поставила беспилотники: who delivers or signs a contract and has a name alone is a company."""
    name = scene.text.tokens[scene.head(quotation.first, quotation.last)]
    if name.rel != "nsubj" or name.head is None or scene.text.tokens[name.head].pos != "VERB":
        return False
    objects = (c for c in scene.text.children[name.head] if scene.text.tokens[c].rel == "obj")
    contract = any(scene.senses.has(c, "supply_contract", "agreement_contract") for c in objects)
    return scene.senses.has(name.head, "supply_verb") or (contract and scene.senses.has(name.head, "sign_verb"))


def _kind_by_heading(scene: Scene, quotation: Quotation) -> tuple[EntityKind | None, str]:
    """In a list: the noun in the line above the list that ends with a colon."""
    sentence = scene.text.sentence_of(quotation.first)
    if quotation.first - sentence.first > 3:
        return None, ""
    heading = scene.text.heading(sentence)
    if heading is None:
        return None, ""
    for index in range(heading.last - 1, heading.first - 1, -1):
        for sense in ("exercise_noun", "competition_noun"):
            if scene.senses.has(index, sense):
                return "exercise", sense
    return None, ""


def _continues(scene: Scene, previous: EntityMention, quotation: Quotation) -> bool:
    """«Взаимодействие-2022», «Поиск-2022» и «Эшелон-2022»: the noun before the first holds for the rest."""
    between = scene.text.tokens[previous.last + 1 : quotation.first - 1]
    if between and between[0].text == "(":
        # «Пламя» (Индия) и «Буран» (Китай)
        closing = next((n for n, t in enumerate(between) if t.text == ")"), len(between))
        between = between[closing + 1 :]
    return 0 < len(between) <= 2 and all(scene.senses.has(t.index, "list_sign") for t in between)

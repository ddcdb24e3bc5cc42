"""Words that stand for something named before: «республика», «организация», «обе страны», «стороны», «они».

A noun in the singular takes the nearest fitting entity before it; a pair or a group takes as many different states as
its number says, those that were named together first; «они» as a subject takes the actors of the last plural subject.
"""

import math
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from loaders.reading.anaphora_places import where_told
from loaders.reading.facts import Entity
from loaders.reading.heading import theme
from loaders.reading.interview import find_interview
from loaders.reading.lexicon import Sense
from loaders.reading.mentions import ACTORS, EntityMention
from loaders.reading.scene import Cover, Scene, in_order
from loaders.reading.syntax import phrase
from loaders.reading.text import Token

COUNTS = {"count_two": 2, "count_three": 3, "count_four": 4, "count_five": 5,
          "count_six": 6, "count_seven": 7, "count_eight": 8, "count_nine": 9}  # fmt: skip
DESCRIBING = frozenset({"amod", "nmod", "acl", "acl:relcl", "appos", "nummod", "nummod:gov"})
BACKWARD_SENTENCES = 6
PRONOUN_SENTENCES = 2
PAIR = 2
PLACED = frozenset({"in", "on", "to", "from", "near"})
LONGEST_LINK = 3
"""Signs and conjunctions between two members of a list."""


def anaphors(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """The anaphors of a text, each with the entities that it stands for."""
    resolver = _Resolver(scene, found)
    nouns = scene.senses.all("state_anaphor", "organization_anaphor", "pair_anaphor")
    pronouns = [Sense("they", t.index, t.index + 1) for t in scene.text.tokens if resolver.is_they(t)]
    cover = Cover(found)
    for sense in sorted([*nouns, *pronouns], key=lambda s: s.first):
        if cover.takes(sense.first, sense.last) or _is_in_name_of_body(scene, sense):
            continue
        for entity in resolver.resolve(sense):
            yield resolver.add(scene.mention(entity, sense.first, sense.last, "anaphor", sense=sense.name))


def _is_in_name_of_body(scene: Scene, sense: Sense) -> bool:
    """ "the State Security Service": the word is part of what a body is called."""
    around = scene.senses.at(sense.first)
    return any(s.name.startswith("body_") and s.last - s.first > sense.last - sense.first for s in around)


class _Resolver:
    """One pass over one text; what is resolved can be the antecedent of what follows."""

    def __init__(self, scene: Scene, found: Sequence[EntityMention]) -> None:
        self.scene = scene
        self.tokens = scene.text.tokens
        self.found = in_order(found)
        self.states = scene.names.states
        self.interview = find_interview(scene, self.found)

    def add(self, mention: EntityMention) -> EntityMention:
        insort(self.found, mention, key=_place)
        return mention

    def _before(self, token: Token) -> Iterator[EntityMention]:
        """The mentions that begin before a token, nearest first."""
        for place in range(bisect_left(self.found, (token.index, -math.inf), key=_place) - 1, -1, -1):
            yield self.found[place]

    def is_they(self, token: Token) -> bool:
        third = self.scene.senses.has(token.index, "they")
        return third and token.number == "Plur" and token.rel.startswith("nsubj")

    def resolve(self, sense: Sense) -> list[Entity]:
        token = self.tokens[sense.first]
        if sense.name == "they":
            return self._last_plural_subject(token)
        size = self._group_size(token)
        if size and self.scene.senses.has(sense.first, "pair_anaphor"):
            return self._group(token, size)
        if token.number != "Sing" or self._is_described(token):
            return []
        if self.scene.senses.has(sense.first, "state_anaphor"):
            return self._nearest_state(token)
        if self.scene.senses.has(sense.first, "organization_anaphor"):
            return self._nearest_organization(token)
        return []

    # ------------------------------------------------------------------ one

    def _nearest_state(self, token: Token) -> list[Entity]:
        barred = self._named_beside(token)
        named = ((m, e) for m, e in self._states_before(token) if m.form in {"name", "body", "metonym"})
        candidates = [(m, e) for m, e in named if e.state not in barred]
        if self.scene.senses.has(token.index, "titled_state"):
            candidates = [(m, e) for m, e in candidates if self._is_titled(e, token)] or candidates
        by_name = [(m, e) for m, e in candidates if m.entity.kind == "state"] or candidates
        placed = self.scene.relations.of(token.index) in PLACED
        return (where_told(self.scene, by_name) if placed else []) or self._spoken_of(by_name)

    def _spoken_of(self, candidates: Sequence[tuple[EntityMention, Entity]]) -> list[Entity]:
        """Of the states of the nearest sentence the nearest; but rather one that acts than a mere place or goal."""
        if not candidates:
            return []
        nearest = self.tokens[candidates[0][0].first].sentence
        here = [(m, e) for m, e in candidates if self.tokens[m.first].sentence == nearest]
        acting = [e for m, e in here if self.scene.relations.of(m.head) not in PLACED]
        return (acting or [here[0][1]])[:1]

    def _is_titled(self, state: Entity, noun: Token) -> bool:
        """Whether a state calls itself so: of the states before «республика» one that is a republic is meant."""
        known = self.scene.names.by_iri.get(state.iri or "")
        lemmas = set(noun.lemmas)
        return known is not None and any(
            lemmas & set(self.scene.grammar.lemmas(word))
            for name in known.names
            if name.language == self.scene.text.language and " " in name.text
            for word in self.scene.grammar.words(name.text)
        )

    def _named_beside(self, token: Token) -> set[str | None]:
        """The states that the same verb names: «республика передала Казахстану …» is said of another one."""
        if token.head is None:
            return set()
        beside = set(self.scene.text.children[token.head]) - {token.index}
        sentence = self.scene.text.sentence_of(token)
        first = bisect_left(self.found, (sentence.first, -math.inf), key=_place)
        last = bisect_left(self.found, (sentence.last, -math.inf), key=_place)
        here = [m for m in self.found[first:last] if m.entity.state]
        placed = self.scene.relations.of(token.index) in PLACED
        return {
            m.entity.state for m in here
            if m.head in beside or (placed and m.form == "adjective" and self._describes_force(m, beside))
        }  # fmt: skip

    def _describes_force(self, mention: EntityMention, nouns: set[int]) -> bool:
        """ "Rwandan peacekeepers have been in the country": which is not their own."""
        noun = self.tokens[mention.head].head
        return noun in nouns and noun is not None and self.scene.senses.has(noun, "force", "peacekeeper")

    def _nearest_organization(self, token: Token) -> list[Entity]:
        return next(([m.entity] for m in self._before(token) if m.entity.kind == "organization" and m.entity.iri), [])

    def _is_described(self, token: Token) -> bool:
        """Whether other words say which one is meant («африканская страна», «страна пребывания»)."""
        for child in self.scene.text.children[token.index]:
            below = self.tokens[child]
            if self.scene.senses.has(child, "state_epithet"):
                continue
            if below.rel in DESCRIBING and not self.scene.senses.has(child, "same"):
                return True
            if below.rel == "det" and not self.scene.senses.has(child, "same", "ours"):
                return True
        before = self.tokens[token.index - 1] if token.index else token
        described = before.pos in {"ADJ", "NUM"} and before.sentence == token.sentence
        return described and not self.scene.senses.has(before.index, "same", "state_epithet")

    # ------------------------------------------------------------------ several

    def _group_size(self, token: Token) -> int:
        """How many a plural noun stands for: «обе стороны», «двух стран», «стороны» → 2, «трёх стран» → 3; else 0."""
        for child in self.scene.text.children[token.index]:
            for sense, size in COUNTS.items():
                if self.scene.senses.has(child, sense):
                    return size
        ours = any(self.scene.senses.has(c, "ours") for c in self.scene.text.children[token.index])
        sides = (ours or self.scene.senses.has(token.index, "side")) and token.number == "Plur"
        return 2 if (sides or self._are_states(token)) and not self._is_described(token) else 0

    def _are_states(self, token: Token) -> bool:
        """«Страны подписали …»: those spoken of, where these are two."""
        acting = token.number == "Plur" and token.rel.startswith("nsubj")
        return acting and self.scene.senses.has(token.index, "state_anaphor")

    def _group(self, token: Token, size: int) -> list[Entity]:
        """The states of the nearest sentences before the word that name so many."""
        if size > PAIR and (listed := self._listed(token, size)):
            return listed
        if size == PAIR and (pair := self._with_theme(token)):
            return pair
        exactly = self._are_states(token)
        gathered: list[Entity] = []
        sentence = -1
        for mention, entity in self._states_before(token):
            if self._only_watches(mention) or self._only_where(mention, size):
                continue
            here = self.tokens[mention.first].sentence
            if here != sentence and len(gathered) >= size:
                break
            together = self._spoken_of_together(mention)
            if len(together) == size and len(gathered) != size - 1:
                return together
            sentence = here
            if entity in gathered:
                gathered.remove(
                    entity
                )  # «… в Париже министры обороны двух стран»: the order is that of the first names
            gathered.append(entity)
        if exactly and len(gathered) > size:
            return []
        if len(gathered) >= size:
            return list(reversed(gathered))[:size]
        talk = self.interview
        return [talk.asked, talk.host] if size == PAIR and talk is not None and talk.host is not None else []

    def _only_where(self, mention: EntityMention, size: int) -> bool:
        """«Хренин в Москве провёл переговоры с министром КНР»: a capital that is only where others met."""
        if mention.form != "metonym" or self.scene.relations.of(mention.head) != "in":
            return False
        sentence = self.scene.text.sentence_of(mention.first)
        first = bisect_left(self.found, (sentence.first, -math.inf), key=_place)
        last = bisect_left(self.found, (sentence.last, -math.inf), key=_place)
        others = [m for m in self.found[first:last] if m.entity.kind in {"state", "body"} and m.form != "anaphor"]
        acting = {m.entity.state for m in others if self.scene.relations.of(m.head) not in PLACED}
        return mention.entity.state not in acting and len(acting) >= size

    def _only_watches(self, mention: EntityMention) -> bool:
        """«За ними следили наблюдатели из Казахстана и Пакистана»: not of those who act."""
        at = self.tokens[mention.head]
        for _ in range(LONGEST_LINK):
            if at.head is None:
                return False
            at = self.tokens[at.head]
            if at.pos in {"NOUN", "PROPN"} and self.scene.senses.has(at.index, "observer_noun"):
                return True
        return False

    def _with_theme(self, token: Token) -> list[Entity]:
        """The state of the heading and the only other one that the paragraph has named, of which it goes on to tell."""
        code = theme(self.scene.title, self.found)
        if code is None or code not in self.states:
            return []
        paragraph = self.scene.text.sentence_of(token).paragraph
        named = [e for m, e in self._states_before(token) if self._paragraph(m) == paragraph and m.form != "anaphor"]
        others = list(dict.fromkeys(named))
        return [self.states[code], *others] if len(others) == 1 and others[0].state != code else []

    def _paragraph(self, mention: EntityMention) -> int:
        return self.scene.text.sentence_of(mention.first).paragraph

    def _listed(self, token: Token, size: int) -> list[Entity]:
        """The states of the nearest list before the word that has exactly so many: "Iran, China and Russia"."""
        named = [m for m in self.found if m.first < token.index and m.entity.kind == "state" and m.form != "anaphor"]
        run: list[EntityMention] = []
        for mention in reversed(named):
            if run and not self._joined(mention, run[-1]):
                states = list(dict.fromkeys(m.entity for m in reversed(run)))
                if len(states) == size:
                    return states
                run = []
            run.append(mention)
        states = list(dict.fromkeys(m.entity for m in reversed(run)))
        return states if len(states) == size else []

    def _joined(self, left: EntityMention, right: EntityMention) -> bool:
        between = range(left.last, right.first)
        return 0 < len(between) <= LONGEST_LINK and all(self.scene.senses.has(i, "list_sign") for i in between)

    def _spoken_of_together(self, mention: EntityMention) -> list[Entity]:
        """The states that one word before stood for («обе стороны»), in the order of their first names."""
        if mention.form != "anaphor" or mention.entity.kind != "state":
            return []
        return [m.entity for m in self.found if m.first == mention.first and m.form == "anaphor"]

    def _last_plural_subject(self, token: Token) -> list[Entity]:
        """The actors of the last subject in the plural: «Армии двух стран … Они провели …»."""
        for index in range(token.index - 1, -1, -1):
            before = self.tokens[index]
            if token.sentence - before.sentence > PRONOUN_SENTENCES:
                return []
            if not before.rel.startswith("nsubj") or before.pos == "PRON":
                continue
            words = set(phrase(self.scene.text, index))
            actors = [m.entity for m in self.found if m.head in words and m.entity.kind in ACTORS]
            several = before.number == "Plur" or len({a.state for a in actors}) > 1
            if several and actors:
                return list(dict.fromkeys(actors))
        return []

    def _states_before(self, token: Token) -> Iterator[tuple[EntityMention, Entity]]:
        """The states named before a token, nearest first."""
        for mention in self._before(token):
            if token.sentence - self.tokens[mention.first].sentence > BACKWARD_SENTENCES:
                return
            code = mention.entity.state
            if code in self.states and (mention.entity.kind in {"state", "body"} or mention.form == "metonym"):
                yield mention, self.states[code]


def _place(mention: EntityMention) -> tuple[int, int]:
    return mention.first, -mention.last

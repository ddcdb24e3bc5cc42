"""Titles of office: «первый заместитель министра обороны – начальник Генштаба», parsed to role and body.

A title begins at a noun of office (senses `office_*` of the lexicon) and reaches over what says of what the office is:
a portfolio, a body, states, an organization. It may hold another title («заместитель министра», «советник президента»).
"""

from typing import cast

from loaders.reading.context import Context
from loaders.reading.facts import BodyKind
from loaders.reading.lexicon import Sense
from loaders.reading.mentions import EntityMention
from loaders.reading.text import Token
from loaders.reading.title import Title, is_office, is_person
from loaders.reading.title_before import BODY, PORTFOLIOS, TitleBefore
from loaders.reading.title_parts import TitleParts
from loaders.reading.title_roles import ROLES, Gathered, composed

GOVERNING = frozenset({"office_deputy", "office_other", "office_chair", "office_spokesperson"})
POSTED = frozenset({"ambassador", "military attaché"})
OF_OFFICE = frozenset({"of", "recipient", "about", "for", "to", ""})
COMMANDERS = frozenset({"office_commander", "office_unit_commander"})


def find_titles(context: Context) -> tuple[Title, ...]:
    """The titles of a text, in its order; a title within another is part of that."""
    return context.once(_titles)


def titles_by_noun(context: Context) -> dict[int, Title]:
    """The titles of a text by the first words of their nouns; asked for by `Context.once`."""
    return {title.sense.first: title for title in reversed(find_titles(context))}


def _titles(context: Context) -> tuple[Title, ...]:
    parser = _Parser(context)
    found: list[Title] = []
    senses = sorted((s for s in context.senses if is_office(s)), key=lambda s: (s.first, -s.last))
    for sense in senses:
        if found and sense.first < found[-1].last:
            continue
        token = context.text.tokens[sense.first]
        if token.pos not in {"NOUN", "PROPN", "ADJ", "VERB", ""} or is_person(context, sense.first):
            continue
        title = parser.title(sense)
        while found and found[-1].first >= title.first:
            found.pop()  # a title before the one that it depends on
        found.append(title)
    return tuple(found)


class _Parser(TitleParts):
    """Reads the titles of one text."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.before = TitleBefore(context, self, self.title)

    def title(self, sense: Sense) -> Title:
        """The title that begins at a noun of office."""
        region, last = Gathered(), sense.last
        plural = self.tokens[self.context.head(sense)].number == "Plur"
        if self.context.relations.head_final:
            first, former = self.before.all_before(sense, region)
            return composed(sense, region, first, last, former=former, plural=plural)
        first, former = self.before.before(sense, region)
        end = self.context.text.sentence_of(sense.first).last
        at = sense.last
        # «начальник Генерального штаба ВС Армении»: the name of the body begins within the words of the office.
        inside = [m for m in map(self.mention_at, range(sense.first + 1, sense.last)) if m and m.last > sense.last]
        for mention in inside[:1]:
            last = at = self.take(sense, region, mention, mention.first)
        while at < end:
            step = self.step(sense, region, at)
            if step <= at:
                break
            last = at = step
        region.states += [] if region.states or region.others else self.only_state(first, last)
        return composed(sense, region, first, last, former=former, plural=plural)

    def step(self, sense: Sense, region: Gathered, at: int) -> int:
        """The token after what `at` adds to the title, or `at` if the title ends before it."""
        context, token = self.context, self.tokens[at]
        if is_person(context, at):
            return at
        office = self.office_at(at)
        if office is not None:
            if region.inner is not None or not self.governs(sense, office):
                return at
            region.inner = self.title(office)
            return region.inner.last
        portfolios = [s for s in context.senses.at(at) if s.first == at and s.name in PORTFOLIOS]
        if sense.name == "office_head" and token.number == "Plur":
            portfolios = []  # "the leaders of the Sahel states"
        mention = self.mention_at(at)
        if mention is not None and not (portfolios and mention.form == "anaphor"):  # "Secretary of State"
            last = self.take(sense, region, mention, at)
            if last > at and last < len(self.tokens) and self.is_possessor_mark(last, mention):
                region.nouns += 1
                return last + 1
            return last
        if portfolios:
            longest = max(portfolios, key=lambda s: s.last)  # "Secretary of [State for Defence]"
            region.bodies.append(PORTFOLIOS[longest.name])
            return longest.last
        senses = {s.name for s in context.senses.at(at)}
        body = next((name for name in senses if name.startswith(BODY)), None)
        if body is not None:
            region.bodies.append(cast(BodyKind, body.removeprefix(BODY)))
            return max(s.last for s in context.senses.at(at) if s.name == body)
        if "rank" in senses:
            return at
        if token.pos == "ADP" and ROLES.get(sense.name) in POSTED and not self.marks_owner(at):
            end = self.host(at)
            if end > at or "title_link" not in senses:
                return end
        return self.after_plain_word(sense, region, at, senses)

    def after_plain_word(self, sense: Sense, region: Gathered, at: int, senses: set[str]) -> int:
        """The token after a link, a noun or an attribute of the title, or `at` if it is none.

        Arguments:
            senses: names of what the word at `at` means.
        """
        token = self.tokens[at]
        if "title_link" in senses:
            return at + 1
        if "list_sign" in senses:
            return at + 1 if self.continues_list(region, at) else at
        if "title_origin" in senses and sense.name == "office_colleague":
            return at + 1
        if token.pos in {"ADJ", "NUM", "DET"} and (token.feats.get("Variant") != "Short"):
            region.others += self.organizations_in(senses)
            return at + 1
        if token.pos in {"NOUN", "PROPN", "X"} and ("embassy" in senses or self.belongs(sense, token)):
            region.unit |= "military_unit" in senses
            region.generic |= "generic_authority" in senses
            region.department |= "department" in senses
            region.nouns += 1
            return at + 1
        if token.text in {"«", "»", '"'}:
            name = next((q for q in self.context.quotations if q.is_name and q.first == at + 1), None)
            return name.last + 1 if name else at
        return at

    def is_possessor_mark(self, index: int, mention: EntityMention) -> bool:
        """Whether a mark after a name makes it the owner of what follows ("head of India's mission")."""
        token = self.tokens[index]
        return token.rel == "case" and token.head is not None and mention.first <= token.head < index

    def governs(self, outer: Sense, inner: Sense) -> bool:
        """Whether a second office depends on the first («заместитель министра»), directly after it."""
        relation = self.context.relation
        compound, above = self.tokens[outer.first].rel == "compound", self.tokens[outer.first].head
        beside = self.tokens[inner.first]
        if compound and above in range(inner.first, inner.last):
            return True  # "Deputy Minister"
        if compound and beside.rel == "compound" and beside.head == above and outer.name in GOVERNING:
            return True  # "Deputy Defence Minister Senior Lieutenant General X"
        if relation(inner.first) != "of":
            return False
        hangs = self.tokens[inner.first].head == outer.last - 1 or outer.name in GOVERNING
        return hangs or relation(outer.first) != "of"

    def continues_list(self, region: Gathered, at: int) -> bool:
        """Whether a link joins two states, or two words of a portfolio or a body."""
        if at + 1 >= len(self.tokens):
            return False
        before, after = self.context.mentions.at(at - 1), self.context.mentions.at(at + 1)
        states = [m for m in (*before, *after) if m.entity.kind == "state" and m.form in {"name", "adjective"}]
        if region.states and any(m in states for m in before) and any(m in states for m in after):
            return True
        token = self.tokens[at + 1]
        return (
            self.tokens[at].text != "," and not after and self.context.relation(at + 1) == "of"
            and token.pos in {"NOUN", "ADJ"} and self.office_at(at + 1) is None
            and not self.context.senses.has(at + 1, "rank")
        )  # fmt: skip

    def belongs(self, sense: Sense, token: Token) -> bool:
        """Whether a noun can say of what an office is: a commander's forces stand in the instrumental."""
        relation = self.context.relation(token.index)
        if relation in OF_OFFICE or (len(token.text) > 1 and token.text.isupper()):
            return True
        return relation == "by" and sense.name in COMMANDERS

    def marks_owner(self, at: int) -> bool:
        """Whether an adposition marks of what an office is: "Ambassador of Serbia"."""
        above = self.tokens[at].head
        return above is not None and self.context.relation(above) == "of"

    def host(self, at: int) -> int:
        """The end of «в Казахстане» after an ambassador: the state to which he is sent has no share in the office."""
        following = at + 1
        while following < len(self.tokens) and self.tokens[following].pos == "DET":
            following += 1
        mention = self.mention_at(following) if following < len(self.tokens) else None
        return mention.last if mention is not None and mention.entity.kind in {"state", "place", "organization"} else at

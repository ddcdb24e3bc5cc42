"""What stands before the noun of a title: adjectives, owners, portfolios; in a head-final language, all of it."""

from collections.abc import Callable
from typing import cast

from loaders.reading.context import Context
from loaders.reading.facts import BodyKind, Entity
from loaders.reading.lexicon import Sense
from loaders.reading.mentions import EntityMention
from loaders.reading.relations import LOCATED
from loaders.reading.title import Title, is_office, is_person
from loaders.reading.title_parts import TitleParts
from loaders.reading.title_roles import Gathered

BODY = "body_"
PORTFOLIOS: dict[str, BodyKind] = {"portfolio_MoD": "MoD", "portfolio_MFA": "MFA", "portfolio_MIA": "MIA"}
OWNERS = frozenset({"state", "body", "organization", "mission"})
PARTING = frozenset({",", "–", "—", "-"})
"""Between a name and the title after it."""
NESTED_CLAUSES = frozenset({"acl", "acl:relcl"})


class TitleBefore:
    """Reads from the noun of a title to the left.

    Arguments:
        context: the text.
        parts: adds mentions to a title.
        inner: reads the title that begins at a noun of office.
    """

    def __init__(self, context: Context, parts: TitleParts, inner: Callable[[Sense], Title]) -> None:
        self.context = context
        self.tokens = context.text.tokens
        self.parts = parts
        self.inner = inner

    def before(self, sense: Sense, region: Gathered) -> tuple[int, bool]:
        """What stands before the noun: «новый», «бывший», «российский»; "India's defence", «Қазақстан Қорғаныс»."""
        begin = self.context.text.sentence_of(sense.first).first
        first, former = sense.first, self.context.senses.has(sense.first, "office_former")
        while first > begin:
            owner = self.owner_before(sense, first)
            if owner is not None and owner.form == "metonym":
                state = self.context.mentions.states.get(owner.entity.state or "")
                region.states += [state] if state is not None and state not in region.states else []
                first = owner.first
                continue
            if owner is not None:
                self.parts.take(sense, region, owner, owner.first)
                first = owner.first
                continue
            portfolio = self.portfolio_before(sense, first)
            if portfolio is not None:
                region.bodies.append(PORTFOLIOS[portfolio.name])
                first = portfolio.first
                continue
            body = self.body_before(sense, first)
            if body is not None:
                region.bodies.append(cast(BodyKind, body.name.removeprefix(BODY)))
                first = body.first
                continue
            token = self.tokens[first - 1]
            if token.rel == "compound" and self.context.senses.has(first - 1, "generic_authority"):
                region.generic = True  # "ministry spokesman"
            elif self.context.senses.has(first - 1, "office_former"):
                former = True
            elif token.text == "-" and first - 2 >= begin and self.context.senses.has(first - 2, "office_former"):
                pass
            elif token.rel == "case" and token.head == first - 2:
                pass  # "India's"
            elif self.lists_states(sense, region, first - 1):
                pass  # "the French and German defence ministers"
            elif self.describes(sense, first - 1):
                pass  # "Turkey's newly appointed attaché"
            elif token.pos not in {"ADJ", "DET", "NUM"} or token.case != self.tokens[sense.first].case:
                break
            elif token.pos == "ADJ" and not self.context.mentions.at(first - 1):
                region.described = True
            for mention in self.context.mentions.at(first - 1):
                if (
                    mention.entity.kind == "state"
                    and mention.form == "adjective"
                    and mention.entity not in region.states
                ):
                    region.states.insert(0, mention.entity)  # read from right to left
            first -= 1
        return first, former

    def describes(self, sense: Sense, index: int) -> bool:
        """Whether a participle, or an adverb before one, stands as an attribute before the noun of a title."""
        token, own = self.tokens[index], range(sense.first, sense.last)
        if token.pos == "ADV" and index and self.tokens[index - 1].text == ",":
            return index + 1 == sense.first  # "General X, then commander of …"
        if token.pos == "ADV":
            return index + 1 < len(self.tokens) and self.tokens[index + 1].feats.get("VerbForm") == "Part"
        return token.rel == "amod" and token.feats.get("VerbForm") == "Part" and token.head in own

    def all_before(self, sense: Sense, region: Gathered) -> tuple[int, bool]:
        """In a head-final language: all that depends on the noun, clauses excepted, gathered from right to left."""
        context, begin = self.context, self.context.text.sentence_of(sense.first).first
        below = set(context.phrase(sense.last - 1)) | set(context.phrase(sense.first))
        first, former = sense.first, context.senses.has(sense.first, "office_former")
        for mention in context.mentions.at(sense.first):
            # «Өзбекстан Қарулы күштері Бас штабының бастығы»: the name of the body ends within the words of the office.
            state = context.mentions.states.get(mention.entity.state or "")
            if (
                mention.entity.kind == "body"
                and mention.first < first < mention.last < sense.last
                and state is not None
            ):
                first, region.states = mention.first, [state]
        while first > begin and first - 1 in below:
            index = first - 1
            token, senses = self.tokens[index], [s for s in context.senses.at(index) if s.last == first]
            offices = [s for s in senses if is_office(s) and s.name != "office_head"]
            mentions = [m for m in context.mentions.at(index) if m.last == first and m.entity.kind != "person"]
            if is_person(context, index) or (token.pos == "VERB" and token.rel in NESTED_CLAUSES):
                break
            if token.text in PARTING and is_person(context, index - 1):
                break  # «Дәурен Қосанов, Қорғаныс министрі:»
            if context.senses.has(index, "office_former"):
                former, first = True, index
            elif offices and region.inner is None:
                region.inner = self.inner(max(offices, key=lambda s: s.last - s.first))
                first = region.inner.first
            elif mentions:
                first = min(m.first for m in mentions)
                mention = min(mentions, key=lambda m: (m.first, m.form != "body"))
                if context.relation_of(mention) not in LOCATED:  # «Үндістанның Қазақстандағы елшісі» is India's
                    self.parts.take(sense, region, mention, first)
            elif portfolio := next((s for s in senses if s.name in PORTFOLIOS), None):
                region.bodies.append(PORTFOLIOS[portfolio.name])
                first = portfolio.first
            elif body := max((s for s in senses if s.name.startswith(BODY)), key=lambda s: -s.first, default=None):
                region.bodies.append(cast(BodyKind, body.name.removeprefix(BODY)))
                first = body.first
            else:
                names = {s.name for s in senses}
                region.unit |= "military_unit" in names
                if "mission_sure" in names:
                    region.others += _last_mission(context, index)
                region.generic |= "generic_authority" in names
                region.nouns += token.pos in {"NOUN", "PROPN", "X"}
                region.others += self.parts.organizations_in(names) if token.pos == "ADJ" else []
                first = index
        return first, former

    def lists_states(self, sense: Sense, region: Gathered, sign: int) -> bool:
        """Whether a sign or conjunction before a title in the plural joins the adjectives of two states."""
        if not region.states or sign == 0 or self.tokens[sense.first].number != "Plur":
            return False
        after = any(m.form == "adjective" and m.entity.kind == "state" for m in self.context.mentions.at(sign + 1))
        before = any(m.form == "adjective" and m.entity.kind == "state" for m in self.context.mentions.at(sign - 1))
        return after and before and self.context.senses.has(sign, "list_sign")

    def owner_before(self, sense: Sense, first: int) -> EntityMention | None:
        """A name directly before a title that says of what it is: "India's minister", "Defence Ministry head"."""
        names = [m for m in self.context.mentions.at(first - 1) if m.last == first and m.form in {"name", "body"}]
        marked = self.tokens[first - 1]
        if marked.rel == "case" and marked.head is not None:  # "Beijing's defence ministry spokesman"
            names += [m for m in self.context.mentions.at(marked.head) if m.form == "metonym" and m.last == first - 1]
        owners = (
            m for m in names
            if (m.entity.kind in OWNERS or m.form == "metonym") and self.hangs_on(m.head, sense)
        )  # fmt: skip
        return next((m for m in owners if self.is_owner(m)), None)

    def is_owner(self, mention: EntityMention) -> bool:
        """Whether a name stands as an owner or as the first part of a compound: "India's", "the US ambassador"."""
        compound = self.tokens[mention.head].rel == "compound"
        return compound or self.context.relation_of(mention) in {"of", ""}

    def portfolio_before(self, sense: Sense, first: int) -> Sense | None:
        """ "Defence Minister", «Қорғаныс министрі»."""
        here = (s for s in self.context.senses.at(first - 1) if s.name in PORTFOLIOS and s.last == first)
        found = (s for s in here if self.hangs_on(first - 1, sense))
        return max(found, key=lambda s: s.last - s.first, default=None)

    def body_before(self, sense: Sense, first: int) -> Sense | None:
        """ "Foreign Ministry spokesman", where the state is not said."""
        here = (s for s in self.context.senses.at(first - 1) if s.name.startswith(BODY) and s.last == first)
        found = (s for s in here if self.hangs_on(first - 1, sense))
        return max(found, key=lambda s: s.last - s.first, default=None)

    def hangs_on(self, index: int, sense: Sense) -> bool:
        """Whether a word depends on the noun of the title, or as that noun on another: "Poland's Deputy Minister"."""
        above, own = self.tokens[index].head, self.tokens[sense.last - 1]
        return above in range(sense.first, sense.last) or (own.rel == "compound" and above == own.head)


def _last_mission(context: Context, index: int) -> list[Entity]:
    """«Миссия қолбасшысы»: the mission spoken of before."""
    before = [m.entity for m in context.mentions.all if m.entity.kind == "mission" and m.first < index]
    return before[-1:]

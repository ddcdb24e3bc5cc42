"""Titles of office: «первый заместитель министра обороны – начальник Генштаба», parsed to role and body.

A title begins at a noun of office (senses `office_*` of the lexicon) and reaches over what says of what the office is:
a portfolio, a body, states, an organization. It may hold another title («заместитель министра», «советник президента»).
"""

from dataclasses import dataclass, field, replace
from typing import cast

from loaders.reading.context import Context
from loaders.reading.facts import BodyKind, Entity, Role
from loaders.reading.lexicon import Sense
from loaders.reading.mentions import EntityMention
from loaders.reading.names import entity_of
from loaders.reading.text import Token
from ontology import entity

OFFICE = "office_"
BODY = "body_"
ADJECTIVE_OF = "adjective_of_"
QUALIFIERS = frozenset({"office_former"})
PORTFOLIOS: dict[str, BodyKind] = {"portfolio_MoD": "MoD", "portfolio_MFA": "MFA", "portfolio_MIA": "MIA"}
ROLES: dict[str, Role] = {
    "office_head_of_state": "head of state",
    "office_prime_minister": "prime minister",
    "office_minister": "minister",
    "office_deputy_minister": "deputy minister",
    "office_chief_of_general_staff": "chief of general staff",
    "office_commander": "commander",
    "office_unit_commander": "commander",
    "office_secretary_general": "secretary general",
    "office_ambassador": "ambassador",
    "office_military_attache": "military attaché",
    "office_spokesperson": "spokesperson",
}
OF_STATE = frozenset({"head of state", "prime minister", "ambassador", "military attaché"})
GOVERNING = frozenset({"office_deputy", "office_other", "office_chair", "office_spokesperson"})
POSTED = frozenset({"ambassador", "military attaché"})
OF_OFFICE = frozenset({"of", "recipient", "about", "for", "to", ""})
OWNERS = frozenset({"state", "body", "organization", "mission"})
COMMANDERS = frozenset({"office_commander", "office_unit_commander"})
NESTED_CLAUSES = frozenset({"acl", "acl:relcl"})
UNSAID = frozenset({"office_colleague", "office_ceremonial"})
DASHES = frozenset({"-", "–", "—"})
LEADING_KINDS: dict[str, Role] = {"MoD": "minister", "MFA": "minister", "MIA": "minister", "GOV": "prime minister",
                                  "GS": "chief of general staff", "AF": "commander"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """A title of office in a text.

    Arguments:
        sense: the noun of office.
        role: the role, or None where it is told only by whom the text speaks of («коллега», «глава ведомства»).
        body: the body of its state that the office is in; None if it is of a state or an organization itself.
        states: the states that the title names.
        others: organizations, companies, institutions, missions that it names.
        first, last: its tokens, adjectives before it included.
        plural: whether the noun stands in the plural.
        former: whether the office is not held now.
        colleague: whether it only says that the role is that of the person named before.
    """

    sense: Sense
    role: Role | None
    body: BodyKind | None
    states: tuple[Entity, ...] = ()
    others: tuple[Entity, ...] = ()
    first: int = 0
    last: int = 0
    plural: bool = False
    former: bool = False
    colleague: bool = False
    portfolio_unknown: bool = False
    generic: bool = False

    def owners(self, context: Context) -> tuple[Entity, ...]:
        """Of what the office is, one entity for each state or organization that the title names."""
        if self.role is None or self.portfolio_unknown:
            return ()
        if self.role in OF_STATE:
            return self.states or (self.others if self.role == "head of state" else ())
        if self.role == "secretary general":
            return tuple(o for o in self.others if o.kind == "organization")[:1]
        if self.body is not None and self.states:
            return tuple(body_of(context, state, self.body) for state in self.states)
        if self.body is None and self.others and self.role not in {"minister", "deputy minister"}:
            # An organ of an intergovernmental organization counts as the organization.
            return tuple(o for o in self.others if o.kind == "organization")[:1] or self.others[:1]
        if self.role in {"other", "spokesperson"} and self.body is None:
            return self.states
        return ()


def body_of(context: Context, state: Entity, kind: BodyKind) -> Entity:
    """The body of a kind of a state, by its name in the reference graph where it has one there."""
    iri = entity("organization", f"{state.state}-{kind}")
    known = context.names.by_iri.get(iri)
    if known is not None:
        return replace(entity_of(known, context.language), state=state.state, body=kind)
    return Entity("body", "", iri, state.state, kind)


def is_person(context: Context, index: int) -> bool:
    """Whether a token belongs to the name of a person."""
    return any(m.entity.kind == "person" for m in context.mentions.at(index))


def find_titles(context: Context) -> tuple[Title, ...]:
    """The titles of a text, in its order; a title within another is part of that."""
    return context.once(_titles)


def _titles(context: Context) -> tuple[Title, ...]:
    parser = _Parser(context)
    found: list[Title] = []
    senses = sorted((s for s in context.senses if _is_office(s)), key=lambda s: (s.first, -s.last))
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


def _is_office(sense: Sense) -> bool:
    return sense.name.startswith(OFFICE) and sense.name not in QUALIFIERS


@dataclass
class _Region:
    """What a title holds, gathered from left to right."""

    states: list[Entity] = field(default_factory=list)
    others: list[Entity] = field(default_factory=list)
    bodies: list[BodyKind] = field(default_factory=list)
    inner: Title | None = None
    unit: bool = False
    generic: bool = False
    department: bool = False
    nouns: int = 0


class _Parser:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.tokens = context.text.tokens

    def title(self, sense: Sense) -> Title:
        """The title that begins at a noun of office."""
        region, last = _Region(), sense.last
        if self.context.relations.head_final:
            first, former = self.all_before(sense, region)
            return self.composed(sense, region, first, last, former=former)
        first, former = self.before(sense, region)
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
        return self.composed(sense, region, first, last, former=former)

    def before(self, sense: Sense, region: _Region) -> tuple[int, bool]:
        """What stands before the noun: «новый», «бывший», «российский»; "India's defence", «Қазақстан Қорғаныс»."""
        begin = self.context.text.sentence_of(sense.first).first
        first, former = sense.first, self.context.senses.has(sense.first, "office_former")
        while first > begin:
            owner = self.owner_before(sense, first)
            if owner is not None:
                self.take(sense, region, owner, owner.first)
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
            if self.context.senses.has(first - 1, "office_former"):
                former = True
            elif token.text == "-" and first - 2 >= begin and self.context.senses.has(first - 2, "office_former"):
                pass
            elif token.rel == "case" and token.head == first - 2:
                pass  # "India's"
            elif token.pos not in {"ADJ", "DET", "NUM"} or token.case != self.tokens[sense.first].case:
                break
            for mention in self.context.mentions.at(first - 1):
                if (
                    mention.entity.kind == "state"
                    and mention.form == "adjective"
                    and mention.entity not in region.states
                ):
                    region.states.append(mention.entity)
            first -= 1
        return first, former

    def all_before(self, sense: Sense, region: _Region) -> tuple[int, bool]:
        """In a head-final language: all that depends on the noun, clauses excepted, gathered from right to left."""
        context, begin = self.context, self.context.text.sentence_of(sense.first).first
        below = set(context.phrase(sense.last - 1)) | set(context.phrase(sense.first))
        first, former = sense.first, context.senses.has(sense.first, "office_former")
        while first > begin and first - 1 in below:
            index = first - 1
            token, senses = self.tokens[index], [s for s in context.senses.at(index) if s.last == first]
            offices = [s for s in senses if _is_office(s) and s.name != "office_head"]
            mentions = [m for m in context.mentions.at(index) if m.last == first and m.entity.kind != "person"]
            if is_person(context, index) or (token.pos == "VERB" and token.rel in NESTED_CLAUSES):
                break
            if context.senses.has(index, "office_former"):
                former, first = True, index
            elif offices and region.inner is None:
                region.inner = self.title(max(offices, key=lambda s: s.last - s.first))
                first = region.inner.first
            elif mentions:
                first = min(m.first for m in mentions)
                self.take(sense, region, min(mentions, key=lambda m: (m.first, m.form != "body")), first)
            elif portfolio := next((s for s in senses if s.name in PORTFOLIOS), None):
                region.bodies.append(PORTFOLIOS[portfolio.name])
                first = portfolio.first
            elif body := max((s for s in senses if s.name.startswith(BODY)), key=lambda s: -s.first, default=None):
                region.bodies.append(cast(BodyKind, body.name.removeprefix(BODY)))
                first = body.first
            else:
                names = {s.name for s in senses}
                region.unit |= "military_unit" in names
                region.generic |= "generic_authority" in names
                region.nouns += token.pos in {"NOUN", "PROPN", "X"}
                region.others += self.organizations_in(names) if token.pos == "ADJ" else []
                first = index
        return first, former

    def owner_before(self, sense: Sense, first: int) -> EntityMention | None:
        """A name directly before a title that says of what it is: "India's minister", "Defence Ministry head"."""
        names = (m for m in self.context.mentions.at(first - 1) if m.last == first and m.form in {"name", "body"})
        owners = (m for m in names if m.entity.kind in OWNERS and self.hangs_on(m.head, sense))
        return next((m for m in owners if self.context.relation_of(m) in {"of", ""}), None)

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
        return self.tokens[index].head in range(sense.first, sense.last)

    def step(self, sense: Sense, region: _Region, at: int) -> int:
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
        mention = self.mention_at(at)
        if mention is not None:
            last = self.take(sense, region, mention, at)
            if last > at and last < len(self.tokens) and self.is_possessor_mark(last, mention):
                region.nouns += 1
                return last + 1
            return last
        for found in context.senses.at(at):
            if found.first != at:
                continue
            if found.name in PORTFOLIOS:
                region.bodies.append(PORTFOLIOS[found.name])
                return max(s.last for s in context.senses.at(at) if s.name in PORTFOLIOS)
        senses = {s.name for s in context.senses.at(at)}
        kind = next((name.removeprefix("body_") for name in senses if name.startswith("body_")), None)
        if kind is not None:
            region.bodies.append(kind)  # type: ignore[arg-type]
            return max(s.last for s in context.senses.at(at) if s.name == f"body_{kind}")
        if "rank" in senses:
            return at
        if token.pos == "ADP" and ROLES.get(sense.name) in POSTED and not self.marks_owner(at):
            end = self.host(at)
            if end > at or "title_link" not in senses:
                return end
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
            quotation = next((q for q in context.quotations if q.is_name and q.first == at + 1), None)
            if quotation:
                return quotation.last + 1
        return at

    def is_possessor_mark(self, index: int, mention: EntityMention) -> bool:
        """Whether a mark after a name makes it the owner of what follows ("head of India's mission")."""
        token = self.tokens[index]
        return token.rel == "case" and token.head is not None and mention.first <= token.head < index

    def organizations_in(self, senses: set[str]) -> list[Entity]:
        """The organization that an adjective stands for in a title («глава европейской дипломатии»)."""
        codes = (name.removeprefix(ADJECTIVE_OF) for name in senses if name.startswith(ADJECTIVE_OF))
        known = (self.context.names.by_iri.get(entity("organization", code)) for code in codes)
        return [entity_of(each, self.context.language) for each in known if each is not None]

    def take(self, sense: Sense, region: _Region, mention: EntityMention, at: int) -> int:
        """Add a mention to the title."""
        if mention.form == "anaphor" and mention.entity.kind == "state" and self.is_attributed(sense):
            # «Переговоры с Израилем идут, по словам президента страны»: whose president speaks is the text's own state.
            region.states += [self.context.home] if self.context.home else []
            return mention.last
        if self.context.senses.has(mention.first, "department", "embassy") and mention.form in {"model", "quoted"}:
            region.nouns += 1
            return self.department_end(mention)
        entities = [
            m.entity for m in self.context.mentions.at(at) if m.first == mention.first and m.form == mention.form
        ]
        for each in entities:
            if each.kind == "body" and each.body:
                region.bodies.append(each.body)
                state = self.context.mentions.states.get(each.state or "")
                if state and state not in region.states:
                    region.states.append(state)
            elif each.kind == "state":
                if each not in region.states:
                    region.states.append(each)
            elif mention.form == "metonym":
                return at
            elif each.kind in {"organization", "mission", "institution", "company"}:
                inside = range(mention.first, mention.last)
                organizations = [m.entity for m in self.context.mentions.within(inside, "organization")]
                region.others.extend(organizations or [each])
            elif each.kind == "place":
                region.nouns += 1
        return mention.last

    def department_end(self, mention: EntityMention) -> int:
        """The end of a department's own name, before the body or the state that it belongs to."""
        inner = [m.first for m in self.context.mentions.all if mention.first < m.first < mention.last]
        return min(inner, default=mention.last)

    def is_attributed(self, sense: Sense) -> bool:
        """Whether the holder only speaks: «по словам президента», «заявил президент»."""
        noun = self.tokens[sense.first]
        says = (
            noun.rel.startswith("nsubj") and noun.head is not None and self.context.senses.has(noun.head, "speech_verb")
        )
        return says or (sense.first > 0 and self.context.senses.has(sense.first - 1, "attribution"))

    def office_at(self, at: int) -> Sense | None:
        offices = [s for s in self.context.senses.at(at) if s.first == at and _is_office(s)]
        return max(offices, key=lambda s: s.last) if offices else None

    def governs(self, outer: Sense, inner: Sense) -> bool:
        """Whether a second office depends on the first («заместитель министра»), directly after it."""
        relation = self.context.relation
        if self.tokens[outer.first].rel == "compound" and self.tokens[outer.first].head in range(
            inner.first, inner.last
        ):
            return True  # "Deputy Minister"
        if relation(inner.first) != "of":
            return False
        hangs = self.tokens[inner.first].head == outer.last - 1 or outer.name in GOVERNING
        return hangs or relation(outer.first) != "of"

    def mention_at(self, at: int) -> EntityMention | None:
        """The longest mention that begins at a token, a body before what it contains."""
        bodily = any(s.name.startswith("body_") for s in self.context.senses.at(at))
        ignored = {"person", "place"} if bodily else {"person"}
        here = [m for m in self.context.mentions.at(at) if m.first == at and m.entity.kind not in ignored]
        return max(here, key=lambda m: (m.last, m.form == "body")) if here else None

    def continues_list(self, region: _Region, at: int) -> bool:
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

    def composed(self, sense: Sense, region: _Region, first: int, last: int, *, former: bool) -> Title:
        """The title made of the noun and what was gathered."""
        states, others, inner = list(region.states), list(region.others), region.inner
        bodies = list(region.bodies)
        role: Role | None = ROLES.get(sense.name, "other")
        body: BodyKind | None = bodies[0] if bodies else None
        unknown = False
        if inner is not None:
            states += [s for s in inner.states if s not in states]
            others += [o for o in inner.others if o not in others]
            body = body or inner.body
            unknown = inner.portfolio_unknown
        name = sense.name
        if name == "office_minister":
            unknown = body is None and (region.nouns > 0)
        elif name == "office_deputy":
            role = "deputy minister" if inner and inner.role == "minister" else "other"
            if inner and inner.role in OF_STATE:
                body = "GOV" if inner.role == "prime minister" else body
            elif role == "other" and inner is None and body in {"MoD", "MFA", "MIA"}:
                role = "deputy minister"
        elif name == "office_deputy_head_of_government":
            role, body = "other", "GOV"
        elif name == "office_chief_of_general_staff":
            body = "GS"
        elif name in {"office_head", "office_other", "office_chair"} and inner is None:
            role, body = self.leader(name, region, body)
        elif name == "office_commander":
            # «Центральным командованием США»: a part of the forces, but an organization has its own commanders.
            foreign = [o for o in others if o.kind in {"organization", "mission"}]
            part = region.unit or bool(others and states and not foreign)
            body = "UNIT" if part and "AF" not in bodies else (None if others and not bodies else "AF")
        elif name == "office_unit_commander":
            body = None if others and not states else "UNIT"
        elif name == "office_deputy_minister" and body is None and region.nouns:
            unknown = True
        return Title(
            sense, None if name in UNSAID else role, body, tuple(states), tuple(others), first, last,
            plural=self.tokens[sense.first].number == "Plur", former=former, colleague=name == "office_colleague",
            portfolio_unknown=unknown, generic=region.generic and body is None and inner is None,
        )  # fmt: skip

    def leader(self, name: str, region: _Region, body: BodyKind | None) -> tuple[Role | None, BodyKind | None]:
        """The role of one who leads a body: the minister leads the ministry, but a department has its own head."""
        if name == "office_chair" and region.states and not (region.others or region.nouns or body):
            return "head of state", None
        if name != "office_head" or region.unit:
            return ("commander", "UNIT") if region.unit and name == "office_head" else ("other", body)
        if region.department:
            return "other", body
        if body is not None:
            return LEADING_KINDS.get(body, "other"), body
        if region.generic and not region.others:
            return None, None
        if region.states and not region.others and not region.nouns:
            return "head of state", None
        if region.others and region.others[0].kind == "organization" and not region.nouns:
            return "secretary general", None
        return "other", None

"""What a title may hold: mentions, and adjectives that stand for organizations."""

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.lexicon import Sense
from loaders.reading.mentions import EntityMention
from loaders.reading.names import entity_of
from loaders.reading.title import is_office
from loaders.reading.title_roles import Gathered
from ontology import entity

ADJECTIVE_OF = "adjective_of_"
TITLE_OF = "title_of_"


class TitleParts:
    """Adds what stands at a place of a text to what a title holds.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.tokens = context.text.tokens

    def organizations_in(self, senses: set[str]) -> list[Entity]:
        """The organization that an adjective stands for in a title («глава европейской дипломатии»)."""
        codes = (name.removeprefix(ADJECTIVE_OF) for name in senses if name.startswith(ADJECTIVE_OF))
        known = (self.context.names.by_iri.get(entity("organization", code)) for code in codes)
        return [entity_of(each, self.context.language) for each in known if each is not None]

    def only_state(self, first: int, last: int) -> list[Entity]:
        """The state whose title the words are, where only one state has it ("Secretary of Defense")."""
        senses = {s for i in range(first, last) for s in self.context.senses.at(i) if s.name.startswith(TITLE_OF)}
        codes = {s.name.removeprefix(TITLE_OF) for s in senses if s.last == last}
        return [state for code in sorted(codes) if (state := self.context.mentions.states.get(code)) is not None]

    def take(self, sense: Sense, region: Gathered, mention: EntityMention, at: int) -> int:
        """Add a mention to the title."""
        one = self.tokens[mention.head].number != "Plur"
        if mention.form == "anaphor" and mention.entity.kind == "state" and one and self.is_attributed(sense):
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
        while noun.head is not None and self.office_at(noun.head) is not None:
            noun = self.tokens[noun.head]  # «сообщил заместитель министра обороны республики»
        says = (
            noun.rel.startswith("nsubj") and noun.head is not None and self.context.senses.has(noun.head, "speech_verb")
        )
        return says or (noun.index > 0 and self.context.senses.has(noun.index - 1, "attribution"))

    def office_at(self, at: int) -> Sense | None:
        """The noun of office that begins at a token."""
        offices = [s for s in self.context.senses.at(at) if s.first == at and is_office(s)]
        return max(offices, key=lambda s: s.last) if offices else None

    def mention_at(self, at: int) -> EntityMention | None:
        """The longest mention that begins at a token, a body before what it contains."""
        bodily = any(s.name.startswith("body_") for s in self.context.senses.at(at))
        ignored = {"person", "place"} if bodily else {"person"}
        here = [m for m in self.context.mentions.at(at) if m.first == at and m.entity.kind not in ignored]
        return max(here, key=lambda m: (m.last, m.form == "body")) if here else None

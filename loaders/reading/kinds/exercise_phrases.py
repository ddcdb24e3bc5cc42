"""What a noun phrase says of the exercise that it names: «совместное учение X и Y», «манёвры ОДКБ», «конкурс игр»."""

from loaders.reading.facts import Entity, Stated
from loaders.reading.kinds.exercise_attributes import CLOSING, OPENING, PARTICIPANTS, Attributes, View
from loaders.reading.kinds.exercise_events import Reference
from loaders.reading.mentions import EntityMention
from loaders.reading.relations import BARE

BRACKET_DISTANCE = 14
OWNING = BARE | {"with", "between", "among"}


class Phrases:
    """Reads the noun phrases of exercises."""

    def __init__(self, view: View) -> None:
        self.view, self.context, self.text = view, view.context, view.text

    def phrase(self, reference: Reference) -> Attributes:
        """«совместное учение пограничных ведомств Казахстана и Кыргызстана», «манёвры ОДКБ», «российско-узбекское»."""
        found = Attributes()
        tokens = self._phrase_tokens(reference)
        found.joint = any(self.context.senses.has(i, "joint") for i in tokens)
        actors: list[EntityMention] = []
        for mention in self.context.actor_mentions(tokens, capitals=False):
            if self.view.hosts(mention) or self._owns_other(mention, reference):
                continue
            # «к турецко-азербайджанским учениям»: an adjective tells whose they are, whatever becomes of them.
            own = mention.form == "adjective" or self._is_before(mention, reference)  # "in the CSTO exercise"
            relation = "of" if own else self.context.relation_of(mention)
            if mention.entity.kind == "organization":
                if relation in OWNING and mention.form in {"name", "adjective", "anaphor"}:
                    found.frameworks.append(self.view.stated(mention.entity, "exercise-of-organization", mention.head))
            elif mention.entity.kind in PARTICIPANTS and relation in OWNING and not self.view.names_place(mention):
                actors.append(mention)
        states = {m.entity.state for m in actors}
        found.joint = found.joint or any(self._is_company(m) for m in actors)
        if len(states) > 1 or (found.joint and actors):
            found.participants += [self.view.participant(m, "exercise-of-actors") for m in actors]
        elif actors:
            found.national = True
            found.absent = []
        found.frameworks += self._parenthesis(reference)
        return found

    def _is_before(self, mention: EntityMention, reference: Reference) -> bool:
        token = self.text.tokens[mention.head]
        return token.rel == "compound" and token.head == reference.noun and mention.head < reference.noun

    def _owns_other(self, mention: EntityMention, reference: Reference) -> bool:
        """ "Saber Junction, U.S. Army Europe's premier event": who owns the event need not take part."""
        token = self.text.tokens[mention.head]
        above = self.text.tokens[token.head] if token.head is not None and token.rel == "nmod:poss" else None
        return (
            above is not None and above.rel == "appos" and above.index != reference.noun and above.index > mention.head
        )

    def _is_company(self, mention: EntityMention) -> bool:
        """«учение с военными Индии», "the drill with the Indian navy": with others it is joint."""
        if mention.form != "adjective" and self.context.relation_of(mention) == "with":
            return True
        noun = self.text.tokens[mention.head].head
        force = noun is not None and self.context.senses.has(noun, "force", "delegation", "participation")
        return force and noun is not None and self.context.relation(noun) == "with"

    def _phrase_tokens(self, reference: Reference) -> tuple[int, ...]:
        """The noun with what depends on it; of what comes after the name, nothing beyond the next name or bracket."""
        tokens = {*self.context.phrase(reference.noun), *range(reference.first, reference.last)}
        above = self.text.tokens[reference.noun].head
        if above is not None and reference.name and reference.noun < above < reference.last:
            tokens |= set(self.context.phrase(above))  # "the India-Kyrgyzstan Exercise Khanjar"
        first = reference.last
        end = self.context.sentence(reference.noun).last
        while (
            first < end and not self.text.tokens[first].text[:1].isalnum() and self.text.tokens[first].text != OPENING
        ):
            first += 1
        beyond = next((i for i in range(first, end) if self.opens_other(i)), end)
        name = range(reference.last - 1, reference.last) if reference.name else range(0)
        begin = next((m.first for i in name for m in self.context.mentions.at(i) if m.form == "quoted"), None)
        bracket = begin is not None and begin >= 2 and self.text.tokens[begin - 2].text == OPENING
        last = begin - 3 if bracket and begin is not None else beyond
        return tuple(sorted(i for i in tokens if i < last))

    def opens_other(self, index: int) -> bool:
        """Whether the name of another exercise, or a bracket, begins at a token."""
        if self.text.tokens[index].text == OPENING:
            return True
        return any(
            m.first == index and m.entity.kind == "exercise" and m.form == "quoted"
            for m in self.context.mentions.at(index)
        )

    def _parenthesis(self, reference: Reference) -> list[Stated[Entity]]:
        """«учения ОДКБ («Боевое братство»), ШОС («Мирная миссия»)»: the organization before the parenthesis."""
        before = reference.last - 1
        name_begin = next((m.first for m in self.context.mentions.at(before) if m.form == "quoted"), None)
        if name_begin is None or name_begin < 3 or self.text.tokens[name_begin - 2].text != OPENING:
            return []
        return [
            self.view.stated(m.entity, "exercise-in-parenthesis", m.head)
            for m in self.context.mentions.at(name_begin - 3)
            if m.entity.kind == "organization"
        ]

    def frames(self, named: list[Reference], *, alone: bool = False) -> list[Stated[Entity]]:
        """«конкурс «…», один из этапов Армейских международных игр»: the games beside a name in quotation marks.

        Arguments:
            named: the references of a clause that have a name.
            alone: whether games alone, without another name, count (in the line above a list).
        """
        games: list[Stated[Entity]] = []
        others = False
        for reference in named:
            quoted = any(
                m.form == "quoted" for i in range(reference.first, reference.last) for m in self.context.mentions.at(i)
            )
            if not quoted and reference.series and reference.kind == "competition":
                games.append(self.view.stated(reference.series, "exercise-of-games", reference.noun))
            others = others or quoted
        return games if others or alone else []

    def bracket(self, reference: Reference) -> range:
        """The tokens in the brackets after a name: «Соколиная охота» (полигон «Спасск», Карагандинская область)."""
        tokens = self.text.tokens
        end = min(self.context.sentence(reference.noun).last, reference.last + BRACKET_DISTANCE)
        for index in range(reference.last, end):
            if tokens[index].text == OPENING:
                last = self.context.sentence(reference.noun).last
                close = next((i for i in range(index, last) if tokens[i].text == CLOSING), last)
                return range(index + 1, close)
            if self.opens_other(index) or tokens[index].feats.get("VerbForm") == "Fin":
                break
        return range(0)

"""Whose a number is: the state that words beside it name, a party of its clause, or a party of what it belongs to."""

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.kinds.quantity_counts import Count
from loaders.reading.kinds.quantity_states import Answer, States, arguments_of
from loaders.reading.mentions import EntityMention

SIDE_REACH = 6
SENDING = frozenset({"from", "with", "on_behalf"})


class Owners:
    """Answers whose a number is, for one text.

    Arguments:
        context: the text, with the facts of other kinds that were found in it.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.states = States(context)

    # ------------------------------------------------------------------ beside the number

    def described(self, count: Count) -> Entity | None:
        """The state that the counted noun itself names: «узбекских офицеров», «курсантов из Таджикистана»."""
        first = self.context.tokens_of(count.number.span)[-1] + 1
        inside = range(first, count.last) if count.noun > count.index else range(0)
        for mention in self.context.mentions.within(inside, "state", "body"):
            return self.states.of(mention.entity)
        at, end = count.last, self.context.sentence(count.index).last
        while at < end and (
            self.text.tokens[at].text in {"–", "—"} or self.context.senses.has(at, "from_side", "out_of")
        ):
            at += 1
        for mention in self.context.mentions.at(at) if at < end else ():
            adjacent = mention.form in {"name", "body"} or (mention.form == "adjective" and at > count.last)
            if len(self.context.coordinated(mention)) > 1 and at > count.last:
                continue  # "4,000 soldiers from Kazakhstan and Kyrgyzstan" are nobody's alone
            if mention.first == at and adjacent and (at > count.last or self.context.relation_of(mention) == "of"):
                return self.states.of(mention.entity)
        for mention in self.context.mentions.at(count.index - 1) if count.index else ():
            if mention.form in {"name", "body"} and self._owns(mention, count):
                return self.states.of(mention.entity)  # "Kazakhstan's 200 officers", «Қазақстанның 200 офицері»
        return None

    def _owns(self, mention: EntityMention, count: Count) -> bool:
        head = self.text.tokens[mention.head].head
        return head == count.noun and self.context.relation_of(mention) == "of"

    def _directly_before(self, count: Count) -> Entity | None:
        """«Өзбекстаннан 300, Тәжікстаннан 200 сарбаз»: in a head-final language, whoever stands before the number."""
        if not self.context.relations.head_final or not count.index:
            return None
        named = [m for m in self.context.mentions.at(count.index - 1) if m.last == count.index and m.form == "name"]
        acting = [m for m in named if self.context.relation_of(m) in SENDING | {"subject"}]
        return self.states.of(acting[0].entity) if acting and acting[0].entity.kind == "state" else None

    def side(self, count: Count) -> Entity | None:
        """The side that the words before the number name: «от РФ занято …», «узбекский контингент – 200 бойцов»."""
        if (directly := self._directly_before(count)) is not None:
            return directly
        sentence = self.context.sentence(count.index)
        near = range(max(sentence.first, count.index - SIDE_REACH), count.index)
        for mention in reversed(self.context.mentions.within(near, "state", "body")):
            before = (mention.first - 1, mention.first - 2)
            if any(i >= 0 and self.context.senses.has(i, "from_side") for i in before):
                return self.states.of(mention.entity)
            noun = self.text.tokens[mention.head].head
            if mention.form == "adjective" and noun is not None and self.context.senses.has(noun, "military_unit"):
                return self.states.of(mention.entity)
        for mention in self.context.mentions.within(self.context.clause(count.index), "state", "body"):
            sent = mention.first and self.context.senses.has(mention.first - 1, "from_side")
            if sent and mention.first == count.last + 1 and len(self.context.coordinated(mention)) > 1:
                return None  # "4,000 troops from Poland and Estonia" are nobody's alone
            if sent and not self.context.numbers_in(range(min(mention.first, count.last), mention.first)):
                return self.states.of(mention.entity)
            noun = self.text.tokens[mention.head].head
            if mention.form != "adjective" or noun is None or not self.context.senses.has(noun, "side"):
                continue
            if self.context.numbers_in(range(count.last, mention.first)):
                continue  # «900 военных, в том числе 600 – от российской стороны»
            if self.context.relation(noun) in SENDING:
                return self.states.of(mention.entity)
        verb = self.context.predicate(count.index).index
        represents = self.context.senses.has(verb, "represent_verb")
        if not represents and not self.context.senses.has(verb, "arrive"):
            return None
        for argument in arguments_of(self.context, count, "subject", "object" if represents else "subject"):
            found = self.states.among(argument.tokens) if count.index not in argument.tokens else []
            if found:
                return found[0]
        return None

    def unit(self, count: Count) -> Entity | None:
        """The state of the unit whose strength is told («немецкая бригада численностью до 5000 человек»)."""
        here = self.context.sentence(count.index)
        for sentence in reversed(self.text.sentences[max(0, here.index - 1) : here.index + 1]):
            tokens = range(sentence.first, min(sentence.last, count.index))
            unit = next((i for i in reversed(tokens) if self.context.senses.has(i, "military_unit")), None)
            if unit is not None:
                mentions = self.context.mentions.within(self.context.phrase(unit), "state", "body")
                found = [self.states.of(m.entity) for m in mentions] or [*self.states.among(tokens)]
                return found[0] if found else None
        return None

    def located(self, count: Count) -> Entity | None:
        """The state in which the counted are: «в Ташкенте», «в стране»."""
        for mention in self.context.places(self.context.clause(count.index)):
            if self.context.relation_of(mention) == "in":
                return self.context.mentions.states.get(mention.entity.state or "")
        return None

    # ------------------------------------------------------------------ in the clause

    def party(self, count: Count) -> Answer:
        """The state that acts: the subject of the clause, else the only state of clause or sentence."""
        for argument in arguments_of(self.context, count, "subject"):
            found = self.states.among(argument.tokens) if count.index not in argument.tokens else []
            if found:
                return found[0], "party"
        sentence = self.context.sentence(count.index)
        whole = range(sentence.first, sentence.last)
        for tokens in (self.context.clause(count.index), whole):
            found = self.states.among(tokens, partners=False)
            if len(found) == 1:
                return found[0], "party"
        speaks_of_home = any(
            self.context.senses.has(i, "state_anaphor") and self.text.tokens[i].number == "Sing" for i in whole
        )
        return (self.context.home, "party") if speaks_of_home and self.context.home and not found else None

    def organization(self, count: Count) -> Entity | None:
        """The organization in the clause."""
        found = self.context.mentions.within(self.context.clause(count.index), "organization")
        return found[0].entity if found else None

    def sender(self, count: Count) -> Entity | None:
        """The organization that sends or has the counted: «ОДКБ направила более 2000 миротворцев»."""
        if not self.context.senses.has(self.context.predicate(count.index).index, "arrive", "belong_verb"):
            return None
        for argument in arguments_of(self.context, count, "subject"):
            found = self.context.mentions.within(argument.tokens, "organization", "state", "body")
            if found and count.index not in argument.tokens:
                return found[0].entity if found[0].entity.kind == "organization" else None
        return None

    def forces(self, count: Count) -> Entity | None:
        """The state whose forces act in the clause («медицинским персоналом ВС РК выполнено», «наши миротворцы»)."""
        for mention in self.context.mentions.within(self.context.clause(count.index), "body"):
            if mention.entity.body in {"AF", "MoD", "UNIT", "SEC"}:
                return self.states.of(mention.entity)
        for argument in arguments_of(self.context, count, "subject"):
            if self.context.senses.has(argument.head, "force") and count.index not in argument.tokens:
                found = self.context.mentions.within(argument.tokens, "state")
                return self.states.of(found[0].entity) if found else None
        return None

    def is_shared(self, count: Count) -> bool:
        """Whether two states, or words that stand for two, act in the clause."""
        clause = self.context.clause(count.index)
        pair = any(self.context.senses.has(i, "both", "partner_noun") for i in clause)
        return pair or len(self.states.among(clause)) > 1

    def home(self, count: Count) -> Entity | None:
        """The only state of the sentence, else the one that the text is about."""
        sentence = self.context.sentence(count.index)
        found = self.states.among(range(sentence.first, sentence.last))
        return found[0] if len(found) == 1 else self.context.home

    def first(self, count: Count) -> Entity | None:
        """The state named first in the sentence."""
        sentence = self.context.sentence(count.index)
        found = self.states.among(range(sentence.first, sentence.last))
        return found[0] if found else None

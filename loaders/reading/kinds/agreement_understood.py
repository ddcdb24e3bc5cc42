"""Parties that the words about an agreement leave to be understood.

They are those of the rest of the sentence, of the supply or the document spoken of before, of the talks before
(«стороны», «главы ведомств»), of the same document for another year, the host of a visit, or the text's own state.
"""

from collections.abc import Sequence

from loaders.reading.context import Context
from loaders.reading.facts import FACTUAL, Entity, Span, Supply, side
from loaders.reading.kinds import supplies
from loaders.reading.kinds.agreement_documents import Document
from loaders.reading.kinds.agreement_parties import Parties, once
from loaders.reading.kinds.agreement_statements import Statement
from loaders.reading.relations import BARE
from loaders.reading.text import Sentence


class Understood:
    """Finds the parties that are not named.

    Arguments:
        context: the text.
        parties: who stands for whom in it.
        documents: all that the text speaks of.
        held: what was said of agreements so far; grows as the text is read.
    """

    def __init__(
        self, context: Context, parties: Parties, documents: Sequence[Document], held: Sequence[Statement]
    ) -> None:
        self.context = context
        self.documents = documents
        self.parties = parties
        self.held = held

    def of(self, document: Document, known: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The parties of a document, of whom at most one is known."""
        if document.kind == "contract":
            supplied = self._of_supply(document, known)
            if {side(k) for k in known} <= {side(s) for s in supplied} and supplied:
                return supplied
        inside = range(document.first, document.last)
        here = self.context.sentence(document.noun)
        if len(known) == 1 and (own := self._own_authority(here, known[0])) is not None:
            return once([own, *known])
        others = {i for d in self._beside_it(document) for i in range(d.first, d.last)}
        near = once(
            [
                *known,
                *self.parties.among(i for i in range(here.first, here.last) if i not in inside and i not in others),
            ]
        )
        acting = tuple(n for n in near if n.kind != "institution")
        if len(acting) == 2:
            return acting
        if len(known) == 1 and (subject := self._subject_before(document, known[0])) is not None:
            return once([subject, *known])
        if not known and (listed := self.parties.listed(here.first, here.last)):
            return listed
        if two := self._of_what_rests_on_it(document, known):
            return two
        if self.context.in_title(document.noun) or (not known and self._is_none_of_ours(document)):
            return known
        if not known and (beside := self._beside(here.index)):
            return beside
        if not known and len(acting) == 1 and (host := self._host(document)) is not None:
            return once([host, *acting])
        if (shared := self._shared(document, known)) is not None:
            return once([shared, *known])
        again = self._same_sides(document) if not known else ()
        earlier = again or self.parties.before(document.noun, known)
        if len(earlier) >= 2:
            return earlier
        return self._of_like(document, known) or self._with_one_more(document, known)

    def _of_what_rests_on_it(self, document: Document, known: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """ "Under an agreement signed in 2019, Namibian officers study at the Zambian college": the only two states of
        whom a sentence tells what is done under it."""
        if self.context.relation(document.noun) != "under" or self.context.in_title(document.noun):
            return ()
        here = self.context.sentence(document.noun)
        named = self.context.mentions.within(range(here.first, here.last), "state", "body", "organization")
        states = {m.entity.state: m for m in reversed(named)}
        if len(states) != 2 or None in states or not {side(k) for k in known} <= set(states):
            return ()
        found = (self.context.mentions.states.get(code or "") for code in reversed(states))
        return tuple(state for state in found if state is not None)

    def _is_none_of_ours(self, document: Document) -> bool:
        """ "We have not signed any agreement": with nobody, and not only with those spoken of before."""
        verb = self.context.predicate(document.noun)
        subjects = [a.head for a in self.context.arguments(verb.index) if a.role == "subject"]
        first = verb.feats.get("Person") == "1" or any(self.context.senses.has(i, "us", "speakers") for i in subjects)
        return first and any(self.context.is_negated(i) for i in (document.noun, verb.index))

    def _own_authority(self, here: Sentence, known: Entity) -> Entity | None:
        """«Правительство одобрило проект соглашения с Турцией»: an authority without a state is of the text's own."""
        for index in range(here.first, here.last):
            authority = self.context.senses.has(index, "body_GOV", "body_PARL", "chamber")
            if authority and self.context.relation(index) == "subject" and not self.context.mentions.at(index):
                home = self.context.home
                return home if home is not None and side(home) != side(known) else None
        return None

    def _beside_it(self, document: Document) -> list[Document]:
        """«Соглашение с Францией и меморандум с Азербайджаном»: other documents of the sentence, with their parties."""
        here = self.context.sentence(document.noun)
        return [
            d for d in self.documents
            if here.first <= d.noun < here.last and d.noun not in range(document.first, document.last)
            and d.kind is not None
        ]  # fmt: skip

    def _beside(self, sentence: int) -> tuple[Entity, ...]:
        """ "Under a treaty, which a protocol prolonged": the parties of the document spoken of in the sentence."""
        last = self._last(sentence)
        same = last is not None and self.context.sentence(last.at).index == sentence
        return last.parties if last is not None and same and len(last.parties) > 1 else ()

    def _subject_before(self, document: Document, known: Entity) -> Entity | None:
        """«Сербия получила комплексы по контракту с КНР»: who acts last in the sentence before the document."""
        words = range(self.context.sentence(document.noun).first, document.first)
        subjects = [m for m in self.context.actor_mentions(words) if self.context.relation_of(m) == "subject"]
        alone = [m for m in subjects if len(self.context.coordinated(m)) == 1]  # of two it may be either
        actors = [a for m in alone if (a := self.parties.of(m)) is not None and side(a) != side(known)]
        return actors[-1] if actors else None

    def _of_supply(self, document: Document, known: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """«… продал ему истребители – контракт датирован февралём»: the sides of the supply before."""
        mine = {side(k) for k in known}
        here = self.context.sentence(document.noun)
        for near in (here, self.context.text.sentences[max(0, here.index - 1)]):
            stated = self.context.once(_supplies).get((near.span,), [])
            pairs = {(side(s.supplier), side(s.recipient)) for s in stated}
            if (near is here and stated) or len(pairs) == 1:
                told = next((s for s in reversed(stated) if mine <= {side(s.supplier), side(s.recipient)}), stated[-1])
                return once([told.supplier, told.recipient])
        return ()

    def _same_sides(self, document: Document) -> tuple[Entity, ...]:
        """«Тогда же стороны подписали меморандум»: those of the document that the sentence before spoke of."""
        here = self.context.sentence(document.noun)
        sides = [i for i in range(here.first, here.last) if self.context.senses.has(i, "side")]
        if not any(self.context.text.tokens[i].number == "Plur" for i in sides):
            return ()
        last = self._last(here.index)
        return last.parties if last is not None and len(last.parties) > 1 else ()

    def _shared(self, document: Document, known: tuple[Entity, ...]) -> Entity | None:
        """«Ратифицировал соглашение с Португалией. На очереди – договор с Болгарией»: the side that both leave out."""
        last = self._last(self.context.sentence(document.noun).index)
        if len(known) != 1 or last is None or len(last.parties) != 2:
            return None
        words = range(last.document.first, last.document.last)
        named = {side(a) for m in self.context.mentions.within(words) if (a := self.parties.of(m)) is not None}
        left = [p for p in last.parties if side(p) not in named]
        return left[0] if len(left) == 1 and side(left[0]) != side(known[0]) else None

    def _last(self, sentence: int) -> Statement | None:
        """What was said last of a document, if that was in the sentence or the one before."""
        last = next((s for s in reversed(self.held) if not s.in_title), None)
        return last if last is not None and sentence - self.context.sentence(last.at).index <= 1 else None

    def _of_like(self, document: Document, known: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """«План военного сотрудничества на 2025 год» after the one for 2024."""
        mine = {side(k) for k in known}
        for statement in reversed(self.held):
            same = statement.kind == document.kind and bool(document.topic & statement.document.topic)
            theirs = {side(p) for p in statement.parties}
            if same and len(theirs) > 1 and mine <= theirs:
                return statement.parties
        return ()

    def _with_one_more(self, document: Document, known: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The other party, where one is known: who signed the document before, the host, the state of the text."""
        if len(known) != 1:
            return known
        last = self._last(self.context.sentence(document.noun).index)
        subject = [s for s in last.subject if side(s) != side(known[0])] if last is not None else []
        told = (subject[0] if len(subject) == 1 else None, self._host(document), self._who_met(document))
        others = (*told, self.context.home)
        return next((once([o, *known]) for o in others if o is not None and side(o) != side(known[0])), known)

    def _who_met(self, document: Document) -> Entity | None:
        """«Министр РК провёл встречи с А и Б. С А утверждён план»: the only one who acts in the sentence before."""
        here = self.context.sentence(document.noun)
        before = self.context.text.sentences[here.index - 1] if here.index else here
        if before is here or before.paragraph != here.paragraph:
            return None
        verb = next((t.index for t in self.context.text.of(before) if t.rel == "root" and t.pos == "VERB"), None)
        acting = self.parties.subject(verb, ()) if verb is not None else ()
        return acting[0] if len(acting) == 1 else None

    def _host(self, document: Document) -> Entity | None:
        """«В ходе визита делегации Минобороны Монголии в Астану»: the state whose capital is visited."""
        here = self.context.sentence(document.noun)
        words = range(here.first, here.last)
        if not any(self.context.senses.has(i, "visit_to") for i in words):
            return None
        capitals = [
            m for m in self.context.places(words) if m.form == "metonym" and self.context.relation_of(m) not in BARE
        ]
        return self.context.mentions.states.get(capitals[0].entity.state or "") if len(capitals) == 1 else None


def _supplies(context: Context) -> dict[tuple[Span, ...], list[Supply]]:
    """What is supplied according to a text, by the passages that say so."""
    found: dict[tuple[Span, ...], list[Supply]] = {}
    for supply in supplies.find(context):
        if supply.modality in FACTUAL:
            found.setdefault(supply.evidence, []).append(supply)
    return found

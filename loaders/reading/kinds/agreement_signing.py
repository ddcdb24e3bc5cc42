"""Where and when an agreement is signed: from the clause, the sentence, or the sentence that names the parties."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from loaders.reading.context import Context
from loaders.reading.dates import DateMention
from loaders.reading.facts import FACTUAL, Entity, Meeting, PartialDate, Stated, side
from loaders.reading.kinds import meetings
from loaders.reading.kinds.agreement_documents import Document
from loaders.reading.kinds.agreement_parties import near_verb
from loaders.reading.kinds.meeting_circumstances import Circumstances
from loaders.reading.kinds.noun_years import names_noun
from loaders.reading.kinds.place_names import is_undeclined
from loaders.reading.mentions import EntityMention
from loaders.reading.text import Sentence

UNRELATED_LEADS = frozenset({"for", "until", "after", "before", "since"})
CEREMONY_SENTENCES = 2
"""How many sentences after a signing it may be told where and when it took place."""
OCCASIONS = ("meeting_talks", "meeting_visit", "outcome")
MEETING_VERBS = ("meet_verb", "receive_guest_verb", "visit_verb", "meeting_session", "meeting_ceremony")


class Signing:
    """Places and dates of the signings of one text.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self._where = Circumstances(context)

    def place(self, at: int, inside: range) -> Stated[Entity] | None:
        """The place of signing: named in the clause, else in the sentence, else where the parties were named."""
        for tokens in self._scopes(at, inside):
            found = [
                m
                for m in self.context.places(tokens)
                if m.entity.kind == "place" and not self.context.in_title(m.first) and self._is_site(m, at)
            ]
            found = [m for m in found if self.context.relation_of(m) == "in"] or found
            if found:
                nearest = min(found, key=lambda m: abs(m.head - at))
                return Stated(nearest.entity, self.context.evidence(nearest.head), self.context.rule("agreement-place"))
            capital = self._where.capital(tokens)
            if capital is not None:
                return replace(capital, rule=self.context.rule("agreement-place"))
        return None

    def elsewhere(self, at: int) -> tuple[Stated[Entity] | None, Stated[PartialDate] | None]:
        """Place and date that the sentences beside tell: «Там они подписали …», «Церемония прошла в X 5 мая»."""
        place, date = self._where.there(at)
        here = self.context.sentence(at)
        following = self.text.sentences[here.index + 1 : here.index + 1 + CEREMONY_SENTENCES]
        told = (self._of_ceremony(s) for s in following if s.paragraph == here.paragraph)
        verb = next((v for v in told if v is not None), None)
        if verb is not None:
            place, date = place or self._where.place(verb), date or self._where.date(verb)
        return place if place is not None and place.value.kind == "place" else None, date

    def _of_ceremony(self, sentence: Sentence) -> int | None:
        """The verb by which a sentence says that the signing took place."""
        for index in range(sentence.first, sentence.last):
            token = self.text.tokens[index]
            if token.head is None or not token.rel.startswith("nsubj"):
                continue
            signing = self.context.senses.has(index, "meeting_ceremony", "sign_noun")
            if signing and self.context.senses.has(token.head, "occur", "hold"):
                return token.head if self.context.modality(token.head) in FACTUAL else None
        return None

    def _is_site(self, mention: EntityMention, at: int) -> bool:
        """«в Риме», «в городе Щучинск», «в ходе визита в Анкару»."""
        relation = self.context.relation_of(mention)
        above = self.text.tokens[mention.head].head
        if relation == "in":
            return True
        if relation == "to":
            # A signing has no goal: what hangs on it, and a name that shows no case, says where and not where to.
            to_visit = above is not None and self.context.senses.has(above, "visit_to")
            return above == at or to_visit or is_undeclined(self.context, mention)
        return (
            above is not None and self.context.senses.has(above, "city_noun") and self.context.relation(above) == "in"
        )

    def date(self, at: int, inside: range) -> Stated[PartialDate] | None:
        """The date of the signing that the word `at` tells of; None where it has one that cannot be resolved."""
        for tokens in self._scopes(at, inside):
            found = [d for d in self.context.dates_in(tokens) if not names_noun(self.context, d)]
            dates = [d for d in found if is_of_event(d) and not self.context.is_of_report(d, at)]
            if dates:
                nearest = min(dates, key=lambda d: abs(self.context.tokens_of(d.span)[0] - at))
                return self.dated(nearest)
            if any(d.start is None and d.end is None for d in found):
                return None  # it has its own date, and that is not known
        return None

    def date_inside(self, document: Document) -> Stated[PartialDate] | None:
        """«Договор … от 15 мая 1992 года»."""
        for date in self.context.dates_in(range(document.noun, document.last)):
            beside = self.context.tokens_of(date.span)[0] == document.noun + 1
            if (date.lead == "of" or beside) and date.kind == "point" and date.start is not None:
                return self.dated(date)
        return None

    def bracket(self, document: Document) -> range:
        """The words in the brackets directly after a document: «меморандум … (Баку, апрель 2024 года)»."""
        tokens, end = self.text.tokens, self.context.sentence(document.noun).last
        if document.last >= end or tokens[document.last].text != "(":
            return range(0)
        close = next((i for i in range(document.last, end) if tokens[i].text == ")"), document.last)
        return range(document.last + 1, close)

    def in_bracket(self, document: Document) -> tuple[Stated[Entity] | None, Stated[PartialDate] | None]:
        """Where and when a document was signed, as far as the brackets after it say."""
        words = self.bracket(document)
        named = [m for m in self.context.places(words) if m.entity.kind == "place"]
        dates = [d for d in self.context.dates_in(words) if d.kind == "point" and d.start is not None]
        place = None
        if named:
            place = Stated(
                named[0].entity, self.context.evidence(named[0].head), self.context.rule("agreement-bracket")
            )
        return place, self.dated(dates[0]) if dates else None

    def occasion(self, at: int, parties: Sequence[Entity]) -> Meeting | None:
        """«По итогам переговоров министры подписали …»: the last meeting of the parties up to the signing."""
        sentence = self.context.sentence(at)
        words = range(sentence.first, sentence.last)
        if not any(self.context.senses.has(i, *OCCASIONS) for i in words) and not self._by_the_sides(at, words):
            return None
        sides = {side(p) for p in parties}
        last = None
        for meeting in self._meetings:
            before = any(span.begin < sentence.end for span in meeting.evidence)
            # A visit lasts; what is signed during it is dated by the talks.
            if before and meeting.modality in FACTUAL and {side(a.value) for a in meeting.actors} == sides:
                last = meeting if last is None or meeting.kind == "talks" or last.kind != "talks" else last
        return last

    def _by_the_sides(self, at: int, words: range) -> bool:
        """«Стороны подписали …»: those who met, there and then, unless it was earlier."""
        if any(self.context.senses.has(i, "before_now") for i in words):
            return False
        subjects = [a.head for a in self.context.arguments(at) if a.role == "subject"]
        verb = self.text.tokens[at]
        if not subjects and verb.rel == "conj" and verb.head is not None:
            subjects = [a.head for a in self.context.arguments(verb.head) if a.role == "subject"]
        return any(self.context.senses.has(i, "side") and self.text.tokens[i].number == "Plur" for i in subjects)

    @cached_property
    def _meetings(self) -> tuple[Meeting, ...]:
        return tuple(m for m in meetings.find(self.context) if isinstance(m, Meeting) and m.kind in {"talks", "visit"})

    def dated(self, date: DateMention) -> Stated[PartialDate]:
        """A date mentioned, with its sentence."""
        assert date.start is not None
        first = self.context.tokens_of(date.span)[0]
        return Stated(date.start, self.context.evidence(first), self.context.rule("agreement-date"))

    def _scopes(self, at: int, inside: range) -> Iterator[list[int]]:
        """Where to look for place and date: the clause, the sentence, and the sentence that named the parties."""
        sentence = self.context.sentence(at)
        if self.text.tokens[at].rel.startswith("acl"):
            yield self._after(at, sentence.last)
        yield [i for i in near_verb(self.context, at) if i not in inside]
        yield [i for i in self.context.clause(at) if i not in inside]
        nested = {"ccomp", "acl:relcl", "advcl", "acl"}
        own = self.text.clauses[at]
        dated = any(is_of_event(d) for d in self.context.dates_in(self.context.clause(at)))
        if (self.text.tokens[at].rel not in nested or self._is_after(at)) and not dated:
            yield [
                i
                for i in range(sentence.first, sentence.last)
                if i not in inside and (self.text.clauses[i] == own or self.context.predicate(i).rel not in nested)
            ]
        if sentence.index > 0 and self._refers_back(sentence.first, sentence.last, inside):
            earlier = self.text.sentences[sentence.index - 1]
            words = range(earlier.first, earlier.last)
            met = any(self.context.senses.has(i, *OCCASIONS, *MEETING_VERBS) for i in words)
            if met and not self.context.in_title(earlier.first):
                described = self._described(earlier)
                yield [i for i in words if i not in described]

    def _is_after(self, at: int) -> bool:
        """ "Held talks in Paris on Monday, after which Armenia signed …": there and then."""
        pronouns = [a.head for a in self.context.arguments(at) if a.relation == "after" and a.head < at]
        return any(self.text.tokens[i].feats.get("PronType") == "Rel" for i in pronouns) or any(
            self.text.tokens[c].feats.get("PronType") == "Rel" and self.context.relation(c) == "after"
            for c in self.text.children[at]
        )

    def _described(self, sentence: Sentence) -> frozenset[int]:
        """The words of participles and relative clauses: what they tell of was at another time."""
        below = (i for i in range(sentence.first, sentence.last) if self.text.tokens[i].rel.startswith("acl"))
        return frozenset(i for b in below for i in self.text.subtree(b))

    def _after(self, at: int, limit: int) -> list[int]:
        """What follows a participle up to the next comma: long sentences are parsed badly."""
        last = at + 1
        while last < limit and self.text.tokens[last].text not in {",", ";", ".", ":"}:
            last += 1
        return list(range(at + 1, last))

    def _refers_back(self, first: int, last: int, inside: range) -> bool:
        """Whether a sentence names nobody itself: «они», «стороны», or no one at all."""
        return all(
            m.form == "anaphor" or self.context.is_located(m)
            for m in self.context.mentions.within(i for i in range(first, last) if i not in inside)
            if m.is_actor or m.entity.kind == "person"
        )


def is_of_event(date: DateMention) -> bool:
    """A point in time that is not what a plan is for, nor since or until when something holds."""
    return date.start is not None and date.kind in {"point", "relative"} and date.lead not in UNRELATED_LEADS

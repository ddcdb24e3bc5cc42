"""What a kind of facts is given to find its facts in: one text with all that the base knows of it.

A kind is a module of `loaders/reading/kinds/` with `find(context) -> Iterator[Fact]`. The context answers the
questions that such a module asks: where words of a sense stand, who acts in a clause, where and when, whether it is so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from loaders.reading.actors import Actors
from loaders.reading.alignment import AlignedSpans, Alignment
from loaders.reading.coordination import Coordination
from loaders.reading.dates import DateMention
from loaders.reading.facts import Entity, Fact, Modality, PartialDate, Span
from loaders.reading.grammar import Grammar
from loaders.reading.heading import pair, theme
from loaders.reading.home import home_of
from loaders.reading.lexicon import Sense
from loaders.reading.mention_relations import MentionRelations
from loaders.reading.mentions import EntityMention, Mentions
from loaders.reading.modality import ModalityReader
from loaders.reading.names import NameIndex
from loaders.reading.numbers import NumberMention
from loaders.reading.quotes import Quotation, speech_around
from loaders.reading.relations import Relations
from loaders.reading.senses import Senses
from loaders.reading.syntax import Argument, arguments, phrase
from loaders.reading.tables import Table, find_tables
from loaders.reading.text import AnalyzedText, Sentence, Token
from loaders.reading.topic import Topics

Found = TypeVar("Found")


@dataclass(frozen=True)
class Context:
    """One text, analysed, its names linked, its dates and numbers found.

    Arguments:
        text: the analysed text (`.text`, `.tokens`, `.sentences`, `.children`, `.clauses`).
        language: `ru`, `en`, `kk`.
        senses: which words of the lexicon stand where (`.has(index, "sense", …)`, `.all("sense", …)`).
        mentions: the mentions of entities (`.all`, `.at(index)`, `.within(tokens, "state", …)`, `.actor(mention)`).
        dates, numbers: what the grammars of dates and numbers found.
        quotations: what stands in quotation marks, names and speech.
        issued: the date that the text itself carries.
        title: the heading of the text, if it has one.
        dateline: where the text's own date stands.
        names: the gazetteer's index (`.by_iri`).
        grammar: the language's forms (`.nominative(tokens, text)`).
        relations: what nominals are to the words they hang on (asked for through `.relation(index)`).
        facts: what the kinds that ran before have found.
    """

    text: AnalyzedText
    language: str
    senses: Senses
    mentions: Mentions
    dates: tuple[DateMention, ...]
    numbers: tuple[NumberMention, ...]
    quotations: tuple[Quotation, ...]
    issued: PartialDate | None
    title: Span | None
    dateline: Span | None
    names: NameIndex
    grammar: Grammar
    relations: Relations
    facts: list[Fact] = field(default_factory=list)

    def once(self, find: Callable[["Context"], Found]) -> Found:
        """What a function finds in this text, which it is asked only once."""
        if find not in self._found:
            self._found[find] = find(self)
        return cast(Found, self._found[find])

    @cached_property
    def _found(self) -> dict[object, object]:
        return {}

    # ------------------------------------------------------------------ words

    def head(self, sense: Sense) -> int:
        """The word of a sense on which its others depend: «сатып алу» is headed by its first, «военная помощь» by its
        last."""
        inside = range(sense.first, sense.last)
        tokens = self.text.tokens
        return next((i for i in inside if tokens[i].head not in inside), sense.last - 1)

    def rule(self, name: str) -> str:
        """The name of a rule in this language: `rule("exercise-named")` is `ru/exercise-named`."""
        return f"{self.language}/{name}"

    def words(self, first: int, last: int) -> str:
        """The text from a token up to, not including, another."""
        return self.text.span_of(range(first, last)).of(self.text.text) if last > first else ""

    def nominative(self, first: int, last: int) -> str:
        """The same words in the nominative, without quotation marks around them; a mark opened within is closed."""
        if last <= first:
            return ""
        words = self.grammar.nominative(self.text.tokens[first:last], self.text.text).strip('«»"“”„ ')
        if words.count('"') % 2:
            return f'{words}"'
        return f"{words}»" if words.count("«") > words.count("»") else words

    def evidence(self, *indices: int) -> tuple[Span, ...]:
        """The sentences of the tokens, as passages."""
        return tuple(self.text.sentences[s].span for s in sorted({self.text.tokens[i].sentence for i in indices}))

    def sentence(self, index: int) -> Sentence:
        """The sentence of a token."""
        return self.text.sentence_of(index)

    def clause(self, index: int) -> tuple[int, ...]:
        """The tokens of the clause that a token stands in."""
        head = self.text.clauses[index]
        if head not in self._clauses:
            self._clauses[head] = tuple(t.index for t in self.text.clause_tokens(head))
        return self._clauses[head]

    @cached_property
    def _clauses(self) -> dict[int, tuple[int, ...]]:
        return {}

    def predicate(self, index: int) -> Token:
        """The head of the clause that a token stands in."""
        return self.text.tokens[self.text.clauses[index]]

    def in_title(self, index: int) -> bool:
        """Whether a token stands in the heading."""
        return self.title is not None and self.text.tokens[index].end <= self.title.end

    def speech(self, index: int) -> Quotation | None:
        """The speech in quotation marks in which a token stands."""
        return speech_around(self.quotations, index)

    # ------------------------------------------------------------------ syntax

    def arguments(self, predicate: int) -> tuple[Argument, ...]:
        """The arguments of a verb, participle or noun of action, by their logical roles."""
        if predicate not in self._arguments:
            self._arguments[predicate] = arguments(self.text, predicate, self.relations)
        return self._arguments[predicate]

    @cached_property
    def _arguments(self) -> dict[int, tuple[Argument, ...]]:
        return {}

    def phrase(self, index: int) -> tuple[int, ...]:
        """A nominal with all that depends on it, without the clauses nested in it."""
        return phrase(self.text, index)

    def relation(self, index: int) -> str:
        """What a nominal is to the word it hangs on, a name of `loaders.reading.relations` (`with`, `in`, `of`, …)."""
        return self.relations.of(index)

    def relation_of(self, mention: EntityMention) -> str:
        """What a mention is to the word it hangs on; an adposition before the list in which it stands holds for it."""
        return self._mention_relations.of(mention)

    @cached_property
    def _mention_relations(self) -> MentionRelations:
        return MentionRelations(self.text, self.senses, self.relations, self._coordination)

    def coordinated(self, mention: EntityMention) -> list[EntityMention]:
        """The list of names that a mention stands in: «России, Кыргызстана и Узбекистана»; itself alone if in none."""
        return self._coordination.members(mention)

    @cached_property
    def _coordination(self) -> Coordination:
        return Coordination(self.text, self.senses, self.mentions)

    def modality(self, index: int) -> Modality:
        """Whether what the word states is so, planned, proposed, denied or cancelled."""
        return self._modality.of(index)

    def is_negated(self, index: int) -> bool:
        """Whether the word itself carries a negation."""
        return self._modality.is_negated(index)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the text."""
        return find_tables(self.text)

    @cached_property
    def _modality(self) -> ModalityReader:
        return ModalityReader(self.text, self.senses)

    # ------------------------------------------------------------------ actors and places

    def actor_mentions(self, tokens: Iterable[int], *, capitals: bool = True) -> list[EntityMention]:
        """The mentions among the tokens that mean actors (`loaders.reading.actors`)."""
        return self._actors.mentioned(tokens, capitals=capitals)

    def actors(self, tokens: Iterable[int], *, capitals: bool = True) -> list[Entity]:
        """The actors that the tokens mention, each once, in the order of the text."""
        return self._actors.entities(tokens, capitals=capitals)

    @cached_property
    def _actors(self) -> Actors:
        return Actors(self.mentions, self._mention_relations)

    def is_located(self, mention: EntityMention) -> bool:
        """Whether a mention stands with a preposition of place («в Ташкенте», «из Минска»)."""
        return self._mention_relations.is_located(mention)

    def places(self, tokens: Iterable[int]) -> list[EntityMention]:
        """The mentions among the tokens that may be places: places, capitals, and states by name."""
        return [
            m
            for m in self.mentions.within(tokens)
            if m.entity.kind == "place" or (m.entity.kind == "state" and m.form in {"name", "anaphor"})
        ]

    def place(self, mention: EntityMention) -> Entity:
        """The place that a mention means as a place: a capital is itself here, a state its territory."""
        if mention.entity.kind == "state" and mention.entity.state:
            return self.mentions.states.get(mention.entity.state, mention.entity)
        return mention.entity

    def topic(self, index: int, without: Iterable[str | None] = ()) -> Entity | None:
        """The state that the text up to a word, first in its paragraph, is about; none of those left out."""
        return self.mentions.states.get(self._topics.before(index, without) or "")

    @cached_property
    def _topics(self) -> Topics:
        """By where states, and what belongs to them, are spoken of, and not only as places."""
        spoken_of = [
            (m.first, m.entity.state)
            for m in self.mentions.all
            if m.entity.state is not None and m.entity.kind != "person" and not self.is_located(m)
        ]
        return Topics(self.text, spoken_of)

    @cached_property
    def theme(self) -> Entity | None:
        """The only state that the heading names, if it is the one that the text is about."""
        code = theme(self.title, self.mentions.all)
        return self.home if code and self.home is not None and self.home.state == code else None

    @cached_property
    def pair(self) -> tuple[Entity, ...]:
        """The two states that the heading names, where it names just two."""
        codes = pair(self.title, self.mentions.all) or ()
        return tuple(state for code in codes if (state := self.mentions.states.get(code)) is not None)

    @cached_property
    def home(self) -> Entity | None:
        """The state that the text is about (`loaders.reading.home`)."""
        return home_of(self)

    # ------------------------------------------------------------------ dates and numbers

    def dates_in(self, tokens: Iterable[int]) -> list[DateMention]:
        """The dates of which a word is among the tokens."""
        return [self.dates[n] for n in self._dates_at.among(tokens)]

    def numbers_in(self, tokens: Iterable[int]) -> list[NumberMention]:
        """The numbers of which a word is among the tokens."""
        return [self.numbers[n] for n in self._numbers_at.among(tokens)]

    def tokens_of(self, span: Span) -> range:
        """The tokens that a stretch of the text touches."""
        return self._alignment.tokens_of(span)

    @cached_property
    def _alignment(self) -> Alignment:
        return Alignment(self.text.tokens)

    @cached_property
    def _dates_at(self) -> AlignedSpans:
        return AlignedSpans(self._alignment, (d.span for d in self.dates))

    @cached_property
    def _numbers_at(self) -> AlignedSpans:
        return AlignedSpans(self._alignment, (n.span for n in self.numbers))

    def is_of_report(self, date: DateMention, index: int) -> bool:
        """ "They have signed a contract, the ministry said on 18 June": the date of a clause that only reports."""
        verb = self.predicate(self.tokens_of(date.span)[0])
        reports = verb.pos == "VERB" and self.senses.has(verb.index, "ascribe_verb")
        return reports and self.text.clauses[index] != verb.index


__all__ = ["Argument", "Context", "DateMention", "EntityMention", "NumberMention", "Sense"]

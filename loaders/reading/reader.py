"""The reader: from a text to its facts.

    reader = Reader(known_entities(snapshot))
    reading = reader.read(text)

Steps: language, analysis (sentences, tokens, morphology, syntax), senses of words, dates and numbers, mentions of
entities, then each kind of fact in its turn (`loaders/reading/kinds/`); last, who is said to have
stated them.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module

from loaders.reading.attribution import ascribe
from loaders.reading.citations import without_citations
from loaders.reading.confidence import calibrated, confidences
from loaders.reading.context import Context
from loaders.reading.dates import find_dateline, find_dates, find_published
from loaders.reading.facts import Fact, Mention, Reading
from loaders.reading.gazetteer import KnownEntity
from loaders.reading.grammar import Grammar, LearnsNames, folder, grammar, has_language
from loaders.reading.heading import find_title
from loaders.reading.language import guess_language
from loaders.reading.lexicon import Lexicon
from loaders.reading.linking import link
from loaders.reading.links import without_links
from loaders.reading.names import NameIndex
from loaders.reading.numbers import find_numbers
from loaders.reading.quotes import find_quotations
from loaders.reading.relations import Relations, relation_table
from loaders.reading.scene import Scene
from loaders.reading.senses import Senses
from loaders.reading.tense import Tenses
from loaders.reading.year_numbers import told_from_years

KINDS = (
    "exercises", "missions", "agreements", "supplies", "cooperation", "memberships", "positions", "meetings",
    "quantities",
)  # fmt: skip
"""The modules of `loaders/reading/kinds/`, in the order in which they run; a later one sees what the earlier found."""


class LanguageReader:
    """All that is needed to read one language: analyzer, lexicon, names."""

    def __init__(self, names: Sequence[KnownEntity], language: str) -> None:
        self.language = language
        self.grammar: Grammar = grammar(language)
        data = folder(language)
        files = [*sorted((data / "lexicon").glob("*.toml")), data / "modality.toml"]
        self.lexicon = Lexicon.read(files, self.grammar.lemmas, self.grammar.words)
        if isinstance(self.grammar, LearnsNames):
            self.grammar.learn(name.text for known in names for name in known.names if name.language == language)
        self.relations = relation_table(language)
        self.names = NameIndex(names, self.grammar)

    def context(self, text: str) -> Context:
        """A text with all that the kinds are given."""
        analyzed = self.grammar.analyze(text)
        senses = Senses(analyzed, self.lexicon)
        quotations = find_quotations(analyzed)
        dateline = find_dateline(text, self.language)
        issued = dateline.date if dateline else find_published(text, self.language)
        time = Tenses(analyzed, senses).at
        told = find_dates(analyzed.tokens, self.language, issued, time) if analyzed.tokens else ()
        dates = tuple(without_citations(text, told))
        found = find_numbers(analyzed.tokens, self.language, [d.span for d in dates]) if analyzed.tokens else ()
        numbers = tuple(told_from_years(analyzed, found))
        relations = Relations(analyzed, self.relations)
        title = find_title(text)
        mentions = link(Scene(analyzed, self.grammar, self.names, senses, quotations, relations, title))
        long_names = (m for m in mentions.all if m.form == "name" and m.entity.kind == "state")
        senses.hide((m.first, m.last) for m in long_names if m.last - m.first > 1)
        return Context(
            analyzed, self.language, senses, mentions, dates, numbers, quotations, issued,
            title, dateline.span if dateline else None, self.names, self.grammar, relations,
        )  # fmt: skip


class Reader:
    """Reads texts.

    Arguments:
        names: the entities whose names are recognised (the reference graph).

    A language's models are loaded when its first text is read; `prepare` loads them before.
    """

    def __init__(self, names: Sequence[KnownEntity]) -> None:
        self._names = tuple(names)
        self._languages: dict[str, LanguageReader] = {}

    def prepare(self, language: str) -> LanguageReader:
        """What reads a language, its models loaded.

        Raises:
            LanguageMissing: there is no reader for the language.
        """
        if language not in self._languages:
            self._languages[language] = LanguageReader(self._names, language)
        return self._languages[language]

    def read(self, text: str, language: str | None = None) -> Reading:
        """What a text says.

        Arguments:
            text: normalised plain text; offsets count its code points.
            language: `ru`, `en` or `kk`; told by the letters where it is not given.

        Returns:
            The facts with their passages. A language without a reader gives a reading without facts.
        """
        tongue = language or guess_language(text).language
        if not has_language(tongue) or not text.strip():
            title = find_title(text)
            return Reading(tongue, title.of(text) if title else None)
        context = self.prepare(tongue).context(text)
        for find in kinds():
            context.facts.extend(find(context))
        mentions = tuple(Mention(m.span, m.entity) for m in context.mentions.all)
        measured = confidences(tongue)
        facts = tuple(calibrated(fact, measured) for fact in without_links(context, ascribe(context, context.facts)))
        heading = context.title.of(text) if context.title else None
        return Reading(tongue, heading, context.issued, facts, mentions)


@cache
def kinds() -> tuple[Callable[[Context], Iterator[Fact]], ...]:
    """What finds each kind of facts, in their order."""
    return tuple(import_module(f"loaders.reading.kinds.{name}").find for name in KINDS)


__all__ = ["LanguageReader", "Reader", "find_title", "kinds"]

"""Grammatical relations: what a nominal is to the word it hangs on, named alike in all languages.

Languages mark one relation by a preposition, a postposition, a case, or both: «с Индией», "with India", «Үндістанмен».
A language's `relations.toml` says which mark has which name; the kinds ask for names only.

The names (no other is given):

| name | says of a nominal that it is | e.g. |
|---|---|---|
| `subject` | in the form of a subject | Nom; "India signed" |
| `object` | in the form of an object | Acc without adposition |
| `of` | what something belongs to or consists of | Gen; "of India", "India's"; -ның |
| `by` | agent or instrument | Ins without с; "by India" |
| `recipient` | the one to whom, without adposition | Dat; "gave India tanks" |
| `in` | place or time in which | «в», «на» + Loc, «под», «при»; "in", "at"; -да |
| `on` | place, day or subject matter, where the language does not tell which | "on" |
| `to` | goal, or one to whom by an adposition | «в», «на» + Acc, «к»; "to", "into"; -ға |
| `from` | source | «из», «от», «с» + Gen; "from"; -дан |
| `with` | companion | «с» + Ins, «вместе с», «с участием»; "with", "alongside"; -мен |
| `for` | beneficiary or purpose | «для», «ради»; "for"; үшін |
| `about` | subject matter | «о», «по»; "about", "concerning"; туралы |
| `between` | one of two | «между»; "between"; арасында |
| `among` | one of several | «среди», «в числе»; "among" |
| `against` | opponent | «против»; "against"; қарсы |
| `under` | framework or auspices | «в рамках», «под эгидой»; "under", "within the framework of"; аясында |
| `near` | place or number close to | «около», «близ»; "near" |
| `at` | whose, or beside whom | «у» |
| `on_behalf` | represented | «от имени», «со стороны»; "on behalf of" |
| `until`, `since` | bound of time or number | «до»; "until"; «начиная с»; "since" |
| `before`, `after`, `during` | time by an event | «накануне»; «после», «по итогам»; «в ходе» |
| `over` | bound from below, or above | «свыше», «над»; "over" |
| `through` | way or mediator | «через»; "via" |
| `as` | capacity | «в качестве»; "as" |
| `besides`, `including`, `instead`, `without` | set against others | «кроме», «включая», «вместо», «без» |
| `according_to` | whose words | «согласно»; "according to" |
| `other` | something else: an adposition that the table does not know | |
| `""` | bare, without case, and the syntax does not tell either | |

Source: the cases and relations are those of Universal Dependencies (universaldependencies.org/u/feat/Case.html,
universaldependencies.org/u/dep/case.html); the names follow the English prepositions that render them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from graph.errors import MilcoopError
from loaders.reading.grammar import folder
from loaders.reading.text import AnalyzedText, Token, fold

BARE = frozenset({"", "subject", "object", "of", "by", "recipient"})
"""Relations of those who act, are acted on or own: no place, time, company or other circumstance."""

LOCATED = frozenset({"in", "on", "from", "near", "at"})
"""Relations of a place where, or from where, something is."""

RELATIONS = BARE | {
    "in", "on", "to", "from", "with", "for", "about", "between", "among", "against", "under", "near", "at", "on_behalf",
    "until", "since", "before", "after", "during", "over", "through", "as", "besides", "including", "instead",
    "without", "according_to", "other",
}  # fmt: skip

DEFAULT = "default"
LISTED = frozenset({"conj", "appos", "flat", "flat:name", "flat:foreign", "amod", "compound"})
"""Dependents that stand in the relation of the word they hang on, unless they have an adposition of their own."""
LONGEST_CHAIN = 40
"""Words of one list; a longer chain is a fault of the syntax."""

Entry = str | Mapping[str, str]


class RelationsError(MilcoopError):
    """A language's `relations.toml` cannot be read."""


@dataclass(frozen=True)
class RelationTable:
    """A language's marks of relations.

    Arguments:
        prepositions, postpositions: words of an adposition, folded → its relation, or case → relation (`default` for
            the cases that are not listed).
        cases: case of a nominal without adposition → its relation, or dependency → relation (with `default`).
        dependencies: the same for a nominal that shows no case: dependency → relation.
        head_final: whether all that depends on a noun stands before it, as in Kazakh.
    """

    prepositions: Mapping[tuple[str, ...], Entry]
    postpositions: Mapping[tuple[str, ...], Entry]
    cases: Mapping[str, Entry]
    dependencies: Mapping[str, str]
    head_final: bool = False

    @cached_property
    def last_words(self) -> frozenset[str]:
        """The words with which prepositions end."""
        return frozenset(words[-1] for words in self.prepositions)

    def of_adposition(self, words: tuple[str, ...], token: Token, *, after: bool = False) -> str:
        """The relation that an adposition marks on a nominal; `other` for one that is not listed."""
        entry = (self.postpositions if after else self.prepositions).get(words)
        return "other" if entry is None else _choice(entry, token.case, "other")

    def of_form(self, token: Token, dependency: str = "") -> str:
        """The relation that a nominal without adposition shows by its case, else by its dependency (or another's)."""
        dependency = dependency or token.rel
        entry = self.cases.get(token.case) if token.case else None
        if entry is not None:
            return _choice(entry, dependency, "")
        return self.dependencies.get(dependency, self.dependencies.get(dependency.split(":")[0], ""))


class Relations:
    """The relations of one text's nominals, each decided once.

    Arguments:
        text: the analysed text.
        table: its language's marks.
    """

    def __init__(self, text: AnalyzedText, table: RelationTable) -> None:
        self._text = text
        self._table = table
        self._known: dict[int, str] = {}
        self._marked: dict[int, str] = {}
        self._longest = max((len(words) for words in (*table.prepositions, *table.postpositions)), default=1)

    @property
    def head_final(self) -> bool:
        """Whether, in this language, all that depends on a noun stands before it."""
        return self._table.head_final

    def of(self, index: int) -> str:
        """The relation of the nominal whose head is a token."""
        if index not in self._known:
            self._known[index] = self._decide(index)
        return self._known[index]

    def marked(self, index: int) -> str:
        """The relation that an adposition of its own marks on a nominal, or `""` where it has none."""
        if index not in self._marked:
            self._marked[index] = self._find_marked(index)
        return self._marked[index]

    def _find_marked(self, index: int) -> str:
        tokens = self._text.tokens
        for child in self._text.children[index]:
            token = tokens[child]
            if token.rel != "case":
                continue
            words = (token.lower, *(tokens[c].lower for c in self._text.children[child] if tokens[c].rel == "fixed"))
            if child < index:
                return self._phrase_before(index) or self._table.of_adposition(words, tokens[index])
            if words in self._table.postpositions:
                return self._table.of_adposition(words, tokens[index], after=True)
        return self._phrase_before(index) or self._phrase_after(index)

    def form(self, index: int) -> str:
        """The relation that a nominal shows by its own form, its adposition and its list left aside."""
        return self._table.of_form(self._text.tokens[index])

    def before(self, first: int, nominal: int) -> str:
        """The relation that the adposition directly before a token marks on a nominal; `""` where there is none."""
        word = self._text.tokens[first - 1]
        if first == self._text.sentence_of(first).first or word.pos != "ADP":
            return ""
        if word.rel == "case" and word.head is not None and word.head < word.index:
            return ""  # the postposition of what stands before
        return self._ending_at(first, self._text.tokens[nominal]) or "other"

    def _decide(self, index: int) -> str:
        at, steps = self._text.tokens[index], 0
        case = at.case
        while steps < LONGEST_CHAIN:
            marked = self.marked(at.index)
            if marked:
                return marked
            if at.rel not in LISTED or at.head is None or not _agrees(case, self._text.tokens[at.head].case):
                break
            at, steps = self._text.tokens[at.head], steps + 1
        return self._table.of_form(self._text.tokens[index], at.rel) or self._table.of_form(at)

    # ------------------------------------------------------------------ adpositions of several words

    def _phrase_before(self, index: int) -> str:
        """«под эгидой ООН», "on behalf of the Ministry": words that the syntax takes for a nominal of their own."""
        first = self._first(index)
        return self._ending_at(first, self._text.tokens[index], shortest=2)

    def _ending_at(self, first: int, nominal: Token, shortest: int = 1) -> str:
        begin = self._text.sentence_of(nominal.index).first
        if first == begin or self._text.tokens[first - 1].lower not in self._table.last_words:
            return ""
        for length in range(min(self._longest, first - begin), shortest - 1, -1):
            words = tuple(t.lower for t in self._text.tokens[first - length : first])
            entry = self._table.prepositions.get(words)
            if entry is not None:
                return _choice(entry, nominal.case, "other")
        return ""

    def _phrase_after(self, index: int) -> str:
        """A postposition that the syntax takes for a noun: «келісім аясында»."""
        if not self._table.postpositions:
            return ""
        limit = self._text.sentence_of(index).last
        if index + 1 < limit and self._text.tokens[index + 1].pos in {"VERB", "AUX"}:
            return ""  # «елу сарбаз қатысты» is the verb, «сарбазға қатысты» the postposition
        for length in range(min(self._longest, limit - index - 1), 0, -1):
            words = tuple(t.lower for t in self._text.tokens[index + 1 : index + 1 + length])
            if words in self._table.postpositions:
                return self._table.of_adposition(words, self._text.tokens[index], after=True)
        return ""

    def _first(self, index: int) -> int:
        """The first word of a nominal, its adposition left out."""
        tokens = self._text.tokens
        begin = self._text.sentence_of(index).first
        first = index
        while first > begin:
            token = tokens[first - 1]
            if token.rel in {"case", "fixed", "punct", "cc"} or token.pos == "ADP" or not self._hangs_on(token, index):
                break
            first -= 1
        return first

    def _hangs_on(self, token: Token, index: int) -> bool:
        steps = 0
        while token.head is not None and steps < LONGEST_CHAIN:
            if token.head == index:
                return True
            token, steps = self._text.tokens[token.head], steps + 1
        return False


def _choice(entry: Entry, key: str, missing: str) -> str:
    if isinstance(entry, str):
        return entry
    return entry.get(key, entry.get(DEFAULT, missing))


def _agrees(one: str, other: str) -> bool:
    return one == other or not one or not other


@cache
def relation_table(language: str) -> RelationTable:
    """The table of a language, read once.

    Raises:
        RelationsError: the file is not TOML, or gives a relation that is none.
    """
    return read_table(folder(language) / "relations.toml")


def read_table(file: Path) -> RelationTable:
    """The table that a file holds.

    Raises:
        RelationsError: the file is not TOML, or gives a relation that is none.
    """
    name = f"{file.parent.name}/{file.name}"
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise RelationsError(f"{name}: {problem}") from problem
    head_final = content.pop("order", {}).get("head") == "final"
    for section, entries in content.items():
        for mark, entry in entries.items():
            wrong = sorted(set(entry.values() if isinstance(entry, dict) else [entry]) - RELATIONS)
            if wrong:
                raise RelationsError(f"{name}: [{section}] gives {mark!r} the relation {wrong[0]!r}, which is none")
    return RelationTable(
        _by_words(content.get("prepositions", {})), _by_words(content.get("postpositions", {})),
        content.get("cases", {}), content.get("dependencies", {}), head_final,
    )  # fmt: skip


def _by_words(entries: Mapping[str, Entry]) -> dict[tuple[str, ...], Entry]:
    return {tuple(fold(word) for word in mark.split()): entry for mark, entry in entries.items()}

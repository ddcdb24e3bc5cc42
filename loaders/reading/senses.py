"""The senses of a text's words: which words of which list of the lexicon stand where."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from loaders.reading.lexicon import Lexicon, Sense
from loaders.reading.text import AnalyzedText, Token


class Senses:
    """All senses in one text."""

    def __init__(self, text: AnalyzedText, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._all: list[Sense] = []
        self._by_token: dict[int, list[Sense]] = defaultdict(list)
        self._by_name: dict[str, list[Sense]] = defaultdict(list)
        self._names: tuple[set[str], ...] = tuple(set() for _ in text.tokens)
        self._size = len(self._names)
        self._unions: dict[frozenset[str], tuple[Sense, ...]] = {}
        self._having: dict[frozenset[str], tuple[int, ...]] = {}
        for sentence in text.sentences:
            for sense in (*lexicon.senses(text.of(sentence)), *_apart(text, text.of(sentence), lexicon)):
                self._all.append(sense)
                self._by_name[sense.name].append(sense)
                for index in range(sense.first, sense.last):
                    self._by_token[index].append(sense)
                    self._names[index].add(sense.name)

    def hide(self, names: Iterable[tuple[int, int]]) -> None:
        """Forget the words that lie within names, which are none of the lexicon: the "States" of a state's name.

        Arguments:
            names: the tokens of each, from the first up to, not including, the last.
        """
        hidden = {
            s for first, last in names for i in range(first, last) for s in self._by_token.get(i, ())
            if first <= s.first and s.last <= last
        }  # fmt: skip
        self._all = [s for s in self._all if s not in hidden]
        for name in {s.name for s in hidden}:
            self._by_name[name] = [s for s in self._by_name[name] if s not in hidden]
        for index in {i for s in hidden for i in range(s.first, s.last)}:
            self._by_token[index] = [s for s in self._by_token[index] if s not in hidden]
            self._names[index].clear()
            self._names[index].update(s.name for s in self._by_token[index])
        self._unions.clear()
        self._having.clear()

    def __iter__(self) -> Iterator[Sense]:
        """All senses in the order of the text."""
        return iter(self._all)

    def at(self, index: int) -> tuple[Sense, ...]:
        """The senses that a token has or is part of."""
        return tuple(self._by_token.get(index, ()))

    def has(self, index: int, *names: str) -> bool:
        """Whether a token has, or is part of words that have, one of the senses."""
        return 0 <= index < self._size and not self._names[index].isdisjoint(names)

    def tokens_with(self, tokens: range, *names: str) -> tuple[int, ...]:
        """Those of the tokens that have, or are part of words that have, one of the senses, in their order."""
        wanted = frozenset(names)
        if wanted not in self._having:
            having = {i for name in wanted for s in self._by_name.get(name, ()) for i in range(s.first, s.last)}
            self._having[wanted] = tuple(sorted(having))
        found = self._having[wanted]
        first = bisect_left(found, tokens.start)
        return found[first : bisect_left(found, tokens.stop, lo=first)]

    def all(self, *names: str) -> tuple[Sense, ...]:
        """The words that have one of the senses, in the order of the text; a longer phrase hides what it contains."""
        wanted = frozenset(names)
        if wanted not in self._unions:
            self._unions[wanted] = _longest(s for name in wanted for s in self._by_name.get(name, ()))
        return self._unions[wanted]

    def among(self, tokens: range, *names: str) -> tuple[Sense, ...]:
        """The words among the tokens that have one of the senses, as `all` gives them."""
        found = self.all(*names)
        first = bisect_left(found, tokens.start, key=lambda s: s.first)
        return found[first : bisect_left(found, tokens.stop, lo=first, key=lambda s: s.first)]


def _apart(text: AnalyzedText, tokens: Iterable[Token], lexicon: Lexicon) -> Iterator[Sense]:
    """«Участие в нём приняли министры»: what a verb and its object mean together, wherever the object stands."""
    for token in tokens:
        if token.rel not in {"obj", "obl", "iobj"} or token.head is None or token.index == token.head + 1:
            continue
        verb = text.tokens[token.head]
        if verb.pos == "VERB":
            yield from (Sense(name, verb.index, verb.index + 1) for name in lexicon.apart(verb, token))


def _longest(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    found: list[Sense] = []
    # By name as well: what comes out of a set has another order in each process
    for sense in sorted(senses, key=lambda s: (s.first, -s.last, s.name)):
        if not found or sense.first >= found[-1].last:
            found.append(sense)
    return tuple(found)

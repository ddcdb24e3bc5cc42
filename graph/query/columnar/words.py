"""The words of a query one after the other, and the terms among them.

Nothing here is lenient: what is not certainly read as the engine reads it is not read at all.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from pyoxigraph import Literal, NamedNode

from graph.query.columnar.algebra import Constant, Place, Variable
from graph.query.tokens import Token
from ontology import RDF, XSD

__all__ = ["NotKnown", "Words"]

_IRI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]*:(?://[\w.\-]+(?::\d+)?(?=[/?#]|$))?(?!//)[\w.~\-:/?@!$&'()*+,;=]*#?[\w.~\-:/?@!$&'()*+,;=]*"
)
"""IRIs that resolving leaves as they are; not all of them."""

_DOTS = re.compile(r"/\.{1,2}(?:[/?#]|$)")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_INTEGER = re.compile(r"-?[1-9]\d{0,14}|0")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DECIMAL = re.compile(r"(0|[1-9]\d{0,8})\.(\d{1,8})")
_LOCAL = re.compile(r"[\w.\-]*")


class NotKnown(Exception):
    """The query has something that is not known exactly here: the engine is to answer it."""


class Words:
    """Goes through the words of a query.

    Arguments:
        words: as `graph.query.group_patterns.separate` gives them.
        prefixes: namespaces by prefix, which the query may add to.
    """

    def __init__(self, words: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self._words = words
        self._at = 0
        self._prefixes = dict(prefixes)
        self._made = 0
        self.has_minus = False
        """Whether a MINUS was read."""

        self.has_alternatives = False
        """Whether paths with `|` were read of which it matters how often they lead to the same."""

    @property
    def is_at_end(self) -> bool:
        """Whether nothing follows."""
        return self._at == len(self._words)

    def peek(self, ahead: int = 0) -> Token:
        """The word that comes next, or one behind it."""
        if self._at + ahead >= len(self._words):
            raise NotKnown
        return self._words[self._at + ahead]

    def next(self) -> Token:
        """The word that comes next, which is passed."""
        token = self.peek()
        self._at += 1
        return token

    def is_mark(self, mark: str) -> bool:
        """Whether a sign comes next; one of two characters stands without a space between them."""
        if self._at + len(mark) > len(self._words):
            return False
        found = self._words[self._at : self._at + len(mark)]
        begin = found[0].begin
        return all(
            token.kind == "mark" and token.text == sign and token.begin == begin + n
            for n, (token, sign) in enumerate(zip(found, mark, strict=True))
        )

    def is_word(self, *words: str) -> bool:
        """Whether one of these keywords comes next."""
        return not self.is_at_end and self.peek().is_word(*words)

    def takes_mark(self, mark: str) -> bool:
        """The same as `is_mark`; the sign is passed."""
        found = self.is_mark(mark)
        self._at += len(mark) if found else 0
        return found

    def takes_word(self, *words: str) -> bool:
        """The same as `is_word`; the keyword is passed."""
        found = self.is_word(*words)
        self._at += found
        return found

    def expect(self, mark: str) -> None:
        """Pass a sign that must come next."""
        if not self.takes_mark(mark):
            raise NotKnown

    def expect_word(self, *words: str) -> None:
        """Pass a keyword that must come next."""
        if not self.takes_word(*words):
            raise NotKnown

    def made_variable(self) -> Variable:
        """A variable that no query can write."""
        self._made += 1
        return Variable(f" {self._made}")

    def declare(self) -> None:
        """Pass what stands behind the word PREFIX."""
        name, iri = self.next(), self.next()
        if name.kind != "name" or iri.kind != "iri" or name.text.find(":") != len(name.text) - 1:
            raise NotKnown
        self._prefixes[name.text[:-1]] = _certain(iri.text[1:-1])

    def variable(self) -> str:
        """The name of a variable that must come next."""
        token = self.next()
        if token.kind != "variable":
            raise NotKnown
        return token.text[1:]

    def number(self) -> int:
        """A natural number that must come next."""
        token = self.next()
        if token.kind != "number" or not token.text.isdecimal() or len(token.text) > 15:
            raise NotKnown
        return int(token.text)

    def is_iri(self) -> bool:
        """Whether an IRI or a name for one comes next."""
        return self.peek().kind in ("iri", "name")

    def iri(self) -> str:
        """The notation of an IRI that must come next."""
        token = self.next()
        if token.kind == "iri":
            return f"<{_certain(token.text[1:-1])}>"
        prefix, _, local = token.text.partition(":")
        if token.kind != "name" or prefix not in self._prefixes or not _LOCAL.fullmatch(local):
            raise NotKnown
        return f"<{_certain(self._prefixes[prefix] + local)}>"

    def place(self) -> Place:
        """The subject or object of a triple pattern, which must come next; blank nodes and lists are none."""
        return Variable(self.variable()) if self.peek().kind == "variable" else self.term()

    def term(self) -> Constant:
        """An IRI or a literal, which must come next."""
        token = self.peek()
        if self.is_iri():
            return Constant(self.iri())
        if token.kind == "string":
            return self._string()
        if token.kind == "number" or self.is_mark("-"):
            sign = "-" if self.takes_mark("-") else ""
            behind = self.peek()
            if behind.kind != "number" or (sign and behind.begin != token.begin + 1):
                raise NotKnown
            if decimal := _DECIMAL.fullmatch(behind.text):
                self.next()
                part = decimal[2].rstrip("0")
                text = f"{sign}{decimal[1]}.{part}" if part else "0" if decimal[1] == "0" else f"{sign}{decimal[1]}"
                return Constant(f'"{text}"^^<{XSD["decimal"]}>')
            value = self.number()
            return Constant(f'"{-value if sign else value}"^^<{XSD["integer"]}>')
        if token.kind == "word" and token.text in ("true", "false"):
            return Constant(f'"{self.next().text}"^^<{XSD["boolean"]}>')
        raise NotKnown

    def plain_string(self) -> str:
        """The characters of a string that must come next."""
        if self.peek().kind != "string":
            raise NotKnown
        written = self.next().text
        quotes = 3 if len(written) >= 6 and written[:3] in ('"""', "'''") else 1
        return _ESCAPE.sub(_character, written[quotes:-quotes])

    def _string(self) -> Constant:
        value = self.plain_string()
        if not self.is_at_end and self.peek().kind == "language":
            if self.takes_language_only():
                tag = self.next().text[1:]
                return Constant(str(Literal(value, language=tag.lower())))
            raise NotKnown
        if not self.takes_mark("^^"):
            return Constant(str(Literal(value)))
        datatype = self.iri()
        if not _is_canonical(value, datatype[1:-1]):
            raise NotKnown
        return Constant(str(Literal(value, datatype=NamedNode(datatype[1:-1]))))

    def takes_language_only(self) -> bool:
        """Whether a language tag comes next that is known to be one, without the direction of RDF 1.2."""
        behind = self._words[self._at + 1] if self._at + 1 < len(self._words) else None
        return bool(re.fullmatch(r"@[A-Za-z]{2,3}", self.peek().text)) and (behind is None or behind.text != "-")


def _certain(iri: str) -> str:
    """An IRI that surely stays as it is."""
    if _IRI.fullmatch(iri) is None or _DOTS.search(iri):
        raise NotKnown
    return iri


def _character(escape: re.Match[str]) -> str:
    if escape[3] is not None:
        if escape[3] not in _ESCAPED:
            raise NotKnown
        return _ESCAPED[escape[3]]
    number = int(escape[1] or escape[2], 16)
    if number > 0x10FFFF or 0xD800 <= number < 0xE000:
        raise NotKnown
    return chr(number)


def _is_canonical(value: str, datatype: str) -> bool:
    """Whether a literal is one of a few datatypes in the one spelling that its value has."""
    if datatype == XSD["integer"]:
        return _INTEGER.fullmatch(value) is not None
    if datatype == XSD["boolean"]:
        return value in ("true", "false")
    if datatype == XSD["date"] and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value) is not None
        except ValueError:
            return False
    return datatype == XSD["string"]


RDF_TYPE = f"<{RDF['type']}>"

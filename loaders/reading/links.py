"""Lines of a page that lead to other texts («Читайте также: …», "Read also: …»), which say nothing of this one."""

from collections.abc import Iterable, Iterator

from loaders.reading.context import Context
from loaders.reading.facts import Fact, Span

LINK = "link_line"


def without_links(context: Context, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts of a text but for those that rest on lines that lead to other texts, and on nothing else.

    Arguments:
        context: the text; the words with which such lines begin have the sense `link_line`.
        facts: what was found in it.
    """
    lines = tuple(_lines(context))
    for fact in facts:
        if not fact.evidence or not all(any(_within(span, line) for line in lines) for span in fact.evidence):
            yield fact


def _lines(context: Context) -> Iterator[Span]:
    """The lines that begin with such words; where a line has no others, the one after it too."""
    text, tokens = context.text.text, context.text.tokens
    for sense in context.senses.all(LINK):
        begin = tokens[sense.first].begin
        if text[text.rfind("\n", 0, begin) + 1 : begin].strip(" •–—-*»>"):
            continue
        end = _line_end(text, begin)
        if not any(c.isalnum() for c in text[tokens[sense.last - 1].end : end]):
            following = len(text) - len(text[end:].lstrip())
            end = _line_end(text, following)
        yield Span(begin, end)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _within(span: Span, line: Span) -> bool:
    return line.begin <= span.begin and span.end <= line.end

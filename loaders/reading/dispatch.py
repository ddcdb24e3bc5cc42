"""The words from which a text is sent: "BEIRUT, Lebanon –", «АСТАНА, Казахстан —». They act in nothing."""

from loaders.reading.context import Context

OPENING_SENTENCES = 3
SHORTEST_TOWN = 4
LONGEST = 16
"""Tokens of the place, its state, a date in brackets, the name of an agency."""

DASHES = frozenset({"—", "–", "-", "--"})


def sent_from(context: Context) -> frozenset[int]:
    """The tokens of the places that open a dispatch, up to the dash behind them, and of the line of the text's date."""
    line = context.dateline
    begin = context.text.text.rfind("\n", 0, line.begin) + 1 if line is not None else 0
    found = {t.index for t in context.text.tokens if line is not None and begin <= t.begin < line.end}
    for sentence in context.text.sentences[:OPENING_SENTENCES]:
        opening = [m for m in context.mentions.at(sentence.first) if m.first == sentence.first and m.entity.state]
        town = context.words(opening[0].first, opening[0].last) if opening else ""
        if len(town) < SHORTEST_TOWN or not town.isupper():
            continue
        end = min(sentence.last, sentence.first + LONGEST)
        dash = next((i for i in range(sentence.first, end) if context.text.tokens[i].text in DASHES), None)
        if dash is not None and all(_names(context, i) for i in range(sentence.first, dash)):
            found.update(range(sentence.first, dash))
    return frozenset(found)


def _names(context: Context, index: int) -> bool:
    """Whether a word is a name, a number or a sign: what stands in a dateline."""
    token = context.text.tokens[index]
    return not token.text[:1].isalpha() or token.text[:1].isupper()

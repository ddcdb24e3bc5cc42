"""What is supplied: arms and equipment, told by the lexicon or by a designation («Су-30»)."""

import re
from collections.abc import Iterable, Sequence

from loaders.reading.context import Context
from loaders.reading.syntax import Argument

DESIGNATION = re.compile(r"[^\W\d_]{1,6}-?\d{1,4}[^\W\d_]{0,4}$")
MAXIMUM_WORDS = 14


def item_of(context: Context, arguments: Sequence[Argument]) -> str:
    """The arms among the arguments, in the nominative; `""` if there are none."""
    for argument in arguments:
        if is_arms(context, argument.tokens) and not context.senses.has(argument.head, "not_arms"):
            tokens = argument.tokens[:MAXIMUM_WORDS]
            first, last = tokens[0], tokens[-1] + 1
            return context.nominative(first, min(last, first + MAXIMUM_WORDS))
        if context.senses.has(argument.head, "these"):
            sentence = context.sentence(argument.head)
            return item_among(context, range(sentence.first, argument.head))
    return ""


def item_among(context: Context, tokens: Sequence[int] | range) -> str:
    """The first arms among the words, with the words before that describe them."""
    for index in tokens:
        if context.text.tokens[index].pos in {"NOUN", "PROPN"} and is_arms(context, [index]):
            first = index
            while first - 1 in tokens and context.text.tokens[first - 1].pos in {"ADJ", "NUM"}:
                first -= 1
            last = index + 1
            while last in tokens and context.text.tokens[last].pos in {"PROPN", "X"}:
                last += 1
            return context.nominative(first, last)
    return ""


def is_arms(context: Context, tokens: Iterable[int]) -> bool:
    """Whether arms or equipment are among the words."""
    return any(context.senses.has(i, "arms_noun") or _is_designation(context.text.tokens[i].text) for i in tokens)


def _is_designation(word: str) -> bool:
    """«Су-30», «М777», "F-16": letters, one of them a capital, and a number."""
    return DESIGNATION.match(word) is not None and any(letter.isupper() for letter in word)


def is_money(context: Context, argument: Argument) -> bool:
    """«Получит 9 млн евро на закупку радара»: not what the money is for."""
    numbers = context.numbers_in(argument.tokens)
    return any(n.unit_class == "money" and context.tokens_of(n.span)[0] <= argument.head for n in numbers)

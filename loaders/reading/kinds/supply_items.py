"""What is supplied: arms and equipment, told by the lexicon or by a designation («Су-30»)."""

import re
from collections.abc import Iterable, Sequence

from loaders.reading.context import Context
from loaders.reading.syntax import Argument

DESIGNATION = re.compile(r"[^\W\d_]{1,6}-?\d{1,4}[^\W\d_]{0,4}(?:-\d{1,3})?$")
MAXIMUM_WORDS = 14
CIRCUMSTANCES = frozenset({"in", "on", "from", "to", "since", "until", "after", "before", "during"})
ENDS = frozenset({"(", ")", ";", ":", ","})


def item_of(context: Context, arguments: Sequence[Argument]) -> str:
    """The arms among the arguments, in the nominative; `""` if there are none."""
    for argument in arguments:
        of_people = any(_counts_people(context, i) for i in context.text.children[argument.head])
        if of_people or context.senses.has(argument.head, "not_arms"):
            continue
        if is_arms(context, argument.tokens):
            first, last = _described(context, argument)
            return context.nominative(first, last)
        if context.senses.has(argument.head, "these"):
            sentence = context.sentence(argument.head)
            return item_among(context, range(sentence.first, argument.head))
    return ""


def _counts_people(context: Context, index: int) -> bool:
    """ "Another batch of peacekeepers": people are sent, and no arms."""
    people = context.senses.has(index, "peacekeeper", "person_noun") and not context.senses.has(index, "arms_noun")
    return people and context.relation(index) == "of"


def _described(context: Context, argument: Argument) -> tuple[int, int]:
    """The words of an item: without the adposition before it, the receiver, and places and dates after it."""
    tokens = context.text.tokens
    first, head = argument.tokens[0], argument.head
    while first < head and (
        tokens[first].pos in {"ADP", "ADV"}
        or any(
            m.form == "name" and m.is_actor and context.text.tokens[m.head].rel == "compound"
            for m in context.mentions.at(first)
        )
    ):
        first += 1
    last = _list_end(context, argument, first + MAXIMUM_WORDS)
    arms = next((i for i in range(first, last) if is_arms(context, [i])), first)
    for index in range(max(head, arms) + 1, last):
        circumstance = tokens[index].pos == "ADP" and context.relation(tokens[index].head or index) in CIRCUMSTANCES
        listed = tokens[index].text == "," and _next_of_list(context, head, index + 1) is not None
        if circumstance or (tokens[index].text in ENDS and not listed):
            return first, index
    return first, last


def _list_end(context: Context, argument: Argument, most: int) -> int:
    """Behind an item and what is listed with it, where the parser takes the next of the list for an object apart."""
    last = argument.tokens[-1] + 1
    following = _next_of_list(context, argument.head, last + 1)
    return min(max(last, following[-1] + 1 if following else 0), most)


def _next_of_list(context: Context, head: int, index: int) -> tuple[int, ...] | None:
    """«танки Т-72, самолёты Як-130 и бронемашины»: the words from a token on, if arms of the same list begin there."""
    tokens = context.text.tokens
    above = tokens[head].head
    beside = () if above is None else (c for c in context.text.children[above] if tokens[c].rel == tokens[head].rel)
    conjuncts = (c for c in context.text.children[head] if tokens[c].rel == "conj")
    for member in sorted({*conjuncts, *beside}):
        phrase = context.phrase(member) if member >= index else ()
        if phrase and phrase[0] in {index - 1, index} and is_arms(context, phrase):
            return phrase
    return None


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
    if context.senses.has(argument.head, "worth") and is_arms(context, argument.tokens):
        return False  # "137 million euros' worth of equipment"
    return any(n.unit_class == "money" and context.tokens_of(n.span)[0] <= argument.head for n in numbers)


def is_counted(context: Context, index: int) -> bool:
    """ "Four more", "three of the same type": a number that stands for the arms spoken of before."""
    token = context.text.tokens[index]
    return token.pos == "NUM" or (token.pos in {"PRON", "ADJ", "DET"} and bool(context.numbers_in([index])))

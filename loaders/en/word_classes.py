"""Tags of English words without context: closed classes by their lists, open ones by the lexicons."""

from collections.abc import Sequence
from functools import cache

from loaders.en.morphology import adjectives_of_states, lemmas_by_pos, likeliest, names_of_states
from loaders.en.tags import UNIVERSAL
from loaders.en.word import Word
from loaders.en.words import OPENING, is_one_of, words


def closed_tag(sentence: Sequence[Word], word: Word) -> str:
    """The tag of a word of a closed class, a number or a sign; `""` for others."""
    lower = word.lower
    before = sentence[word.index - 1].lower if word.index else ""
    if not any(c.isalnum() for c in word.text):
        if lower == "'" and _is_possessive_mark(sentence, word):
            return "POS"
        return "CC" if lower == "&" else "PUNCT"
    if word.text[0].isdigit():
        return "JJ" if "-" in lower or lower.endswith(("st", "nd", "rd", "th")) else "CD"
    if lower in words("closed", "number"):
        return "NNP" if _counts_in_name(sentence, word) else "CD"
    if lower == "'s":
        pronoun = is_one_of(before, "pronoun_subject", "there") or before in {"it", "that", "what"}
        return "BE" if pronoun else "POS"
    if lower in words("auxiliary", "be"):
        return "BE"
    if lower in words("auxiliary", "have"):
        return "HAVE"
    if lower in words("auxiliary", "do"):
        return "DO"
    if is_one_of(lower, "modal"):
        return (
            "NNP"
            if word.is_capitalized and lower in {"may", "will"} and word.index and _is_name(sentence, word)
            else "MD"
        )
    if word.is_capitalized and word.index and lower in words("names", "month") | words("names", "weekday"):
        return "NNP"
    if lower == "to":
        return "TO"
    if lower in {"not", "n't"}:
        return "NOT"
    if is_one_of(lower, "possessive"):
        return "PRP$"
    if is_one_of(lower, "pronoun_subject", "pronoun_object", "pronoun") and lower != "who" and lower != "whom":
        return "PRP" if lower not in {"us", "one"} or word.text != "US" else "NNP"
    if is_one_of(lower, "relative"):
        return "WDT"
    if is_one_of(lower, "question"):
        return "WRB" if lower in {"when", "why", "how"} else "WP"
    if word.is_capitalized and word.index and not word.text.isupper() and _in_capitals(sentence, word):
        return ""
    if lower == "and" and _is_in_state(sentence, word):
        return "NNP"
    if is_one_of(lower, "coordinator"):
        after = sentence[word.index + 1].lower if word.index + 1 < len(sentence) else ""
        return "RB" if lower == "yet" and (after == "to" or before in {"have", "has", "had", "not"}) else "CC"
    if lower == "there":
        return "EX" if _exists(sentence, word) else "RB"
    if is_one_of(lower, "determiner"):
        return "DT"
    if lower == "over" and _takes_over(sentence, word):
        return "RP"
    if is_one_of(lower, "preposition", "subordinator"):
        return "IN"
    if is_one_of(lower, "particle"):
        return "RP"
    if lower in {"first", "more", "last"} and word.index and sentence[word.index - 1].tag in {"DT", "PRP$", "POS"}:
        return "JJ"
    return "RB" if is_one_of(lower, "adverb") else ""


def _counts_in_name(sentence: Sequence[Word], word: Word) -> bool:
    """ "The Five Hills Training Area": a number with a capital within a sentence, and a noun with one behind it."""
    if not word.is_capitalized or not word.index or word.text.isupper() or word.index + 1 >= len(sentence):
        return False
    before, after = sentence[word.index - 1], sentence[word.index + 1]
    return before.text[-1].isalnum() and after.is_capitalized and not after.text.isupper()


def _takes_over(sentence: Sequence[Word], over: Word) -> bool:
    """ "handed over two boats": a part of the verb, and no preposition."""
    before = sentence[over.index - 1].lower if over.index else ""
    return any(lemma in words("verbs", "with_over") for lemma in lemmas_by_pos(before).get("VERB", ()))


def _exists(sentence: Sequence[Word], there: Word) -> bool:
    """Whether "there" only says that something exists: "there are", "is there", "there might be"."""
    near = (*sentence[max(0, there.index - 1) : there.index], *sentence[there.index + 1 : there.index + 3])
    return any(w.lower in words("auxiliary", "be") or w.lower in {"'s", "exist", "exists"} for w in near)


def _is_name(sentence: Sequence[Word], word: Word) -> bool:
    """ "in May", "May 9", "Will Smith": not an auxiliary."""
    before = sentence[word.index - 1]
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else word
    return (
        before.tag in {"IN", "CD", "TO"}
        or after.text[:1].isdigit()
        or before.text[0].isdigit()
        or after.is_capitalized
        or (before.is_capitalized and after.lower in {"of", "and", ","})
    )


def _is_in_state(sentence: Sequence[Word], word: Word) -> bool:
    """ "Bosnia and Herzegovina": one state, and no list of two."""
    if not 0 < word.index < len(sentence) - 1:
        return False
    before, after = sentence[word.index - 1].lower, sentence[word.index + 1].lower
    return any(f"{before} and {after}" in name for name in _joined_states())


@cache
def _joined_states() -> frozenset[str]:
    """The names of states that hold "and"."""
    return frozenset(name for name in names_of_states() if " and " in name)


def _in_capitals(sentence: Sequence[Word], word: Word) -> bool:
    """Whether a capitalised word stands beside another: part of a name."""
    beside = (sentence[i] for i in (word.index - 1, word.index + 1) if 0 < i < len(sentence))
    return any(w.is_capitalized and w.text[:1].isalpha() for w in beside)


def _is_possessive_mark(sentence: Sequence[Word], word: Word) -> bool:
    """ "the ministers' talks": an apostrophe directly after a plural, and no quotation to close."""
    if not word.index or word.begin != sentence[word.index - 1].end or not sentence[word.index - 1].lower.endswith("s"):
        return False
    return not any(w.text in {"'", "‘"} for w in sentence[: word.index - 1])


def open_tag(sentence: Sequence[Word], word: Word, *, title_case: bool) -> str:
    """The likeliest tag of a word of an open class."""
    lower = word.lower
    best = "NN" if lower in words("nouns", "mostly_noun") else likeliest(lower)
    known = lemmas_by_pos(lower)
    if word.is_capitalized and not title_case and (word.index and sentence[word.index - 1].text not in OPENING):
        if _is_adjective_of_people(word):
            return "JJ"
        return "NNP"
    if word.is_capitalized and lower in words("names", "compass") and _precedes_name(sentence, word):
        return "NNP"
    if word.is_capitalized and not best and not known:
        return "JJ" if _is_adjective_of_people(word) else "NNP"
    if word.is_capitalized and (word.text.isupper() and len(word.text) > 1 and not title_case and not best):
        return "NNP"
    if word.is_capitalized and likeliest(word.text).startswith("NNP") and (not known or lower in names_of_states()):
        return "JJ" if _is_adjective_of_people(word) else "NNP"
    if word.is_capitalized and _is_adjective_of_people(word):
        return "JJ"
    tag_ = _penn(best)
    if tag_ and (not known or _is_possible(tag_, known)):
        return tag_
    if known:
        return _of_forms(lower, known)
    return _of_ending(lower)


def _precedes_name(sentence: Sequence[Word], word: Word) -> bool:
    """ "South Korean troops", "North Macedonia has": a sentence may begin with the first word of a name."""
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    return after is not None and after.is_capitalized and after.text[0].isalpha()


def _is_adjective_of_people(word: Word) -> bool:
    """ "German", "Burmese": a capitalised adjective."""
    if word.lower in adjectives_of_states():
        return True
    if word.text.isupper() or "-" in word.text:
        return False
    return likeliest(word.text).startswith("JJ") and "NOUN" not in lemmas_by_pos(word.lower)


def _penn(tag_: str) -> str:
    tag_ = tag_.split("|")[0]
    return {
        "NNPS": "NNS", "JJR": "JJ", "JJS": "JJ", "RBR": "RB", "RBS": "RB", "NNP": "NN", "FW": "NN", "UH": "RB",
        "RP": "RB",         "SYM": "", "LS": "", "WP": "", "WDT": "",
    }.get(tag_, tag_ if tag_ in UNIVERSAL else "")  # fmt: skip


def _is_possible(tag_: str, known: dict[str, tuple[str, ...]]) -> bool:
    pos = UNIVERSAL.get(tag_, "")
    return pos in known or (tag_ in {"VBN", "VBG"} and "ADJ" in known) or (tag_ == "JJ" and "VERB" in known)


def _of_forms(lower: str, known: dict[str, tuple[str, ...]]) -> str:
    if "NOUN" in known:
        return "NNS" if known["NOUN"][0] != lower else "NN"
    if "VERB" in known:
        if lower.endswith("ing"):
            return "VBG"
        if lower.endswith("s") and lower not in known["VERB"]:
            return "VBZ"
        return "VB" if lower in known["VERB"] else "VBN"
    return "JJ" if "ADJ" in known else "RB"


def _of_ending(lower: str) -> str:
    """The tag of a word that no lexicon knows."""
    if lower.endswith("ly"):
        return "RB"
    if lower.endswith("ing"):
        return "VBG"
    if lower.endswith("ed"):
        return "JJ" if "-" in lower else "VBN"
    if lower.endswith(
        ("al", "ive", "ous", "ful", "less", "able", "ible", "ic", "ary", "-led", "-run", "-strong", "-held")
    ):
        return "JJ"
    last = lower.rpartition("-")[2]
    if last != lower and (likeliest(last).startswith("JJ") or likeliest(last).startswith("VB")):
        return "JJ"
    return "NNS" if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) else "NN"

"""A finite verb for every clause of English: where there is none, the word that can be it becomes one."""

from collections.abc import Sequence

from loaders.en.morphology import lemmas_by_pos
from loaders.en.tags import FINITE, is_finite, word_before
from loaders.en.verb_tags import can_be_past, is_saying
from loaders.en.word import Word
from loaders.en.words import words

BEFORE_OBJECT = frozenset({"RP", "DT", "PRP$", "PRP", "NNP", "IN", "JJ", "CD", "RB", "TO"})


def find_verbs(sentence: list[Word], *, heading: bool) -> None:
    """Every clause gets a finite verb, if one of its words can be it."""
    if not any(is_finite(w) for w in sentence):
        _only_verb(sentence, heading=heading)
    if any(is_finite(w) for w in sentence) or not heading:
        _verbs_of_clauses(sentence)


def _only_verb(sentence: list[Word], *, heading: bool) -> None:
    """A sentence without a finite verb gets one."""
    for word in sentence[1:-1]:
        before, after = sentence[word.index - 1], sentence[word.index + 1]
        verb = lemmas_by_pos(word.lower).get("VERB", ())
        counted = before.tag == "CD" and word.tag == "NNS"
        follows = before.is_noun or before.tag in {"PRP", "RB", "WDT", "CD"} or before.text == ","
        if word.tag not in {"NNS", "NN", "VB", "VBN", "VBP", "JJ"} or not verb or not follows or counted:
            continue
        if word.tag == "VBN" and can_be_past(word):
            if after.lower == "by":
                continue
            word.tag = "VBD"
            return
        plural = before.tag == "NNS" or before.lower in words("closed", "plural")
        plural = plural or any(w.tag == "CC" for w in sentence[: word.index])
        object_follows = after.tag in BEFORE_OBJECT or (heading and after.is_noun)
        object_follows = object_follows or (word.tag == "VB" and plural)
        if (word.lower in verb) == plural and object_follows and (word.tag != "NN" or plural or heading):
            word.tag = "VBZ" if not plural else "VBP"
            return


def _verbs_of_clauses(sentence: list[Word]) -> None:
    """ "which supplies nobody", "Beijing, …, objects to": a clause that has no verb takes the word that can be it."""
    for word in sentence:
        if word.tag not in {"NNS", "VB", "NN"}:
            continue
        verb = lemmas_by_pos(word.lower).get("VERB", ())
        if not verb:
            continue
        before = word_before(sentence, word)
        after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
        if before is None or after is None:
            continue
        continues = before.tag == "CC" and _continues_finite(sentence, before)
        bare = word.tag == "VB" and (continues or before.tag in {"NNS", "NNP", "PRP", "WDT"})
        if bare or (word.tag == "NN" and word.lower in verb and _follows_two(sentence, word) and _takes_object(after)):
            word.tag = "VBP"
        elif word.tag == "NNS" and before.tag == "WDT" and not _is_subject_of_relative(sentence, word):
            word.tag = "VBZ"
        elif (
            word.tag == "NN"
            and word.lower in verb
            and before.tag == "WDT"
            and after.tag in {"DT", "IN", "PRP$", "JJ", "NNP", "NNS"}
        ):
            word.tag = "VBP"
        elif (
            word.tag == "NNS"
            and word.lower not in verb
            and before.tag in {"NNP", "NN"}
            and after.tag in {"DT", "PRP$", "PRP"}
        ):
            if not _finite_in_clause(sentence, word):
                word.tag = "VBZ"
        elif word.tag == "NNS" and before.tag == "NNP" and word.lower not in verb and _verbless_part(sentence, word):
            word.tag = "VBZ"
        elif (
            word.tag == "NNS" and after.tag in {"TO", "DT", "IN", "PRP$", "PRP"} and word.lower not in verb
            and (before.text == "," or before.tag == "NNP") and _lacks_verb(sentence, word)
        ):  # fmt: skip
            word.tag = "VBZ"


def _follows_two(sentence: Sequence[Word], word: Word) -> bool:
    """ "Kenya and the United States share intelligence": two proper names open the clause, and it has no other verb."""
    begin = next((w.index for w in reversed(sentence[: word.index]) if w.tag in {"PUNCT", "SC"}), -1)
    inside = sentence[begin + 1 : word.index]
    joined = any(w.tag == "CC" for w in inside[1:-1])
    named = all(w.tag in {"NNP", "DT", "CC"} for w in inside) and bool(inside) and inside[-1].tag == "NNP"
    return named and joined and not _finite_in_clause(sentence, word)


def _takes_object(after: Word) -> bool:
    return after.is_noun or after.tag in BEFORE_OBJECT


def _continues_finite(sentence: Sequence[Word], conjunction: Word) -> bool:
    """ "The drills opened in May and run until June": no infinitive or auxiliary before that it could continue."""
    for earlier in reversed(sentence[: conjunction.index]):
        if earlier.tag in {"MD", "TO", "VB", "DO"}:
            return False
        if earlier.tag in FINITE:
            return True
    return False


def _is_subject_of_relative(sentence: Sequence[Word], word: Word) -> bool:
    """ "in which soldiers of eight states took part": a noun, whose verb comes before the next sign."""
    if word.index > 1 and sentence[word.index - 2].tag in {"IN", "TO"}:
        return True
    for later in sentence[word.index + 1 :]:
        if later.tag == "PUNCT":
            return False
        if is_finite(later):
            return True
    return False


def _finite_in_clause(sentence: Sequence[Word], word: Word) -> bool:
    """Whether the words about a word, up to the signs around it, have a finite verb."""
    stops = {",", ";", ":", "—"}
    begin = next((w.index for w in reversed(sentence[: word.index]) if w.text in stops or w.tag in {"SC", "WDT"}), -1)
    end = next(
        (w.index for w in sentence[word.index + 1 :] if w.text in stops or w.tag in {"SC", "WDT"}), len(sentence)
    )
    return any(is_finite(w) for w in sentence[begin + 1 : end])


def _verbless_part(sentence: Sequence[Word], word: Word) -> bool:
    """ "…, and Aselsan supplies optics to …": the words since the last joined clause have no finite verb."""
    begin = next(
        (w.index for w in reversed(sentence[: word.index])
         if w.text in {";", ":"} or (w.tag == "CC" and w.index and sentence[w.index - 1].text == ",")),
        -1,
    )  # fmt: skip
    if begin < 0 or (
        sentence[begin].index != word.index - 2 and not all(w.tag == "NNP" for w in sentence[begin + 1 : word.index])
    ):
        return False
    end = next((w.index for w in sentence[word.index + 1 :] if w.text in {",", ";", ":"}), len(sentence))
    return not any(is_finite(w) for w in sentence[begin + 1 : end])


def _lacks_verb(sentence: Sequence[Word], word: Word) -> bool:
    """Whether a sentence, up to its semicolons, has fewer finite verbs than clauses."""
    begin = next((w.index for w in reversed(sentence[: word.index]) if w.text in {";", ":"}), -1)
    end = next((w.index for w in sentence[word.index + 1 :] if w.text in {";", ":"}), len(sentence))
    part = sentence[begin + 1 : end]
    clauses = 1 + sum(w.tag in {"SC", "WDT"} or w.lower == "whose" for w in part)
    said = {w.index for w in part if w.index and is_saying(w) and sentence[w.index - 1].text in {",", '"', "”"}}
    return sum(is_finite(w) for w in part if w.index not in said) < clauses  # "…, says its ambassador"

"""English verbs: past tense apart from participle, "-ing" apart from noun."""

from collections.abc import Sequence

from loaders.en.morphology import lemmas_by_pos, likeliest
from loaders.en.tags import AUXILIARY, FINITE, is_finite, word_before
from loaders.en.word import Word
from loaders.en.words import OPENING, is_one_of, words

DASHES = frozenset({"—", "–", "-", ")"})
IN_PHRASE = frozenset({"DT", "PRP$", "JJ", "CD", "NN", "NNS", "NNP", "POS", "IN"})


def tell_participles(sentence: Sequence[Word]) -> None:
    """Past tense apart from the participle, and the participle in "-ing" apart from the noun."""
    finite = False
    for word in sentence:
        if _joins_adjectives(sentence, word):
            pass
        elif word.tag in {"SC", "WDT", "CC", "WP", "WRB"} or word.text in {",", ";", ":", "—", "–", '"', "“", "”"}:
            finite = finite and word.text in {",", "—", "–", '"', "“", "”"} and not _subject_between(sentence, word)
        if word.tag in {"VBD", "VBN"}:
            word.tag = _past_or_participle(sentence, word, finite=finite)
        elif word.tag == "VBG":
            word.tag = _gerund(sentence, word)
        finite = finite or is_finite(word)


def _joins_adjectives(sentence: Sequence[Word], word: Word) -> bool:
    """ "Romanian, American and British troops": such an "and" begins no clause."""
    if word.tag != "CC" or not 0 < word.index < len(sentence) - 1:
        return False
    return sentence[word.index - 1].tag == sentence[word.index + 1].tag == "JJ"


def _subject_between(sentence: Sequence[Word], sign: Word) -> bool:
    """Whether a subject with its verb begins after a sign: "…, Poland said", "…, which …"."""
    seen = False
    for later in sentence[sign.index + 1 : sign.index + 9]:
        if later.tag in {"PUNCT", "IN", "TO", "CC"}:
            return False
        if later.tag in FINITE or later.tag in AUXILIARY:
            return seen
        if later.tag in {"VBD", "VBN"} and seen and can_be_past(later):
            return not _followed_by_agent(sentence, later) and not _describes(sentence, sign, later)
        seen = seen or later.is_noun or later.tag == "PRP"
    return False


def _describes(sentence: Sequence[Word], sign: Word, word: Word) -> bool:
    """ "Sea Guardian, a naval exercise held in …": a participle of an apposition with its circumstance."""
    article = sentence[sign.index + 1].lower in {"a", "an"}
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    return article and not is_saying(word) and after is not None and after.tag in {"IN", "TO"}


def _followed_by_agent(sentence: Sequence[Word], word: Word) -> bool:
    """ "led by", "brokered jointly by"."""
    return any(w.lower == "by" for w in sentence[word.index + 1 : word.index + 2])


def can_be_past(word: Word) -> bool:
    """Whether a past form may be finite: "signed", but not "taken"."""
    return word.lower not in words("verbs", "irregular_participle")


def _past_or_participle(sentence: Sequence[Word], word: Word, *, finite: bool) -> str:
    """Whether a form is the past tense or the participle of its verb."""
    if word.lower in words("verbs", "irregular_past"):
        return "VBD"
    before = _before_verb(sentence, word)
    if before is not None and before.tag in {"HAVE", "BE"}:
        return "VBN"
    if word.lower in words("verbs", "irregular_participle"):
        return "VBN"
    previous = sentence[word.index - 1] if word.index else None
    if previous is not None and previous.text in {",", '"', "”", "—"} and is_saying(word):
        following = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
        quoted = any(w.text in {'"', "“", "”"} for w in sentence[: word.index])
        if following is None or following.text in {".", ";"}:
            return "VBD"
        if quoted or following.tag in {"NNP", "PRP", "DT", "JJ", "NN"} or following.is_capitalized:
            return "VBD"
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    if before is not None and before.tag in {"DT", "PRP$", "POS", "JJ", "IN", "TO", "CD"}:
        if (
            before.tag == "DT"
            and is_one_of(before.lower, "pronominal")
            and after is not None
            and after.tag in {"IN", "DT"}
        ):
            return "VBD"
        modifies = after is not None and (after.is_noun or after.tag in {"JJ", "VBG", "VBN"})
        if before.tag in {"IN", "TO"} or modifies:
            return "VBN"
    if before is not None and before.tag == "CC":
        return _like_the_verb_before(sentence, word, finite=finite)
    if before is not None and before.tag in {"PRP", "EX", "WDT"}:
        return "VBD"
    if before is not None and before.is_noun and _says_that(sentence, word):
        return "VBD"
    if _followed_by_agent(sentence, word):
        return "VBN"
    if _has_relative_and_subject(sentence, word):
        return "VBD"
    if previous is not None and previous.text == "," and _resumes(sentence, word):
        return "VBD"
    if finite:
        return "VBN"
    if before is None and (word.index == 0 or sentence[word.index - 1].tag == "PUNCT"):
        # «Asked by …, Poland said»: without a subject it is no past tense, unless a quotation comes before.
        quoted = any(w.text in {'"', "“", "”"} for w in sentence[: word.index])
        closed = previous is not None and any(w.text == previous.text for w in sentence[1 : previous.index])
        dashed = closed and previous is not None and previous.text in DASHES and can_be_past(word)
        return "VBD" if (quoted or dashed) and after is not None else "VBN"
    if before is not None and before.text == "," and not _has_subject(sentence, word):
        return "VBN"
    if _describes_circumstance(sentence, word):
        return "VBN"
    return "VBD" if not _main_verb_later(sentence, word) else "VBN"


def _describes_circumstance(sentence: Sequence[Word], word: Word) -> bool:
    """ "Under an agreement signed in May, Namibia sends officers": the only noun before stands behind a preposition,
    and after the comma a clause with a subject of its own follows."""
    opened = next((w for w in sentence if w.text not in OPENING), None)
    if opened is None or opened.tag != "IN" or is_one_of(opened.lower, "subordinator") or opened.index >= word.index:
        return False
    between = sentence[opened.index + 1 : word.index]
    whole = all(
        w.tag in IN_PHRASE and (w.tag not in {"DT", "PRP$"} or sentence[w.index - 1].tag == "IN")
        for w in between
    )  # fmt: skip
    dated = any(
        w.lower in words("names", "month") | words("names", "weekday") | words("names", "time") for w in between
    )
    comma = next((w.index for w in sentence[word.index + 1 :] if w.text == ","), -1)
    if not between or not between[-1].is_noun or not whole or dated or comma < 0 or comma + 1 >= len(sentence):
        return False
    subject = sentence[comma + 1]
    rest = sentence[comma + 2 :]
    acts = any(w.tag in FINITE or w.tag in AUXILIARY or w.tag in {"MD", "VBN"} for w in rest)
    return acts and (subject.is_noun or subject.tag in {"DT", "PRP", "PRP$", "JJ", "CD"})


def _has_relative_and_subject(sentence: Sequence[Word], word: Word) -> bool:
    """ "The radar that Moldova received was its first": a noun and what stands for it, a name, and its verb."""
    at = word.index - 1
    while at > 0 and sentence[at].tag == "RB":
        at -= 1
    end = at
    while at > 0 and sentence[at].tag in {"NNP", "POS"}:
        at -= 1
    if at > 0 and at < end and sentence[at].tag == "DT" and sentence[at].lower == "the":
        at -= 1
    relative = at > 0 and at < end and sentence[at].lower in {"that", "which", "whom"}
    return relative and sentence[at - 1].is_noun and sentence[at - 1].lower not in words("nouns", "of_content")


def _resumes(sentence: Sequence[Word], word: Word) -> bool:
    """ "India, which had shown interest, stayed away": the main clause goes on after the comma."""
    earlier = sentence[: word.index]
    if sum(w.text == "," for w in earlier) < 2 or not can_be_past(word):
        return False
    finite = sum(is_finite(w) for w in earlier)
    subject = any(w.is_noun or w.tag == "PRP" for w in earlier[: next(w.index for w in earlier if w.text == ",")])
    later = any(is_finite(w) and sentence[w.index - 1].text == "," for w in sentence[word.index + 1 :])
    return subject and not later and finite < 1 + sum(w.tag in {"WDT", "SC"} for w in earlier)


def is_saying(word: Word) -> bool:
    """Whether a form is one of a verb of saying."""
    return any(lemma in words("verbs", "saying") for lemma in lemmas_by_pos(word.lower).get("VERB", ()))


def _says_that(sentence: Sequence[Word], word: Word) -> bool:
    """ "the minister said Germany would send": a verb of saying with the clause that is said after it."""
    if not is_saying(word):
        return False
    if word.lower == "said":
        return True
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    if after is None or after.lower in words("names", "weekday") | words("names", "month") | words("names", "time"):
        return False
    return after.lower == "that" or (after.tag in {"NNP", "DT", "PRP", "PRP$"} and _subject_between(sentence, word))


def _before_verb(sentence: Sequence[Word], word: Word) -> Word | None:
    """The word before a verb, adverbs left out: its auxiliary if it has one."""
    for at in range(word.index - 1, -1, -1):
        if sentence[at].tag in {"RB", "NOT"}:
            continue
        return sentence[at] if sentence[at].tag != "PUNCT" or sentence[at].text == "," else None
    return None


def _like_the_verb_before(sentence: Sequence[Word], word: Word, *, finite: bool) -> str:
    """ "met and signed", "were signed and ratified": of the form of the verb that it is joined to."""
    for at in range(word.index - 2, -1, -1):
        earlier = sentence[at]
        if earlier.tag in {"VBD", "VBZ", "VBP"}:
            return "VBD"
        if earlier.tag == "VBN":
            if any(w.tag in {"BE", "HAVE"} for w in sentence[max(0, at - 3) : at]):
                return "VBN"
            beside = at == word.index - 2 or _followed_by_agent(sentence, word)
            if beside or not any(w.tag in FINITE for w in sentence[:at]):
                return "VBN" if not finite else "VBD"
            continue  # "discussed issues related to trade and agreed"
        if earlier.tag in {"BE", "HAVE", "MD"}:
            return "VBD"
    return "VBD"


def _has_subject(sentence: Sequence[Word], word: Word) -> bool:
    """Whether a noun that nothing governs stands before a word and its comma: "Iran, for its part, opened"."""
    commas = sum(w.text == "," for w in sentence[: word.index])
    return commas >= 2 and any(w.is_noun or w.tag == "PRP" for w in sentence[: word.index])


def _main_verb_later(sentence: Sequence[Word], word: Word) -> bool:
    """Whether a finite verb without a subject of its own follows: "the plan signed in May covers …"."""
    subject = relative = False
    for later in sentence[word.index + 1 :]:
        if later.tag in {"SC", "WDT", "CC", "WP", "WRB", "PUNCT"}:
            return False
        if later.tag in FINITE or (
            later.tag in AUXILIARY and later.lower not in {"be", "been", "being", "having", "have"}
        ):
            between = sentence[word.index + 1 : later.index]
            return bool(between) and between[0].tag in {"IN", "RB", "TO", "NNP"} and not relative
        ended = sentence[later.index - 1].is_noun or sentence[later.index - 1].tag == "CD"  # "in May", "in May 2024"
        if later.tag in {"VBD", "VBN"} and later.index > word.index + 1 and ended:
            first = sentence[word.index + 1]
            by = later.index + 1 < len(sentence) and sentence[later.index + 1].lower == "by"
            return first.tag in {"IN", "RB"} and can_be_past(later) and not subject and not by
        subject = subject or later.tag == "PRP"
    return False


def _gerund(sentence: Sequence[Word], word: Word) -> str:
    """ "training" as a noun: in the place of one."""
    before = word_before(sentence, word)
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    noun = "NOUN" in lemmas_by_pos(word.lower)
    if before is not None and before.tag == "BE":
        return "VBG"
    opens = before is None or before.tag == "PUNCT"
    if opens and word.lower in words("nouns", "participle_before_title") and _before_titled(sentence, word):
        return "JJ"
    if before is not None and before.tag in {"DT", "PRP$", "POS"} and after is not None and after.lower == "of":
        return "NN"  # "the signing of"
    if before is not None and before.tag in {"DT", "PRP$", "POS", "JJ", "CD"} and noun:
        return "NN" if after is None or not (after.is_noun or after.tag == "JJ") else "JJ"
    if (
        noun
        and (before is not None and before.tag in {"IN", "NN", "CC"})
        and (after is None or after.tag in {"PUNCT", "IN", "CC", "BE"} | FINITE)
        and likeliest(word.lower) == "NN"
    ):
        return "NN"
    return "VBG"


def _before_titled(sentence: Sequence[Word], word: Word) -> bool:
    """ "Visiting Afghan Defence Minister X held talks": a title directly behind, and its verb before any comma."""
    titled = False
    for later in sentence[word.index + 1 :]:
        if later.tag in {"DT", "PRP$", "PUNCT", "CD"}:
            return False
        if later.tag in FINITE or later.tag in {"VBN", "HAVE", "BE", "MD"}:
            return titled
        titled = titled or later.lower in words("closed", "title_before_name")
        if not titled and later.tag in {"IN", "TO"}:
            return False
    return False

"""Parts of speech of English words in their sentence.

Closed classes are listed (`words.toml`); of open ones the lexicons tell what they can be and what they mostly are, and
the neighbours decide. The order of decisions follows E. Brill's contextual rules (ANLP 1992), written for the reading
of news: a clause has one finite verb, a noun phrase ends in a noun.
"""

from collections.abc import Sequence

from loaders.en.morphology import adjectives_of_states, lemmas, lemmas_by_pos, likeliest, names_of_states
from loaders.en.word import Word
from loaders.en.words import is_one_of, words

BEFORE_NOUN = frozenset({"DT", "PRP$", "JJ", "CD", "POS"})
STARTS_NOUN_PHRASE = frozenset({"DT", "PRP$", "CD", "NNP", "PRP", "EX"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
AUXILIARY = frozenset({"BE", "HAVE", "DO", "MD"})
UNIVERSAL = {
    "DT": "DET", "PRP$": "DET", "PRP": "PRON", "EX": "PRON", "IN": "ADP", "TO": "PART", "CC": "CCONJ", "SC": "SCONJ",
    "WDT": "PRON", "WP": "PRON", "WRB": "ADV", "MD": "AUX", "BE": "AUX", "HAVE": "AUX", "DO": "AUX", "VB": "VERB",
    "VBP": "VERB", "VBZ": "VERB", "VBD": "VERB", "VBN": "VERB", "VBG": "VERB", "NN": "NOUN", "NNS": "NOUN",
    "NNP": "PROPN", "JJ": "ADJ", "RB": "ADV", "NOT": "PART", "RP": "ADV", "CD": "NUM", "POS": "PART", "PUNCT": "PUNCT",
}  # fmt: skip


def tag(sentence: list[Word], *, heading: bool = False) -> None:
    """Give every word of a sentence its tag, part of speech, features and lemmas.

    Arguments:
        sentence: its words.
        heading: whether it is a headline, whose verbs stand in the present tense and whose words may all be capitals.
    """
    title_case = heading and _is_title_case(sentence)
    for word in sentence:
        word.tag = _closed(sentence, word) or _open(sentence, word, title_case=title_case)
    if heading:
        _headline_verb(sentence)
    for word in sentence:
        word.tag = _of_ambiguous(sentence, word)
    _participles(sentence)
    _one_verb(sentence, heading=heading)
    for word in sentence:
        _finish(word)


def _is_title_case(sentence: Sequence[Word]) -> bool:
    """Whether capitals tell nothing: nearly all words of more than three letters have them."""
    longer = [w for w in sentence if len(w.text) > 3 and w.text[0].isalpha()]
    return len(longer) > 3 and sum(w.is_capitalized for w in longer) >= 0.8 * len(longer)


# ---------------------------------------------------------------------- without context


def _closed(sentence: Sequence[Word], word: Word) -> str:
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
        return "CD"
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
    if is_one_of(lower, "coordinator"):
        after = sentence[word.index + 1].lower if word.index + 1 < len(sentence) else ""
        return "RB" if lower == "yet" and (after == "to" or before in {"have", "has", "had", "not"}) else "CC"
    if lower == "there":
        return "EX"
    if is_one_of(lower, "determiner"):
        return "DT"
    if is_one_of(lower, "preposition", "subordinator"):
        return "IN"
    if is_one_of(lower, "particle"):
        return "RP"
    if lower in {"first", "more", "last"} and word.index and sentence[word.index - 1].tag in {"DT", "PRP$", "POS"}:
        return "JJ"
    return "RB" if is_one_of(lower, "adverb") else ""


def _is_name(sentence: Sequence[Word], word: Word) -> bool:
    """ "in May", "May 9", "Will Smith": not an auxiliary."""
    before = sentence[word.index - 1]
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else word
    return (
        before.tag in {"IN", "CD", "TO"} or after.text[:1].isdigit() or before.text[0].isdigit() or after.is_capitalized
    )


def _in_capitals(sentence: Sequence[Word], word: Word) -> bool:
    """Whether a capitalised word stands beside another: part of a name."""
    beside = (sentence[i] for i in (word.index - 1, word.index + 1) if 0 < i < len(sentence))
    return any(w.is_capitalized and w.text[:1].isalpha() for w in beside)


def _is_possessive_mark(sentence: Sequence[Word], word: Word) -> bool:
    """ "the ministers' talks": an apostrophe directly after a plural, and no quotation to close."""
    if not word.index or word.begin != sentence[word.index - 1].end or not sentence[word.index - 1].lower.endswith("s"):
        return False
    return not any(w.text in {"'", "‘"} for w in sentence[: word.index - 1])


def _open(sentence: Sequence[Word], word: Word, *, title_case: bool) -> str:
    """The likeliest tag of a word of an open class."""
    lower = word.lower
    best = "NN" if lower in words("nouns", "mostly_noun") else likeliest(lower)
    known = lemmas_by_pos(lower)
    if word.is_capitalized and not title_case and (word.index and sentence[word.index - 1].text not in {":", '"', "“"}):
        if _is_adjective_of_people(word):
            return "JJ"
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
        "NNPS": "NNS", "JJR": "JJ", "JJS": "JJ", "RBR": "RB", "RBS": "RB", "NNP": "NN", "FW": "NN", "UH": "RB", "RP": "RB",
        "SYM": "", "LS": "", "WP": "", "WDT": "",
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


# ---------------------------------------------------------------------- with the neighbours


def _headline_verb(sentence: Sequence[Word]) -> None:
    """ "US shelves drill": the first word of a headline that agrees as a verb with the noun before it."""
    for word in sentence[1:-1]:
        before, after = sentence[word.index - 1], sentence[word.index + 1]
        if word.tag in FINITE | AUXILIARY | {"IN", "PUNCT", "CC"}:
            return
        verb = lemmas_by_pos(word.lower).get("VERB", ())
        if word.tag == "NNS" and verb and before.tag in {"NNP", "NN"} and (after.is_noun or after.tag in BEFORE_NOUN):
            word.tag = "VBZ"
            return


def _of_ambiguous(sentence: Sequence[Word], word: Word) -> str:
    """What the neighbours make of a word that may be a noun, a verb, an adjective, a conjunction or a preposition."""
    if word.tag in {"IN", "DT"}:
        return _of_particle(sentence, word)
    if word.tag not in {"NN", "NNS", "VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "JJ", "RB"}:
        return word.tag
    known = lemmas_by_pos(word.lower)
    before = _before(sentence, word)
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    if (
        word.tag == "JJ"
        and "NOUN" in known
        and before is not None
        and before.tag in BEFORE_NOUN
        and _ends_phrase(after)
    ):
        return "NN"
    if word.tag in {"NN", "NNS", "JJ", "RB"} and "VERB" not in known:
        return word.tag
    if (
        word.lower in words("verbs", "mostly_verb")
        and before is not None
        and before.tag not in (BEFORE_NOUN - {"CD"}) | {"IN"}
    ):
        return "VBZ"
    if word.tag in {"VBD", "VBN", "VBG"} and word.lower not in known.get("VERB", ()):
        return word.tag
    verb = known.get("VERB", ())
    base = word.lower in verb
    noun = "NN" if "NOUN" in known and word.lower in known["NOUN"] else "NNS" if "NOUN" in known else ""
    if word.tag in {"NN", "VB", "JJ"} and _plural_and_verb(sentence, word):
        return "VBP"
    if word.tag == "NNS" and before is not None and before.lower in {"this", "that", "each", "a"} and "VERB" in known:
        before.tag = "PRP"
        return "VBZ"
    if before is None:
        if base and after is not None and after.tag in {"DT", "PRP$"} and word.tag != "NN":
            return "VB"
        return word.tag if word.tag not in {"VB", "VBP", "VBZ"} or not noun else _at_beginning(sentence, word, noun)
    if before.tag in {"BE", "HAVE"} and word.tag in {"VB", "VBP", "VBD"} and base:
        return "VBN" if word.lower in words("verbs", "base_as_participle") else noun or word.tag
    if before.tag == "TO" and base and not (word.tag == "NN" and _is_goal(sentence, before)):
        return "VB"
    if before.tag in {"MD", "DO"} and base:
        return "VB"
    if (
        before.tag == "PRP"
        and before.lower not in words("closed", "pronoun_object")
        and word.tag != "JJ"
        and word.tag != "RB"
    ):
        return "VB" if before.lower in words("closed", "plural") and base else "VBZ" if not base else word.tag
    if noun and before.tag in {"DT", "PRP$", "POS", "JJ", "CD"} and word.tag in {"VB", "VBP", "VBZ"}:
        return noun
    if noun and before.tag == "IN" and word.tag in {"VB", "VBP", "VBZ"}:
        return noun
    if (
        noun
        and word.tag in {"VBZ", "VBP", "VB"}
        and before.tag in {"NN", "NNP"}
        and after is not None
        and after.tag in {"NN", "NNS"}
    ):
        return word.tag
    return word.tag


def _ends_phrase(after: Word | None) -> bool:
    """Whether no noun can follow before what stands here."""
    return after is None or after.tag in {"PUNCT", "IN", "TO", "CC", "WDT", "SC"} | FINITE | AUXILIARY


def _plural_and_verb(sentence: Sequence[Word], word: Word) -> bool:
    """ "the countries rest on", "instructors train troops": a bare form of a verb after a plural, an object after it."""
    before, after = _before(sentence, word), sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    if before is None or after is None or before.tag != "NNS" or before.lower in words("nouns", "plural_before_noun"):
        return False
    if word.lower not in lemmas_by_pos(word.lower).get("VERB", ()):
        return False
    return after.tag in {"IN", "DT", "PRP$", "NNP", "CD", "TO", "PRP", "RP"} or (
        after.tag in {"JJ", "NNS"} and word.tag == "VB"
    )


def _of_particle(sentence: Sequence[Word], word: Word) -> str:
    """Prepositions apart from conjunctions and from adverbs; "that" in its three uses."""
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    before = sentence[word.index - 1] if word.index else None
    lower = word.lower
    if lower == "that":
        if before is not None and before.is_noun and after is not None and (after.tag in FINITE | AUXILIARY):
            return "WDT"
        if after is not None and after.tag in {"NN"} and (before is None or before.tag in {"IN", "TO", "PUNCT"}):
            return "DT"
        if after is not None and after.lower in words("names", "month") and before is not None and before.tag != "VBD":
            return "DT"
        if after is None or after.tag in {"PUNCT", "BE", "IN", "MD"} | FINITE:
            return "PRP" if before is None or not before.is_noun else "WDT"
        return "SC"
    if word.tag == "DT":
        if is_one_of(lower, "pronominal") and (
            after is None or after.tag in {"PUNCT", "IN", "BE", "HAVE", "MD", "CC"} | FINITE
        ):
            return "PRP"
        return "DT"
    if after is None or (after.text in {",", ".", ";", ")"} and lower not in words("closed", "adverb")):
        return "RB"
    if lower == "like" and before is not None and before.tag in {"MD", "TO"}:
        return "VB"
    if lower in {"if", "because", "although", "though", "unless", "whereas", "whether", "while", "once", "so", "lest"}:
        if lower == "once" and not _verb_follows(sentence, word):
            return "RB"
        if lower == "so" and not _verb_follows(sentence, word):
            return "RB"
        return "SC"
    if after.tag == "WDT":
        return "IN"
    if lower in {"as", "since", "after", "before", "until", "till", "than"} and _clause_follows(sentence, word):
        return "SC"
    return "IN"


def _verb_follows(sentence: Sequence[Word], word: Word) -> bool:
    return any(w.tag in FINITE | AUXILIARY for w in sentence[word.index + 1 : word.index + 8])


def _clause_follows(sentence: Sequence[Word], word: Word) -> bool:
    """Whether a subject and its verb stand after a word, no sign between."""
    seen_noun = False
    for later in sentence[word.index + 1 : word.index + 10]:
        if later.tag == "PUNCT" or later.tag in {"CC", "IN", "TO"}:
            return False
        if later.tag in FINITE or later.tag in AUXILIARY:
            return seen_noun
        seen_noun = seen_noun or later.is_noun or later.tag in {"PRP", "EX"}
        if later.tag == "VBN" and seen_noun and _can_be_past(later) and not later.lower.endswith("ing"):
            return True
    return False


def _is_goal(sentence: Sequence[Word], to: Word) -> bool:
    """ "back to work", "sent to school": a noun that stands bare after "to"."""
    after = sentence[to.index + 2] if to.index + 2 < len(sentence) else None
    return after is None or after.tag == "PUNCT" or after.lower in {"and", "of", "or", "between", "with"} and False


def _at_beginning(sentence: Sequence[Word], word: Word, noun: str) -> str:
    """ "Talks opened …", "Plans call for …": a word that opens a sentence is a noun, unless an object follows."""
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    return "VB" if after is not None and after.tag in {"DT", "PRP$", "PRP"} and after.lower != "that" else noun


def _before(sentence: Sequence[Word], word: Word) -> Word | None:
    """The word before, adverbs left out."""
    for at in range(word.index - 1, -1, -1):
        if sentence[at].tag not in {"RB", "NOT"}:
            return sentence[at] if sentence[at].tag != "PUNCT" or sentence[at].text in {",", "-"} else None
    return None


def _participles(sentence: Sequence[Word]) -> None:
    """Past tense apart from the participle, and the participle in "-ing" apart from the noun."""
    finite = False
    for word in sentence:
        if word.tag in {"SC", "WDT", "CC", "WP", "WRB"} or word.text in {",", ";", ":", "—", "–", '"', "“", "”"}:
            finite = finite and word.text in {",", "—", "–", '"', "“", "”"} and not _subject_between(sentence, word)
        if word.tag in {"VBD", "VBN"}:
            word.tag = _past_or_participle(sentence, word, finite=finite)
        elif word.tag == "VBG":
            word.tag = _gerund(sentence, word)
        finite = finite or _is_finite(word)


def _subject_between(sentence: Sequence[Word], sign: Word) -> bool:
    """Whether a subject with its verb begins after a sign: "…, Poland said", "…, which …"."""
    seen = False
    for later in sentence[sign.index + 1 : sign.index + 9]:
        if later.tag in {"PUNCT", "IN", "TO", "CC"}:
            return False
        if later.tag in FINITE or later.tag in AUXILIARY:
            return seen
        if later.tag in {"VBD", "VBN"} and seen and _can_be_past(later):
            return not _followed_by_agent(sentence, later)
        seen = seen or later.is_noun or later.tag == "PRP"
    return False


def _followed_by_agent(sentence: Sequence[Word], word: Word) -> bool:
    """ "led by", "brokered jointly by"."""
    return any(w.lower == "by" for w in sentence[word.index + 1 : word.index + 2])


IRREGULAR_PARTICIPLES = frozenset({
    "given", "taken", "known", "shown", "written", "driven", "flown", "seen", "done", "gone", "begun", "grown", "drawn",
    "chosen", "broken", "spoken", "fallen", "risen", "sworn", "worn", "thrown", "frozen", "beaten", "eaten", "forgotten",
    "hidden", "stolen", "undertaken", "withdrawn", "overseen", "proven", "become", "run", "come", "overcome", "been",
})  # fmt: skip
IRREGULAR_PASTS = frozenset({
    "gave", "took", "knew", "showed", "wrote", "drove", "flew", "saw", "did", "went", "began", "grew", "drew", "chose",
    "broke", "spoke", "fell", "rose", "swore", "wore", "threw", "froze", "ate", "forgot", "hid", "stole", "undertook",
    "withdrew", "oversaw", "became", "ran", "came", "overcame", "was", "were",
})  # fmt: skip


def _can_be_past(word: Word) -> bool:
    return word.lower not in IRREGULAR_PARTICIPLES


def _past_or_participle(sentence: Sequence[Word], word: Word, *, finite: bool) -> str:
    """Whether a form is the past tense or the participle of its verb."""
    if word.lower in IRREGULAR_PASTS:
        return "VBD"
    before = _before_verb(sentence, word)
    if before is not None and before.tag in {"HAVE", "BE"}:
        return "VBN"
    if word.lower in IRREGULAR_PARTICIPLES:
        return "VBN"
    previous = sentence[word.index - 1] if word.index else None
    if previous is not None and previous.text in {",", '"', "”", "—"} and _is_saying(word):
        following = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
        quoted = any(w.text in {'"', "“", "”"} for w in sentence[: word.index])
        if following is not None and (
            quoted or following.tag in {"NNP", "PRP", "DT", "JJ", "NN"} or following.is_capitalized
        ):
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
    if _followed_by_agent(sentence, word):
        return "VBN"
    if previous is not None and previous.text == "," and _resumes(sentence, word):
        return "VBD"
    if finite:
        return "VBN"
    if before is None and (word.index == 0 or sentence[word.index - 1].tag == "PUNCT"):
        # «Asked by …, Poland said»: without a subject it is no past tense, unless a quotation comes before.
        quoted = any(w.text in {'"', "“", "”"} for w in sentence[: word.index])
        return "VBD" if quoted and after is not None else "VBN"
    if before is not None and before.text == "," and not _has_subject(sentence, word):
        return "VBN"
    return "VBD" if not _main_verb_later(sentence, word) else "VBN"


def _resumes(sentence: Sequence[Word], word: Word) -> bool:
    """ "India, which had shown interest, stayed away": the main clause goes on after the comma."""
    earlier = sentence[: word.index]
    if sum(w.text == "," for w in earlier) < 2 or not _can_be_past(word):
        return False
    finite = sum(_is_finite(w) for w in earlier)
    subject = any(w.is_noun or w.tag == "PRP" for w in earlier[: next(w.index for w in earlier if w.text == ",")])
    later = any(_is_finite(w) and sentence[w.index - 1].text == "," for w in sentence[word.index + 1 :])
    return subject and not later and finite < 1 + sum(w.tag in {"WDT", "SC"} for w in earlier)


def _is_saying(word: Word) -> bool:
    return any(lemma in words("verbs", "saying") for lemma in lemmas_by_pos(word.lower).get("VERB", ()))


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
            return "VBN" if any(w.tag in {"BE", "HAVE"} for w in sentence[max(0, at - 3) : at]) or not finite else "VBD"
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
        if later.tag in {"VBD", "VBN"} and later.index > word.index + 1 and sentence[later.index - 1].is_noun:
            first = sentence[word.index + 1]
            by = later.index + 1 < len(sentence) and sentence[later.index + 1].lower == "by"
            return first.tag in {"IN", "RB"} and _can_be_past(later) and not subject and not by
        subject = subject or later.tag == "PRP"
    return False


def _gerund(sentence: Sequence[Word], word: Word) -> str:
    """ "training" as a noun: in the place of one."""
    before = _before(sentence, word)
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    noun = "NOUN" in lemmas_by_pos(word.lower)
    if before is not None and before.tag == "BE":
        return "VBG"
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


def _one_verb(sentence: list[Word], *, heading: bool) -> None:
    """A sentence without a finite verb gets one, if one of its words can be it."""
    if any(_is_finite(w) for w in sentence):
        _verbs_of_clauses(sentence)
        return
    for word in sentence:
        if word.index == 0 or word.tag not in {"NNS", "NN", "VB", "VBN", "VBP", "JJ"}:
            continue
        before = sentence[word.index - 1]
        after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
        verb = lemmas_by_pos(word.lower).get("VERB", ())
        if (
            not verb
            or after is None
            or not (before.is_noun or before.tag in {"PRP", "RB", "WDT", "CD"} or before.text == ",")
        ):
            continue
        if word.tag == "VBN" and _can_be_past(word) and word.index:
            if after.lower == "by":
                continue
            word.tag = "VBD"
            return
        plural = (
            before.tag == "NNS"
            or before.lower in words("closed", "plural")
            or any(w.tag == "CC" for w in sentence[: word.index])
        )
        agrees = (word.lower in verb) == plural
        object_follows = after.tag in {"DT", "PRP$", "PRP", "NNP", "IN", "JJ", "CD", "RB", "TO"} or (
            heading and after.is_noun
        )
        if agrees and object_follows and (word.tag != "NN" or plural or heading):
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
        before = _before(sentence, word)
        after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
        if before is None or after is None:
            continue
        if word.tag == "VB" and before.tag in {"NNS", "PRP"} or (before.tag == "NNP" and word.tag == "VB"):
            word.tag = "VBP"
        elif word.tag == "NNS" and before.tag == "WDT":
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
        elif word.tag == "NNS" and after.tag in {"TO", "DT", "IN", "PRP$"} and word.lower not in verb:
            if (before.text == "," or before.tag == "NNP") and _lacks_verb(sentence, word):
                word.tag = "VBZ"


def _finite_in_clause(sentence: Sequence[Word], word: Word) -> bool:
    """Whether the words about a word, up to the signs around it, have a finite verb."""
    stops = {",", ";", ":", "—"}
    begin = next((w.index for w in reversed(sentence[: word.index]) if w.text in stops or w.tag in {"SC", "WDT"}), -1)
    end = next(
        (w.index for w in sentence[word.index + 1 :] if w.text in stops or w.tag in {"SC", "WDT"}), len(sentence)
    )
    return any(_is_finite(w) for w in sentence[begin + 1 : end])


def _verbless_part(sentence: Sequence[Word], word: Word) -> bool:
    """ "…, and Aselsan supplies optics to …": the words since the last joined clause have no finite verb."""
    begin = next(
        (w.index for w in reversed(sentence[: word.index])
         if w.text in {";", ":"} or (w.tag == "CC" and w.index and sentence[w.index - 1].text == ",")),
        -1,
    )  # fmt: skip
    if (
        begin < 0
        or sentence[begin].index != word.index - 2
        and not all(w.tag == "NNP" for w in sentence[begin + 1 : word.index])
    ):
        return False
    end = next((w.index for w in sentence[word.index + 1 :] if w.text in {",", ";", ":"}), len(sentence))
    return not any(_is_finite(w) for w in sentence[begin + 1 : end])


def _lacks_verb(sentence: Sequence[Word], word: Word) -> bool:
    """Whether a sentence, up to its semicolons, has fewer finite verbs than clauses."""
    begin = next((w.index for w in reversed(sentence[: word.index]) if w.text in {";", ":"}), -1)
    end = next((w.index for w in sentence[word.index + 1 :] if w.text in {";", ":"}), len(sentence))
    part = sentence[begin + 1 : end]
    return sum(_is_finite(w) for w in part) < 1 + sum(w.tag in {"SC", "WDT"} for w in part)


def _is_finite(word: Word) -> bool:
    return word.tag in FINITE or (word.tag in AUXILIARY and word.lower not in {"be", "been", "being", "having"})


# ---------------------------------------------------------------------- features


def _finish(word: Word) -> None:
    """Part of speech, features and lemmas by the tag."""
    word.pos = UNIVERSAL.get(word.tag, "X")
    word.lemmas = lemmas(word.text, word.pos if word.pos in {"NOUN", "VERB", "ADJ", "ADV", "PROPN"} else "")
    if word.pos == "VERB":
        verb = lemmas_by_pos(word.lower).get("VERB", ()) or (word.lower,)
        word.lemmas = tuple(f"to {lemma}" for lemma in verb)
        _verb_features(word)
    elif word.pos == "AUX":
        word.lemmas = tuple(dict.fromkeys((_auxiliary_lemma(word), word.lower)))
        _auxiliary_features(word)
    elif word.pos in {"NOUN", "PROPN"}:
        plural = word.tag == "NNS" or (word.tag == "NNP" and word.lemma != word.lower and word.lower.endswith("s"))
        word.feats["Number"] = "Plur" if plural else "Sing"
    elif word.pos == "PRON":
        _pronoun_features(word)
    elif word.tag == "NOT":
        word.feats["Polarity"] = "Neg"
    elif word.pos == "PUNCT":
        word.lemmas = (word.lower,)


def _verb_features(word: Word) -> None:
    if word.tag in {"VBD", "VBZ", "VBP"}:
        word.feats.update(VerbForm="Fin", Tense="Past" if word.tag == "VBD" else "Pres")
    elif word.tag == "VB":
        word.feats["VerbForm"] = "Inf"
    else:
        word.feats["VerbForm"] = "Part"
        word.feats["Tense"] = "Pres" if word.tag == "VBG" else "Past"


def _auxiliary_lemma(word: Word) -> str:
    return {"BE": "to be", "HAVE": "to have", "DO": "to do"}.get(word.tag, word.lower)


def _auxiliary_features(word: Word) -> None:
    if word.tag == "MD":
        word.feats["VerbForm"] = "Fin"
        if word.lower in words("closed", "modal_future"):
            word.feats["Tense"] = "Fut"
    elif word.lower in words("auxiliary", "present"):
        word.feats.update(VerbForm="Fin", Tense="Pres")
    elif word.lower in words("auxiliary", "past"):
        word.feats.update(VerbForm="Fin", Tense="Past")
    else:
        word.feats["VerbForm"] = "Inf" if word.lower in {"be", "have", "do"} else "Part"


def _pronoun_features(word: Word) -> None:
    if word.tag == "WDT":
        word.feats["PronType"] = "Rel"
    word.feats["Number"] = "Plur" if is_one_of(word.lower, "plural") else "Sing"
    if is_one_of(word.lower, "pronoun_subject"):
        word.feats["Case"] = "Nom"
    elif is_one_of(word.lower, "pronoun_object"):
        word.feats["Case"] = "Acc"

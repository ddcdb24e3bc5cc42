"""What the neighbours make of English words that may be of several classes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders.en.morphology import lemmas_by_pos
from loaders.en.tags import AUXILIARY, BEFORE_NOUN, FINITE, word_before
from loaders.en.verb_tags import can_be_past
from loaders.en.word import Word
from loaders.en.words import is_one_of, words

YEAR_DIGITS = 4
LONGEST_SUBJECT = 13
"""So many words from a conjunction to the verb of its clause."""
AFTER_SUBJECT = frozenset({"WDT", "WP", "HAVE", "BE", "MD"})
"""Behind a relative or an auxiliary "once" is no conjunction."""


def headline_verb(sentence: Sequence[Word]) -> None:
    """ "US shelves drill": the first word of a headline that agrees as a verb with the noun before it."""
    for word in sentence[1:-1]:
        before, after = sentence[word.index - 1], sentence[word.index + 1]
        if word.tag in FINITE | AUXILIARY | {"IN", "PUNCT", "CC"}:
            return
        verb = lemmas_by_pos(word.lower).get("VERB", ())
        if word.tag == "NNS" and verb and before.tag in {"NNP", "NN"} and (after.is_noun or after.tag in BEFORE_NOUN):
            word.tag = "VBZ"
            return


@dataclass(frozen=True, slots=True)
class _Place:
    """A word with what stands beside it, adverbs before it left out, and what a dictionary knows of it."""

    sentence: Sequence[Word]
    word: Word
    before: Word | None
    after: Word | None
    known: Mapping[str, Sequence[str]]

    @property
    def is_base(self) -> bool:
        """Whether it can be a verb in its bare form."""
        return self.word.lower in self.known.get("VERB", ())

    @property
    def noun(self) -> str:
        """Its tag as a noun, or nothing."""
        lemmas = self.known.get("NOUN")
        return "" if lemmas is None else "NN" if self.word.lower in lemmas else "NNS"


def tag_among_neighbours(sentence: Sequence[Word], word: Word) -> str:
    """What the neighbours make of a word that may be a noun, a verb, an adjective, a conjunction or a preposition."""
    if word.tag in {"IN", "DT"}:
        return _of_particle(sentence, word)
    if word.tag not in {"NN", "NNS", "VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "JJ", "RB"}:
        return word.tag
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    place = _Place(sentence, word, word_before(sentence, word), after, lemmas_by_pos(word.lower))
    return next((tag for rule in _RULES if (tag := rule(place))), word.tag)


def _noun_or_adjective(place: _Place) -> str:
    word, before = place.word, place.before
    noun_after = before is not None and before.tag in BEFORE_NOUN and _ends_phrase(place.after)
    if word.tag == "JJ" and _begins_pair(place):
        return "JJ"
    if word.tag == "JJ" and "NOUN" in place.known and noun_after:
        return "NN"
    if word.lower in words("nouns", "adjective_before_noun") and _describes_noun(before, place.after):
        return "JJ"
    return word.tag if word.tag in {"NN", "NNS", "JJ", "RB"} and "VERB" not in place.known else ""


def _begins_pair(place: _Place) -> bool:
    """ "An annual, multinational exercise": behind an article, and a comma and an adjective behind it."""
    if place.before is None or place.before.lower not in {"a", "an"} or place.after is None or place.after.text != ",":
        return False
    following = place.sentence[place.word.index + 2 : place.word.index + 4]
    return (
        len(following) > 1
        and following[0].tag == "JJ"
        and (following[1].is_noun or following[1].tag in {"JJ", "PUNCT"})
    )


def _participle_like(place: _Place) -> str:
    """What ends in -ed and may be an adjective."""
    word, before, after = place.word, place.before, place.after
    if word.tag != "JJ" or not word.lower.endswith("ed"):
        return ""
    if _acts(before, after):
        return "VBD"
    if before is None or before.tag != "HAVE":
        return ""
    return "VBN" if after is None or not after.is_noun else word.tag  # "have travelled to Brunei"


def _mostly_verb(place: _Place) -> str:
    if place.word.lower not in words("verbs", "mostly_verb") or place.before is None:
        return ""
    return "" if place.before.tag in (BEFORE_NOUN - {"CD"}) | {"IN"} else "VBZ"


def _continues_infinitive(place: _Place) -> str:
    """ "Agreed to set up a company and step up cooperation": after "and" a further infinitive, with its object."""
    word, before, after = place.word, place.before, place.after
    if (
        not place.is_base
        or before is None
        or before.tag != "CC"
        or after is None
        or word.tag not in {"NN", "VBP", "JJ"}
    ):
        return ""
    for earlier in reversed(place.sentence[: before.index]):
        if earlier.tag in FINITE | {"SC", "WDT"} or earlier.text in {";", ":"}:
            return ""
        if earlier.tag == "TO":
            infinitive = place.sentence[earlier.index + 1].lower
            verb = infinitive in lemmas_by_pos(infinitive).get("VERB", ())
            return "VB" if verb and after.tag in {"RP", "DT", "PRP$"} else ""
    return ""


def _inflected(place: _Place) -> str:
    return place.word.tag if place.word.tag in {"VBD", "VBN", "VBG"} and not place.is_base else ""


def _after_plural_or_pointer(place: _Place) -> str:
    word, before = place.word, place.before
    if word.tag in {"NN", "VB", "JJ"} and _plural_and_verb(place.sentence, word):
        return "VBP"
    points = before is not None and before.lower in {"this", "that", "each", "a"}
    if word.tag == "NNS" and points and before is not None and "VERB" in place.known:
        before.tag = "PRP"
        return "VBZ"
    return ""


def _at_the_beginning(place: _Place) -> str:
    word, after = place.word, place.after
    if place.before is not None:
        return ""
    if place.is_base and after is not None and after.tag in {"DT", "PRP$"} and word.tag != "NN":
        return "VB"
    return _at_beginning(place.sentence, word, place.noun) if word.tag in _BARE and place.noun else word.tag


def _after_auxiliary(place: _Place) -> str:
    word, before, after = place.word, place.before, place.after
    assert before is not None
    if before.tag in {"BE", "HAVE"} and word.tag in {"VB", "VBP", "VBD"} and place.is_base:
        return "VBN" if word.lower in words("verbs", "base_as_participle") else place.noun or word.tag
    people = after is not None and (after.tag in {"DT", "PRP$", "CD"} or (after.tag == "JJ" and after.is_capitalized))
    if before.tag == "BE" and word.tag == "NN" and word.lower.endswith("ing") and people:
        return "VBG"  # "are training Malian soldiers"
    if not place.is_base:
        return ""
    if before.tag == "TO" and not (word.tag == "NN" and _is_goal(place.sentence, before)):
        return "VB"
    return "VB" if before.tag in {"MD", "DO"} else ""


def _after_pronoun(place: _Place) -> str:
    word, before = place.word, place.before
    assert before is not None
    if before.tag != "PRP" or before.lower in words("closed", "pronoun_object") or word.tag in {"JJ", "RB"}:
        return ""
    if not place.is_base:
        return "VBZ"
    return "VBP" if before.lower in words("closed", "plural") else word.tag


def _in_noun_phrase(place: _Place) -> str:
    assert place.before is not None
    inside = place.before.tag in {"DT", "PRP$", "POS", "JJ", "CD", "IN"} and place.word.tag in _BARE
    return place.noun if inside else ""


_BARE = frozenset({"VB", "VBP", "VBZ"})
_RULES = (
    _continues_infinitive, _noun_or_adjective, _participle_like, _mostly_verb, _inflected,
    _after_plural_or_pointer, _at_the_beginning, _after_auxiliary, _after_pronoun, _in_noun_phrase,
)  # fmt: skip
"""The first that gives a tag decides; those behind the beginning have a word before them."""


def _describes_noun(before: Word | None, after: Word | None) -> bool:
    """ "enjoy close cooperation", "have close military ties": before a noun, no subject before."""
    if before is None or after is None or not (after.is_noun or after.tag == "JJ"):
        return False
    return before.tag in FINITE | {"IN", "JJ", "PRP$", "DT", "VB", "VBG", "VBN", "HAVE", "CC", "RB"} or (
        before.tag == "BE" and after.tag != "JJ"
    )


def _acts(before: Word | None, after: Word | None) -> bool:
    """ "Rutte travelled to Bosnia": what may be an adjective stands between a name and what it acts on."""
    return before is not None and before.tag in {"NNP", "PRP"} and after is not None and after.tag in {"IN", "TO", "DT"}


def _ends_phrase(after: Word | None) -> bool:
    """Whether no noun can follow before what stands here."""
    return after is None or after.tag in {"PUNCT", "IN", "TO", "CC", "WDT", "SC"} | FINITE | AUXILIARY


def _plural_and_verb(sentence: Sequence[Word], word: Word) -> bool:
    """ "the countries rest on", "instructors train troops": a verb in its bare form after a plural."""
    before, after = word_before(sentence, word), sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    if before is None or after is None or before.tag != "NNS" or before.lower in words("nouns", "plural_before_noun"):
        return False
    if word.lower not in lemmas_by_pos(word.lower).get("VERB", ()):
        return False
    if after.tag in {"IN", "DT", "PRP$", "NNP", "CD", "TO", "PRP", "RP"}:
        return True
    apart = word.tag == "VB" or sentence[word.index - 1].tag == "RB" or after.is_capitalized
    return after.tag in {"JJ", "NNS"} and apart


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
        floats = lower in {"each", "both", "all"} and before is not None and before.tag in {"HAVE", "BE", "MD"}
        if floats and after is not None and after.tag in {"VBN", "VBD", "VB", "VBG"}:
            return "RB"  # "have each pledged troops"
        if is_one_of(lower, "pronominal") and (
            after is None or after.tag in {"PUNCT", "IN", "BE", "HAVE", "MD", "CC"} | FINITE
        ):
            return "PRP"
        return "DT"
    if after is None or (after.text in {",", ".", ";", ")"} and lower not in words("closed", "adverb")):
        return "RB"
    if lower == "as" and after.lower in {"many", "much", "few"}:
        return "RB"  # "600 marines and as many soldiers"
    if lower == "like" and before is not None and before.tag in {"MD", "TO"}:
        return "VB"
    if lower in {"if", "because", "although", "though", "unless", "whereas", "whether", "while", "once", "so", "lest"}:
        if lower == "once" and (not _verb_follows(sentence, word) or (before and before.tag in AFTER_SUBJECT)):
            return "RB"  # "which once spoke"
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
    first = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    if first is not None and first.tag == "CD" and len(first.text) == YEAR_DIGITS and first.text.isdigit():
        return False  # "Since 2022 Poland has supplied …"
    seen_noun = False
    for later in sentence[word.index + 1 : word.index + LONGEST_SUBJECT]:
        inside = later.lower in {"of", "from"} or (later.tag == "CC" and sentence[later.index - 1].is_noun)
        if seen_noun and inside:
            continue
        if later.tag == "PUNCT" or later.tag in {"CC", "IN", "TO"}:
            return False
        if later.tag in FINITE or later.tag in AUXILIARY:
            before = sentence[later.index - 1]
            alone = before.tag == "NNS" and later.tag == "VBZ"  # "issued after the talks says"
            return seen_noun and not alone
        seen_noun = seen_noun or later.is_noun or later.tag in {"PRP", "EX"}
        if later.tag == "VBN" and seen_noun and can_be_past(later) and not later.lower.endswith("ing"):
            return True
    return False


def _is_goal(sentence: Sequence[Word], to: Word) -> bool:
    """ "back to work", "sent to school": a noun that stands bare after "to"."""
    after = sentence[to.index + 2] if to.index + 2 < len(sentence) else None
    return after is None or after.tag == "PUNCT" or (after.lower in {"and", "of", "or", "between", "with"} and False)


def _at_beginning(sentence: Sequence[Word], word: Word, noun: str) -> str:
    """ "Talks opened …", "Plans call for …": a word that opens a sentence is a noun, unless an object follows."""
    after = sentence[word.index + 1] if word.index + 1 < len(sentence) else None
    return "VB" if after is not None and after.tag in {"DT", "PRP$", "PRP"} and after.lower != "that" else noun

"""Names of persons in English, by capitals, titles and the words around them."""

from collections.abc import Sequence

from loaders.en.morphology import lemmas_by_pos, likeliest, names_of_states
from loaders.en.word import Word
from loaders.en.words import words

PARTICLES = frozenset(
    {"al", "bin", "ibn", "van", "von", "de", "der", "di", "da", "del", "el", "ben", "bint", "abu", "-"}
)
JOINED_PARTICLES = frozenset({"al", "el", "an", "as", "ar", "ash", "at", "ad", "az", "bin", "ben", "ibn", "ul", "ur"})
LONGEST_NAME = 7
DASHES = frozenset({"—", "–", "-"})
SHORT_MONTH = 3
REACH = 14
"""Words between a title and the name that stands after its comma."""
SPEECH = frozenset(
    {
        "say",
        "tell",
        "add",
        "note",
        "stress",
        "state",
        "announce",
        "explain",
        "reply",
        "retort",
        "confirm",
        "deny",
        "emphasize",
        "emphasise",
        "underline",
        "underscore",
        "reiterate",
        "recall",
        "remark",
        "warn",
    }
)


def persons(sentence: Sequence[Word]) -> list[tuple[int, int]]:
    """The names of persons in a tagged sentence: first word, and the word after the last."""
    found: dict[int, int] = {}
    at = 0
    while at < len(sentence):
        end = _name_end(sentence, at)
        if end > at and _is_person(sentence, at, end, found):
            found[at] = end
            at = end
            continue
        at += 1
    return sorted(found.items())


def _name_end(sentence: Sequence[Word], at: int) -> int:
    """The end of the run of proper names that begins here, or `at`."""
    if not _is_part(sentence[at]) and not _is_given_name(sentence, at):
        return at
    end = at + 1
    while end < len(sentence) and end - at < LONGEST_NAME:
        word = sentence[end]
        initial = word.text == "." and len(sentence[end - 1].text) == 1
        joins = word.lower in PARTICLES and end + 1 < len(sentence) and _is_part(sentence[end + 1])
        inner = word.lower in words("names", "given_name_like_title") and word.is_capitalized
        joins = joins or _is_joined_particle(word)
        joins = joins or (inner and end + 1 < len(sentence) and _is_part(sentence[end + 1]))  # "Hassan Sheikh Mohamud"
        month = end == at + 1 and word.tag == "NNP" and word.lower == "may" and _is_surname(sentence, at, end)
        if not (_is_part(word) or initial or joins or month):
            break
        end += 1
    return end


def _is_surname(sentence: Sequence[Word], at: int, index: int) -> bool:
    """ "Theresa May of …": the name of a month behind a title and a given name, no number after it."""
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    titled = at > 0 and is_title(sentence[at - 1])
    return titled and not is_common(sentence[at]) and (after is None or after.tag != "CD")


def _is_joined_particle(word: Word) -> bool:
    """ "el-Sisi", "al-Ruwaili": a surname that its particle is written together with."""
    particle, sign, name = word.text.partition("-")
    return bool(sign) and particle.lower() in JOINED_PARTICLES and name[:1].isupper()


def _is_given_name(sentence: Sequence[Word], at: int) -> bool:
    """ "General Sultan Kamaletdinov": a given name that is a title elsewhere, between a title and a surname."""
    if sentence[at].lower not in words("names", "given_name_like_title") or not 0 < at < len(sentence) - 1:
        return False
    return sentence[at - 1].lower in words("closed", "rank") and _is_part(sentence[at + 1])


def _is_part(word: Word) -> bool:
    """Whether a word can be part of a person's name: a proper noun that is no title, month, or common noun."""
    if word.tag != "NNP" or not word.text[0].isalpha() or any(c.isdigit() for c in word.text):
        return False
    lower = word.lower
    if lower in words("closed", "title_before_name") or lower in words("names", "weekday"):
        return False
    if lower in words("names", "month") and (len(lower) > SHORT_MONTH or lower == "may"):
        return False  # but Dong Jun
    if (word.text.isupper() and len(word.text) > 1) or lower in names_of_states():
        return False
    return lower not in words("names", "no_person") and lower not in words("names", "institution_noun") | words(
        "names", "place_noun"
    )


def _is_person(sentence: Sequence[Word], at: int, end: int, found: dict[int, int]) -> bool:
    before = sentence[at - 1] if at else None
    after = sentence[end] if end < len(sentence) else None
    length = sum(w.text[0].isalpha() for w in sentence[at:end])
    joined = before is not None and (before.tag == "CC" or before.text == ",")
    if joined and length > 1 and after is not None and after.lower == "of" and _follows_person(sentence, at, found):
        return True  # "Theresa May of the United Kingdom and Mateusz Morawiecki of Poland"
    rare = [w for w in sentence[at:end] if not is_common(w)]
    if after is not None and after.tag == "NNP" and after.lower in words("names", "no_person"):
        return False  # "King Faisal Air Base"
    begin = at
    while begin and sentence[begin - 1].tag == "NNP" and sentence[begin - 1].lower not in words("names", "event_noun"):
        begin -= 1
    if begin and sentence[begin - 1].lower in words("names", "event_noun"):
        return False  # "exercise Fajar Al Sharq"
    if before is not None and before.lower in words("closed", "title_before_name"):
        return bool(rare) or length > 1
    if rare and (length > 1 or _after_portfolio(sentence, at)) and _in_title(sentence, at):
        return True
    if (
        before is not None
        and before.text == "."
        and at > 1
        and sentence[at - 2].lower in words("closed", "title_before_name")
    ):
        return True
    if not rare or length > LONGEST_NAME:
        return False
    if length >= 2 and before is not None and before.text in DASHES and _title_before(sentence, at):
        return True  # "the ministers of Russia and Iran - Sergei Lavrov and …"
    if before is not None and before.lower in words("names", "locative"):
        return False  # "in Cam Ranh, Admiral Kumar …"
    if length >= 2 and before is not None and before.text == "," and _title_before(sentence, at) and _closes(after):
        return True
    if length >= 2 and after is not None and after.text in {",", "("} and _title_after(sentence, end):
        return True
    if length >= 2 and (_says(after) or (before is not None and _says(before))):
        return True
    if length >= 2 and len(rare) == length and (_acts_as_person(sentence, end) or _is_met(sentence, at)):
        return True
    return length >= 2 and joined and any(found_end == at - 1 for found_end in found.values()) and len(rare) == length


def _is_met(sentence: Sequence[Word], at: int) -> bool:
    """ "Met Germany's Boris Pistorius", "spoke with Germany's …": whom one meets, behind a state."""
    begin = at - 1
    if begin < 1 or sentence[begin].tag != "POS":
        return False
    while begin and sentence[begin - 1].tag == "NNP":
        begin -= 1
    if not begin or " ".join(w.lower for w in sentence[begin : at - 1]) not in names_of_states():
        return False
    near = sentence[max(0, begin - REACH) : begin]
    verbs = {lemma for w in near for lemma in lemmas_by_pos(w.lower).get("VERB", ())}
    return bool(verbs & words("verbs", "of_person")) and (
        near[-1].lower == "with"
        or bool(set(lemmas_by_pos(near[-1].lower).get("VERB", ())) & words("verbs", "of_person"))
    )


def _follows_person(sentence: Sequence[Word], at: int, found: dict[int, int]) -> bool:
    """Whether between the sign before a name and a person before it stands nothing but "of" and a name."""
    end = max(found.values(), default=-1)
    between = sentence[end : at - 1] if end >= 0 else []
    return len(between) > 1 and between[0].lower == "of" and all(w.tag in {"NNP", "DT", "IN"} for w in between)


def _in_title(sentence: Sequence[Word], at: int) -> bool:
    """ "Secretary of Defense Lloyd Austin", "Minister of Defence of Serbia Bratislav Gašić", "Ministers Rajnath Singh
    and …": a title just before."""
    for word in reversed(sentence[max(0, at - REACH) : at]):
        if is_title(word):
            return word.index < at - 1 or word.lower not in words("closed", "title_before_name")
        allowed = word.lower in {"of", "for", "the", "and", "&", "staff"} or (
            word.tag in {"NNP", "NN", "JJ"} and word.is_capitalized
        )
        if not allowed:
            return False
    return False


def _after_portfolio(sentence: Sequence[Word], at: int) -> bool:
    """ "Secretary of Defense Austin": a surname alone after a title and what it is of."""
    portfolio = (
        at > 2 and sentence[at - 1].lower in words("names", "portfolio") and sentence[at - 2].lower in {"of", "for"}
    )
    return portfolio and is_title(sentence[at - 3]) and sentence[at - 3].is_capitalized


def is_title(word: Word) -> bool:
    """Whether a word is a title that stands before names."""
    titles = words("closed", "title_before_name")
    return word.lower in titles or any(lemma in titles for lemma in word.lemmas)


def is_common(word: Word) -> bool:
    """Whether a word of a name is a common word too."""
    tag = likeliest(word.lower)
    return bool(tag) and not tag.startswith("NNP") and bool(lemmas_by_pos(word.lower))


def _title_before(sentence: Sequence[Word], at: int) -> bool:
    """ "the US ambassador, …": a title within the phrase before the comma."""
    for word in reversed(sentence[max(0, at - 1 - REACH) : at - 1]):
        if is_title(word) or (word.tag == "JJ" and word.is_capitalized and word.index == at - 2):
            return True
        if word.tag in {"PUNCT", "VBD", "VBZ", "VBP", "WDT", "SC"}:
            return False
    return False


def _title_after(sentence: Sequence[Word], end: int) -> bool:
    """ "…, spokesman for the ministry": a title directly after the comma, what modifies it before it."""
    for word in sentence[end + 1 : end + 1 + REACH]:
        if word.lower in words("closed", "title_before_name"):
            return True
        if word.tag not in {"DT", "PRP$", "JJ", "NN", "NNP", "POS", "CD"}:
            return False
    return False


def _closes(after: Word | None) -> bool:
    return after is None or after.text in {",", ".", ")", ";"} or after.tag in {"VBD", "VBZ", "CC", "BE", "HAVE"}


def _acts_as_person(sentence: Sequence[Word], end: int) -> bool:
    """ "Ruslan Zhaksylykov was appointed", "Yaşar Güler visited": a verb whose subject is a person follows."""
    for word in sentence[end : end + 4]:
        if word.tag in {"VBD", "VBN", "VBZ", "VB"}:
            verb = lemmas_by_pos(word.lower).get("VERB", ())
            return any(lemma in words("verbs", "of_person") for lemma in verb)
        if word.tag not in {"BE", "HAVE", "MD", "RB"}:
            return False
    return False


def _says(word: Word | None) -> bool:
    return (
        word is not None
        and word.tag in {"VBD", "VBZ"}
        and any(lemma in SPEECH for lemma in lemmas_by_pos(word.lower).get("VERB", ()))
    )

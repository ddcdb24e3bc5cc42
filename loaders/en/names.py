"""Names of persons, places and organizations in English, by capitals, titles and the words around them.

What the gazetteer knows is found there first; here are the names that it does not hold.
"""

from collections.abc import Iterator, Sequence

from loaders.en.morphology import lemmas_by_pos, likeliest, names_of_states
from loaders.en.word import Word
from loaders.en.words import OPENING, words

PARTICLES = frozenset(
    {"al", "bin", "ibn", "van", "von", "de", "der", "di", "da", "del", "el", "ben", "bint", "abu", "-"}
)
LONGEST_NAME = 7
LONGEST_COMPANY = 3
LONGEST_DEAL = 4
"""Words between "contract" and the name of the company it is with."""
DASHES = frozenset({"—", "–", "-"})
DATELINE = frozenset({",", "(", "—", "–", "-"})
"""What follows the place in capitals that opens a dispatch."""
SHORT_MONTH = 3
REACH = 14
"""Words between a title and the name that stands after its comma."""
SPEECH = frozenset(
    {"say", "tell", "add", "note", "stress", "state", "announce", "explain", "reply", "retort", "confirm", "deny"}
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
        if not (_is_part(word) or initial or joins):
            break
        end += 1
    return end


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
    rare = [w for w in sentence[at:end] if not _is_common(w)]
    if after is not None and after.tag == "NNP" and after.lower in words("names", "no_person"):
        return False  # "King Faisal Air Base"
    if before is not None and before.lower in words("closed", "title_before_name"):
        return bool(rare) or length > 1
    if length > 1 and rare and _in_title(sentence, at):
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
    if length >= 2 and before is not None and before.text == "," and _title_before(sentence, at) and _closes(after):
        return True
    if length >= 2 and after is not None and after.text in {",", "("} and _title_after(sentence, end):
        return True
    if length >= 2 and (_says(after) or (before is not None and _says(before))):
        return True
    if length >= 2 and len(rare) == length and _acts_as_person(sentence, end):
        return True
    joined = before is not None and (before.tag == "CC" or before.text == ",")
    return length >= 2 and joined and any(found_end == at - 1 for found_end in found.values()) and len(rare) == length


def _in_title(sentence: Sequence[Word], at: int) -> bool:
    """ "Secretary of Defense Lloyd Austin", "Minister of Defence of Serbia Bratislav Gašić": a title just before."""
    for word in reversed(sentence[max(0, at - REACH) : at]):
        if _is_title(word):
            return word.index < at - 1
        allowed = word.lower in {"of", "for", "the", "and", "&"} or (
            word.tag in {"NNP", "NN", "JJ"} and word.is_capitalized
        )
        if not allowed:
            return False
    return False


def _is_title(word: Word) -> bool:
    titles = words("closed", "title_before_name")
    return word.lower in titles or any(lemma in titles for lemma in word.lemmas)


def _is_common(word: Word) -> bool:
    """Whether a word of a name is a common word too."""
    tag = likeliest(word.lower)
    return bool(tag) and not tag.startswith("NNP") and bool(lemmas_by_pos(word.lower))


def _title_before(sentence: Sequence[Word], at: int) -> bool:
    """ "the US ambassador, …": a title within the phrase before the comma."""
    for word in reversed(sentence[max(0, at - 1 - REACH) : at - 1]):
        if _is_title(word) or (word.tag == "JJ" and word.is_capitalized and word.index == at - 2):
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


def other_names(sentence: Sequence[Word], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """The other proper names of a parsed sentence: first word, the word after the last, and `LOC` or `ORG`."""
    of_persons = {index for first, last in taken for index in range(first, last)}
    at = 0
    while at < len(sentence):
        end = at
        while end < len(sentence) and end not in of_persons and _is_name(sentence[end]):
            end += 1
        if end > at:
            first = _company_begin(sentence, at, end)
            sort = "COMPANY" if first >= 0 else _sort(sentence, at, end)
            if sort:
                yield max(first, 0) if sort == "COMPANY" else at, end, sort
        at = max(end, at + 1)


def _company_begin(sentence: Sequence[Word], at: int, end: int) -> int:
    """Where a company's name begins that a state's name opens: "Korea Aerospace Industries"; -1 for other names."""
    if sentence[end - 1].lower not in words("names", "company_form") or sentence[end - 1].index == 0:
        return -1
    before = sentence[at - 1] if at else None
    if before is not None and before.tag == "JJ" and before.is_capitalized and end - at > 1:
        return at - 1
    return at if end - at > 2 and sentence[at].lower in names_of_states() else -1


def event_names(sentence: Sequence[Word], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What may be the name of an event: capitals, with the year that follows them."""
    of_persons = {index for first, last in taken for index in range(first, last)}
    at = 0
    while at < len(sentence):
        end = at
        while (
            end < len(sentence)
            and end not in of_persons
            and (_is_capital(sentence, end) or _is_inside(sentence, end, at))
        ):
            end += 1
        while end > at and sentence[end - 1].lower in {"of", "the", "and"}:
            end -= 1
        if end > at + 1 and sentence[at].lower in words("names", "event_noun"):
            at += 1  # "Exercise Alon"
        ordinary = end == at + 1 and (sentence[at].tag == "JJ" or (_opens(sentence, at) and _is_common(sentence[at])))
        if end > at and not ordinary:
            last = end
            if end < len(sentence) and _is_edition(sentence, end):
                last = end + 1
            yield at, last
        at = max(end, at + 1)


def _is_edition(sentence: Sequence[Word], at: int) -> bool:
    """Whether a number belongs to the name before it: "BALTOPS 24", "Noble Partner 2022", "Tabuk 5 began"."""
    number = sentence[at]
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    if number.tag != "CD" or not number.text.isdigit():
        return False
    return len(number.text) in {2, 4} or (len(number.text) == 1 and (after is None or not after.is_noun))


def _opens(sentence: Sequence[Word], at: int) -> bool:
    """Whether a word would have a capital anyway: the first of a sentence or of what follows a dash."""
    return at == 0 or sentence[at - 1].text in OPENING


def _is_inside(sentence: Sequence[Word], index: int, begin: int) -> bool:
    """ "Shield of Peace": a small word between two capitalised ones."""
    if index == begin or sentence[index].lower not in words("names", "name_particle") or index + 1 >= len(sentence):
        return False
    return sentence[index + 1].is_capitalized and sentence[index + 1].lower not in names_of_states()


def _is_capital(sentence: Sequence[Word], index: int) -> bool:
    """Whether a word is part of a name in capitals; small words may stand within it."""
    word = sentence[index]
    if not word.text[0].isalpha():
        return False
    if word.lower in words("names", "month") | words("names", "weekday"):
        return False
    if index == 0:
        return word.tag in {"NNP", "NN", "JJ", "NNS"} and len(sentence) > 1
    return word.is_capitalized and word.tag in {"NNP", "JJ", "NN", "NNS", "VBG", "VBN"}


def _is_name(word: Word) -> bool:
    if word.tag != "NNP" or not word.is_capitalized or word.text[0].isdigit():
        return False
    return word.lower not in words("names", "month") | words("names", "weekday") | words("closed", "title_before_name")


def _is_company(sentence: Sequence[Word], at: int, end: int) -> bool:
    """Whether the words around a name of several words speak of a company and not of a person."""
    before = sentence[at - 1] if at else None
    if any(w.text.isupper() and len(w.text) > 1 for w in sentence[at:end]):
        return True
    if before is not None and before.lower in {"with", "from", "by"}:
        dealt = any(w.lower in words("names", "dealing") for w in sentence[max(0, at - LONGEST_DEAL) : at])
        return dealt or not any(_is_title(w) for w in sentence[max(0, at - REACH) : at])
    for word in sentence[end : end + 3]:
        verb = lemmas_by_pos(word.lower).get("VERB", ())
        if any(lemma in words("verbs", "of_company") for lemma in verb):
            return True
    return False


def _is_abbreviation(sentence: Sequence[Word], at: int, end: int) -> bool:
    """ "the Multinational Joint Task Force (MNJTF)": what stands in brackets is what stands before them."""
    if not 0 < at < end < len(sentence) or end - at > 1:
        return False
    return sentence[at - 1].text == "(" and sentence[end].text == ")" and sentence[at].text.isupper()


def _is_part_of_country(inside: Sequence[Word]) -> bool:
    """ "East Java": a name after a point of the compass."""
    last = inside[-1].lower
    return len(inside) > 1 and inside[0].lower in words("names", "compass") and last not in words("names", "no_person")


def _is_ordinary(inside: Sequence[Word]) -> bool:
    """Whether all words of a name are common ones that name bodies too: "National Defense"."""
    ends = inside[-1].lower in words("names", "company_form")
    plain = words("names", "no_person")
    return not ends and all((w.lower in plain or _is_common(w)) and not w.text.isupper() for w in inside)


def _is_bought(sentence: Sequence[Word], at: int) -> bool:
    """ "bought 18 Akinci drones from Baykar": from whom something is bought is a company, if it is no known place."""
    for word in reversed(sentence[max(0, at - REACH) : at]):
        if word.pos == "VERB" or word.tag in {"VBD", "VBN", "VBZ", "VBP", "VB", "VBG"}:
            verb = lemmas_by_pos(word.lower).get("VERB", ())
            return any(lemma in words("verbs", "of_buying") for lemma in verb)
    return False


def _sort(sentence: Sequence[Word], at: int, end: int) -> str:
    """Of which sort a name is, or `""` where nothing tells."""
    inside = sentence[at:end]
    before = next((w for w in reversed(sentence[:at]) if w.tag not in {"DT", "CC", "PUNCT", "JJ"}), None)
    direct = sentence[at - 1] if at else None
    after = sentence[end] if end < len(sentence) else None
    if at == 0 and after is not None and after.text in DATELINE and all(w.text.isupper() for w in inside):
        return "LOC"
    if _is_abbreviation(sentence, at, end) or inside[0].lower in words("names", "ship_prefix"):
        return ""
    if any(w.lower in words("names", "institution_noun") for w in inside[1:]):
        return "ORG"
    if any(w.lower in words("names", "company_noun") for w in inside[1:]) and not _is_ordinary(inside):
        return "ORG"
    if before is not None and before.lower == "in" and _is_part_of_country(inside):
        return "LOC"
    if any(w.lower in words("names", "no_person") for w in inside) or any(c.isdigit() for w in inside for c in w.text):
        return ""
    if inside[-1].lower in words("names", "place_noun"):
        return "LOC" if len(inside) > 1 else ""
    if after is not None and after.lower in words("names", "place_noun") and after.tag in {"NN", "NNS"}:
        return "LOC"
    if direct is not None and direct.lower in words("names", "company_noun"):
        return "ORG"
    if before is not None and before.lower == "from" and before.index == at - 1 and _is_bought(sentence, at):
        return "ORG"
    cited = before is not None and before.index > 0 and sentence[before.index - 1].lower == "according"
    if before is not None and before.lower in words("names", "locative") and before.index >= at - 2 and not cited:
        return "LOC" if not all(w.text.isupper() for w in inside) else ""
    if (
        before is not None
        and before.lower == "of"
        and before.index
        and sentence[before.index - 1].lower in words("names", "place_noun")
    ):
        return "LOC"
    rare = len(inside) <= LONGEST_COMPANY and not any(_is_common(w) for w in inside)
    if rare and (after is None or not after.is_noun) and _is_company(sentence, at, end):
        return "ORG"
    return ""

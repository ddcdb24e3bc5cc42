"""Names of places and organizations in English, by capitals and the words around them.

What the gazetteer knows is found there first; here are the names that it does not hold.
"""

from collections.abc import Iterator, Sequence

from loaders.en.morphology import lemmas_by_pos, names_of_states
from loaders.en.person_names import REACH, is_common, is_title
from loaders.en.word import Word
from loaders.en.words import words

LONGEST_COMPANY = 3
SHORTEST_ACRONYM = 2
LONGEST_DEAL = 4
"""Words between "contract" and the name of the company it is with."""
DATELINE = frozenset({",", "(", "—", "–", "-"})
"""What follows the place in capitals that opens a dispatch."""


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
    known = words("names", "arms_company")
    own = " ".join(w.lower for w in sentence[at:end])
    if at and sentence[at - 1].tag == "JJ" and f"{sentence[at - 1].lower} {own}" in known:
        return at - 1  # "Turkish Aerospace"
    if own in known and end - at > 1 and sentence[at].lower in names_of_states():
        return at
    if end - at == 2 and _is_acronym(sentence[at]) and sentence[end - 1].lower in names_of_states():
        return at  # "MBDA UK"
    if sentence[end - 1].lower not in words("names", "company_form") or sentence[end - 1].index == 0:
        return -1
    before = sentence[at - 1] if at else None
    if before is not None and before.tag == "JJ" and before.is_capitalized and end - at > 1:
        return at - 1
    return at if end - at > 2 and sentence[at].lower in names_of_states() else -1


def _is_acronym(word: Word) -> bool:
    return word.text.isupper() and len(word.text) > SHORTEST_ACRONYM and word.lower not in names_of_states()


def _is_name(word: Word) -> bool:
    if word.tag != "NNP" or not word.is_capitalized or word.text[0].isdigit():
        return False
    return word.lower not in words("names", "month") | words("names", "weekday") | words("closed", "title_before_name")


def _is_company(sentence: Sequence[Word], at: int, end: int) -> bool:
    """Whether the words around a name of several words speak of a company and not of a person."""
    before = _before_owner(sentence, at)
    if any(w.text.isupper() and len(w.text) > 1 for w in sentence[at:end]):
        return True
    if before is not None and before.lower in {"with", "from", "by"}:
        dealt = any(w.lower in words("names", "dealing") for w in sentence[max(0, at - LONGEST_DEAL) : at])
        met = at and sentence[at - 1].tag == "POS" and before.lower == "with"  # "spoke with Germany's Boris Pistorius"
        titled = any(is_title(w) for w in sentence[max(0, at - REACH) : at])
        return dealt or not (met or titled)
    for word in sentence[end : end + 3]:
        verb = lemmas_by_pos(word.lower).get("VERB", ())
        if any(lemma in words("verbs", "of_company") for lemma in verb):
            return True
    return False


def _before_owner(sentence: Sequence[Word], at: int) -> Word | None:
    """The word before a name; before "South Korea's" too, where that says whose company it is."""
    begin = at
    if at and sentence[at - 1].tag == "POS":
        begin = at - 1
        while begin and sentence[begin - 1].tag == "NNP":
            begin -= 1
        owner = " ".join(w.lower for w in sentence[begin : at - 1])
        begin = begin if owner in names_of_states() else at
    return sentence[begin - 1] if begin else None


def _is_abbreviation(sentence: Sequence[Word], at: int, end: int) -> bool:
    """ "the Multinational Joint Task Force (MNJTF)": what stands in brackets is what stands before them."""
    if not 0 < at < end < len(sentence) or end - at > 1:
        return False
    return sentence[at - 1].text == "(" and sentence[end].text == ")" and sentence[at].text.isupper()


def _is_part_of_country(inside: Sequence[Word]) -> bool:
    """ "East Java": a name after a point of the compass."""
    last = inside[-1].lower
    return len(inside) > 1 and inside[0].lower in words("names", "compass") and last not in words("names", "no_person")


def _is_station(inside: Sequence[Word]) -> bool:
    """ "Air Force Station Jodhpur", "Naval Air Station Key West": a base with its town behind the noun."""
    nouns = [n for n, w in enumerate(inside[:-1]) if n and w.lower in words("names", "base_noun")]
    return bool(nouns) and not is_common(inside[nouns[0] + 1])


def _is_ordinary(inside: Sequence[Word]) -> bool:
    """Whether all words of a name are common ones that name bodies too: "National Defense"."""
    ends = inside[-1].lower in words("names", "company_form")
    plain = words("names", "no_person")
    return not ends and all((w.lower in plain or is_common(w)) and not w.text.isupper() for w in inside)


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
    if " ".join(w.lower for w in inside) in words("names", "arms_company"):
        return "ORG"
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
    if direct is not None and direct.lower in words("names", "locative") and _is_station(inside):
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
    rare = len(inside) <= LONGEST_COMPANY and not any(is_common(w) for w in inside)
    if rare and (after is None or not after.is_noun) and _is_company(sentence, at, end):
        return "ORG"
    return ""

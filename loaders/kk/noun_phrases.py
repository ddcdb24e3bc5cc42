"""What may be an attribute of a noun in Kazakh, and which nouns stand side by side.

A noun with a possessive ending calls for an owner: one in the genitive, and one without an ending directly before it
(izafet: «Қорғаныс министрлігі», «Қазақстан Қарулы күштері»).
"""

from collections.abc import Sequence
from functools import cache

from loaders.kk.phrases import Phrase
from loaders.kk.tagging import Word
from loaders.kk.vocabulary import Vocabulary, word_lists
from loaders.reading.text import fold

ATTRIBUTIVE = ("ғы", "гі", "қы", "кі")
CALLED = frozenset({"атты", "атауымен"})
"""After a name in quotation marks, before the noun that is called so: «„Кен көзі“ атты жаттығу»."""
LIKE = 5
"""How many words on the like of a noun is looked for."""
FIELDS = frozenset({"саласында", "саласындағы", "бойынша"})
"""After a noun that says in what one acts."""
TOPIC = frozenset({"туралы", "жайлы", "хақында", "қарсы"})


def modifies(below: Phrase, phrase: Phrase, words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Whether a phrase is an attribute of the noun after it."""
    noun, word = words[phrase.head], words[below.head]
    if noun.person:
        return False
    if phrase.complete and below.kind != "part" and below.case != "Gen":
        return False
    if below.kind in {"adj", "num"}:
        return noun.pos != "PRON"
    if below.kind == "part":
        # «қол қойылған Қазақстан мен Кения арасындағы меморандум»: a name of its own is seldom told apart by a clause.
        if (noun.pos == "PROPN" and not noun.name) or _is_before_its_noun(phrase, words):
            return False
        held = word.lemma in _occurring() and (noun.lemma in vocabulary.actors or _is_people(noun, vocabulary))
        return not held  # «Бейжіңде өткен ШЫҰ елдері министрлерінің жиыны»
    if below.kind != "np":
        return False
    if below.adposition >= 0:
        adposition = words[below.adposition].lower
        if noun.lemma in vocabulary.time and phrase.first < phrase.head:
            return False
        if adposition.endswith(ATTRIBUTIVE):
            return True
        if adposition in vocabulary.like:
            return noun.pos == "NOUN" and noun.feats.get("Number") == "Plur"
        return (
            adposition in TOPIC
            and word.pos != "PRON"
            and noun.pos == "NOUN"
            and noun.form != "Vnoun"
            and not _is_people(noun, vocabulary)
        )
    last = words[below.last]
    if last.feats.get("Attr") == "Yes":
        return True
    if below.case == "Dat":
        return noun.lemma in vocabulary.beside and phrase.first == phrase.head  # «ШЫҰ-ға мүше»
    if below.case == "Gen":
        return bool(noun.feats.get("Poss")) or (word.pos == "PRON" and noun.pos == "NOUN")  # «біздің сарбаздар»
    if below.case != "Nom" or below.titled or last.person or "PRON" in {word.pos, noun.pos}:
        return False
    return _izafet(below, phrase, words, vocabulary)


def _izafet(below: Phrase, phrase: Phrase, words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Whether a noun without an ending owns or names the next one."""
    noun, last = words[phrase.head], words[below.last]
    if below.pair:
        return noun.feats.get("Poss") == "3"
    if last.name and words[phrase.first].lower in CALLED and not noun.name:
        return True
    if noun.lemma in vocabulary.time and (last.pos == "PROPN" or last.name or phrase.first < phrase.head):
        return False
    if noun.lemma in vocabulary.equipment and _is_make(last):
        return True
    if last.name and noun.lemma in _geographic() and phrase.filled:
        return False  # «„Рубеж“ Орталық Азия өңірінің күштерімен жаттығу»
    if last.name and (noun.feats.get("Poss") != "3" or (noun.case in {"Gen", "Ins"} and noun.lemma in _forces())):
        return False  # «Анадолы қыраны» әуе күштерінің жаттығуы
    if last.name:
        owned = words[phrase.first].case == "Gen"  # «Танк биатлоны» Ресейдің Алабино полигонында өтті
        return not phrase.filled or (noun.name is False and not owned and _is_capital(words, phrase))
    if noun.name:
        return False
    if phrase.modified and not last.name:
        return False
    if last.lemma in vocabulary.measure and below.first < below.head:
        return phrase.first == phrase.head
    if noun.feats.get("Poss") != "3":
        beside = last.lemma in vocabulary.beside and noun.lemma in vocabulary.actors  # «ұйымға мүше елдер»
        return (
            last.pos == "NOUN"
            and (beside or last.lemma in _adjectival())
            and not last.feats.get("Poss")
            and phrase.first == phrase.head
        )
    if last.lemma in vocabulary.time:
        return False
    following = words[phrase.head + 1].lower if phrase.head + 1 < len(words) else ""
    actor = last.pos == "PROPN" or last.lemma in vocabulary.actors
    if actor and phrase.filled is False and words[phrase.first].pos == "ADJ" and following in FIELDS:
        return False  # «екі ел әуе қорғанысы саласында ынтымақтасады»
    if _is_people(last, vocabulary):
        if noun.lemma in vocabulary.posts and not last.person and phrase.first == phrase.head:
            return True  # «министр лауазымына тағайындалды»
        return last.feats.get("Number") == "Plur" and phrase.first == phrase.head
    if noun.lemma in vocabulary.beside:
        return last.text.isupper() and noun.feats.get("Poss") == "3"  # «НАТО мүшесі»
    if _is_foreign(last) and words[phrase.first].lower in vocabulary.of_states:
        return False  # «BrahMos Aerospace филиппиндік флотқа … жеткізді»
    if last.feats.get("Number") == "Plur" and last.pos == "NOUN" and noun.lemma in _geographic():
        return False  # «жаттығулар Лусон мен Палаван аралдарында өтуде»
    if last.feats.get("Number") == "Plur" and last.pos == "NOUN" and not last.feats.get("Poss"):
        return (_is_capital(words, phrase) and phrase.filled) or (phrase.first == phrase.head and not phrase.filled)
    if phrase.filled:
        if last.lemma in vocabulary.actors and last.feats.get("Poss") == "3" and noun.lemma in _departments():
            return True  # «Қорғаныс министрлігі халықаралық ынтымақтастық департаментінің бастығы»
        proper = last.pos == "PROPN" or last.text.isupper()
        first = words[phrase.first]
        named = first.text.isupper() or first.text[0].isascii()
        named = named or any(lemma in vocabulary.names for lemma in first.lemmas)
        return (
            proper
            and not named
            and (
                last.text.isupper()
                or _is_capital(words, phrase)
                or _is_people(noun, vocabulary)
                or noun.lemma in vocabulary.actors
            )
        )
    return True


def _is_make(word: Word) -> bool:
    """«C295 ұшағы», «„Искандер-М“ зымыран кешендері»: a name in foreign letters or quotation marks."""
    return word.name or _is_foreign(word)


def _is_foreign(word: Word) -> bool:
    return word.text[0].isascii() and word.text[0].isupper()


def _is_capital(words: Sequence[Word], phrase: Phrase) -> bool:
    """«Қазақстан Қорғаныс министрлігі»: what follows begins like a name of its own."""
    return words[phrase.first].text[:1].isupper()


def _is_people(word: Word, vocabulary: Vocabulary) -> bool:
    return word.person or any(lemma in vocabulary.people for lemma in word.lemmas[:2])


@cache
def _geographic() -> frozenset[str]:
    return frozenset(map(fold, word_lists()["named"]["geographic"]))


@cache
def _adjectival() -> frozenset[str]:
    """Nouns that stand before another without an ending on either: «әуе шабуыл», «барлау ұшақ»."""
    return frozenset(fold(w) for w in word_lists()["adjectives"]["words"])


@cache
def _forces() -> frozenset[str]:
    """Nouns for forces, which seldom have a name in quotation marks, and may own what has one."""
    return frozenset(map(fold, word_lists()["nouns"]["forces"]))


def _is_before_its_noun(phrase: Phrase, words: Sequence[Word]) -> bool:
    """«Термезде болатын „Шарқ қалқаны“ жаттығуы»: a name after which the noun stands that a clause describes."""
    at = phrase.head
    if not words[at].name:
        return False
    while at + 1 < len(words) and (words[at + 1].name or words[at + 1].pos in {"PUNCT", "ADJ"}):
        at += 1
    return at + 1 < len(words) and words[at + 1].pos == "NOUN" and words[at + 1].feats.get("Poss") == "3"


@cache
def _occurring() -> frozenset[str]:
    """Verbs for what occasions do, and those who come to them do not."""
    return frozenset(map(fold, word_lists()["verbs"]["occurring"]))


@cache
def _departments() -> frozenset[str]:
    """Nouns for the parts of a ministry or of a force."""
    return frozenset(map(fold, word_lists()["nouns"]["departments"]))


def _like_it_follows(left: Phrase, right: Phrase, words: Sequence[Word]) -> bool:
    """«Қазақстанның Үкіметі мен Сербия Республикасының Үкіметі»: what is joined is what the second owns."""
    one = words[left.last]
    if one.feats.get("Poss") != "3":
        return False
    return any(w.lemma == one.lemma and w.feats.get("Poss") == "3" for w in words[right.head + 1 : right.head + LIKE])


def same_rank(left: Phrase, right: Phrase, words: Sequence[Word], after: Word | None, *, comma: bool) -> bool:
    """Whether two nouns with a sign between them are conjuncts."""
    one, other = words[left.last], words[right.head]
    if one.form == "Part" or other.form == "Part":
        return False
    if left.case not in {"Nom", right.case} or left.case == right.case == "Ins":
        return False  # «Нординмен және Зянгпен кездесті»: each is met by itself
    shown_once = not comma and left.case == "Nom" and "Attr" not in one.feats and one.pos == other.pos == "PROPN"
    if one.feats.get("Attr") != other.feats.get("Attr") and not shown_once:
        return False  # but «Оңтүстік Судан мен Либериядағы миссиялар»
    if (left.titled or one.person) != (right.titled or other.person):
        return False
    proper = one.pos == "PROPN", other.pos == "PROPN"
    if one.name != other.name and not (one.feats.get("Poss") or other.feats.get("Poss")):
        return False
    if left.case == "Nom" and right.case == "Gen" and _like_it_follows(left, right, words):
        return False
    if all(proper) and one.person == other.person:
        return True
    if all(any(w.head == n and w.rel == "nummod" for w in words) for n in (left.last, right.head)):
        return True  # «1500 сарбазы, 300 техника, 20 ұшақ»
    if left.case == "Nom" and right.case == "Gen" and proper[0] != proper[1]:
        return False  # «бақылаушысы және Қазақстанның офицері»
    if other.pos == "PRON" or one.pos == "PRON":
        return not comma
    alike = bool(one.feats.get("Poss")) == bool(other.feats.get("Poss"))
    goes_on = after is not None and (
        (after.pos in {"NOUN", "PROPN"} and after.form != "Vnoun" and bool(after.feats.get("Poss")))
        or (after.pos == "ADJ" and not proper[1])
    )
    if left.case == right.case == "Nom" and alike and not any(proper):
        return True
    if goes_on and right.case == "Nom":
        return False
    if any(proper) and (not alike or one.name):
        return not comma
    return not comma or (alike and proper[0] == proper[1])

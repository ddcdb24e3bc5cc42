"""Parts of speech of English words in their sentence.

Closed classes are listed (`words.toml`); of open ones the lexicons tell what they can be and what they mostly are, and
the neighbours decide. The order of decisions follows E. Brill's contextual rules (ANLP 1992), written for the reading
of news: a clause has one finite verb, a noun phrase ends in a noun.
"""

from collections.abc import Sequence

from loaders.en.ambiguity import headline_verb, tag_among_neighbours
from loaders.en.features import set_features
from loaders.en.finite_verbs import find_verbs
from loaders.en.verb_tags import tell_participles
from loaders.en.word import Word
from loaders.en.word_classes import closed_tag, open_tag


def tag(sentence: list[Word], *, heading: bool = False) -> None:
    """Give every word of a sentence its tag, part of speech, features and lemmas.

    Arguments:
        sentence: its words.
        heading: whether it is a headline, whose verbs stand in the present tense and whose words may all be capitals.
    """
    title_case = heading and _is_title_case(sentence)
    for word in sentence:
        word.tag = closed_tag(sentence, word) or open_tag(sentence, word, title_case=title_case)
    if heading:
        headline_verb(sentence)
    for word in sentence:
        word.tag = tag_among_neighbours(sentence, word)
    tell_participles(sentence)
    find_verbs(sentence, heading=heading)
    for word in sentence:
        set_features(word)


def _is_title_case(sentence: Sequence[Word]) -> bool:
    """Whether capitals tell nothing: nearly all words of more than three letters have them."""
    longer = [w for w in sentence if len(w.text) > 3 and w.text[0].isalpha()]
    return len(longer) > 3 and sum(w.is_capitalized for w in longer) >= 0.8 * len(longer)

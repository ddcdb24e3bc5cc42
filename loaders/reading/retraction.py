"""What a later clause denies as a whole: «Сербия поставит Кипру гаубицы, однако в Белграде это опровергли».

The clause of denial points back by a pronoun or by a noun for what is said, which says nothing itself of what was said.
"""

from collections.abc import Iterator

from loaders.reading.senses import Senses
from loaders.reading.text import AnalyzedText, Token

DENIED = frozenset({"obj", "nsubj:pass", "obl", "iobj"})
UNTRUE = DENIED | {"nsubj"}
"""«Это не подтвердилось», «это вымысел»: what is said to be untrue is the subject."""
CONTENT = frozenset({"nmod", "acl", "acl:relcl", "ccomp", "obl", "parataxis", "nmod:poss"})
"""Relations of what tells what a report says."""


def retracted(text: AnalyzedText, senses: Senses) -> tuple[range, ...]:
    """The stretches of a text that a later clause denies.

    Arguments:
        text: the analysed text.
        senses: the senses of its words (`denial`, `confirmation`, `said_before`, `report_noun`).

    Returns:
        The tokens of each: what stands before the denial in its sentence, or, where it opens one, the sentence before.
    """
    return tuple(_stretches(text, senses))


def _stretches(text: AnalyzedText, senses: Senses) -> Iterator[range]:
    for sense in senses.all("denial", "confirmation"):
        words = range(sense.first, sense.last)
        token = next((t for t in text.tokens[sense.first : sense.last] if t.pos == "VERB"), text.tokens[sense.first])
        negated = any(senses.has(c, "negation") for c in text.children[token.index] if c not in words)
        name = sense.name if len(words) == 1 else "phrase"
        if negated != (sense.name == "confirmation") or not _points_back(text, senses, token, name):
            continue
        sentence = text.sentence_of(token)
        clause = text.clauses[token.index]
        opening = min(t.index for t in text.of(sentence) if text.clauses[t.index] == clause)
        if any(t.feats.get("VerbForm") == "Fin" for t in text.tokens[sentence.first : opening]):
            yield range(sentence.first, opening)
        elif sentence.index:
            before = text.sentences[sentence.index - 1]
            yield range(before.first, before.last)


def _points_back(text: AnalyzedText, senses: Senses, token: Token, name: str) -> bool:
    """Whether what a word denies is only «это», «эту информацию»."""
    below = [text.tokens[c] for c in text.children[token.index]]
    if any(t.rel in {"ccomp", "csubj", "xcomp"} for t in below):
        return False
    said = DENIED if token.pos == "VERB" and name == "denial" else UNTRUE
    return any(t.rel in said and _is_said_before(text, senses, t) for t in below)


def _is_said_before(text: AnalyzedText, senses: Senses, said: Token) -> bool:
    if senses.has(said.index, "said_before") and said.pos in {"PRON", "DET"}:
        return not any(text.tokens[c].rel.split(":")[0] in {"acl", "ccomp"} for c in text.children[said.index])
    below = [text.tokens[c] for c in text.children[said.index]]
    if not senses.has(said.index, "report_noun") or any(t.rel in CONTENT for t in below):
        return False
    following = text.tokens[said.index + 1 : said.index + 2]
    ends = all(t.pos in {"VERB", "AUX", "PUNCT"} and t.text != "," for t in following)
    return ends or any(senses.has(t.index, "said_before") for t in below)

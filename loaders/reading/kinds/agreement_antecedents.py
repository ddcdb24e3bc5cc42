"""Which document a pronoun or an adjective without its noun means: «его ратифицировали», «предыдущий подписали …»."""

from collections.abc import Mapping, Sequence

from loaders.reading.context import Context
from loaders.reading.kinds.agreement_documents import Document
from loaders.reading.kinds.agreement_parties import near_verb
from loaders.reading.syntax import is_passive

BACKWARD_SENTENCES = 2


def pronoun_near(context: Context, verb: int) -> int | None:
    """The personal pronoun that is the object of a verb or the subject of its passive."""
    forms = {"subject"} if is_passive(context.text.tokens[verb]) else {"object", "of"}
    if any(a.role == "object" and context.text.tokens[a.head].pos != "PRON" for a in context.arguments(verb)):
        return None
    for index in sorted(near_verb(context, verb), key=lambda i: abs(i - verb)):
        token = context.text.tokens[index]
        if token.pos == "PRON" and context.senses.has(index, "document_pronoun") and context.relation(index) in forms:
            return index
    return None


def antecedent(context: Context, documents: Sequence[Document], index: int) -> Document | None:
    """The nearest document before a word that agrees with it in gender and number."""
    token = context.text.tokens[index]
    fitting: list[Document] = []
    for document in reversed(documents):
        noun = context.text.tokens[document.noun]
        if document.kind is None or document.noun >= index or context.in_title(document.noun):
            continue
        if token.sentence - noun.sentence > BACKWARD_SENTENCES or (
            fitting and noun.sentence != _sentence(context, fitting)
        ):
            break
        if _agrees(token.feats, noun.feats, oblique=context.relation(index) != "subject"):
            fitting.append(document)
    # Of those in one sentence the one that it is about.
    subjects = [d for d in fitting if context.relation(d.noun) == "subject"]
    return next(iter([*subjects, *fitting]), None)


def _sentence(context: Context, documents: Sequence[Document]) -> int:
    return context.text.tokens[documents[0].noun].sentence


def _agrees(word: Mapping[str, str], noun: Mapping[str, str], *, oblique: bool) -> bool:
    mine, other = word.get("Gender"), noun.get("Gender")
    if word.get("Number", "Sing") == "Plur":
        return noun.get("Number") != "Sing"
    neuter = {"Masc", "Neut"}  # «его» is either
    return mine is None or other is None or mine == other or (oblique and {mine, other} <= neuter)

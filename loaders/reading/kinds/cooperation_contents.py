"""In which fields an agreement is, as the sentences after it tell: «Документ предусматривает подготовку офицеров …»."""

from loaders.reading.context import Context
from loaders.reading.facts import Domain
from loaders.reading.kinds.agreement_statements import Statement
from loaders.reading.kinds.cooperation_domains import domains
from loaders.reading.text import Sentence

FOLLOWING_SENTENCES = 2
PARTS = frozenset({":", "–", "—"})


def contents(context: Context, statement: Statement) -> tuple[Domain, ...]:
    """The fields that the sentences after a statement name for its document, in the order of the text.

    Arguments:
        context: the text.
        statement: what one place says of an agreement.
    """
    here = context.sentence(statement.at).index
    for sentence in context.text.sentences[here : here + 1 + FOLLOWING_SENTENCES]:
        words = _told_of_document(context, sentence, statement.at) or _listed(context, sentence, statement.at)
        if words and (named := domains(context, words)):
            return named
    return ()


def _told_of_document(context: Context, sentence: Sentence, at: int) -> list[int]:
    """«Оно предусматривает …», «документ охватывает …»: what the verb governs, where its subject is the document."""
    for sense in context.senses.among(range(max(at, sentence.first), sentence.last), "content_verb"):
        verb = sense.first
        if context.is_negated(verb) or context.text.tokens[verb].pos != "VERB":
            continue
        arguments = context.arguments(verb)
        subjects = [a.head for a in arguments if a.role == "subject"]
        if any(_is_document(context, i) for i in subjects):
            own = {i for a in arguments if a.role == "subject" for i in a.tokens}
            return [i for i in context.text.subtree(verb) if i > verb and i not in own]
    return []


def _is_document(context: Context, index: int) -> bool:
    named = any(s.name.startswith("agreement_") for s in context.senses.at(index))
    return named or context.senses.has(index, "document_noun", "document_pronoun")


def _listed(context: Context, sentence: Sentence, at: int) -> list[int]:
    """«Направлений в нём три: военное образование, …»: what follows the colon."""
    for index in range(max(at, sentence.first), sentence.last):
        if context.text.tokens[index].text in PARTS:
            before = range(sentence.first, index)
            field = any(context.senses.has(i, "field_noun") for i in before)
            pointing = any(_is_document(context, i) for i in before)
            return list(range(index + 1, sentence.last)) if field and pointing else []
    return []

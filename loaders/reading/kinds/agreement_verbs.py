"""What a verb or noun says of a document: that it is signed, ratified, ended, planned; and whether it is so."""

from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import AgreementStatus, Modality

VERBS: tuple[tuple[str, AgreementStatus], ...] = (
    ("end_verb", "terminated"), ("end_noun", "terminated"), ("extend_verb", "extended"), ("extend_noun", "extended"),
    ("ratify_verb", "ratified"), ("ratify_noun", "ratified"), ("sign_verb", "signed"), ("sign_noun", "signed"),
    ("force_verb", "in force"), ("draft_verb", "planned"),
    ("draft_process", "planned"),
)  # fmt: skip
FUTURE: frozenset[Modality] = frozenset({"planned"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something done with a document.

    Arguments:
        status: what comes of it.
        at: the verb or noun that says so.
        modality: whether it is so.
        rule: the name of the rule.
    """

    status: AgreementStatus
    at: int
    modality: Modality
    rule: str


def event_at(context: Context, index: int, rule: str) -> Event | None:
    """What a word says is done with a document, found by a rule; None if it says nothing of the kind."""
    for sense, status in VERBS:
        if context.senses.has(index, sense):
            return judged(context, index, status, rule)
    if context.senses.has(index, "ensue_verb") and _is_past_alone(context, index):
        return judged(context, index, "signed", rule)
    if context.senses.has(index, "basis_verb") and _is_basis(context, index):
        return judged(context, index, "in force", rule)
    if context.senses.has(index, "put_signature") and any(
        context.senses.has(c, "signature") for c in context.text.children[index]
    ):
        return judged(context, index, "signed", rule)
    return None


def _is_past_alone(context: Context, index: int) -> bool:
    """ "An agreement on arms followed in Astana on 8 November": a verb in the past that has no object."""
    past = context.text.tokens[index].feats.get("Tense") == "Past"
    return past and not any(a.role == "object" for a in context.arguments(index))


def status_at(context: Context, index: int) -> AgreementStatus | None:
    """What comes of a document by a word, however sure it is."""
    return next((status for sense, status in VERBS if context.senses.has(index, sense)), None)


def _is_basis(context: Context, index: int) -> bool:
    """«Правовую основу составляет договор …», «отношения строятся на соглашении …»."""
    sentence = context.sentence(index)
    return any(context.senses.has(i, "basis_noun") for i in range(sentence.first, sentence.last))


def judged(context: Context, index: int, status: AgreementStatus, rule: str) -> Event:
    """An event with its modality; what lies ahead is planned, whatever would come of it."""
    modality = _modality(context, index, status)
    token = context.text.tokens[index]
    if modality == "held" and token.feats.get("VerbForm") == "Inf" and not _is_achieved(context, index):
        modality = "planned"
    if status == "planned":
        return Event("planned", index, "planned" if modality == "held" else modality, rule)
    if modality in FUTURE and status != "in force":
        return Event("planned", index, "planned", rule)
    return Event(status, index, "held" if modality in FUTURE else modality, rule)


def _is_achieved(context: Context, index: int) -> bool:
    """«Удалось подписать» is done; «осталось подписать» is not."""
    head = context.text.tokens[index].head
    return head is not None and context.senses.has(head, "achieve_verb")


def _modality(context: Context, index: int, status: AgreementStatus) -> Modality:
    """The modality; a verb that ends an agreement cancels the agreement, not the statement."""
    if status not in {"terminated", "planned"}:
        return context.modality(index)
    if context.is_negated(index):
        return "denied"
    token = context.text.tokens[index]
    if status == "planned":
        return "proposed" if _is_question(context, index) else "held"
    if token.feats.get("Tense") == "Fut":
        return "planned"
    if token.rel in {"xcomp", "csubj", "ccomp", "obj", "nmod", "nsubj", "obl"} and token.head is not None:
        return context.modality(token.head)
    return "held"


def _is_question(context: Context, index: int) -> bool:
    sentence = context.sentence(index)
    return context.text.tokens[sentence.last - 1].text.endswith("?")


def drafted(event: Event | None) -> Event | None:
    """«Одобрили проект соглашения», «подписали проект»: it does not exist yet."""
    if event is None:
        return None
    return Event("planned", event.at, "planned" if event.modality == "held" else event.modality, "agreement-draft")

"""What a text says is done with a document: signed, ratified, extended, ended, in force, planned.

From the noun of the document the way goes up the syntax to the verb or noun that governs it; participles below it
(«соглашение, подписанное в Риме») are read as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import AgreementStatus, Modality
from loaders.reading.kinds.agreement_documents import Document

STEPS = 5
VERBS: tuple[tuple[str, AgreementStatus], ...] = (
    ("end_verb", "terminated"), ("end_noun", "terminated"), ("extend_verb", "extended"), ("extend_noun", "extended"),
    ("ratify_verb", "ratified"), ("ratify_noun", "ratified"), ("sign_verb", "signed"), ("sign_noun", "signed"),
    ("force_verb", "in force"), ("draft_verb", "planned"),
    ("draft_process", "planned"),
)  # fmt: skip
UPWARD = frozenset({"conj", "appos", "parataxis", "nmod", "flat", "obj", "nsubj", "nsubj:pass", "obl", "iobj", "root"})
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


def events(context: Context, document: Document) -> Iterator[Event]:
    """What is done with a document, as far as its own clause says."""
    if (ahead := _ahead(context, document)) is not None:
        yield ahead
        return
    if _is_denied(context, document):
        yield Event("signed", document.noun, "denied", "agreement-denied")
        return
    if any(context.senses.has(i, "replaced") for i in _beside(context, document)):
        yield Event("terminated", document.noun, "held", "agreement-replaced")
        return
    yield from _participles(context, document)
    governor = _governor(context, document) or _adopted(context, document)
    if governor is not None:
        yield governor
        return
    resting = (
        _rested_on(context, document)
        or _said_to_be(context, document)
        or _listed(context, document)
        or _reported(context, document)
    )
    if resting is not None:
        yield resting


def event_at(context: Context, verb: int, rule: str) -> Event | None:
    """What a verb says is done with a document that it names by a pronoun."""
    return _event(context, verb, rule)


def existing(document: Document) -> Event:
    """«По соглашению России и Индии от 5 мая 2012 года …»: what has parties and a date is there."""
    return Event("signed", document.noun, "held", "agreement-dated")


def is_draft(context: Context, document: Document) -> bool:
    """«Проект соглашения», «о проекте соглашения»."""
    head = context.text.tokens[document.noun].head
    return any(i is not None and context.senses.has(i, "draft_only") for i in (head, document.first - 1))


def _is_denied(context: Context, document: Document) -> bool:
    """«Не договор, а план», «ни о каком договоре», «никаких соглашений»."""
    if context.is_negated(document.noun):
        return True
    begin = max(context.sentence(document.noun).first, document.first - 2)
    return any(context.senses.has(i, "denied_document") for i in range(begin, document.noun))


def _participles(context: Context, document: Document) -> Iterator[Event]:
    first = document.first if context.relations.head_final else document.noun
    below = [c for i in range(first, document.last) for c in context.text.children[i]]
    for child in below:
        token = context.text.tokens[child]
        if token.rel.startswith("acl") and token.pos == "VERB":
            if token.head != document.noun and not context.senses.has(child, "sign_verb"):
                continue
            if not _agrees(context, child, document.noun):
                continue
            event = _event(context, child, "agreement-participle")
            if event is None or (event.status == "planned" and not _is_past(context, child)):
                continue
            if event.status == "in force" and not (_is_past(context, child) or _is_since(context, child)):
                continue
            # What surrounds a participle says nothing about it.
            modality: Modality = "denied" if context.is_negated(child) else "held"
            status = _status(context, child) or event.status
            yield Event(status, child, "planned" if status == "planned" else modality, event.rule)


def _ahead(context: Context, document: Document) -> Event | None:
    """«Согласованный, но ещё не подписанный меморандум»: a participle right before the words, wherever it hangs."""
    at = document.first - 1
    begin = context.sentence(document.noun).first
    if at < begin or context.text.tokens[at].feats.get("VerbForm") != "Part" or context.relations.head_final:
        return None
    if not _agrees(context, at, document.noun) or not context.senses.has(at, "sign_verb", "draft_verb"):
        return None
    around = range(max(begin, at - 2), at)
    unsigned = context.senses.has(at, "sign_verb") and any(context.senses.has(i, "negation") for i in around)
    if unsigned or context.senses.has(at, "draft_verb"):
        return Event("planned", at, "planned", "agreement-participle")
    return None


def _agrees(context: Context, participle: int, noun: int) -> bool:
    """Whether a participle can be said of a noun: of one gender, both in the singular."""
    one, other = context.text.tokens[participle], context.text.tokens[noun]
    if one.feats.get("VerbForm") == "Fin":
        return True  # «соглашение, которое стороны заключили»
    if one.number != other.number and one.number and other.number:
        return False
    genders = {t.feats.get("Gender", "") for t in (one, other)} - {""}
    plain = context.relation(noun) in {"subject", "object"}  # elsewhere the forms of two genders are alike
    return len(genders) < 2 or "Plur" in {one.number, other.number} or not plain


def _is_past(context: Context, index: int) -> bool:
    return context.text.tokens[index].feats.get("Tense") == "Past"


def _is_since(context: Context, index: int) -> bool:
    """«Соглашение, действующее с 2011 года»."""
    after = range(index, min(index + 6, context.sentence(index).last))
    return any(d.kind == "since" for d in context.dates_in(after))


def _status(context: Context, index: int) -> AgreementStatus | None:
    return next((status for sense, status in VERBS if context.senses.has(index, sense)), None)


def _governor(context: Context, document: Document) -> Event | None:
    at, draft, steps = context.text.tokens[document.noun], False, 0
    while at.head is not None and steps < STEPS:
        above = context.text.tokens[at.head]
        if at.rel in {"acl", "acl:relcl", "advcl"}:
            break
        if above.pos in {"VERB", "AUX", "ADJ"} or _is_action(context, above.index):
            event = _event(context, above.index, "agreement-verb") or _intended(context, above.index)
            return _drafted(event) if draft else event
        draft = draft or context.senses.has(above.index, "draft_only")
        at, steps = above, steps + 1
    return (
        _event(context, document.noun, "agreement-clause") if at.index == document.noun else _nearby(context, document)
    )


def _intended(context: Context, index: int) -> Event | None:
    """«Договор стороны намерены заключить»: the verb stands below the one on which the parser hung the document."""
    for child in context.text.children[index]:
        if context.text.tokens[child].rel == "xcomp":
            return _event(context, child, "agreement-verb")
    return None


def _adopted(context: Context, document: Document) -> Event | None:
    """«Приняли декларацию»: declarations and other documents of meetings are adopted."""
    head = context.text.tokens[document.noun].head
    if document.kind != "declaration" or head is None or not context.senses.has(head, "adopt_verb"):
        return None
    return _judged(context, head, "signed", "agreement-adopted")


def _is_action(context: Context, index: int) -> bool:
    return context.senses.has(index, "sign_noun", "ratify_noun", "extend_noun", "end_noun", "draft_process")


def _nearby(context: Context, document: Document) -> Event | None:
    """The verb that heads the clause, where the syntax leads elsewhere."""
    predicate = context.predicate(document.noun)
    return _event(context, predicate.index, "agreement-clause")


def _event(context: Context, index: int, rule: str) -> Event | None:
    for sense, status in VERBS:
        if context.senses.has(index, sense):
            return _judged(context, index, status, rule)
    if context.senses.has(index, "basis_verb") and _is_basis(context, index):
        return _judged(context, index, "in force", rule)
    if context.senses.has(index, "put_signature") and any(
        context.senses.has(c, "signature") for c in context.text.children[index]
    ):
        return _judged(context, index, "signed", rule)
    return None


def _is_basis(context: Context, index: int) -> bool:
    """«Правовую основу составляет договор …», «отношения строятся на соглашении …»."""
    sentence = context.sentence(index)
    return any(context.senses.has(i, "basis_noun") for i in range(sentence.first, sentence.last))


def _judged(context: Context, index: int, status: AgreementStatus, rule: str) -> Event:
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


def _drafted(event: Event | None) -> Event | None:
    """«Одобрили проект соглашения», «подписали проект»: it does not exist yet."""
    if event is None:
        return None
    return Event("planned", event.at, "planned" if event.modality == "held" else event.modality, "agreement-draft")


def _said_to_be(context: Context, document: Document) -> Event | None:
    """«Единственный документ, который Астана подписала с Вашингтоном, – план …»."""
    head = context.text.tokens[document.noun].head
    around = [*context.text.children[document.noun], *(() if head is None else (head,))]
    for other in around:
        if context.senses.has(other, "document_noun"):
            for child in context.text.children[other]:
                token = context.text.tokens[child]
                if token.rel.startswith("acl") and context.senses.has(child, "sign_verb"):
                    return _judged(context, child, "signed", "agreement-said-to-be")
    return None


def _rested_on(context: Context, document: Document) -> Event | None:
    """«В соответствии с договором от 15 мая 1992 года», «обсудили выполнение программы»: it is in force."""
    before = document.first - 1
    if before >= 0 and context.senses.has(before, "execution") and not is_draft(context, document):
        begin = max(context.sentence(document.noun).first, before - 3)
        rests = any(context.senses.has(i, "by_agreement") for i in range(begin, before))
        return Event("in force", document.noun, "held", "agreement-rested-on" if rests else "agreement-executed")
    for sense in (s for i in (*_beside(context, document), before - 1) for s in context.senses.at(i)):
        firmly = sense.name == "by_agreement_firmly" or (
            sense.name == "by_agreement"
            and any(d.lead in {"of", None} for d in context.dates_in(range(document.noun, document.last)))
        )
        if firmly and (sense.last in {document.first, document.last} or sense.first == document.last):
            modality = context.modality(document.noun)
            return Event("in force", document.noun, "held" if modality in FUTURE else modality, "agreement-rested-on")
    return None


def _reported(context: Context, document: Document) -> Event | None:
    """«Стало известно о контракте с Airbus на поставку …»: what one reports of is there."""
    head = context.text.tokens[document.noun].head
    if document.kind != "contract" or head is None or context.relation(document.noun) != "about":
        return None
    if not context.senses.has(head, "reported", "ascribe_verb", "ascribe_passive"):
        return None
    return _judged(context, document.noun, "signed", "agreement-reported")


def _beside(context: Context, document: Document) -> tuple[int, ...]:
    """The words directly before and after a document: prepositions and postpositions."""
    following = (document.last,) if document.last < context.sentence(document.noun).last else ()
    return (document.first - 1, document.last - 1, *following)


def _listed(context: Context, document: Document) -> Event | None:
    """«С Беларусью: соглашение о защите неба (2009 год)»: an item of a list, with its date and without a verb."""
    sentence = context.sentence(document.noun)
    words = range(sentence.first, sentence.last)
    tokens = context.text.tokens
    if context.in_title(document.noun) or any(tokens[i].pos in {"VERB", "AUX"} for i in words):
        return None
    dated = [d for d in context.dates_in(words) if d.kind == "point" and d.lead != "for"]
    return Event("signed", document.noun, "held", "agreement-listed") if dated else None

"""What a text says is done with a document: signed, ratified, extended, ended, in force, planned.

From the noun of the document the way goes up the syntax to the verb or noun that governs it; participles below it
(«соглашение, подписанное в Риме») are read as well.
"""

from collections.abc import Iterator

from loaders.reading.context import Context
from loaders.reading.facts import Modality
from loaders.reading.kinds.agreement_documents import Document
from loaders.reading.kinds.agreement_verbs import FUTURE, Event, drafted, event_at, judged, status_at

STEPS = 5


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
            event = event_at(context, child, "agreement-participle")
            if event is None or (event.status == "planned" and not _is_past(context, child)):
                continue
            if event.status == "in force" and not (_is_past(context, child) or _is_since(context, child)):
                continue
            # What surrounds a participle says nothing about it.
            modality: Modality = "denied" if context.is_negated(child) else "held"
            status = status_at(context, child) or event.status
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


def _governor(context: Context, document: Document) -> Event | None:
    at, draft, steps = context.text.tokens[document.noun], False, 0
    while at.head is not None and steps < STEPS:
        above = context.text.tokens[at.head]
        if at.rel in {"acl", "acl:relcl", "advcl"}:
            break
        if above.pos in {"VERB", "AUX", "ADJ"} or _is_action(context, above.index):
            event = event_at(context, above.index, "agreement-verb") or _intended(context, above.index)
            return drafted(event) if draft else event
        draft = draft or context.senses.has(above.index, "draft_only")
        at, steps = above, steps + 1
    return (
        event_at(context, document.noun, "agreement-clause")
        if at.index == document.noun
        else _nearby(context, document)
    )


def _intended(context: Context, index: int) -> Event | None:
    """«Договор стороны намерены заключить»: the verb stands below the one on which the parser hung the document."""
    for child in context.text.children[index]:
        if context.text.tokens[child].rel == "xcomp":
            return event_at(context, child, "agreement-verb")
    return None


def _adopted(context: Context, document: Document) -> Event | None:
    """«Приняли декларацию», «принят план сотрудничества»: documents of meetings are adopted."""
    head = context.text.tokens[document.noun].head
    adopted = document.kind in {"declaration", "plan", "protocol", "memorandum"}
    if not adopted or head is None or not context.senses.has(head, "adopt_verb"):
        return None
    return judged(context, head, "signed", "agreement-adopted")


def _is_action(context: Context, index: int) -> bool:
    return context.senses.has(index, "sign_noun", "ratify_noun", "extend_noun", "end_noun", "draft_process")


def _nearby(context: Context, document: Document) -> Event | None:
    """The verb that heads the clause, where the syntax leads elsewhere."""
    predicate = context.predicate(document.noun)
    return event_at(context, predicate.index, "agreement-clause")


def _said_to_be(context: Context, document: Document) -> Event | None:
    """«Единственный документ, который Астана подписала с Вашингтоном, – план …»."""
    head = context.text.tokens[document.noun].head
    around = [*context.text.children[document.noun], *(() if head is None else (head,))]
    for other in around:
        if context.senses.has(other, "document_noun"):
            for child in context.text.children[other]:
                token = context.text.tokens[child]
                if token.rel.startswith("acl") and context.senses.has(child, "sign_verb"):
                    return judged(context, child, "signed", "agreement-said-to-be")
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
    return judged(context, document.noun, "signed", "agreement-reported")


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

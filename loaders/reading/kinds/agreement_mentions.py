"""Whom the words of a document name as its parties: «с Индией», «между Россией и Индией», «казахстанско-турецкий»."""

from collections.abc import Iterator

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.kinds.agreement_documents import Document
from loaders.reading.kinds.agreement_words import AGREEMENT, JOINED, PARTY
from loaders.reading.mentions import EntityMention
from loaders.reading.relations import BARE


def relation(context: Context, mention: EntityMention) -> str:
    """The relation of a mention, or of its common noun («с компанией Nurol Makina», «с турецкой Otokar»)."""
    own = context.relation_of(mention)
    before = mention.first - 1
    if own not in BARE or before < 0:
        return own
    if context.senses.has(before, "company_noun", "institution_noun", "side"):
        return "with" if context.relation(before) == "with" else own
    while before > 0 and context.text.tokens[before].pos == "ADJ" and mention.entity.kind == "company":
        before -= 1
    return "with" if context.text.tokens[before].pos == "ADP" and context.relation(before + 1) == "with" else own


def mentions_inside(context: Context, document: Document) -> Iterator[EntityMention]:
    """The mentions in the words of a document that name its parties: not what it is about."""
    for mention in context.actor_mentions(range(document.first, document.last)):
        if mention.first < document.noun:
            is_party = mention.form in {"adjective", "demonym"} or relation(context, mention) in PARTY | {""}
        else:
            is_party = _is_party(context, document, mention)
        if is_party:
            yield mention


def _is_party(context: Context, document: Document, mention: EntityMention) -> bool:
    """«с Индией», «между Россией и Индией», «соглашение России и Индии», «сотрудничества министерств двух стран»."""
    own = relation(context, mention)
    if mention.form == "adjective":
        return _describes_document(context, mention) or (own == "with" and _describes_side(context, mention))
    if _is_of_members(context, mention):
        return False
    if own in JOINED:
        return True
    if any(context.senses.has(i, "between") for i in range(document.noun, mention.first)):
        return own in PARTY or own == ""
    if own not in {"of", ""}:
        return False
    first = context.coordinated(mention)[0]
    head = context.text.tokens[first.head].head
    before = first.first - 1
    return any(
        i is not None and (i == document.noun or context.senses.has(i, "agreement_topic")) for i in (head, before)
    )


def _describes_document(context: Context, mention: EntityMention) -> bool:
    """«Протокол к казахстанско-американскому соглашению»: the parties of the one are those of the other."""
    head = context.text.tokens[mention.head].head
    return head is not None and any(s.name.startswith(AGREEMENT) for s in context.senses.at(head))


def _describes_side(context: Context, mention: EntityMention) -> bool:
    """«С турецкой стороной», but not «с турецкой Otokar»."""
    head = context.text.tokens[mention.head].head
    if head is None or names_company(context, head):
        return False
    return context.senses.has(head, "side", "delegation", "force", "pair_anaphor")


def names_company(context: Context, noun: int) -> bool:
    """ "The Russian company MiG", «Indra компаниясы»: a noun with a company's name beside it."""
    beside = noun - 1 if context.relations.head_final else noun + 1
    named = context.mentions.at(beside) if context.senses.has(noun, "company_noun") else ()
    return any(m.entity.kind == "company" for m in named)


def owns_company(context: Context, mention: EntityMention) -> bool:
    """«Испанияның Indra компаниясы»: a state that only says whose a company is."""
    noun = context.text.tokens[mention.head].head
    owns = mention.entity.kind == "state" and context.relations.head_final and context.relation_of(mention) == "of"
    return owns and noun is not None and names_company(context, noun)


def owners_of(context: Context, company: Entity) -> set[str]:
    """ "South Korea's Hanwha", "the French shipbuilder Naval Group": the states said to have a company."""
    found: set[str] = set()
    for mention in context.mentions.of({company}):
        before = context.mentions.within(range(max(0, mention.first - 3), mention.first), "state")
        found |= {m.entity.state for m in before if m.entity.state and context.relation_of(m) not in {"with", "from"}}
    return found


def _is_of_members(context: Context, mention: EntityMention) -> bool:
    """«Между государствами – членами ОДКБ»: the states sign, and not the organization."""
    return mention.entity.kind == "organization" and context.senses.has(mention.first - 1, "member_noun")


def calls_document(context: Context, mention: EntityMention) -> bool:
    """«Хартия Липтако-Гурма»: an unknown name on the document itself is what that is called."""
    above = context.text.tokens[mention.head].head
    named = mention.form in {"model", "quoted"} and mention.entity.kind in {"institution", "place"}
    senses = context.senses.at(above) if named and above is not None else ()
    return any(s.name.startswith("agreement_") for s in senses) and context.relation(mention.head) in BARE


def of_members(context: Context, mention: EntityMention) -> bool:
    """ "NATO members Estonia and Latvia signed", "Poland, a member of NATO, …": an organization that only says what the
    others are."""
    token = context.text.tokens[mention.head]
    if mention.entity.kind != "organization" or token.head is None:
        return False
    first = context.text.tokens[context.coordinated(mention)[0].head].head
    if first is not None and context.relation_of(mention) == "of" and context.senses.has(first, "member_noun"):
        return True
    return token.rel == "compound" and any(context.senses.has(i, "member_noun") for i in (mention.last, token.head))

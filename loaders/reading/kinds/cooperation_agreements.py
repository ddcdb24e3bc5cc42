"""Cooperation that an agreement states: one on military cooperation that is signed or in force."""

from collections.abc import Iterator

from loaders.reading.context import Context
from loaders.reading.facts import FACTUAL, Agreement, Cooperation, Domain
from loaders.reading.kinds.agreement_statements import Statement
from loaders.reading.kinds.agreements import statements
from loaders.reading.kinds.cooperation_contents import contents
from loaders.reading.kinds.cooperation_domains import domains, is_military
from loaders.reading.mentions import EntityMention

AGREED_BY_MANY = ("cooperation_noun", "mutual")
AGREED = (*AGREED_BY_MANY, "joint_adjective", "cooperate_verb")
FORCES = frozenset({"MoD", "AF", "GS", "SEC"})
BEFORE_SENTENCES = 6
SETTLED = frozenset({"signed", "ratified", "in force", "extended"})


def by_agreement(context: Context) -> Iterator[Cooperation]:
    """An agreement on military cooperation that is signed or in force, in the fields that its title names."""
    known = [f for f in context.facts if isinstance(f, Agreement)]
    for statement in statements(context):
        document = statement.document
        if statement.status not in SETTLED or statement.modality not in FACTUAL or len(statement.parties) < 2:
            continue
        apart = _subject_apart(context, document.noun, document.last)
        words = (*range(document.first, document.last), *apart, *_agreed_to_do(context, document.noun))
        agreed = AGREED if len(statement.parties) == 2 else AGREED_BY_MANY
        if not any(context.senses.has(i, *agreed) for i in words):
            yield from _of_fields(context, statement)
            continue
        forces = all(p.kind == "body" and p.body in FORCES for p in statement.parties)
        if not forces and not is_military(context, words) and not _between_forces(context, statement):
            continue
        named = domains(context, words)
        if not named:
            told: tuple[Domain, ...] = contents(context, statement)
            named = _of_bodies(context, statement) or (("general", *told) if told else ())
        evidence = next((f.evidence for f in known if f.title == statement.title), context.evidence(statement.at))
        for fields in dict.fromkeys((named or ("general",), *_elaborated(context, statement.at))):
            yield Cooperation(
                actors=statement.parties,
                domains=fields,
                evidence=evidence,
                rule=context.rule("cooperation-agreement"),
                confidence=0.8,
            )


def _of_fields(context: Context, statement: Statement) -> Iterator[Cooperation]:
    """ "An agreement between Ljubljana and Rome covers pilot training": the fields that it is said to cover."""
    if statement.document.kind in {"contract", "declaration"} or not is_military(
        context, context.clause(statement.document.noun)
    ):
        return
    if told := contents(context, statement):
        yield Cooperation(
            actors=statement.parties,
            domains=told,
            evidence=context.evidence(statement.at),
            rule=context.rule("cooperation-agreement"),
            confidence=0.75,
        )


def _subject_apart(context: Context, noun: int, last: int) -> tuple[int, ...]:
    """ "Signed a memorandum in Cairo on defence cooperation": what a document is about, behind where it was signed."""
    below = (c for c in context.text.children[noun] if c >= last and context.text.tokens[c].rel == "nmod")
    return tuple(i for c in below if context.relation(c) in {"about", "on"} for i in context.phrase(c))


def _agreed_to_do(context: Context, noun: int) -> tuple[int, ...]:
    """ "A memorandum under which they will cooperate in …": the words of a clause that says what is agreed."""
    below = (c for c in context.text.children[noun] if context.text.tokens[c].rel == "acl:relcl")
    return tuple(i for c in below if context.senses.has(c, "cooperate_verb") for i in context.text.subtree(c))


def _elaborated(context: Context, at: int) -> Iterator[tuple[Domain, ...]]:
    """ "It provides for cooperation in training and intelligence": the fields that the sentence after adds."""
    here = context.sentence(at)
    after = context.text.sentences[min(here.index + 1, len(context.text.sentences) - 1)]
    if after is here or after.paragraph != here.paragraph:
        return
    for sense in context.senses.all("cooperation_noun"):
        verb = context.predicate(sense.first).index if after.first <= sense.first < after.last else at
        subjects = [a.head for a in context.arguments(verb) if a.role == "subject"]
        told = context.senses.has(verb, "force_verb") and context.modality(verb) == "held"
        if verb != at and told and any(context.senses.has(i, "document_pronoun") for i in subjects):
            fields = domains(context, context.phrase(sense.last - 1))
            if fields:
                yield fields
    for sense in context.senses.all("cooperate_verb"):  # "The firms will cooperate in building drones."
        verb = sense.first
        if not after.first <= verb < after.last or context.is_negated(verb):
            continue
        doing = [a for a in context.arguments(verb) if a.role == "subject"]
        they = any(context.senses.has(a.head, "they", "pair_anaphor", "company_noun") for a in doing)
        ahead = context.modality(verb) in {"held", "planned"}
        if they and ahead and (fields := domains(context, context.text.subtree(verb))):
            yield fields


def _between_forces(context: Context, statement: Statement) -> bool:
    """«По итогам переговоров подписан план взаимодействия»: whether forces of all parties were named just before."""
    sentence = context.sentence(statement.at)
    here = range(sentence.first, sentence.last)
    ministries = any(  # «министерства обороны двух стран»
        context.senses.has(i, *(f"body_{f}" for f in FORCES)) and context.text.tokens[i].number == "Plur" for i in here
    )
    told = {m.entity.state for m in _forces_before(context, statement)}
    return ministries or {p.state for p in statement.parties} <= told


def _forces_before(context: Context, statement: Statement) -> list[EntityMention]:
    """The ministries and services of the parties that the sentences up to the agreement name."""
    sentence = context.sentence(statement.at)
    first = context.text.sentences[max(0, sentence.index - BEFORE_SENTENCES)].first
    states = {p.state for p in statement.parties}
    bodies = context.mentions.within(range(first, sentence.last), "body")
    return [m for m in bodies if m.entity.body in FORCES and m.entity.state in states]


def _of_bodies(context: Context, statement: Statement) -> tuple[Domain, ...]:
    """The field of the services that agree: that of the words which name them (border services: the border)."""
    named = _forces_before(context, statement)
    services = {p for p in statement.parties if p.body == "SEC"} | {m.entity for m in named if m.entity.body == "SEC"}
    if {s.state for s in services} < {p.state for p in statement.parties} or any(m.entity.body != "SEC" for m in named):
        return ()
    return domains(context, (i for m in context.mentions.all if m.entity in services for i in range(m.first, m.last)))

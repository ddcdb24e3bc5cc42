"""Who does what to whom: the arguments of a predicate, by their logical roles.

A predicate is a verb, a participle or a noun of action («подписание», «участие»). In the passive the grammatical
subject is the object, and who it is done by the subject.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from loaders.reading.relations import Relations
from loaders.reading.text import AnalyzedText, Token

Role = Literal["subject", "object", "indirect", "oblique", "modifier"]

NESTED = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "parataxis", "csubj", "xcomp"})
NOUN_DEPENDENTS = frozenset({"amod", "appos", "compound"})


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a predicate.

    Arguments:
        role: `modifier` is what hangs on a noun of action.
        head: its head token.
        relation: what it is to the predicate by its adposition or case, a name of `loaders.reading.relations`.
        tokens: all its tokens, without clauses that are nested in it.
    """

    role: Role
    head: int
    relation: str
    tokens: tuple[int, ...]


def is_passive(token: Token) -> bool:
    """Whether the predicate is a passive form."""
    return token.feats.get("Voice") == "Pass"


def phrase(text: AnalyzedText, index: int) -> tuple[int, ...]:
    """A nominal with all that depends on it, without the clauses nested in it."""
    found: list[int] = []
    pending = [index]
    while pending:
        at = pending.pop()
        found.append(at)
        for child in text.children[at]:
            below = text.tokens[child]
            if (
                below.rel in NESTED
                and below.pos in {"VERB", "AUX"}
                and below.feats.get("VerbForm") in {"Fin", "Inf", "Conv"}
            ):
                continue
            if below.rel == "acl:relcl" or (below.rel == "parataxis" and below.pos not in {"NOUN", "PROPN"}):
                continue
            if below.rel == "conj" and below.pos in {"VERB", "AUX"} and text.tokens[at].pos not in {"VERB", "AUX"}:
                continue
            pending.append(child)
    return tuple(sorted(found))


def arguments(text: AnalyzedText, predicate: int, relations: Relations) -> tuple[Argument, ...]:
    """The arguments of a predicate, in the order of the text; a verb without a subject takes that of the one before."""
    found = _with_subject(text, predicate, list(_own_arguments(text, predicate, relations)))
    verb = text.tokens[predicate]
    if not any(a.role == "subject" for a in found):
        found += _inherited_subject(text, predicate, relations)
    elif verb.pos == "VERB" and is_passive(verb) and not any(a.role == "object" for a in found):
        # "He flew to Tashkent and was received by the minister": who flew is who was received.
        found += [replace(a, role="object") for a in _inherited_subject(text, predicate, relations)]
    return tuple(sorted(found, key=lambda a: a.head))


def _with_subject(text: AnalyzedText, predicate: int, found: list[Argument]) -> list[Argument]:
    """Of two objects of an active verb the one before it is the subject: the two cases often look the same."""
    verb = text.tokens[predicate]
    objects = [a for a in found if a.role == "object"]
    if verb.pos != "VERB" or is_passive(verb) or len(objects) < 2 or any(a.role == "subject" for a in found):
        return found
    first = objects[0]
    if first.head < predicate and first.relation in {"subject", "object"}:
        return [replace(a, role="subject") if a is first else a for a in found]
    return found


def _own_arguments(text: AnalyzedText, predicate: int, relations: Relations) -> Iterator[Argument]:
    verb = text.tokens[predicate]
    passive = is_passive(verb)
    nominal = verb.pos in {"NOUN", "PROPN"}
    for child in _dependents(text, predicate):
        token = text.tokens[child]
        relation = relations.of(child)
        role = _role(token, relation, passive=passive, nominal=nominal)
        if role == "oblique" and passive and relation == "by":
            role = "subject"
        if role is not None and verb.rel == "acl:relcl" and verb.head is not None and _is_relative(token):
            # "the mission, which was set up …": the pronoun is what the clause describes.
            yield Argument(role, verb.head, relation, _without(text, verb.head, predicate))
        elif role is not None:
            yield Argument(role, child, relation, phrase(text, child))
    if verb.rel in {"acl", "amod"} and verb.pos in {"VERB", "ADJ"} and verb.head is not None:
        role = "object" if passive else "subject"
        head = verb.head
        yield Argument(role, head, role, _without(text, head, predicate))


def _is_relative(token: Token) -> bool:
    return token.feats.get("PronType") == "Rel"


def _dependents(text: AnalyzedText, predicate: int) -> Iterator[int]:
    """What depends on a predicate, directly or through an adverb («вместе с соседями»)."""
    for child in text.children[predicate]:
        yield child
        if text.tokens[child].rel == "advmod":
            yield from text.children[child]


def _role(token: Token, relation: str, *, passive: bool, nominal: bool) -> Role | None:
    dependency = token.rel.split(":")[0]
    if dependency == "nsubj":
        return "object" if passive or token.rel == "nsubj:pass" else "subject"
    if dependency == "obj":
        return "object"
    if dependency == "iobj":
        return "indirect" if relation in {"recipient", "to"} else "oblique"
    if dependency == "obl":
        return "oblique"
    if dependency == "nmod" or (nominal and dependency in NOUN_DEPENDENTS):
        return "modifier" if nominal else "oblique"
    return None


def _without(text: AnalyzedText, head: int, predicate: int) -> tuple[int, ...]:
    below = set(text.subtree(predicate))
    return tuple(i for i in phrase(text, head) if i not in below)


def _is_purpose(text: AnalyzedText, verb: Token) -> bool:
    """«… прибыли, чтобы принять участие»: an infinitive under a conjunction, with the subject of the verb above."""
    marks = (text.tokens[c] for c in text.children[verb.index])
    return verb.feats.get("VerbForm") == "Inf" and any(t.rel == "mark" and t.pos == "SCONJ" for t in marks)


def _inherited_subject(text: AnalyzedText, predicate: int, relations: Relations) -> list[Argument]:
    """«X прилетел и провёл …», «X намерен провести …»: the subject of the verb on which this one hangs."""
    at = text.tokens[predicate]
    steps = 0
    while at.head is not None and at.rel in {"conj", "xcomp", "csubj", "advcl"} and steps < 4:
        if at.rel == "advcl" and at.feats.get("VerbForm") != "Conv" and not _is_purpose(text, at):
            return []
        above = text.tokens[at.head]
        if above.pos not in {"VERB", "ADJ", "AUX", "NOUN"}:
            return []
        ordered = at.rel == "xcomp" and at.feats.get("VerbForm") == "Inf" and is_passive(above)
        sought = "object" if ordered else "subject"  # "was awarded a contract to deliver": who is to do it
        own = [a for a in _own_arguments(text, above.index, relations) if a.role == sought]
        own = [replace(a, role="subject") for a in own[:1]] if ordered else own
        if own:
            return own
        at, steps = above, steps + 1
    return _subject_below(text, predicate, relations)


def _subject_below(text: AnalyzedText, predicate: int, relations: Relations) -> list[Argument]:
    """«Министр Астанаға келіп, оны көрді»: the subject of the converb before it, which hangs on it."""
    if text.tokens[predicate].feats.get("VerbForm") != "Fin" or is_passive(text.tokens[predicate]):
        return []
    for child in reversed(text.children[predicate]):
        below = text.tokens[child]
        if below.rel == "advcl" and below.feats.get("VerbForm") == "Conv" and child < predicate:
            return [a for a in _own_arguments(text, child, relations) if a.role == "subject"]
    return []

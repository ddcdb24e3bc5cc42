"""Which states an office without one is not of, or is of, by the part that its holder has in what is told.

Who visits is not of where he goes, who receives is not of whom he receives, who heads a side is of that side.
"""

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.text import Token
from loaders.reading.title import Title

NEAR_SENTENCES = 2


def visited(context: Context, title: Title) -> set[str | None]:
    """ "President X came to New Delhi", "during President X's visit in Belgrade": the states of the places visited."""
    noun = context.text.tokens[context.head(title.sense)]
    above = context.text.tokens[noun.head] if noun.head is not None else None
    if above is not None and above.rel == "nmod:poss" and above.head is not None:
        above = context.text.tokens[above.head]
    own = _visits_of(context, noun)
    travels = above is not None and (
        context.senses.has(above.index, "meeting_visit", "visit_verb", "travel_verb") or _pays_visit(context, above)
    )
    own |= _goes_to(context, title) | _gives_to(context, noun)
    if above is None or not travels or context.relation(noun.index) not in {"subject", "of"}:
        return own
    sentence = context.sentence(title.first)
    named = context.mentions.within(range(sentence.first, sentence.last), "state", "place")
    return {m.entity.state for m in named if m.form != "adjective" and context.relation_of(m) in {"in", "to", "object"}}


def _goes_to(context: Context, title: Title) -> set[str | None]:
    """ "On the last day of his visit to Vientiane, Defence Minister X …": where the words before say that he goes."""
    sentence = context.sentence(title.first)
    before = range(sentence.first, title.first)
    visits = [
        i for i in before if context.senses.has(i, "meeting_visit")
        and any(context.senses.has(c, "possessor_pronoun") for c in context.text.children[i])
    ]  # fmt: skip
    named = (m for i in visits for m in context.mentions.within(context.text.subtree(i), "state", "place"))
    return {m.entity.state for m in named if m.form != "adjective" and context.relation_of(m) == "to"}


def _gives_to(context: Context, noun: Token) -> set[str | None]:
    """ "Defence Minister X handed over two ships to the Maldives": the states to which a holder gives something."""
    if noun.head is None or noun.rel != "nsubj" or not context.senses.has(noun.head, "supply_verb"):
        return set()
    given = (a for a in context.arguments(noun.head) if a.relation in {"to", "recipient"})
    named = (m for a in given for m in context.mentions.within(a.tokens, "state", "body"))
    return {m.entity.state for m in named}


def _pays_visit(context: Context, verb: Token) -> bool:
    """ "Paid a state visit to Sri Lanka", "is on a visit to Turkey"."""
    below = (c for c in context.text.children[verb.index] if context.text.tokens[c].rel in {"obj", "obl"})
    return any(context.senses.has(c, "meeting_visit") for c in below)


def _visits_of(context: Context, noun: Token) -> set[str | None]:
    """ "General X, who is on a visit to Kazakhstan, …": the states of the places that a holder is said to visit."""
    below = set(context.text.subtree(noun.index))
    if not any(context.senses.has(i, "meeting_visit", "visit_verb") for i in below):
        return set()
    named = context.mentions.within(below, "state", "place")
    return {m.entity.state for m in named if m.form != "adjective" and context.relation_of(m) in {"in", "to", "object"}}


def named_near(context: Context, title: Title, without: set[str | None]) -> Entity | None:
    """The state named last before a title, in its sentence or the two before, but for some."""
    here = context.sentence(title.first)
    first = context.text.sentences[max(0, here.index - NEAR_SENTENCES)].first
    for mention in reversed(context.mentions.within(range(first, title.first), "state", "body")):
        state = context.mentions.states.get(mention.entity.state or "")
        if state is not None and state.state not in without and not context.is_located(mention):
            return state
    return None


def is_beside(context: Context, title: Title, other: Title) -> bool:
    """ "Defence Secretary A and Vietnam's Deputy Minister B": of two of the same portfolio the second is another
    state's."""
    noun, beside = context.text.tokens[title.sense.last - 1], context.text.tokens[other.sense.last - 1]
    listed = beside.rel == "conj" and beside.head == noun.index
    return listed and title.body is not None and title.body == other.body


def is_received(context: Context, title: Title) -> bool:
    """ "met Defence Minister X", "hosted Japan's defence minister", "called on the Saudi prince": the other side."""
    noun = context.text.tokens[context.head(title.sense)]
    if noun.head is None:
        return False
    if context.senses.has(noun.head, "call_on_verb"):
        return context.relation(noun.index) == "on"
    return noun.rel == "obj" and context.senses.has(noun.head, "meet_verb", "receive_guest_verb")


def headed_side(context: Context, title: Title) -> Entity | None:
    """ "The Uzbek side was headed by Deputy Minister X": the only state of the delegation or side that he leads."""
    noun = context.text.tokens[context.head(title.sense)]
    while noun.rel == "appos" and noun.head is not None:
        noun = context.text.tokens[noun.head]  # "represented by General X, deputy head of the service"
    leads = noun.rel == "nsubj"  # «Узбекскую сторону возглавил министр Х»
    if noun.head is None or (context.relation(noun.index) != "by" and not leads):
        return None
    if not context.senses.has(noun.head, "lead_delegation", "represent_verb", "lead_verb"):
        return None
    below = [c for c in context.text.children[noun.head] if context.senses.has(c, "delegation")]
    below = [c for c in below if (context.text.tokens[c].rel == "obj" if leads else c < noun.head)]
    states = {m.entity.state for c in below for m in context.mentions.within(context.phrase(c), "state")}
    return context.mentions.states.get(states.pop() or "") if len(states) == 1 else None


def spoken_for(context: Context, title: Title) -> Entity | None:
    """«Түркия тарапынан қорғаныс министрі X»: the state on whose side somebody takes part, named before the title."""
    clause = context.clause(title.sense.first)
    before = [m for m in context.mentions.within(clause, "state", "body") if m.last <= title.first and m.entity.state]
    sides = [m for m in before if context.relation_of(m) == "on_behalf"]
    if not sides:
        return None
    between = range(sides[-1].last, title.first)
    if context.mentions.within(between, "person", "state") or any(context.text.tokens[i].text == "," for i in between):
        return None
    return context.mentions.states.get(sides[-1].entity.state or "")


def listed_after(context: Context, title: Title) -> Entity | None:
    """«ҚХР Мемлекеттік кеңесінің мүшесі, қорғаныс министрі X»: the state of the first of one person's two titles."""
    noun = context.text.tokens[context.head(title.sense)]
    if noun.rel != "conj" or noun.head is None or noun.head > noun.index or title.states:
        return None
    above = noun.head
    beside = [c for c in context.text.children[above] if c > noun.index and context.text.tokens[c].rel == "appos"]
    if not any(m.entity.kind == "person" for c in beside for m in context.mentions.at(c)):
        return None
    named = context.mentions.within(range(min(context.phrase(above)), above), "state")
    return named[0].entity if named and context.relation_of(named[0]) == "of" else None


def received_by(context: Context, title: Title) -> set[str | None]:
    """The states of those whom the holder of an office receives, who are not of his."""
    verb = context.text.tokens[title.sense.last - 1].head
    if verb is None or not context.senses.has(verb, "receive_guest_verb"):
        return set()
    guests = (a for a in context.arguments(verb) if a.role == "object")
    named = (m for a in guests for m in context.mentions.within(a.tokens, "state", "body"))
    return {m.entity.state for m in named if m.entity.state and not context.is_located(m)}

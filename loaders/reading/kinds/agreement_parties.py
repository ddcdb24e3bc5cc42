"""Whose agreement it is: those who sign, persons standing for whom they hold office, and those named before."""

from collections.abc import Container, Iterable, Sequence

from loaders.reading.context import Context
from loaders.reading.facts import Entity, side
from loaders.reading.kinds.agreement_mentions import calls_document, names_company, of_members, owns_company, relation
from loaders.reading.kinds.clause_limits import STOPS, is_finite
from loaders.reading.mentions import EntityMention
from loaders.reading.offices import Office, find_offices
from loaders.reading.person_pronouns import antecedent
from loaders.reading.relations import BARE
from loaders.reading.syntax import Argument
from loaders.reading.text import Sentence
from loaders.reading.title import Title
from loaders.reading.titles import find_titles

WITH = frozenset({"with", "between", "on_behalf"})
ACTING = BARE | WITH
SEAT = "seat_"
CLAUSE_SIGNS = frozenset({",", "–", "—"})
BACKWARD_SENTENCES = 3
COUNTS = {"count_two": 2, "count_three": 3, "count_four": 4, "count_five": 5}
REACH_OF_COUNT = 250
"""How many words back a list may stand that "the three" means."""
STATE_LEVEL = frozenset({"GOV", "PARL"})


def once(actors: Iterable[Entity]) -> tuple[Entity, ...]:
    """Each side once; a body says more than its state."""
    found: dict[str, Entity] = {}
    for actor in actors:
        held = found.get(side(actor))
        if held is None or (held.kind == "state" and actor.kind == "body"):
            found[side(actor)] = actor
    return tuple(found.values())


class Parties:
    """Finds the actors that words stand for.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self._offices = find_offices(context)
        self._titles = find_titles(context)
        self._named = {o.title.sense.first for o in self._offices if o.title is not None}
        self._of_persons: dict[Entity, list[Office]] = {}
        for office in self._offices:
            self._of_persons.setdefault(office.person.entity, []).append(office)
        self._in_titles = {i for t in self._titles for i in range(t.first, t.last)}
        self._titles_at: dict[int, list[Title]] = {}
        for title in self._titles:
            self._titles_at.setdefault(title.sense.first, []).append(title)

    def among(self, tokens: Iterable[int]) -> tuple[Entity, ...]:
        """The actors among the tokens: for whom persons hold office, titles without a name, and actors by name."""
        wanted = frozenset(tokens)
        found: list[Entity] = []
        for mention in self.context.mentions.within(wanted, "person"):
            found += self._of_person(mention.entity)
        meant = (antecedent(self.context, i) for i in sorted(wanted))
        found += [actor for m in meant if m is not None for actor in self._of_person(m.entity)]
        titled = [t for i in sorted(wanted) for t in self._titles_at.get(i, ())]
        for title in titled:
            if title.sense.first not in self._named and not title.former:
                found += [self.as_party(o) for o in title.owners(self.context)]
        found += [c for i in wanted if (c := self._same_company(i)) is not None]
        found += [e for i in wanted for e in self._counted(i)]
        # Of «with his Pakistani counterpart» the state is all that is told.
        told = (t for t in titled if not t.colleague or self.context.relation(t.sense.first) != "with")
        covered = {i for t in told for i in range(t.first, t.last)}
        named = [m for m in self.context.actor_mentions(wanted) if not self._is_part(m)]
        named = [m for m in named if not (of_members(self.context, m) or owns_company(self.context, m))]
        named = [m for m in named if not calls_document(self.context, m)]
        for mention in named:
            actor = self.of(mention)
            if actor is not None and mention.head not in covered and self._acts(mention):
                found.append(actor)
        return once(found)

    def _counted(self, index: int) -> tuple[Entity, ...]:
        """ "A treaty that the three signed": as many states as were listed last, near before."""
        token = self.text.tokens[index]
        number = next((n for sense, n in COUNTS.items() if self.context.senses.has(index, sense)), 0)
        if token.pos != "NUM" or not number or self.context.relation(index) != "subject" or token.rel == "nummod":
            return ()
        before = self.context.mentions.within(range(max(0, index - REACH_OF_COUNT), index), "state")
        for mention in reversed([m for m in before if m.form == "name"]):
            listed = once(m.entity for m in self.context.coordinated(mention))
            if len(listed) == number:
                return listed
        return ()

    def _same_company(self, index: int) -> Entity | None:
        """«Эта компания», «концерн» without a name: the company named last."""
        token = self.text.tokens[index]
        if token.number == "Plur" or not self.context.senses.has(index, "company_noun"):
            return None
        children = self.text.children[index]
        described = [c for c in children if self.text.tokens[c].rel in {"amod", "nmod", "appos", "flat", "flat:name"}]
        if self.context.mentions.at(index) or self.context.mentions.at(index + 1) or described:
            return None
        before = [m.entity for m in self.context.mentions.within(range(index), "company")]
        return before[-1] if before else None

    def listed(self, first: int, last: int) -> tuple[Entity, ...]:
        """The only list of three or more actors in the nominative among the words, if nobody else is named there."""
        found = self.among(range(first, last))
        for mention in self.context.actor_mentions(range(first, last)):
            several = self.context.coordinated(mention)
            if len(several) > 2 and self.context.relation_of(mention) == "subject":
                listed = once(a for m in several if (a := self.of(m)) is not None)
                return (
                    listed if {side(f) for f in found if f.kind != "organization"} <= {side(p) for p in listed} else ()
                )
        return ()

    def _taking_part(self, sentence: Sentence) -> tuple[Entity, ...]:
        """«В заседании участвовали министры Азербайджана, Беларуси и Казахстана, …»: who met, not who watched."""
        for mention in self.context.actor_mentions(range(sentence.first, sentence.last)):
            several = self.context.coordinated(mention)
            clause = self.context.clause(mention.head)
            meets = any(self.context.senses.has(i, "participate", "participation", "come") for i in clause)
            if meets and len(several) > 2 and self.context.relation_of(several[0]) in {"subject", "of"}:
                return once(a for m in several if (a := self.of(m)) is not None)
        return ()

    def _act_together(self, sentence: Sentence) -> bool:
        """Whether the actors of a sentence stand in one clause: several clauses tell of each by itself."""
        named = self.context.actor_mentions(range(sentence.first, sentence.last))
        return len({self.text.clauses[m.head] for m in named}) == 1

    def _is_part(self, mention: EntityMention) -> bool:
        """Whether a mention stands within the name of an institution («Военная академия Республики Беларусь»)."""
        return any(
            m.last - m.first > mention.last - mention.first and m.entity.kind in {"institution", "company", "body"}
            for m in self.context.mentions.at(mention.first)
        )

    def of(self, mention: EntityMention) -> Entity | None:
        """Whom a mention means as a party: a capital may stand for an organization, a government for its state."""
        if mention.entity.kind == "company" and any(i in self._in_titles for i in range(mention.first, mention.last)):
            return None
        if mention.form == "metonym":
            for sense in self.context.senses.at(mention.first):
                code = sense.name.removeprefix(SEAT)
                if sense.name.startswith(SEAT) and (seated := self._spoken_of(code)) is not None:
                    return seated
        actor = self.context.mentions.actor(mention)
        return None if actor is None else self.as_party(actor)

    def as_party(self, actor: Entity) -> Entity:
        """A government or a parliament binds its state."""
        if actor.kind == "body" and actor.body in STATE_LEVEL and actor.state:
            return self.context.mentions.states.get(actor.state, actor)
        return actor

    def _spoken_of(self, organization: str) -> Entity | None:
        return next(
            (
                m.entity
                for m in self.context.mentions.all
                if m.entity.kind == "organization" and (m.entity.iri or "").endswith(f"/{organization}")
            ),
            None,
        )

    def _of_person(self, person: Entity) -> list[Entity]:
        offices = self._of_persons.get(person, [])
        best = next((o for o in offices if o.of.kind in {"state", "body"}), offices[0] if offices else None)
        return [self.as_party(best.of)] if best is not None else []

    def _is_maker(self, mention: EntityMention) -> bool:
        """«с турецкой Otokar»: the company is meant, not its state."""
        beside = self.context.mentions.at(mention.last)
        return mention.form == "adjective" and any(m.entity.kind == "company" for m in beside)

    def _acts(self, mention: EntityMention) -> bool:
        """An adjective names a party only before one who acts («турецкая сторона»); a place is none."""
        if mention.form == "model" and self.context.senses.has(mention.head, "military"):
            return False  # «ПВО» is no company
        if mention.entity.kind == "organization" and self.context.senses.has(mention.first - 1, "member_noun"):
            return False  # «государств – членов ОДКБ»
        if mention.form in {"adjective", "demonym"}:
            noun = self.text.tokens[mention.head].head
            if noun is None or names_company(self.context, noun):
                return False
            return self.context.senses.has(noun, "side", "delegation", "force", "pair_anaphor")
        if self.context.relation(mention.head) == "subject":
            return True  # «на встрече в Бишкеке, Кыргызстан и Россия подписали …»
        return self.context.relation_of(mention) in ACTING

    def around(self, verb: int, without: Container[int]) -> tuple[Entity, ...]:
        """The parties that a verb of signing names: its subject, its agent, and with whom.

        Arguments:
            verb: the verb, participle or noun.
            without: the words of the document itself.
        """
        near = near_verb(self.context, verb)
        outside = [a for a in self.context.arguments(verb) if a.head not in without]
        if any(a.role == "subject" and a.head in near for a in outside):
            outside = [a for a in outside if a.role != "subject" or a.head in near]
        subject = [i for a in outside if self._is_subject(a) for i in a.tokens]
        company = [i for a in outside if a.relation in WITH for i in a.tokens]
        found = self.among(i for i in (*subject, *company) if i not in without)
        if len(found) == 1:
            beside = [
                m
                for m in self.context.actor_mentions(near)
                if relation(self.context, m) == "with" and not self._is_maker(m)
            ]
            found = once([*found, *(a for m in beside if m.head not in without and (a := self.of(m)) is not None)])
        return found or self.among(self._words_before(verb, without))

    def subject(self, verb: int, without: Container[int]) -> tuple[Entity, ...]:
        """Who signs, without those with whom."""
        subjects = [i for a in self.context.arguments(verb) if a.role == "subject" for i in a.tokens]
        return self.among(i for i in subjects if i not in without)

    def _is_subject(self, argument: Argument) -> bool:
        return argument.role == "subject" or (argument.role == "modifier" and argument.relation in {"of", "by"})

    def _words_before(self, verb: int, without: Container[int]) -> list[int]:
        """Where the syntax gives no subject: what stands in the nominative in the clause, else before the verb."""
        if self.text.tokens[verb].feats.get("Voice") == "Pass" or self.text.tokens[verb].rel.startswith("acl"):
            return []
        first = self.context.sentence(verb).first
        for tokens in (self.context.clause(verb), range(first, verb)):
            named = [
                i
                for m in self.context.mentions.within(tokens)
                if m.head not in without and m.form != "adjective" and self.context.relation_of(m) in {"subject", ""}
                for i in range(m.first, m.last)
            ]
            if named:
                return named
        return []

    def before(self, index: int, known: Sequence[Entity]) -> tuple[Entity, ...]:
        """The parties named in the sentences before a token, for «стороны», «они», «главы ведомств», and passives.

        Arguments:
            index: the token.
            known: the party that is already known, if one is.
        """
        here = self.context.sentence(index)
        mine = {side(k) for k in known}
        for number in range(here.index - 1, max(-1, here.index - 1 - BACKWARD_SENTENCES), -1):
            earlier = self.text.sentences[number]
            if self.context.in_title(earlier.first):
                break
            # A body hides its state; what is only a place is not a party.
            found = [
                a for a in self.among(range(earlier.first, earlier.last)) if a.kind in {"state", "body", "organization"}
            ]
            alone = len(found) == 1 and earlier.paragraph == here.paragraph
            if mine and not any(side(f) in mine for f in found) and not alone:
                continue
            together = once([*known, *found])
            if len(together) == 2 or (len(together) > 2 and not known and self._act_together(earlier)):
                return together
            if len(together) > 2:
                return tuple(known) or self._taking_part(earlier)
        return tuple(known)


def near_verb(context: Context, verb: int) -> frozenset[int]:
    """The words around a verb that no other finite verb parts from it; before it, those of its own clause."""
    sentence = context.sentence(verb)
    tokens = context.text.tokens
    found = {verb}
    for step, limit in ((-1, sentence.first - 1), (1, sentence.last)):
        run: list[int] = []
        at = verb + step
        while at != limit and not is_finite(tokens[at]) and tokens[at].text not in STOPS:
            run.append(at)
            at += step
        if at != limit and is_finite(tokens[at]):
            commas = [i for i in run if tokens[i].text in CLAUSE_SIGNS]
            if step < 0:
                run = [i for i in run if commas and i > commas[-1]]
            else:
                run = [i for i in run if not commas or i < commas[-1]]
        found.update(run)
    return frozenset(found)

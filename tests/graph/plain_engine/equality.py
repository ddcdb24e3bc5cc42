"""OWL 2 Profiles, Table 4: the semantics of equality. eq-ref is trivial and left to the end."""

from ontology import OWL
from tests.graph.plain_engine.engine import Engine

__all__ = ["install"]


def install(engine: Engine) -> None:
    """Hang up eq-sym, eq-trans, eq-rep-s, eq-rep-p, eq-rep-o, eq-diff1, eq-diff2 and eq-diff3."""
    same, different = engine.iri(OWL["sameAs"]), engine.iri(OWL["differentFrom"])
    others: dict[int, set[int]] = {}
    """What a term is the same as, itself apart."""

    def equal(x: int, y: int) -> None:
        if x == y:
            return
        engine.add(y, same, x)  # eq-sym
        for z in list(engine.objects(y, same)):  # eq-trans
            engine.add(x, same, z)
        for w in list(engine.subjects(same, x)):
            engine.add(w, same, y)
        others.setdefault(x, set()).add(y)
        if engine.holds(x, different, y):
            engine.clash("eq-diff1", (x, same, y), (x, different, y))
        for predicate in engine.predicates():
            if predicate == same:
                continue
            for value in list(engine.objects(x, predicate)):  # eq-rep-s
                engine.add(y, predicate, value)
            for subject in list(engine.subjects(predicate, x)):  # eq-rep-o
                engine.add(subject, predicate, y)
        for subject, value in engine.pairs(x):  # eq-rep-p
            engine.add(subject, y, value)

    def replace(subject: int, predicate: int, value: int) -> None:
        if not others or predicate == same:
            return
        for other in others.get(subject, ()):
            engine.add(other, predicate, value)
        for other in others.get(predicate, ()):
            engine.add(subject, other, value)
        for other in others.get(value, ()):
            engine.add(subject, predicate, other)

    def unequal(x: int, y: int) -> None:
        if x == y or engine.holds(x, same, y) or engine.holds(y, same, x):
            engine.clash("eq-diff1", (x, same, y), (x, different, y))

    engine.on_any(replace)
    engine.on(same, equal)
    engine.on(different, unequal)
    _install_all_different(engine, same)


def _install_all_different(engine: Engine, same: int) -> None:
    all_different = engine.iri(OWL["AllDifferent"])
    group_of: dict[int, dict[int, tuple[int, str, int]]] = {}
    """Which axioms a term stands in: axiom to (list, rule, property of the list)."""

    def register(property_: int, rule: str, axiom: int, node: int) -> None:
        members = engine.members(node)
        if members is None or not engine.holds(axiom, engine.type, all_different):
            return
        if not engine.once(rule, axiom, node):
            return
        for position, member in enumerate(members):
            for other in members[position + 1 :]:
                if member == other or engine.holds(member, same, other):
                    clash(rule, property_, axiom, node, member, other)
            group_of.setdefault(member, {})[axiom] = (node, rule, property_)

    def clash(rule: str, property_: int, axiom: int, node: int, x: int, y: int) -> None:
        x, y = min(x, y), max(x, y)
        engine.clash(rule, (axiom, engine.type, all_different), (axiom, property_, node), (x, same, y))

    def equal(x: int, y: int) -> None:
        if x != y and x in group_of and y in group_of:
            for axiom, (node, rule, property_) in group_of[x].items():
                if axiom in group_of[y]:
                    clash(rule, property_, axiom, node, x, y)

    for name, rule in (("members", "eq-diff2"), ("distinctMembers", "eq-diff3")):
        property_ = engine.iri(OWL[name])

        def of_list(axiom: int, node: int, property_: int = property_, rule: str = rule) -> None:
            register(property_, rule, axiom, node)

        def of_axiom(axiom: int, property_: int = property_, rule: str = rule) -> None:
            for node in list(engine.objects(axiom, property_)):
                register(property_, rule, axiom, node)

        engine.on(property_, of_list)
        engine.on_instance(all_different, of_axiom)
    engine.on(same, equal)

"""OWL 2 Profiles, Table 5: the semantics of axioms about properties.

prp-eqp1 and prp-eqp2 follow from scm-eqp1 and prp-spo1; prp-ap is trivial.
"""

from ontology import OWL, RDFS
from tests.graph.plain_engine.engine import Engine

__all__ = ["install"]


def install(engine: Engine) -> None:
    """Hang up the rules prp-*."""
    _install_hierarchy(engine)
    _install_characteristics(engine)
    _install_chains(engine)
    _install_keys(engine)
    _install_disjointness(engine)
    _install_negative_assertions(engine)


def _install_hierarchy(engine: Engine) -> None:
    add, a = engine.add, engine.type

    def domain(p: int, c: int) -> None:  # prp-dom
        engine.on(p, lambda x, _y: add(x, a, c))

    def range_(p: int, c: int) -> None:  # prp-rng
        engine.on(p, lambda _x, y: add(y, a, c))

    def sub_property(p: int, q: int) -> None:  # prp-spo1
        if p != q:
            engine.on(p, lambda x, y: add(x, q, y))

    def inverse(p: int, q: int) -> None:  # prp-inv1, prp-inv2
        engine.on(p, lambda x, y: add(y, q, x))
        engine.on(q, lambda x, y: add(y, p, x))

    engine.on(engine.iri(RDFS["domain"]), domain)
    engine.on(engine.iri(RDFS["range"]), range_)
    engine.on(engine.iri(RDFS["subPropertyOf"]), sub_property)
    engine.on(engine.iri(OWL["inverseOf"]), inverse)


def _install_characteristics(engine: Engine) -> None:
    add, a, same = engine.add, engine.type, engine.iri(OWL["sameAs"])

    def functional(p: int) -> None:  # prp-fp
        def rule(x: int, y: int) -> None:
            for other in list(engine.objects(x, p)):
                if other != y:
                    add(y, same, other)

        engine.on(p, rule)

    def inverse_functional(p: int) -> None:  # prp-ifp
        def rule(x: int, y: int) -> None:
            for other in list(engine.subjects(p, y)):
                if other != x:
                    add(x, same, other)

        engine.on(p, rule)

    def irreflexive(p: int) -> None:  # prp-irp
        kind = engine.iri(OWL["IrreflexiveProperty"])
        engine.on(p, lambda x, y: engine.clash("prp-irp", (p, a, kind), (x, p, y)) if x == y else None)

    def symmetric(p: int) -> None:  # prp-symp
        engine.on(p, lambda x, y: add(y, p, x))

    def asymmetric(p: int) -> None:  # prp-asyp
        kind = engine.iri(OWL["AsymmetricProperty"])

        def rule(x: int, y: int) -> None:
            if engine.holds(y, p, x):
                engine.clash("prp-asyp", (p, a, kind), (x, p, y), (y, p, x))

        engine.on(p, rule)

    def transitive(p: int) -> None:  # prp-trp
        def rule(x: int, y: int) -> None:
            for z in list(engine.objects(y, p)):
                add(x, p, z)
            for w in list(engine.subjects(p, x)):
                add(w, p, y)

        engine.on(p, rule)

    for name, characteristic in (
        ("FunctionalProperty", functional),
        ("InverseFunctionalProperty", inverse_functional),
        ("IrreflexiveProperty", irreflexive),
        ("SymmetricProperty", symmetric),
        ("AsymmetricProperty", asymmetric),
        ("TransitiveProperty", transitive),
    ):
        engine.on_instance(engine.iri(OWL[name]), characteristic)


def _install_chains(engine: Engine) -> None:
    def chain(p: int, node: int) -> None:  # prp-spo2
        steps = engine.members(node)
        if not steps or not engine.once("prp-spo2", p, steps):
            return

        def rule(position: int, x: int, y: int) -> None:
            starts, ends = {x}, {y}
            for step in reversed(steps[:position]):
                starts = {w for start in starts for w in engine.subjects(step, start)}
            if not starts:
                return
            for step in steps[position + 1 :]:
                ends = {z for end in ends for z in engine.objects(end, step)}
            for start in starts:
                for end in ends:
                    engine.add(start, p, end)

        for position, step in enumerate(steps):
            engine.on(step, lambda x, y, position=position: rule(position, x, y))  # type: ignore[misc]

    engine.on(engine.iri(OWL["propertyChainAxiom"]), chain)


def _install_keys(engine: Engine) -> None:
    a, same = engine.type, engine.iri(OWL["sameAs"])

    def key(c: int, node: int) -> None:  # prp-key
        properties = engine.members(node)
        if not properties or not engine.once("prp-key", c, properties):
            return

        def rule(x: int) -> None:
            alike: set[int] | None = None
            for p in properties:
                sharing = {y for value in engine.objects(x, p) for y in engine.subjects(p, value)}
                alike = sharing if alike is None else alike & sharing
                if len(alike) < 2:
                    return
            for y in alike or ():
                if y != x and engine.holds(y, a, c):
                    engine.add(x, same, y)

        engine.on_instance(c, rule)
        for p in properties:
            engine.on(p, lambda x, _y: rule(x) if engine.holds(x, a, c) else None)

    engine.on(engine.iri(OWL["hasKey"]), key)


def _install_disjointness(engine: Engine) -> None:
    disjoint = engine.iri(OWL["propertyDisjointWith"])
    members, kind = engine.iri(OWL["members"]), engine.iri(OWL["AllDisjointProperties"])

    def exclude(rule: str, p: int, q: int, *axiom: tuple[int, int, int]) -> None:
        def check(first: int, second: int, x: int, y: int) -> None:
            if engine.holds(x, second, y):
                engine.clash(rule, *axiom, (x, first, y), (x, second, y))

        engine.on(p, lambda x, y: check(p, q, x, y))
        engine.on(q, lambda x, y: check(q, p, x, y))

    def all_disjoint(axiom: int) -> None:  # prp-adp
        for node in list(engine.objects(axiom, members)):
            properties = engine.members(node)
            if properties is None or not engine.once("prp-adp", axiom, node):
                continue
            for position, p in enumerate(properties):
                for q in properties[position + 1 :]:
                    exclude("prp-adp", p, q, (axiom, engine.type, kind), (axiom, members, node))

    def of_list(axiom: int, _node: int) -> None:
        if engine.holds(axiom, engine.type, kind):
            all_disjoint(axiom)

    engine.on(disjoint, lambda p, q: exclude("prp-pdw", p, q, (p, disjoint, q)))
    engine.on_instance(kind, all_disjoint)
    engine.on(members, of_list)


def _install_negative_assertions(engine: Engine) -> None:
    source, assertion = engine.iri(OWL["sourceIndividual"]), engine.iri(OWL["assertionProperty"])

    def install_target(target: int, rule: str) -> None:
        def register(node: int, _value: int) -> None:
            for x in list(engine.objects(node, source)):
                for p in list(engine.objects(node, assertion)):
                    for y in list(engine.objects(node, target)):
                        if engine.once(rule, node, x, p, y):
                            watch(node, x, p, y)

        def watch(node: int, x: int, p: int, y: int) -> None:
            def check(subject: int, value: int) -> None:
                if subject == x and value == y:
                    engine.clash(rule, (node, source, x), (node, assertion, p), (node, target, y), (x, p, y))

            engine.on(p, check)

        for part in (source, assertion, target):
            engine.on(part, register)

    install_target(engine.iri(OWL["targetIndividual"]), "prp-npa1")
    install_target(engine.iri(OWL["targetValue"]), "prp-npa2")

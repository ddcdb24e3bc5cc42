"""OWL 2 Profiles, Tables 6 and 7: the semantics of classes and of class axioms.

cax-eqc1 and cax-eqc2 follow from scm-eqc1 and cax-sco; cls-thing and cls-nothing1 stand with the schema rules.
"""

from collections.abc import Callable

from pyoxigraph import Literal

from ontology import OWL, RDFS
from tests.graph.plain_engine.engine import Engine

__all__ = ["install", "restrictions"]


def install(engine: Engine) -> None:
    """Hang up the rules cls-* and cax-*."""
    _install_axioms(engine)
    _install_lists(engine)
    _install_disjointness(engine)
    _install_quantifiers(engine)
    _install_cardinalities(engine)


def restrictions(engine: Engine, facet: str, found: Callable[[int, int, int], None]) -> None:
    """Call `found(class, property, filler)` for each restriction that has `owl:onProperty` and the facet."""
    on_property, filler = engine.iri(OWL["onProperty"]), engine.iri(OWL[facet])

    def by_filler(c: int, y: int) -> None:
        for p in list(engine.objects(c, on_property)):
            if engine.once(found, c, p, y):
                found(c, p, y)

    def by_property(c: int, p: int) -> None:
        for y in list(engine.objects(c, filler)):
            if engine.once(found, c, p, y):
                found(c, p, y)

    engine.on(filler, by_filler)
    engine.on(on_property, by_property)


def _install_axioms(engine: Engine) -> None:
    add, a, nothing = engine.add, engine.type, engine.iri(OWL["Nothing"])

    def sub_class(c: int, d: int) -> None:  # cax-sco
        if c != d:
            engine.on_instance(c, lambda x: add(x, a, d))

    engine.on(engine.iri(RDFS["subClassOf"]), sub_class)
    engine.on_instance(nothing, lambda x: engine.clash("cls-nothing2", (x, a, nothing)))


def _install_lists(engine: Engine) -> None:
    add, a = engine.add, engine.type

    def intersection(c: int, node: int) -> None:
        parts = engine.members(node)
        if parts is None or not engine.once("cls-int", c, parts):
            return

        def gather(x: int) -> None:  # cls-int1
            if all(engine.holds(x, a, part) for part in parts):
                add(x, a, c)

        for part in parts:
            engine.on_instance(part, gather)
            engine.on_instance(c, lambda x, part=part: add(x, a, part))  # type: ignore[misc]  # cls-int2

    def union(c: int, node: int) -> None:  # cls-uni
        for part in engine.members(node) or ():
            engine.on_instance(part, lambda x: add(x, a, c))

    def one_of(c: int, node: int) -> None:  # cls-oo
        for member in engine.members(node) or ():
            add(member, a, c)

    engine.on(engine.iri(OWL["intersectionOf"]), intersection)
    engine.on(engine.iri(OWL["unionOf"]), union)
    engine.on(engine.iri(OWL["oneOf"]), one_of)


def _install_disjointness(engine: Engine) -> None:
    a, members = engine.type, engine.iri(OWL["members"])
    disjoint, complement = engine.iri(OWL["disjointWith"]), engine.iri(OWL["complementOf"])
    kind = engine.iri(OWL["AllDisjointClasses"])

    def exclude(rule: str, c: int, d: int, *axiom: tuple[int, int, int]) -> None:
        def check(x: int) -> None:
            if engine.holds(x, a, c) and engine.holds(x, a, d):
                engine.clash(rule, *axiom, (x, a, c), (x, a, d))

        engine.on_instance(c, check)
        engine.on_instance(d, check)

    def all_disjoint(axiom: int) -> None:  # cax-adc
        for node in list(engine.objects(axiom, members)):
            classes = engine.members(node)
            if classes is None or not engine.once("cax-adc", axiom, node):
                continue
            for position, c in enumerate(classes):
                for d in classes[position + 1 :]:
                    exclude("cax-adc", c, d, (axiom, a, kind), (axiom, members, node))

    def of_list(axiom: int, _node: int) -> None:
        if engine.holds(axiom, a, kind):
            all_disjoint(axiom)

    engine.on(disjoint, lambda c, d: exclude("cax-dw", c, d, (c, disjoint, d)))
    engine.on(complement, lambda c, d: exclude("cls-com", c, d, (c, complement, d)))
    engine.on_instance(kind, all_disjoint)
    engine.on(members, of_list)


def _install_quantifiers(engine: Engine) -> None:
    add, a, thing = engine.add, engine.type, engine.iri(OWL["Thing"])

    def some_values(c: int, p: int, d: int) -> None:
        if d == thing:  # cls-svf2
            engine.on(p, lambda x, _y: add(x, a, c))
            return

        def of_value(y: int) -> None:
            for x in list(engine.subjects(p, y)):
                add(x, a, c)

        engine.on(p, lambda x, y: add(x, a, c) if engine.holds(y, a, d) else None)  # cls-svf1
        engine.on_instance(d, of_value)

    def all_values(c: int, p: int, d: int) -> None:  # cls-avf
        def of_instance(x: int) -> None:
            for y in list(engine.objects(x, p)):
                add(y, a, d)

        engine.on_instance(c, of_instance)
        engine.on(p, lambda x, y: add(y, a, d) if engine.holds(x, a, c) else None)

    def has_value(c: int, p: int, y: int) -> None:
        engine.on_instance(c, lambda x: add(x, p, y))  # cls-hv1
        engine.on(p, lambda x, value: add(x, a, c) if value == y else None)  # cls-hv2

    restrictions(engine, "someValuesFrom", some_values)
    restrictions(engine, "allValuesFrom", all_values)
    restrictions(engine, "hasValue", has_value)


def _install_cardinalities(engine: Engine) -> None:
    a, same, thing = engine.type, engine.iri(OWL["sameAs"]), engine.iri(OWL["Thing"])
    on_class = engine.iri(OWL["onClass"])

    def at_most(c: int, p: int, number: int, of: int | None, rules: tuple[str, str]) -> None:
        """With `of`, only values of that class count."""
        most = _cardinality(engine, number)
        if most not in (0, 1):
            return

        def check(x: int) -> None:
            values = [y for y in engine.objects(x, p) if of is None or engine.holds(y, a, of)]
            for position, y in enumerate(values):
                if most == 0:
                    counted = () if of is None else ((y, a, of),)
                    engine.clash(rules[0], (x, a, c), (x, p, y), *counted)
                for other in values[position + 1 :] if most == 1 else ():
                    engine.add(y, same, other)

        def of_value(y: int) -> None:
            for x in list(engine.subjects(p, y)):
                if engine.holds(x, a, c):
                    check(x)

        engine.on_instance(c, check)
        engine.on(p, lambda x, _y: check(x) if engine.holds(x, a, c) else None)
        if of is not None:
            engine.on_instance(of, of_value)

    def at_most_of(c: int, p: int, number: int) -> None:
        def of_class(of: int) -> None:
            if engine.once("maxqc", c, p, number, of):
                everything = of == thing
                rules = ("cls-maxqc2", "cls-maxqc4") if everything else ("cls-maxqc1", "cls-maxqc3")
                at_most(c, p, number, None if everything else of, rules)

        for of in list(engine.objects(c, on_class)):
            of_class(of)
        engine.on(on_class, lambda restriction, of: of_class(of) if restriction == c else None)

    restrictions(engine, "maxCardinality", lambda c, p, n: at_most(c, p, n, None, ("cls-maxc1", "cls-maxc2")))
    restrictions(engine, "maxQualifiedCardinality", at_most_of)


def _cardinality(engine: Engine, number: int) -> int | None:
    term = engine.terms[number]
    return int(term.value) if isinstance(term, Literal) and term.value.strip().isdecimal() else None

"""OWL 2 Profiles, Table 9: the semantics of the schema vocabulary."""

from collections.abc import Callable

from ontology import OWL, RDFS
from tests.graph.plain_engine.classes import restrictions
from tests.graph.plain_engine.engine import Engine

__all__ = ["install"]


def install(engine: Engine) -> None:
    """Hang up the rules scm-*."""
    _install_declarations(engine)
    for sub, equivalent in (("subClassOf", "equivalentClass"), ("subPropertyOf", "equivalentProperty")):
        _install_order(engine, engine.iri(RDFS[sub]), engine.iri(OWL[equivalent]))
    _install_domains(engine)
    _install_lists(engine)
    _install_restrictions(engine)


def _install_declarations(engine: Engine) -> None:
    add, thing, nothing = engine.add, engine.iri(OWL["Thing"]), engine.iri(OWL["Nothing"])
    sub_class, equivalent_class = engine.iri(RDFS["subClassOf"]), engine.iri(OWL["equivalentClass"])
    sub_property, equivalent_property = engine.iri(RDFS["subPropertyOf"]), engine.iri(OWL["equivalentProperty"])

    def of_class(c: int) -> None:  # scm-cls
        add(c, sub_class, c)
        add(c, equivalent_class, c)
        add(c, sub_class, thing)
        add(nothing, sub_class, c)

    def of_property(p: int) -> None:  # scm-op, scm-dp
        add(p, sub_property, p)
        add(p, equivalent_property, p)

    owl_class = engine.iri(OWL["Class"])
    add(thing, engine.type, owl_class)  # cls-thing
    add(nothing, engine.type, owl_class)  # cls-nothing1
    engine.on_instance(owl_class, of_class)
    engine.on_instance(engine.iri(OWL["ObjectProperty"]), of_property)
    engine.on_instance(engine.iri(OWL["DatatypeProperty"]), of_property)


def _install_order(engine: Engine, under: int, equivalent: int) -> None:
    """scm-sco, scm-eqc1, scm-eqc2; scm-spo, scm-eqp1, scm-eqp2."""
    add = engine.add

    def below(x: int, y: int) -> None:
        for z in list(engine.objects(y, under)):
            add(x, under, z)
        for w in list(engine.subjects(under, x)):
            add(w, under, y)
        if engine.holds(y, under, x):
            add(x, equivalent, y)
            add(y, equivalent, x)

    def both(x: int, y: int) -> None:
        add(x, under, y)
        add(y, under, x)

    engine.on(under, below)
    engine.on(equivalent, both)


def _install_domains(engine: Engine) -> None:
    """scm-dom1, scm-dom2, scm-rng1, scm-rng2."""
    sub_class, sub_property = engine.iri(RDFS["subClassOf"]), engine.iri(RDFS["subPropertyOf"])

    def install_place(place: int) -> None:
        def of_place(p: int, c: int) -> None:
            for d in list(engine.objects(c, sub_class)):
                engine.add(p, place, d)
            for q in list(engine.subjects(sub_property, p)):
                engine.add(q, place, c)

        def of_class(c: int, d: int) -> None:
            for p in list(engine.subjects(place, c)):
                engine.add(p, place, d)

        def of_property(q: int, p: int) -> None:
            for c in list(engine.objects(p, place)):
                engine.add(q, place, c)

        engine.on(place, of_place)
        engine.on(sub_class, of_class)
        engine.on(sub_property, of_property)

    install_place(engine.iri(RDFS["domain"]))
    install_place(engine.iri(RDFS["range"]))


def _install_lists(engine: Engine) -> None:
    sub_class = engine.iri(RDFS["subClassOf"])

    def intersection(c: int, node: int) -> None:  # scm-int
        for part in engine.members(node) or ():
            engine.add(c, sub_class, part)

    def union(c: int, node: int) -> None:  # scm-uni
        for part in engine.members(node) or ():
            engine.add(part, sub_class, c)

    engine.on(engine.iri(OWL["intersectionOf"]), intersection)
    engine.on(engine.iri(OWL["unionOf"]), union)


def _install_restrictions(engine: Engine) -> None:
    """scm-hv, scm-svf1, scm-svf2, scm-avf1, scm-avf2."""
    sub_class = engine.iri(RDFS["subClassOf"])

    def narrower(c: int, d: int) -> None:
        engine.add(c, sub_class, d)

    def wider(c: int, d: int) -> None:
        engine.add(d, sub_class, c)

    _compare(engine, "hasValue", by_property=narrower, by_filler=None)
    _compare(engine, "someValuesFrom", by_property=narrower, by_filler=narrower)
    _compare(engine, "allValuesFrom", by_property=wider, by_filler=narrower)


_Conclude = Callable[[int, int], None]


def _compare(engine: Engine, facet: str, *, by_property: _Conclude, by_filler: _Conclude | None) -> None:
    """Compare the restrictions of one kind: same filler and property under property, or the other way round."""
    sub_class, sub_property = engine.iri(RDFS["subClassOf"]), engine.iri(RDFS["subPropertyOf"])
    known: dict[tuple[int, int], set[int]] = {}
    """Property and filler to the classes that are so restricted."""
    with_filler: dict[int, set[int]] = {}
    with_property: dict[int, set[int]] = {}

    def conclude(lower: tuple[int, int], upper: tuple[int, int], conclusion: _Conclude) -> None:
        for c in known.get(lower, ()):
            for d in known.get(upper, ()):
                conclusion(c, d)

    def restriction(c: int, p: int, y: int) -> None:
        known.setdefault((p, y), set()).add(c)
        with_filler.setdefault(y, set()).add(p)
        with_property.setdefault(p, set()).add(y)
        for q in list(engine.objects(p, sub_property)):
            conclude((p, y), (q, y), by_property)
        for q in list(engine.subjects(sub_property, p)):
            conclude((q, y), (p, y), by_property)
        if by_filler is not None:
            for z in list(engine.objects(y, sub_class)):
                conclude((p, y), (p, z), by_filler)
            for z in list(engine.subjects(sub_class, y)):
                conclude((p, z), (p, y), by_filler)

    def properties(p: int, q: int) -> None:
        for y in with_property.get(p, set()) & with_property.get(q, set()):
            conclude((p, y), (q, y), by_property)

    def fillers(y: int, z: int) -> None:
        for p in with_filler.get(y, set()) & with_filler.get(z, set()) if by_filler is not None else ():
            assert by_filler is not None
            conclude((p, y), (p, z), by_filler)

    restrictions(engine, facet, restriction)
    engine.on(sub_property, properties)
    engine.on(sub_class, fillers)

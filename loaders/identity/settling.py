"""Which things of several documents are one, worked out anew whenever documents come and go, within one transaction.

What is worked out is a function of what the documents say and of what people decided: not of the order in which they
were loaded, nor of what was found before. Only what the changed documents' things can be joined with is looked at: by
what a thing can be found is kept in the graph of identity, so that the size of the store does not matter.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import NamedNode, Triple

from graph.store import Transaction
from loaders.decisions.record import decisions_graph
from loaders.documents import Library
from loaders.identity.clusters import Judged, Thing, clusters, judged_pairs, link_within
from loaders.identity.evidence import passage_about
from loaders.identity.keys import VERSION, kept, sought
from loaders.identity.naming import Naming
from loaders.identity.record import (
    IDENTITY_KEY,
    Identification,
    Judgement,
    judgements,
    keeping,
    key_triples,
    renamed_in,
    things_with_keys,
)
from loaders.identity.remembered import Remembered
from loaders.identity.renaming import Labels, rename, renaming
from loaders.identity.rules import link
from loaders.identity.things import Kind, Profile, described, kinds_in
from ontology import GRAPH_IDENTITY

__all__ = ["IdentityAcrossDocuments"]

_IDENTITY = NamedNode(GRAPH_IDENTITY)


class IdentityAcrossDocuments:
    """Keeps the things of a store's documents joined where they are the same.

    Tell it of each document before it goes and after it came, then let it `settle`.

    Arguments:
        transaction: of the store.
        remembered: what documents told when other transactions looked at them.
    """

    def __init__(self, transaction: Transaction, remembered: Remembered | None = None) -> None:
        self._remembered = remembered or Remembered()
        self._transaction = transaction
        self._rdf = transaction.rdf
        self._naming = Naming(self._rdf)
        self._kinds: dict[str, Kind] = {}
        self._touched: set[str] = set()
        self._changed: set[str] = set()
        self._left: dict[str, Mapping[str, str]] = {}
        self._things: dict[str, Thing | None] = {}
        self._named: dict[str, Mapping[str, str]] = {}

    # Documents

    def leaving(self, document: str) -> None:
        """A document is about to go, or to be replaced."""
        if self._naming.is_text(document):
            own = self._naming.own_in(document)
            self._left[document] = own
            self._touch({own.get(name, name): kind for name, kind in kinds_in(self._rdf, document).items()})
            self._touch_alike({own.get(name, name) for name in kinds_in(self._rdf, document)})
            for identified in renamed_in(self._rdf, document):
                record = self._naming.recorded(identified)
                assert record is not None
                left = tuple(d for d in record.documents if d != document)
                self._amend([(record, replace(record, documents=left))])
        else:
            self._touch(kinds_in(self._rdf, document))
        self._changed.add(document)
        self._forget(document)

    def entered(self, document: str) -> None:
        """A document has come: its graph has the things under their own names."""
        self._forget(document)
        self._touch(kinds_in(self._rdf, document))
        self._changed.add(document)
        if own := self._left.get(document):
            rename(self._transaction, decisions_graph(document), own, Labels(kept=frozenset(own.values())))

    def judged(self, judgement: Judgement) -> None:
        """People decided something, or took it back."""
        self._touched |= {*judgement.things, *judgement.others}

    def _touch_alike(self, leaving: Iterable[str]) -> None:
        """What a thing is like that leaves: where it was in doubt which of two others is one with it, it is no more."""
        self._things = {}
        for iri in leaving:
            thing = self._thing(iri)
            if thing is not None:
                kind = self._kinds[iri]
                self._touch(dict.fromkeys(self._joined(thing, kind), kind))

    def _forget(self, document: str) -> None:
        self._naming.forget(document)
        self._remembered.forget(document)

    def _touch(self, things: Mapping[str, Kind]) -> None:
        self._touched |= things.keys()
        self._kinds.update(things)

    # The outcome

    def settle(self) -> None:
        """Let one thing have one name in all documents, and record what was taken for one."""
        if not self._touched:
            return
        self._things, self._named = {}, {}
        self._keep_keys()
        judged = judged_pairs(judgements(self._rdf))
        things = self._component(self._touched, judged)
        common: dict[str, str] = {}
        records: dict[str, Identification | None] = dict.fromkeys(self._touched)
        groups = clusters(things.values(), judged)
        renames: dict[str, dict[str, str]] = defaultdict(dict)
        labels: dict[str, Labels] = {}
        for group in groups:
            chosen = self._chosen(group, things)
            common.update(dict.fromkeys(group, chosen))
            for iri, graphs in self._labels(group, chosen, things).items():
                for graph, keeps in graphs.items():
                    labels[graph] = labels.get(graph, Labels()).with_name(chosen, iri == chosen or keeps)
        for iri, thing in things.items():
            for document in thing.documents:
                renames[document][self._named[iri][document]] = common[iri]
        amendments: dict[str, tuple[set[Triple], set[Triple]]] = {}
        for document, names in renames.items():
            if amended := dict(self._renamed(document, names, labels.get(document, Labels()))):
                amendments |= amended
                self._remembered.forget(document)
        self._transaction.amend_graphs(amendments)
        for group in groups:
            profiles = {things[iri].profile for iri in group}
            for iri in group:
                records[iri] = self._identification(iri, common[iri], group, profiles, things, judged)
        self._amend((self._naming.recorded(iri), wanted) for iri, wanted in records.items())
        self._touched.clear()

    def _keep_keys(self) -> None:
        """Keep by what each touched thing can be found, in place of what was kept of it before."""
        wanted = set(key_triples(GRAPH_IDENTITY, [VERSION]))
        now = {quad.triple for quad in self._rdf.quads_for_pattern(_IDENTITY, IDENTITY_KEY, None, _IDENTITY)}
        if now != wanted:
            self._touched |= things_with_keys(self._rdf)
            for document in Library(self._rdf):
                own = self._naming.own_in(document.iri)
                self._touch({own.get(name, name): kind for name, kind in kinds_in(self._rdf, document.iri).items()})
        for iri in self._touched:
            if (thing := self._thing(iri)) is not None:
                wanted.update(key_triples(iri, kept(thing.profile)))
            quads = self._rdf.quads_for_pattern(NamedNode(iri), IDENTITY_KEY, None, _IDENTITY)
            now.update(quad.triple for quad in quads)
        self._replace(now, wanted)

    def _component(self, begin: Iterable[str], judged: Judged) -> dict[str, Thing]:
        """The things with all that a rule, a record or a person joins them with, however far."""
        seen: dict[str, Thing | None] = {}
        searched: set[Profile] = set()
        known: set[str] = set()
        waiting = sorted(begin)
        partners: dict[str, set[str]] = defaultdict(set)
        for pair in judged.same | judged.different:
            for iri in pair:
                partners[iri] |= pair
        while waiting:
            iri = waiting.pop()
            if iri in seen:
                continue
            seen[iri] = thing = self._thing(iri)
            near = set(partners[iri])
            record = self._naming.recorded(iri)
            common = record.common if record else iri
            if common not in known:
                known.add(common)
                near.update(self._naming.own_names(common))
            # Where the same is told of another thing, what rules join with it has been looked for already.
            if thing is not None and thing.profile not in searched:
                searched.add(thing.profile)
                near |= self._joined(thing, self._kinds[iri])
            if iri in self._kinds:
                for other in near:
                    self._kinds.setdefault(other, self._kinds[iri])
            waiting += sorted(near - seen.keys())
        return {iri: thing for iri, thing in seen.items() if thing is not None}

    def _joined(self, thing: Thing, kind: Kind) -> set[str]:
        """The things that a rule joins with one, doubtful or not."""
        found: set[str] = set()
        linked: dict[Profile, bool] = {}
        for iri in {own for key in sought(thing.profile) for own in keeping(self._rdf, key)}:
            self._kinds.setdefault(iri, kind)
            other = self._thing(iri)
            if other is not None:
                if other.profile not in linked:
                    linked[other.profile] = link(thing.profile, other.profile) is not None
                if linked[other.profile]:
                    found.add(iri)
        return found

    def _thing(self, iri: str) -> Thing | None:
        if iri not in self._things:
            self._things[iri] = self._told(iri)
        return self._things[iri]

    def _told(self, iri: str) -> Thing | None:
        named, fixed = self._naming.named(iri)
        if not named:
            return None
        kind = self._kinds.get(iri)
        if kind is None:
            kinds = {k for d, present in named.items() if (k := kinds_in(self._rdf, d).get(present))}
            if not kinds:
                return None
            kind = self._kinds[iri] = min(kinds)
        self._named[iri] = named
        return Thing(iri, described(self._rdf, kind, named, self._remembered.part), frozenset(named), fixed)

    def _chosen(self, group: frozenset[str], things: Mapping[str, Thing]) -> str:
        """The name under which all go: a fixed one, else one that is no single document's, else the one so far."""
        if len(group) == 1:
            return next(iter(group))
        now = {record.common for iri in group if (record := self._naming.recorded(iri))}
        return min(group, key=lambda iri: (not things[iri].fixed, "/document/" in iri, iri not in now, iri))

    def _labels(
        self, group: frozenset[str], chosen: str, things: Mapping[str, Thing]
    ) -> Mapping[str, Mapping[str, bool]]:
        """Whose names are labels, by document: a thing has one for each language, the others are further names."""
        if len(group) == 1:
            return {chosen: dict.fromkeys(things[chosen].documents, True)}
        found: dict[str, Mapping[str, bool]] = {}
        taken: set[str] = set()
        for iri in sorted(group, key=lambda i: (i != chosen, i)):
            languages = Labels.languages(self._rdf, self._named[iri])
            keeps = iri == chosen or not languages & taken
            taken |= languages if keeps else set()
            found[iri] = dict.fromkeys(things[iri].documents, keeps)
        return found

    def _renamed(
        self, document: str, names: Mapping[str, str], labels: Labels
    ) -> Iterator[tuple[str, tuple[set[Triple], set[Triple]]]]:
        """What is to be removed from a document's graphs and added to them, by graph."""
        changed = {present: wanted for present, wanted in names.items() if present != wanted}
        for graph in (document, decisions_graph(document)):
            removed, added = renaming(self._rdf, graph, changed, labels)
            if removed or added:
                yield graph, (removed, added)

    def _identification(
        self,
        iri: str,
        common: str,
        group: frozenset[str],
        profiles: Collection[Profile],
        things: Mapping[str, Thing],
        judged: Judged,
    ) -> Identification | None:
        if iri == common:
            return None
        by = link_within(things[iri], things[common], group, profiles, judged)
        documents = tuple(sorted(things[iri].documents))
        before = self._naming.recorded(iri)
        others = things[common].documents
        unchanged = before is not None and before.common == common and before.documents == documents
        if before is not None and unchanged and before.evidence and not self._changed & {*documents, *others}:
            return Identification(iri, common, by.rule, by.confidence, documents, before.evidence)
        sides = (sorted(documents), sorted(others))
        passages = (passage_about(self._rdf, common, side) for side in sides)
        evidence = tuple(sorted({passage for passage in passages if passage}))
        return Identification(iri, common, by.rule, by.confidence, documents, evidence)

    def _amend(self, records: Iterable[tuple[Identification | None, Identification | None]]) -> None:
        """Put records in place of others."""
        removed: set[Triple] = set()
        added: set[Triple] = set()
        for old, new in records:
            if old != new:
                for record in (old, new):
                    self._naming.forget_record(record.own if record else "")
                removed.update(old.triples() if old else ())
                added.update(new.triples() if new else ())
        self._replace(removed, added)

    def _replace(self, old: set[Triple], new: set[Triple]) -> None:
        if old != new:
            self._transaction.amend_graph(GRAPH_IDENTITY, old - new, new - old)

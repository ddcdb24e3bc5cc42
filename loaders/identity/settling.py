"""Which things of several documents are one, worked out anew whenever documents come and go, within one transaction.

What is worked out is a function of what the documents say and of what people decided: not of the order in which they
were loaded, nor of what was found before. Only what the changed documents' things can be joined with is looked at: by
what a thing can be found is kept in the graph of identity, so that the size of the store does not matter. Where it is
remembered which of many things are one, those that come are compared with that alone (`newcomers.py`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode, Triple

from graph.store import Transaction
from loaders.decisions.record import decisions_graph
from loaders.documents import Library
from loaders.identity.clusters import Judged, Thing, clusters, judged_pairs, link_within
from loaders.identity.evidence import passage_about, told_in
from loaders.identity.gathering import Gathering
from loaders.identity.groups import Group, named_group
from loaders.identity.joined import joined
from loaders.identity.keys import VERSION, kept
from loaders.identity.naming import Naming
from loaders.identity.newcomers import Newcomers
from loaders.identity.record import (
    IDENTITY_KEY,
    Identification,
    Judgement,
    judgements,
    key_triples,
    renamed_in,
    things_with_keys,
)
from loaders.identity.remembered import Remembered
from loaders.identity.renaming import Labels, rename, renaming
from loaders.identity.things import Kind, Profile, kinds_in
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
        self._gathering = Gathering(self._rdf, self._naming, self._remembered)
        self._touched: set[str] = set()
        self._changed: set[str] = set()
        self._left: dict[str, Mapping[str, str]] = {}
        self._came: dict[str, set[str]] = defaultdict(set)
        self._only_more = True

    # Documents

    def leaving(self, document: str) -> None:
        """A document is about to go, or to be replaced."""
        self._forget_all()
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
        if not self._naming.is_text(document):
            self._forget_all()
        kinds = kinds_in(self._rdf, document)
        self._touch(kinds)
        for iri in kinds:
            self._came[iri].add(document)
        self._changed.add(document)
        if own := self._left.get(document):
            rename(self._transaction, decisions_graph(document), own, Labels(kept=frozenset(own.values())))

    def judged(self, judgement: Judgement) -> None:
        """People decided something, or took it back."""
        self._forget_all()
        self._touched |= {*judgement.things, *judgement.others}

    def _touch_alike(self, leaving: Iterable[str]) -> None:
        """What a thing is like that leaves: where it was in doubt which of two others is one with it, it is no more."""
        self._gathering.begin()
        for iri in leaving:
            thing = self._gathering.thing(iri)
            if thing is not None:
                kind = self._gathering.kinds[iri]
                self._touch(dict.fromkeys(self._gathering.joined(thing, kind), kind))

    def _forget(self, document: str) -> None:
        self._naming.forget(document)
        self._remembered.forget(document)

    def _forget_all(self) -> None:
        """More happens than that texts come: what is remembered of others may not be so any more."""
        self._only_more = False
        self._remembered.clear()

    def _touch(self, things: Mapping[str, Kind]) -> None:
        self._touched |= things.keys()
        self._gathering.kinds.update(things)

    # The outcome

    def settle(self) -> None:
        """Let one thing have one name in all documents, and record what was taken for one."""
        if not self._touched:
            return
        self._gathering.begin(self._came)
        self._keep_keys()
        judged = judged_pairs(judgements(self._rdf))
        newcomers = self._placed(judged)
        things = self._to_compare(newcomers, judged)
        groups = [
            named_group(self._rdf, members, things, self._naming, self._gathering.named)
            for members in clusters(things.values(), judged)
            if not (self._only_more and self._touched.isdisjoint(members) and self._naming.is_settled(members))
        ]
        labels: dict[str, Labels] = {}
        renames: dict[str, dict[str, str]] = defaultdict(dict)
        for group in groups:
            labelled = {iri for iri, _ in group.labelled}
            for iri in group.members:
                self._rename(iri, things[iri].documents, group.common, iri in labelled, renames, labels)
        for iri, placed in newcomers.placed.items():
            common = placed.among.common if placed.among else iri
            self._rename(iri, placed.coming, common, placed.keeps, renames, labels)
        amendments: dict[str, tuple[set[Triple], set[Triple]]] = {}
        for document, names in renames.items():
            if amended := dict(self._renamed(document, names, labels.get(document, Labels()))):
                amendments |= amended
                self._remembered.forget(document)
        self._transaction.amend_graphs(amendments)
        records: dict[str, Identification | None] = dict.fromkeys(self._touched)
        for group in groups:
            profiles = {things[iri].profile for iri in group.members}
            for iri in group.members:
                records[iri] = self._identification(iri, group.common, group.members, profiles, things, judged)
        records.update({iri: placed.record(self._rdf) for iri, placed in newcomers.placed.items()})
        self._amend((self._naming.recorded(iri), wanted) for iri, wanted in records.items())
        self._remember(groups, things, newcomers, judged)
        self._touched.clear()
        self._came.clear()

    def _keep_keys(self) -> None:
        """Keep by what each touched thing can be found, in place of what was kept of it before."""
        wanted = set(key_triples(GRAPH_IDENTITY, [VERSION]))
        now = {quad.triple for quad in self._rdf.quads_for_pattern(_IDENTITY, IDENTITY_KEY, None, _IDENTITY)}
        if now != wanted:
            self._forget_all()
            self._touched |= things_with_keys(self._rdf)
            for document in Library(self._rdf):
                own = self._naming.own_in(document.iri)
                self._touch({own.get(name, name): kind for name, kind in kinds_in(self._rdf, document.iri).items()})
        for iri in self._touched:
            if (thing := self._gathering.thing(iri)) is not None:
                if iri in self._gathering.as_before:
                    continue
                wanted.update(key_triples(iri, kept(thing.profile)))
            quads = self._rdf.quads_for_pattern(NamedNode(iri), IDENTITY_KEY, None, _IDENTITY)
            now.update(quad.triple for quad in quads)
        self._replace(now, wanted)

    def _placed(self, judged: Judged) -> Newcomers:
        """The touched things, placed where that is plain."""
        newcomers = Newcomers(self._rdf, self._remembered, self._naming, judged)
        for iri in sorted(self._touched):
            thing = self._gathering.thing(iri)
            if thing is None or not self._only_more:
                newcomers.others.add(iri)
            else:
                newcomers.place(thing, frozenset(self._came.get(iri, ())), self._gathering.named(iri))
        return newcomers

    def _to_compare(self, newcomers: Newcomers, judged: Judged) -> dict[str, Thing]:
        """The others, with all that they may be one with."""
        while True:
            things = self._gathering.all_near(newcomers.others, judged)
            met = {thing.profile for thing in things.values() if self._remembered.joined(thing.profile)}
            if not met:
                for iri in newcomers.placed.keys() & things.keys():
                    del newcomers.placed[iri]  # it was alone as long as what comes with it was not looked at
                return things
            for profile in met:
                newcomers.displace(profile)

    def _rename(
        self,
        iri: str,
        documents: Iterable[str],
        common: str,
        keeps: bool,
        renames: Mapping[str, dict[str, str]],
        labels: dict[str, Labels],
    ) -> None:
        """Note what a thing is to be called in documents."""
        named = self._gathering.named(iri)
        for document in documents:
            renames[document][named[document]] = common
            labels[document] = labels.get(document, Labels()).with_name(common, keeps)

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

    def _remember(
        self, groups: Sequence[Group], things: Mapping[str, Thing], newcomers: Newcomers, judged: Judged
    ) -> None:
        """Remember what was found, for those that come after."""
        keep: dict[str, str] = {}
        for group in groups:
            keep.update({iri: group.common for iri in group.members if self._remembered.thing(iri) is not None})
            if len(group.members) > 1 and judged.things.isdisjoint(group.members):
                first = told_in(self._rdf, group.common, sorted(things[group.common].documents))
                near = self._gathering.near
                one = joined(group.members, group.common, things, near, group.labelled, group.languages, first)
                if one is not None:
                    self._remembered.join(one)
                    keep.update(dict.fromkeys(one.shared, group.common))
            elif len(group.members) == 1:
                keep.update({iri: iri for iri in group.members if len(things[iri].documents) > 1})
        for iri, placed in newcomers.placed.items():
            if "/document/" not in iri and (placed.among is not None or len(placed.thing.documents) > 1):
                keep[iri] = placed.among.common if placed.among else iri
        for iri, common in keep.items():
            thing = self._gathering.thing(iri)
            if thing is not None and not thing.fixed and "/document/" not in iri:
                self._remembered.keep(iri, self._gathering.known(iri, dict.fromkeys(thing.documents, common)))

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

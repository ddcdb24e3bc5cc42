"""A writer that is going to be killed: `python -m bench.faults.writer STORE FIRST`.

Writes one document after another, each several statements in a graph of its own from which something follows, and says
the number of each on standard output when the store has acknowledged it.
"""

import sys

from pyoxigraph import Literal, NamedNode, Triple

from graph.store import open_store
from ontology import MC, RDF, entity

STATEMENTS = 40


def document(number: int) -> tuple[str, list[Triple]]:
    """The graph of a document and what it states: an exercise with participants, who so participate in it."""
    graph = entity("document", f"fault-{number}")
    exercise = NamedNode(entity("exercise", f"fault-{number}"))
    states = [NamedNode(entity("state", code)) for code in ("KAZ", "UZB", "KGZ", "TJK")]
    triples = [Triple(exercise, NamedNode(RDF["type"]), NamedNode(MC["Exercise"]))]
    triples += [Triple(exercise, NamedNode(MC["hasParticipant"]), state) for state in states]
    numbers = range(STATEMENTS - len(triples))
    triples += [Triple(exercise, NamedNode(MC["headcount"]), Literal(1000 + number)) for number in numbers]
    return graph, triples


def main() -> None:
    """The command."""
    location, number = sys.argv[1], int(sys.argv[2])
    with open_store(location, create=False) as store:
        print("ready", flush=True)
        while True:
            graph, triples = document(number)
            with store.transaction() as transaction:
                transaction.put_graph(graph, triples)
            print(number, flush=True)
            number += 1


if __name__ == "__main__":
    main()

"""milcoop: a knowledge graph of military cooperation that anyone can ask.

from milcoop import KnowledgeGraph

with KnowledgeGraph("./data") as graph:
    graph.load("briefing.txt")
    for row in graph.rows("SELECT ?e { state:KAZ mc:participatesIn ?e }"):
        print(row["e"])
"""

from typing import TYPE_CHECKING, Any

from graph.errors import MilcoopError

if TYPE_CHECKING:
    from milcoop.knowledge_graph import KnowledgeGraph

__all__ = ["KnowledgeGraph", "MilcoopError"]


def __getattr__(name: str) -> Any:
    # The command line is a module of this package too, and should not wait for all that the API imports.
    if name == "KnowledgeGraph":
        from milcoop.knowledge_graph import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module 'milcoop' has no attribute {name!r}")

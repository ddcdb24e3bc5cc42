"""milcoop: a knowledge graph of military cooperation that anyone can ask.

from milcoop import KnowledgeGraph

with KnowledgeGraph("./data") as graph:
    graph.load("briefing.txt")
    for row in graph.rows("SELECT ?e { id:state/KAZ mc:participatesIn ?e }"):
        print(row["e"])
"""

from graph.errors import MilcoopError
from milcoop.knowledge_graph import KnowledgeGraph

__all__ = ["KnowledgeGraph", "MilcoopError"]

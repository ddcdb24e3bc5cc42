"""milcoop: a knowledge graph of military cooperation that anyone can ask."""

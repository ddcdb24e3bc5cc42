"""The graph in other formats: RDF syntaxes, and networks for graph tools."""

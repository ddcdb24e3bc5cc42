"""From documents to facts: sources, formats, reading, linking, and the RDF that results."""

"""How fast the endpoint answers, beside other SPARQL servers with the same graph."""

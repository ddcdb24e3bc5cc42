"""How fast the pages are over a large graph: first views in a browser, search, sizes on the wire."""

"""The Flask application: SPARQL, canned queries, linked data, exports, documents."""

"""The store, inference, validation, queries and exports: everything about the graph but where it comes from."""

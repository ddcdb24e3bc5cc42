"""The store: one writer, immutable snapshots for readers, the merged graph beside the documents' graphs."""

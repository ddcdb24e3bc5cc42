"""English: analysis, and the words that readers know."""

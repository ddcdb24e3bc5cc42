"""A language model as a reader."""

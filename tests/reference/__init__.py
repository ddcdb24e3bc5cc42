"""The reference data: complete, consistent in itself, and what the readers need."""

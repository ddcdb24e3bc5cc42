"""Inference: from what is asserted to what follows from it."""

"""How fast the engine of inference is beside others."""

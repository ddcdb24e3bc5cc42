"""What an ordinary client notices of hostile ones: `python -m bench.hostile`."""

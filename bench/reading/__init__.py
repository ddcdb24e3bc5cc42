"""Benchmarks of reading: quality against annotated texts, and speed."""

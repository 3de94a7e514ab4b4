"""Benchmarks, comparison and report."""

"""Measures what people wait for, each beside the least that the library or database allows."""

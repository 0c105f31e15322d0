"""Serval: the curated record of the 2013 intervention in Mali, and everything made from it."""

__version__ = "0.1.0"

"""Rows of other datasets, from a user's own export, to hold the record against: read, kept, matched.

They are no part of the record: nothing in `serval.export` or the API knows of them.
"""

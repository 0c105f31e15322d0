"""Reading news texts: `told.proposals` gives the events that a document tells, each slot with its
evidence.
"""

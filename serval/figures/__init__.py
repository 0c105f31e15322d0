"""Figures: a template (a plain dict without rows) and a fill (rows to arrays) for each. No Dash, no I/O."""

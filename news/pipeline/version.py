"""Which version of the pipeline this is.

Raise it with a change after which articles would be drafted better: candidates that still wait are
then drafted anew (news/redrafting.py). What editors decided stays.
"""

VERSION = 8

"""How the curated CSV files become rows of the record.

`parsing` and the modules below it know the files and nothing of Django; `writing` compares what
they say with the database; `record` is the verb that does both for a whole folder.
"""

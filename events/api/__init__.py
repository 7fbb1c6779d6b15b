"""The API: the record for programs, read-only, below `/api/v1/`.

`answering.py` is the door that every request comes through, `routes.py` the list of addresses.
What an answer holds is declared in `answers.py` and written by the modules that read the rows.
"""

"""Whole databases put in place of each other, which takes less time than loading the record.

A test's pages are served by another thread with connections of its own, so no transaction can
take back what the test wrote.
"""

from django.db import connection

# A database that is copied or dropped may not be in use; the server keeps connections for a while.
END_CONNECTIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


def replace(target: str, *, by: str) -> None:
    """Make `target` a copy of the database `by`, whoever is connected to either."""
    with administering() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(END_CONNECTIONS, [by])
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{by}"')


def disconnect(name: str) -> None:
    with administering() as cursor:
        cursor.execute(END_CONNECTIONS, [name])


def drop(name: str) -> None:
    with administering() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def administering():
    """A cursor on another database of the same server."""
    connection.close()
    return connection._nodb_cursor()

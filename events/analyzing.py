"""Tell PostgreSQL's planner how large the record's tables are."""

from django.apps import apps
from django.db import connection


def tell_the_planner() -> None:
    """Count the tables anew: taken for empty, they make a filtered timeline cost minutes.

    Autovacuum sees a refused load as an empty table, and needs a minute to notice the next one.
    """
    tables = [model._meta.db_table for model in apps.get_app_config("events").get_models()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"ANALYZE {', '.join(dict.fromkeys(map(connection.ops.quote_name, tables)))}"
        )

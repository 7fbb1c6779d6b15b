"""The clock of row history, and the function that pghistory's triggers ask for their context."""

from django.db import migrations

RECORD_NOW = """
CREATE FUNCTION record_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('record.now', true), '')::timestamptz, now())
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("pghistory", "0001_initial")]
    operations = [migrations.RunSQL(RECORD_NOW, "DROP FUNCTION record_now()")]

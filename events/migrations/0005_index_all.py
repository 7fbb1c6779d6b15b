from django.db import migrations


class Migration(migrations.Migration):
    """Every event that is there already is to be indexed for the search."""

    dependencies = [("events", "0004_search_phrases_reports")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO events_searchstale (event_id) SELECT id FROM events_event",
            migrations.RunSQL.noop,
        )
    ]

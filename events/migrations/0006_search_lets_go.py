import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the search keeps does not hold on to its events (see events/models/search.py)."""

    dependencies = [("events", "0005_index_all")]

    operations = [
        migrations.AlterField(
            model_name="searchdocument",
            name="event",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                primary_key=True,
                related_name="search_document",
                serialize=False,
                to="events.event",
            ),
        ),
        migrations.AlterField(
            model_name="searchstale",
            name="event",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="events.event",
            ),
        ),
    ]

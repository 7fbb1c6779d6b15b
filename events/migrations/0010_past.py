"""Every table of the record as it stood at a past moment (events/past_views.py)."""

from django.db import migrations

from events import past_views


class Migration(migrations.Migration):
    dependencies = [("events", "0009_names_change")]
    operations = [migrations.RunPython(past_views.make, past_views.drop, elidable=False)]

from django.db import migrations, models


class Migration(migrations.Migration):
    """Charts that have been drawn (see events/models/drawings.py)."""

    dependencies = [("events", "0006_search_lets_go")]

    operations = [
        migrations.CreateModel(
            name="Drawing",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("svg", models.TextField()),
                ("drawn_at", models.DateTimeField()),
            ],
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("following", "0003_webhooks_begin_and_end")]

    operations = [
        migrations.AddField(
            model_name="digest",
            name="left_out",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]

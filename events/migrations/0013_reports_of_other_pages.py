"""Reports of errors also about people, anniversaries and topics: each is about exactly one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0012_outcomes_of_reports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='errorreport',
            name='anniversary',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='events.anniversary', verbose_name='anniversary'),
        ),
        migrations.AddField(
            model_name='errorreport',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='events.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='errorreport',
            name='topic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='events.topic', verbose_name='topic'),
        ),
        migrations.AlterField(
            model_name='errorreport',
            name='event',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='events.event', verbose_name='event'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('anniversary__isnull', True), ('event__isnull', False), ('person__isnull', True), ('topic__isnull', True)), models.Q(('anniversary__isnull', True), ('event__isnull', True), ('person__isnull', False), ('topic__isnull', True)), models.Q(('anniversary__isnull', False), ('event__isnull', True), ('person__isnull', True), ('topic__isnull', True)), models.Q(('anniversary__isnull', True), ('event__isnull', True), ('person__isnull', True), ('topic__isnull', False)), _connector='OR'), name='report_is_about_exactly_one_thing'),
        ),
    ]

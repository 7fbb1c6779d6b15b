"""A report keeps the field that it is about with what was shown there, and ends with an outcome."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0011_history_by_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='errorreport',
            name='field',
            field=models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='field'),
        ),
        migrations.AddField(
            model_name='errorreport',
            name='outcome',
            field=models.CharField(blank=True, choices=[('CORRECTED', 'The record was corrected'), ('NOT_CORRECTED', 'The record stays as it is'), ('ALREADY_RIGHT', 'It had been corrected already'), ('DUPLICATE', 'The same as another report'), ('UNUSABLE', 'No report of an error')], db_default='', default='', editable=False, max_length=13, verbose_name='outcome'),
        ),
        migrations.AddField(
            model_name='errorreport',
            name='public_reason',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=300, verbose_name='reason told to readers'),
        ),
        migrations.AddField(
            model_name='errorreport',
            name='revision',
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='revision of the event'),
        ),
        migrations.AddField(
            model_name='errorreport',
            name='shown',
            field=models.TextField(blank=True, db_default='', default='', max_length=4000, verbose_name='what was shown'),
        ),
        migrations.AddIndex(
            model_name='errorreport',
            index=models.Index(models.F('closed_at'), models.F('id'), condition=models.Q(('outcome__in', ['CORRECTED', 'NOT_CORRECTED', 'ALREADY_RIGHT'])), name='report_told'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', False), ('outcome', ''), _connector='OR'), name='report_has_an_outcome_only_when_closed'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'NOT_CORRECTED'), _negated=True), models.Q(('public_reason', ''), _negated=True), _connector='OR'), name='report_that_changes_nothing_is_given_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(('public_reason', ''), ('outcome__in', ['CORRECTED', 'NOT_CORRECTED', 'ALREADY_RIGHT']), _connector='OR'), name='report_has_a_public_reason_only_if_it_is_told'),
        ),
    ]

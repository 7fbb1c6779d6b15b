"""How webhooks end and begin again: who ended them, what was missed, secrets that both sign."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('following', '0002_askings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='gap_from',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='gap_to',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='in_filter',
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name='webhook',
            name='ended_by',
            field=models.CharField(blank=True, choices=[('EDITOR', 'Disabled by an editor'), ('GONE', 'Disabled: the address is gone for good'), ('FAILING', 'Disabled: nothing but failures for three days')], db_default='', default='', editable=False, max_length=7),
        ),
        migrations.AddField(
            model_name='webhook',
            name='former_secret',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=80),
        ),
        migrations.AddField(
            model_name='webhook',
            name='former_secret_until',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='webhook',
            name='missed_since',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='webhook',
            name='notice_held_until',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='announcement',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='following.announcement'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(models.F('webhook'), models.F('id'), condition=models.Q(('state', 'WAITING')), name='delivery_in_order'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('announcement__isnull', False), ('gap_from__isnull', True), ('gap_to__isnull', True)), models.Q(('announcement__isnull', True), ('gap_from__isnull', False), ('gap_from__lte', models.F('gap_to')), ('gap_to__isnull', False)), _connector='OR'), name='delivery_is_about_an_announcement_or_a_gap'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('disabled_at__isnull', True), ('ended_by', ''), ('is_enabled', True)), models.Q(('disabled_at__isnull', False), ('is_enabled', False), models.Q(('ended_by', ''), _negated=True)), _connector='OR'), name='webhook_is_disabled_at_a_time_for_a_reason'),
        ),
    ]

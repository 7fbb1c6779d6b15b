import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0010_held_hosts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(editable=False, max_length=64)),
                ('told', models.JSONField(verbose_name='told')),
                ('is_placed', models.BooleanField(db_default=False, default=False, help_text='An editor said to which candidate it belongs.', verbose_name='placed by an editor')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='news.article', verbose_name='article')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='news.candidate', verbose_name='candidate')),
            ],
            options={
                'verbose_name': 'news report',
                'verbose_name_plural': 'news reports',
                'constraints': [
                    models.UniqueConstraint(fields=('article', 'fingerprint'), name='article_reports_a_draft_once'),
                    models.CheckConstraint(condition=models.Q(('told__has_keys', ['kind', 'starts_on', 'ends_on'])), name='report_tells_a_kind_and_a_day'),
                ],
            },
        ),
        migrations.AddField(
            model_name='candidateevidence',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='news.report'),
        ),
        migrations.AddField(
            model_name='candidate',
            name='joined_to',
            field=models.ForeignKey(blank=True, help_text='The candidate that has got its reports.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='news.candidate', verbose_name='put to'),
        ),
        migrations.AddField(
            model_name='candidate',
            name='ordinal',
            field=models.PositiveSmallIntegerField(blank=True, help_text='The how-manieth such meeting the reports call it; the record counts its own.', null=True, verbose_name='ordinal'),
        ),
        migrations.AlterField(
            model_name='candidate',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='news.article', verbose_name='article'),
        ),
        migrations.AddField(
            model_name='candidate',
            name='articles',
            field=models.ManyToManyField(related_name='candidates', through='news.Report', to='news.article', verbose_name='articles'),
        ),
        migrations.AlterField(
            model_name='candidate',
            name='state',
            field=models.CharField(choices=[('PENDING', 'To be decided'), ('ACCEPTED', 'Accepted'), ('MERGED', 'Merged'), ('REJECTED', 'Rejected'), ('JOINED', 'Put to another')], default='PENDING', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='verb',
            field=models.CharField(choices=[('ACCEPT', 'Accepted'), ('MERGE', 'Merged'), ('REJECT', 'Rejected'), ('JOIN', 'Put to another')], max_length=6, verbose_name='decision'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joined_to__isnull', False), ('reject_reason', ''), ('state', 'JOINED'), ('event__isnull', True), ('made_anniversary__isnull', True), models.Q(('joined_to', models.F('id')), _negated=True)), models.Q(models.Q(('state', 'JOINED'), _negated=True), ('joined_to__isnull', True)), _connector='OR'), name='candidate_is_joined_to_another_or_has_its_own_state'),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0012_one_report_each'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='candidateevidence',
            name='candidate_evidence_is_stored_once',
        ),
        migrations.AlterField(
            model_name='candidateevidence',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='news.report'),
        ),
        migrations.RemoveField(
            model_name='candidateevidence',
            name='candidate',
        ),
        migrations.AddConstraint(
            model_name='candidateevidence',
            constraint=models.UniqueConstraint(fields=('report', 'field', 'value', 'starts_at', 'ends_at'), name='candidate_evidence_is_stored_once'),
        ),
        migrations.RemoveConstraint(
            model_name='candidate',
            name='article_drafts_a_candidate_once',
        ),
        migrations.RemoveField(
            model_name='candidate',
            name='fingerprint',
        ),
    ]

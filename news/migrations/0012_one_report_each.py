from calendar import monthrange

from django.db import migrations

BATCH = 500
SOURCE = ('citation', 'is_new_citation', 'evidence', 'is_counted')


def _last_day(row):
    if row.precision == 'MONTH':
        return row.starts_on.replace(day=monthrange(row.starts_on.year, row.starts_on.month)[1])
    return row.ends_on or row.starts_on


def _told(row):
    status = {'HELD': 'happened', 'SCHEDULED': 'scheduled'}.get(row.status, row.status.lower())
    return {
        'kind': 'anniversary' if row.is_anniversary else row.kind.lower(),
        'starts_on': row.starts_on.isoformat(),
        'ends_on': _last_day(row).isoformat(),
        'precision': row.precision,
        'status': status,
        'participants': [person.slug for person in row.people.all()],
        'countries': [country.pk for country in row.countries.all()],
        'city': row.city,
        'topics': [topic.slug for topic in row.topics.all()],
        'occasion': row.occasion,
        'channel': row.channel,
        'minutes': row.minutes,
        'anniversary': row.anniversary.slug if row.anniversary else '',
        'title': row.title,
        'cluster_key': row.cluster_key,
        'ordinal': None,
    }


def make_reports(apps, schema_editor):
    """Give every candidate the report of its own article, and that report its evidence."""
    Candidate = apps.get_model('news', 'Candidate')
    Report = apps.get_model('news', 'Report')
    Evidence = apps.get_model('news', 'CandidateEvidence')
    rows = Candidate.objects.order_by('pk').select_related('anniversary')
    rows = rows.prefetch_related('people', 'countries', 'topics')
    for row in rows.iterator(chunk_size=BATCH):
        report = Report.objects.create(
            candidate=row,
            article_id=row.article_id,
            fingerprint=row.fingerprint,
            told=_told(row),
            is_placed=row.split_from_id is not None or row.split_off.exists(),
        )
        Evidence.objects.filter(candidate=row).update(report=report)


def name_sources(apps, schema_editor):
    """Decisions name what each report left: of those made so far there is one report."""
    Decision = apps.get_model('news', 'Decision')
    Report = apps.get_model('news', 'Report')
    for row in Decision.objects.filter(left__has_key='citation').iterator(chunk_size=BATCH):
        report = Report.objects.get(candidate=row.candidate_id)
        source = {name: row.left.pop(name) for name in SOURCE if name in row.left}
        row.left['sources'] = [{'report': report.pk, 'is_counted': False, **source}]
        row.save(update_fields=['left'])


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0011_reports'),
    ]

    operations = [
        migrations.RunPython(make_reports, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(name_sources, migrations.RunPython.noop, elidable=True),
    ]

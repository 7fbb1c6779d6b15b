from django.db import migrations

from news.canonical import address_key, key_of

BATCH = 1000


def fill_keys(apps, schema_editor):
    """Give every article its keys; of two whose addresses differ only in spelling the first."""
    Article = apps.get_model('news', 'Article')
    rows = Article.objects.order_by('id').only('id', 'url', 'guid')
    first, batch = {}, []
    for article in rows.iterator(chunk_size=BATCH):
        article.guid_key = key_of(article.guid)
        key = address_key(article.url)
        holder = first.setdefault(key, article.pk) if key else article.pk
        if holder == article.pk:
            article.address_key = key
        else:
            article.same_as_id = holder
        batch.append(article)
        if len(batch) == BATCH:
            Article.objects.bulk_update(batch, ['address_key', 'guid_key', 'same_as'])
            batch = []
    Article.objects.bulk_update(batch, ['address_key', 'guid_key', 'same_as'])


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0003_articles_by_key'),
    ]

    operations = [
        migrations.RunPython(fill_keys, migrations.RunPython.noop, elidable=True),
    ]

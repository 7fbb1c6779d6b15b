"""History by its time, for the log of corrections, and by slug, for former addresses."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("events", "0010_past")]
    operations = [
        AddIndexConcurrently(
            "aliashistory", models.Index(fields=["pgh_created_at"], name="alias_history_at")
        ),
        AddIndexConcurrently(
            "anniversarycountryhistory", models.Index(fields=["pgh_created_at"], name="anniversarycountry_history_at")
        ),
        AddIndexConcurrently(
            "anniversaryhistory", models.Index(fields=["pgh_created_at"], name="anniversary_history_at")
        ),
        AddIndexConcurrently(
            "anniversaryhistory", models.Index(fields=["slug"], name="anniversary_history_slug")
        ),
        AddIndexConcurrently(
            "citationhistory", models.Index(fields=["pgh_created_at"], name="citation_history_at")
        ),
        AddIndexConcurrently(
            "commitmenthistory", models.Index(fields=["pgh_created_at"], name="commitment_history_at")
        ),
        AddIndexConcurrently(
            "countryhistory", models.Index(fields=["pgh_created_at"], name="country_history_at")
        ),
        AddIndexConcurrently(
            "eventcountryhistory", models.Index(fields=["pgh_created_at"], name="eventcountry_history_at")
        ),
        AddIndexConcurrently(
            "eventhistory", models.Index(fields=["pgh_created_at"], name="event_history_at")
        ),
        AddIndexConcurrently(
            "eventhistory", models.Index(fields=["slug"], name="event_history_slug")
        ),
        AddIndexConcurrently(
            "eventplacehistory", models.Index(fields=["pgh_created_at"], name="eventplace_history_at")
        ),
        AddIndexConcurrently(
            "eventslughistory", models.Index(fields=["pgh_created_at"], name="eventslug_history_at")
        ),
        AddIndexConcurrently(
            "eventtopichistory", models.Index(fields=["pgh_created_at"], name="eventtopic_history_at")
        ),
        AddIndexConcurrently(
            "evidencehistory", models.Index(fields=["pgh_created_at"], name="evidence_history_at")
        ),
        AddIndexConcurrently(
            "officehistory", models.Index(fields=["pgh_created_at"], name="office_history_at")
        ),
        AddIndexConcurrently(
            "participationhistory", models.Index(fields=["pgh_created_at"], name="participation_history_at")
        ),
        AddIndexConcurrently(
            "personhistory", models.Index(fields=["pgh_created_at"], name="person_history_at")
        ),
        AddIndexConcurrently(
            "phrasehistory", models.Index(fields=["pgh_created_at"], name="phrase_history_at")
        ),
        AddIndexConcurrently(
            "pointhistory", models.Index(fields=["pgh_created_at"], name="point_history_at")
        ),
        AddIndexConcurrently(
            "publisherhistory", models.Index(fields=["pgh_created_at"], name="publisher_history_at")
        ),
        AddIndexConcurrently(
            "readouthistory", models.Index(fields=["pgh_created_at"], name="readout_history_at")
        ),
        AddIndexConcurrently(
            "silencehistory", models.Index(fields=["pgh_created_at"], name="silence_history_at")
        ),
        AddIndexConcurrently(
            "termhistory", models.Index(fields=["pgh_created_at"], name="term_history_at")
        ),
        AddIndexConcurrently(
            "topichistory", models.Index(fields=["pgh_created_at"], name="topic_history_at")
        ),
    ]

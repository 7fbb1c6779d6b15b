"""Charts as they were drawn: made from the record, so without a history, and drawn anew at need."""

from django.db import models


class Drawing(models.Model):
    """One chart in one size and language; whatever would make it look different is in its key."""

    key = models.CharField(max_length=64, primary_key=True)
    svg = models.TextField()
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key

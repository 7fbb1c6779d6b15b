"""The entries of the timeline, each rendered once for as long as what it shows does not change."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from events.cards import as_card
from events.in_reader import reader_language
from events.models import Event
from events.standing import Standing

WITHIN = "within-this-list"
"""Stands in an entry for the query of its list, and is in no address."""

# About 2 kB each.
_MOST_KEPT = 6_000


def cards_of(standing: Standing, ids: Sequence[int]) -> dict[int, str]:
    """The markup of these events by id, in the reader's language.

    Costs one query if any of them is not kept yet. What is read later than the `standing` may be
    newer: then the next one does not keep it.
    """
    language = reader_language()
    cards = {pk: standing.cards.get((language, pk)) for pk in ids}
    missing = [pk for pk, card in cards.items() if card is None]
    if missing:
        if len(standing.cards) > _MOST_KEPT:
            standing.cards.clear()
        for event in as_card(Event.objects.filter(pk__in=missing)):
            context = {"event": event, "heading": "h4", "within": WITHIN}
            card = render_to_string("events/_card.html", context)
            cards[event.pk] = standing.cards[language, event.pk] = card
    return {pk: card for pk, card in cards.items() if card is not None}

"""Triggers that list the events whose words have changed, for the search (events/search.py)."""

import pgtrigger


def makes_stale(name: str, events: str) -> pgtrigger.Trigger:
    """After any change of a row, the events that `events` selects are to be indexed anew.

    `events` is SQL that gives event ids; `ROW.` stands for the row as it is, and as it was.
    """

    def listed(row: str) -> str:
        return (
            "INSERT INTO events_searchstale (event_id) "
            f"SELECT found.id FROM ({events.replace('ROW.', row)}) AS found (id) "
            "WHERE found.id IS NOT NULL;"
        )

    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=(
            f"IF TG_OP <> 'DELETE' THEN {listed('NEW.')} END IF; "
            f"IF TG_OP <> 'INSERT' THEN {listed('OLD.')} END IF; "
            "RETURN NULL;"
        ),
    )


# Whose words a row of each table is among, as SQL for `makes_stale`.
EVENT = "SELECT ROW.id"
ITS_EVENT = "SELECT ROW.event_id"
OF_A_PERSON = "SELECT event_id FROM events_participation WHERE person_id = ROW.id"
OF_A_TOPIC = "SELECT event_id FROM events_eventtopic WHERE topic_id = ROW.id"
IN_A_COUNTRY = "SELECT event_id FROM events_eventplace WHERE country_id = ROW.code"
WITH_A_PHRASE = (
    "SELECT event_id FROM events_eventplace WHERE city = ROW.text_en"
    " UNION SELECT id FROM events_event WHERE occasion = ROW.text_en"
)

EVENT_IS_STALE = makes_stale("search_event_is_stale", EVENT)
ITS_EVENT_IS_STALE = makes_stale("search_its_event_is_stale", ITS_EVENT)
EVENTS_OF_A_PERSON_ARE_STALE = makes_stale("search_events_of_a_person_are_stale", OF_A_PERSON)
EVENTS_OF_A_TOPIC_ARE_STALE = makes_stale("search_events_of_a_topic_are_stale", OF_A_TOPIC)
EVENTS_IN_A_COUNTRY_ARE_STALE = makes_stale("search_events_in_a_country_are_stale", IN_A_COUNTRY)
EVENTS_WITH_A_PHRASE_ARE_STALE = makes_stale("search_events_with_a_phrase_are_stale", WITH_A_PHRASE)

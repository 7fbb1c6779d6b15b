"""Rules across tables that no CHECK can say: deferred constraint triggers.

They look at the state at the end of the transaction, so that an event and its citations, or a
readout and its country, can be written in any order.
"""

import pgtrigger


def _refuse_when(problem: str, name: str, message: str) -> str:
    return f"""
        IF {problem} THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation', CONSTRAINT = '{name}', MESSAGE = '{message}';
        END IF;
        RETURN NULL;
    """


def _event_lacks_a_citation(event_id: str) -> str:
    return (
        f"EXISTS (SELECT FROM events_event"
        f" WHERE id = {event_id} AND published_at IS NOT NULL)"
        f" AND NOT EXISTS (SELECT FROM events_citation WHERE event_id = {event_id})"
    )


def _cited(event_id: str) -> str:
    return _refuse_when(
        _event_lacks_a_citation(event_id),
        "published_event_has_a_citation",
        "A published event needs at least one citation.",
    )


def _concerned(table: str, row: str) -> str:
    return _refuse_when(
        f"EXISTS (SELECT FROM {table} r WHERE r.event_id = {row}.event_id"
        f" AND NOT EXISTS (SELECT FROM events_eventcountry c"
        f" WHERE c.event_id = r.event_id AND c.country_id = r.issuer_id))",
        "account_is_by_a_country_concerned",
        "A readout or silence is by a country that the event concerns.",
    )


PUBLISHED_EVENT_HAS_A_CITATION = pgtrigger.Trigger(
    name="published_event_has_a_citation",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func=_cited("NEW.id"),
)
LAST_CITATION_STAYS = pgtrigger.Trigger(
    name="last_citation_stays",
    when=pgtrigger.After,
    operation=pgtrigger.Update | pgtrigger.Delete,
    timing=pgtrigger.Deferred,
    func=_cited("OLD.event_id"),
)


def account_is_by_a_country_concerned(table: str) -> pgtrigger.Trigger:
    """The rule for one table of accounts, which has `event_id` and `issuer_id`."""
    return pgtrigger.Trigger(
        name="account_is_by_a_country_concerned",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        func=_concerned(table, "NEW"),
    )


def country_with_an_account_stays(table: str, name: str) -> pgtrigger.Trigger:
    """The same rule seen from the countries of an event."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        func=_concerned(table, "OLD"),
    )

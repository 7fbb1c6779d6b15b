"""Whether two drafts, of two articles, tell of one event."""

from __future__ import annotations

from datetime import timedelta

from news.pipeline.values import Draft

# Kinds that careful newspapers give to one event.
_FAMILIES = {
    "summit": "meeting",
    "visit": "meeting",
    "agreement": "policy",
    "dispute": "policy",
    "statement": "policy",
}
_OF_LEADERS = {"call", "meeting", "trilateral_summit"}
# Newspapers date an event by their own day: what ends after midnight, or is far west, is told of
# under two dates.
_SLACK = timedelta(days=1)


def family_of(draft: Draft) -> str:
    """What kinds of draft may be of one event: a call is never a meeting, nor are two sides three.

    Ministers who speak by telephone or video make a call.
    """
    if draft.kind == "ministerial" and draft.channel in ("PHONE", "VIDEO"):
        return "call"
    return _FAMILIES.get(draft.kind, draft.kind)


def is_one_event(one: Draft, other: Draft) -> bool:
    """Whether two drafts tell of one event.

    They do if they are of one family, of the same countries and of about the same days, and if
    those who took part, the place and the matter do not speak against it. That they contradict
    each other in anything else does not make them two.
    """
    if not _may_be_of_one_kind(one, other) or not _is_of_the_same_sides(one, other):
        return False
    if one.anniversary and other.anniversary and one.anniversary != other.anniversary:
        return False
    if apart(one, other) > _SLACK:
        return False
    if family_of(one) == "policy":
        return _is_one_act(one, other)
    shared = set(one.participants) & set(other.participants)
    # Whoever travels makes one journey, whomever a newspaper names beside him.
    is_his_journey = bool(shared) and "visit" in (one.kind, other.kind)
    if not is_his_journey and not _may_be_the_same_people(one, other):
        return False
    # Two people meet in two places within a day more rarely than one place is told wrongly.
    if len(shared) < 2 and one.city and other.city and one.city != other.city:
        return False
    if apart(one, other):
        return bool(shared) or _is_one_matter(one, other)
    # Officials of several ministries meet on a day; leaders do not meet twice.
    is_other_matter = one.kind == "ministerial" and _is_another_matter(one, other)
    return bool(shared) or one.kind == other.kind and not is_other_matter


def apart(one: Draft, other: Draft) -> timedelta:
    """How many days lie from the end of one to the beginning of the other; none if they overlap."""
    gap = max(one.starts_on - other.ends_on, other.starts_on - one.ends_on)
    return max(gap, timedelta(0))


def _may_be_of_one_kind(one: Draft, other: Draft) -> bool:
    families = {family_of(one), family_of(other)}
    if len(families) == 1:
        return True
    # A minister's journey, told without the talks.
    is_journey = "visit" in (one.kind, other.kind) and families == {"meeting", "ministerial"}
    return is_journey and bool(set(one.participants) & set(other.participants))


def _is_of_the_same_sides(one: Draft, other: Draft) -> bool:
    """Whether the same countries act. Ministers of two may meet beside a meeting of three.

    Leaders' talks of three are a kind of their own; of two that are named no third matters.
    """
    named = set(one.participants) & set(other.participants)
    is_of_leaders = {family_of(one), family_of(other)} <= _OF_LEADERS
    return set(one.countries) == set(other.countries) or is_of_leaders and len(named) > 1


def _may_be_the_same_people(one: Draft, other: Draft) -> bool:
    """Whether no telling has somebody where the other has somebody else.

    One newspaper names more of those present than another. Where each names one whom the other
    does not, two others must be the same: one leader meets several on a day.
    """
    people, others = set(one.participants), set(other.participants)
    return people <= others or others <= people or len(people & others) > 1


def _is_one_act(one: Draft, other: Draft) -> bool:
    """Whether what is told of two acts of policy may be one: the matter counts, not who is named.

    What somebody said is his; two leaders may speak on one day.
    """
    people, others = set(one.participants), set(other.participants)
    if one.kind == other.kind == "statement" and people and others and not people & others:
        return False
    return not _is_another_matter(one, other)


def _is_one_matter(one: Draft, other: Draft) -> bool:
    return bool(set(one.topics) & set(other.topics))


def _is_another_matter(one: Draft, other: Draft) -> bool:
    return bool(one.topics and other.topics) and not _is_one_matter(one, other)

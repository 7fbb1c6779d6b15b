"""Every type of page that readers see, and the longest instance of each on the record.

`PAGES` leads from a page's name to what finds its address, without the language, once the record
and `add_examples` are in the database.
"""

import re
from collections.abc import Callable
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length
from django.test import Client
from django.utils import timezone

from accounts.models import User
from events.models import Anniversary, Event, Person, Topic
from events.publication import rename, withdraw
from events.views.today import today_of_the_record
from following.models import Subscriber, Subscription
from news.models import Candidate
from news.review import merge_into_event
from tests.events.build import NOW, make_event
from tests.following.followers import make_subscriber, make_subscription

WITHDRAWN = "2020-01-01-an-example"
OLD_SLUG = "1965-06-22-an-older-address"
RENAMED = "1965-06-22-claims-agreement"
CALL = "2025-06-09-ishiba-lee-call"
# A sample article tells of it.
DRAFTED = "2026-01-13-takaichi-lee-nara"
NO_SUCH_PAGE = "no-such-page/"
# Whose key leads to the pages of a subscriber of several filters, and whose to an ended request.
FOLLOWER, ENDED = "follower-of-the-tests", "ended-of-the-tests"
ASKED = "asked-of-the-tests"
LONG_FILTER = (
    "kind=call&kind=summit&topic=security&topic=trade&leader=yoon-suk-yeol&with=kishida-fumio"
)
# Nothing in the record is called so.
UNKNOWN = "qqqqqqqqqq"


def add_examples(by: User) -> None:
    """What the curated record has no example of: withdrawn, renamed, ahead, machine-drafted."""
    event = make_event(by=by, slug=WITHDRAWN, starts_on=date(2020, 1, 1))
    withdraw(event, reason="It was made for the tests. " * 10, by=by, at=NOW)
    rename(Event.objects.get(slug=RENAMED), slug=OLD_SLUG, by=by)
    rename(Event.objects.get(slug=OLD_SLUG), slug=RENAMED, by=by)
    make_event(
        by=by,
        kind="SUMMIT",
        status="SCHEDULED",
        precision="WINDOW",
        starts_on=date(timezone.now().year + 1, 6, 15),
        ends_on=date(timezone.now().year + 1, 6, 17),
    )
    event = Event.objects.get(slug=DRAFTED)
    candidate = Candidate.objects.get(kind="SUMMIT", starts_on=event.starts_on)
    merge_into_event(candidate, event, url=candidate.article.url, by=by, at=NOW)
    _add_followers()


def _add_followers() -> None:
    """One who follows, is asked for more and was refused mail; and one who has ended it."""
    address = f"{'a-long-name-of-a-reader.' * 2}of@example.org"
    reader = make_subscriber(address, key=FOLLOWER, refused_at=NOW)
    make_subscription(reader, "topic=north_korea", "INSTANT")
    make_subscription(reader, LONG_FILTER, "WEEKLY")
    make_subscription(reader, "kind=visit", key=ASKED, confirmed_at=None, created_at=timezone.now())
    make_subscription(make_subscriber(left_at=NOW), LONG_FILTER, key=ENDED, ended_at=NOW)


def _visible() -> QuerySet[Event]:
    return Event.objects.visible()


def _event(row: Event | None, rest: str = "") -> str:
    assert row is not None
    return f"events/{row.slug}/{rest}"


def _longest(*fields: str, **conditions: object) -> str:
    """The event whose texts are the longest together."""
    length = sum((Length(name) for name in fields[1:]), Length(fields[0]))
    return _event(_visible().filter(**conditions).order_by(-length, "pk").first())


def _most(name: str) -> str:
    rows = _visible().annotate(number=Count(name, distinct=True))
    return _event(rows.order_by("-number", "pk").first())


def _first(**conditions: object) -> str:
    return _event(_visible().filter(**conditions).order_by("-starts_on", "pk").first())


def _busiest_leader() -> str:
    people = Person.objects.annotate(number=Count("events"))
    return f"leaders/{people.latest('number').slug}/"


def _leader_with_most_terms() -> str:
    people = Person.objects.annotate(number=Count("terms"))
    return f"leaders/{people.latest('number').slug}/"


def _leader_without_a_term() -> str:
    person = Person.objects.filter(terms=None, events__isnull=False).earliest("pk")
    return f"leaders/{person.slug}/"


def _longest_anniversary() -> str:
    rows = Anniversary.objects.annotate(number=Count("citations"))
    return f"anniversaries/{rows.order_by('-number', '-pk').first().slug}/"  # type: ignore[union-attr]


def _busiest_topic() -> str:
    topics = Topic.objects.annotate(number=Count("events"))
    return f"topics/{topics.latest('number').slug}/"


def _one_sided() -> str:
    """An account by one government only."""
    rows = _visible().annotate(
        ours=Count("readouts", filter=Q(readouts__issuer="KR")),
        theirs=Count("readouts", filter=Q(readouts__issuer="JP")),
    )
    return _event(rows.filter(ours=0, theirs__gt=0).latest("theirs", "pk"))


def _confirmed_key() -> str:
    return Subscription.objects.get(subscriber__key=FOLLOWER, query=LONG_FILTER).key


def _key_of_who_left() -> str:
    return Subscriber.objects.get(left_at=NOW).key


def second_page(query: str) -> str:
    """Where "Show 50 more" leads."""
    page = Client().get(f"/en/timeline/{query}").text
    return re.search(r'href="/en/(timeline/\?[^"]*after=[^"]+)"', page)[1].replace("&amp;", "&")  # type: ignore[index]


PAGES: dict[str, Callable[[], str]] = {
    "overview": lambda: "",
    "timeline": lambda: "timeline/",
    # Of all lists this one has the most years and months among its first fifty.
    "timeline, oldest first": lambda: "timeline/?kind=summit&order=oldest",
    "timeline, second page": lambda: second_page("?kind=call"),
    "timeline, many filters": lambda: (
        "timeline/?country=KR&country=JP&kind=summit&kind=call&topic=security&topic=trade"
        "&topic=north_korea&where=KR&leader=yoon-suk-yeol&with=kishida-fumio&from=2022&to=2024-12"
        "&status=held"
    ),
    "timeline, search": lambda: "timeline/?q=%EA%B4%80%EC%84%B8",
    "timeline, nothing matches": lambda: "timeline/?country=CN&kind=call&topic=comfort_women",
    "timeline, nothing helps": lambda: f"timeline/?q={UNKNOWN}&from=1901&to=1902",
    "timeline, errors": lambda: (
        f"timeline/?from=2025-13&to=soon&country=KR&kind=picnic&leader={UNKNOWN}&order=up"
        f"&with={UNKNOWN}&where={UNKNOWN}&topic={UNKNOWN}&status=lost"
    ),
    "timeline, stale cursor": lambda: "timeline/?after=x&kind=visit",
    "timeline, of a day": lambda: f"timeline/?kind=call&as_of={today_of_the_record()}",
    "timeline, of no such day": lambda: "timeline/?as_of=2026-02-30",
    "event, both accounts": lambda: f"events/{CALL}/",
    "event, within filters": lambda: f"events/{CALL}/?country=JP&kind=call",
    "event, one account": _one_sided,
    "event, trilateral": lambda: _first(kind="TRILATERAL_SUMMIT"),
    "event, month only": lambda: _first(precision="MONTH"),
    "event, some day of a window": lambda: _first(precision="WINDOW", status="SCHEDULED"),
    "event, weak sources": lambda: _first(certainty="WEAK_SOURCES"),
    "event, advance notice": lambda: _first(certainty="ADVANCE_NOTICE"),
    "event, longest title": lambda: _longest("title_en", "title_ko", "title_ja"),
    "event, longest summary": lambda: _longest("summary_en", "summary_ko", "summary_ja"),
    "event, most points": lambda: _most("readouts__points"),
    "event, most sources": lambda: _most("citations"),
    "event, most commitments": lambda: _most("commitments"),
    "event, most people": lambda: _most("participations"),
    "event, machine-drafted": lambda: f"events/{DRAFTED}/",
    "event, of a day": lambda: f"events/{CALL}/?as_of={today_of_the_record()}",
    "event, withdrawn": lambda: f"events/{WITHDRAWN}/",
    "report": lambda: f"events/{CALL}/report/",
    "report, of one field": lambda: f"events/{CALL}/report/?field=account-JP",
    "report, received": lambda: f"events/{CALL}/report/?sent=1",
    "report, of a person": lambda: "leaders/lee-jae-myung/report/?field=counterparts",
    "report, of an anniversary": lambda: "anniversaries/liberation-day/report/?field=past",
    "report, of a topic": lambda: "topics/security/report/?field=years",
    "calendar, many events": lambda: "calendar/2023/11/",
    "calendar, an event all month": lambda: "calendar/2025/06/",
    "calendar, a day not known": lambda: "calendar/2013/09/",
    "calendar, no events": lambda: "calendar/1968/02/",
    "leaders": lambda: "leaders/",
    "leader": lambda: "leaders/lee-jae-myung/",
    "leader, most events": _busiest_leader,
    "leader, most terms": _leader_with_most_terms,
    "leader, no term": _leader_without_a_term,
    "anniversaries": lambda: "anniversaries/",
    "anniversary": _longest_anniversary,
    "topics": lambda: "topics/",
    "topic": _busiest_topic,
    "compare": lambda: "compare/",
    "compare, two governments": lambda: "compare/?a=abe-shinzo&b=moon-jae-in",
    "compare, errors": lambda: f"compare/?a={UNKNOWN}&b=moon-jae-in~ishiba-shigeru",
    "commitments": lambda: "commitments/",
    "commitments, second page": lambda: "commitments/?page=2",
    "commitments, errors": lambda: f"commitments/?status=lapsed&status={UNKNOWN}",
    "corrections": lambda: "corrections/",
    "data": lambda: "data/",
    "about": lambda: "about/",
    "follow": lambda: "follow/",
    "follow, filters": lambda: f"follow/?{LONG_FILTER}&kind=picnic&from=soon",
    "follow-sent": lambda: "follow/sent/",
    "follow-confirm": lambda: f"follow/confirm/{ASKED}/",
    "follow-confirm, done": lambda: f"follow/confirm/{_confirmed_key()}/",
    "follow-confirm, ended": lambda: f"follow/confirm/{ENDED}/",
    "follow-confirm, unknown": lambda: "follow/confirm/no-such-key/",
    "follow-manage": lambda: f"follow/manage/{FOLLOWER}/?done=changed",
    "follow-manage, left": lambda: f"follow/manage/{_key_of_who_left()}/",
    "no such page": lambda: NO_SUCH_PAGE,
    "no such event": lambda: "events/2025-06-10-no-such-event/",
}
# Pages whose own status is an error.
STATUS = {
    "event, withdrawn": 410,
    "follow-confirm, unknown": 404,
    "no such page": 404,
    "no such event": 404,
}

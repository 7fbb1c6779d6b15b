"""Alerts: raised once, ended once, and told once."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from threading import Thread

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends import locmem
from django.db import IntegrityError, connection, transaction
from structlog.testing import capture_logs

from news import tasks
from news.alert_mail import recipients_by_language, tell
from news.habits import State
from news.models import Alert
from news.models.alerts import HOLD
from news.watching import watch
from tests.events.build import make_user
from tests.news.build import NOW, make_source
from tests.news.past import (
    DAY,
    HOUR,
    fail,
    make_failing,
    make_gone,
    make_past,
    make_silent,
    make_well,
    poll,
)

pytestmark = pytest.mark.django_db
MINUTES = timedelta(minutes=5)
LATER = NOW + MINUTES


def open_kinds(source):
    return [alert.kind for alert in Alert.objects.open().filter(source=source).order_by("kind")]


def make_operator(name="operator", **fields):
    user = make_user(name, email=f"{name}@example.org", **fields)
    user.groups.add(Group.objects.get(name="operator"))
    return user


def heard(at):
    """What a look at the sources puts into the log."""
    with capture_logs() as lines:
        watch(at=at)
    return [(line["event"], line["source"]) for line in lines]


# --- Raised and ended ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "kind", "event"),
    [
        (make_silent, "SILENT", "source_silent"),
        (make_failing, "FAILING", "source_failing"),
        (make_gone, "GONE", "source_gone"),
    ],
)
def test_a_source_in_trouble_is_told_once(make, kind, event):
    make_well()
    source = make()

    assert heard(NOW) == [(event, source.name)]
    assert heard(LATER) == []

    alert = Alert.objects.get()
    assert (alert.source, alert.kind, alert.raised_at) == (source, kind, NOW)
    assert alert.since < NOW


def test_one_that_does_well_is_not():
    make_well()
    make_source()
    make_source(is_enabled=False)

    assert heard(NOW) == []


def test_an_alert_keeps_why():
    watch_all = [make_failing(6), make_silent()]
    watch(at=NOW)

    failing, silent = (Alert.objects.get(source=source) for source in watch_all)
    assert (failing.failures, failing.since) == (6, NOW - 7 * HOUR)
    assert failing.reason == "The server answered 503 (Service Unavailable)."
    assert (silent.usual, silent.since) == (6 * HOUR, NOW - 4 * DAY)


@pytest.mark.parametrize(
    ("make", "outcome"),
    [(make_failing, "NEW"), (make_failing, "NOTHING_NEW"), (make_silent, "NEW")],
)
def test_a_source_that_has_recovered_says_so_once(make, outcome):
    source = make()
    watch(at=NOW)
    poll(source, NOW + MINUTES, outcome)

    assert heard(NOW + 2 * MINUTES) == [("source_recovered", source.name)]
    assert heard(NOW + 3 * MINUTES) == []

    alert = Alert.objects.get()
    assert (alert.ended_at, alert.ending) == (NOW + 2 * MINUTES, "RECOVERED")


def test_to_answer_without_news_ends_no_silence():
    source = make_silent()
    watch(at=NOW)
    poll(source, NOW + MINUTES, "NOTHING_NEW")

    assert heard(NOW + 2 * MINUTES) == []
    assert open_kinds(source) == ["SILENT"]


def test_what_fails_again_is_told_again():
    source = make_failing()
    watch(at=NOW)
    poll(source, NOW + HOUR)
    watch(at=NOW + HOUR)
    fail(source, [NOW + hours * HOUR for hours in range(2, 7)])

    assert heard(NOW + 7 * HOUR) == [("source_failing", source.name)]
    assert Alert.objects.count() == 2


def test_one_that_stops_answering_while_it_is_silent_is_both():
    source = make_silent()
    watch(at=NOW)
    fail(source, [NOW + hours * HOUR for hours in range(5)])
    watch(at=NOW + 5 * HOUR)
    assert open_kinds(source) == ["FAILING", "SILENT"]

    poll(source, NOW + 6 * HOUR, "NOTHING_NEW")
    watch(at=NOW + 6 * HOUR)
    assert open_kinds(source) == ["SILENT"]


@pytest.mark.parametrize("make", [make_silent, make_failing, make_gone])
def test_one_that_is_switched_off_needs_nobody_any_more(make):
    source = make()
    watch(at=NOW)
    source.is_enabled, source.disabled_because = False, ""
    source.save()

    assert heard(LATER) == []
    assert Alert.objects.get().ending == "SET_ASIDE"


def test_gone_says_more_than_failing():
    source = make_failing()
    watch(at=NOW)
    poll(source, NOW, "GONE")
    watch(at=LATER)

    assert open_kinds(source) == ["GONE"]
    assert Alert.objects.get(kind="FAILING").ending == "SET_ASIDE"


def test_one_that_was_gone_recovers_with_its_first_answer():
    source = make_gone()
    watch(at=NOW)
    source.is_enabled, source.disabled_because = True, ""
    source.save()
    watch(at=LATER)
    assert open_kinds(source) == ["GONE"]

    poll(source, LATER)
    assert heard(LATER + MINUTES) == [("source_recovered", source.name)]


def test_another_address_sets_the_alert_aside_until_it_has_failed_too():
    source = make_failing()
    watch(at=NOW)
    source.verified_at, source.failures = None, 0
    source.save()
    watch(at=LATER)
    assert Alert.objects.get().ending == "SET_ASIDE"

    poll(source, LATER, "ERROR_STATUS")
    source.failures = 5
    source.save()
    watch(at=LATER + HOUR)
    assert open_kinds(source) == ["FAILING"]


def test_one_that_never_answered_alerts_too():
    source = make_source()
    fail(source, [NOW - back * HOUR for back in range(5, 0, -1)])
    watch(at=NOW)

    assert Alert.objects.get().since == NOW - 5 * HOUR


@pytest.mark.parametrize("count", [1, 12])
def test_a_look_costs_the_same_for_few_and_many(django_assert_num_queries, count):
    for _number in range(count):
        make_silent()
        make_failing()
    # Savepoint twice, lock, sources, their news, open alerts, new alerts.
    with django_assert_num_queries(7):
        watch(at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_look_at_once_raise_one_alert():
    make_silent()
    raised = []

    def look():
        raised.extend(watch(at=NOW).raised)
        connection.close()

    lookers = [Thread(target=look) for _number in range(4)]
    for looker in lookers:
        looker.start()
    for looker in lookers:
        looker.join()

    assert Alert.objects.count() == len(raised) == 1


# --- Refused by the database --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "columns"),
    [
        ("source_has_one_open_alert_of_a_kind", {}),
        ("alert_is_raised_after_it_begins", {"kind": "GONE", "since": LATER}),
        (
            "alert_ends_after_it_is_raised",
            {"ended_at": NOW - HOUR, "ending": "RECOVERED"},
        ),
        ("alert_that_ended_says_how", {"ended_at": LATER}),
        ("alert_that_ended_says_how", {"kind": "GONE", "ending": "RECOVERED"}),
        ("alert_of_silence_says_what_is_usual", {"kind": "SILENT"}),
        ("alert_ending_is_told_after_it_ended", {"kind": "GONE", "ending_told_at": LATER}),
    ],
)
def test_an_alert_in_a_bad_state_is_refused(rule, columns):
    values = {"source": make_source(), "kind": "FAILING", "since": NOW - HOUR, "raised_at": NOW}
    Alert.objects.create(**values)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Alert.objects.create(**{**values, **columns})


def test_a_source_that_does_well_has_no_alert_to_make():
    from news.habits import Judgement

    with pytest.raises(ValueError, match="needs nobody"):
        Alert.of(make_source(), Judgement(State.WELL), at=NOW)


# --- Told to people -----------------------------------------------------------------------------


def test_each_operator_gets_one_mail_for_all_that_is_new():
    make_operator("first")
    make_operator("second")
    silent, failing, gone = make_silent(), make_failing(), make_gone()

    watch(at=NOW)
    assert tell(at=NOW) == 3
    assert tell(at=LATER) == 0

    assert [message.to for message in mail.outbox] == [
        ["first@example.org"],
        ["second@example.org"],
    ]
    message = mail.outbox[0]
    assert message.subject == "3 sources need you"
    for source in (silent, failing, gone):
        assert f"{source.outlet} ({source.name})" in message.body
    assert "No answer since 1 June 2026. 5 attempts in a row have failed." in message.body
    assert "something came within 6 hours" in message.body
    assert "The server answered 410 (Gone)." in message.body
    assert "/admin/news/source/health/" in message.body


def test_a_recovery_is_mailed_once():
    make_operator()
    source = make_failing()
    watch(at=NOW)
    tell(at=NOW)
    poll(source, NOW + MINUTES)
    for run in (2, 3):
        watch(at=NOW + run * MINUTES)
        tell(at=NOW + run * MINUTES)

    assert [message.subject for message in mail.outbox] == [
        "1 source needs you",
        "1 source has recovered",
    ]


def test_trouble_and_recovery_share_a_mail():
    make_operator()
    source = make_failing()
    watch(at=NOW)
    tell(at=NOW)
    poll(source, LATER)
    make_silent()
    watch(at=LATER)
    tell(at=LATER)

    assert mail.outbox[-1].subject == "1 source needs you; 1 source has recovered"


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "28 May 2026"), ("ko", "2026년 5월 28일"), ("ja", "2026年5月28日")],
)
def test_each_reads_it_in_their_language(language, day):
    make_operator(language=language)
    make_silent(outlet="<Daily> & Sons")
    watch(at=NOW)
    tell(at=NOW)

    (message,) = mail.outbox
    assert day in message.body
    assert "<Daily> & Sons" in message.body


def test_only_operators_who_can_be_reached_are_told(settings):
    make_operator("here")
    make_operator("left", is_active=False)
    make_operator("korean", language="ko")
    mute = make_operator("mute")
    mute.email = ""
    mute.save()
    make_user("editor", email="editor@example.org")
    settings.OPERATOR_EMAILS = ["Here@Example.org", "desk@example.org"]

    assert recipients_by_language() == {
        "en": ["here@example.org", "desk@example.org"],
        "ko": ["korean@example.org"],
    }


def test_where_nobody_can_be_reached_the_log_has_told_it():
    make_silent()
    watch(at=NOW)

    assert tell(at=NOW) == 1
    assert mail.outbox == []
    make_operator()
    assert tell(at=LATER) == 0


class NoServer(locmem.EmailBackend):
    """A mail server that is not there."""

    def open(self):
        raise ConnectionRefusedError("nobody answers")

    def __enter__(self):
        self.open()


class RefusesFirst(locmem.EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == ["first@example.org"]:
            raise SMTPServerDisconnected("not this one")
        return super().send_messages(messages)


class LooksOn(locmem.EmailBackend):
    """Notes whether a transaction is open while mail is sent."""

    seen: list[bool] = []

    def send_messages(self, messages):
        self.seen.append(connection.in_atomic_block)
        return super().send_messages(messages)


def test_a_mail_that_fails_is_tried_again(settings):
    make_operator()
    make_silent()
    watch(at=NOW)
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    with capture_logs() as lines:
        assert tell(at=NOW) == 0
    assert [line["event"] for line in lines] == ["alerts_not_mailed"]

    settings.EMAIL_BACKEND = working
    assert tell(at=LATER) == 1
    assert len(mail.outbox) == 1


def test_one_address_that_is_refused_keeps_nobody_from_theirs(settings):
    make_operator("first")
    make_operator("second")
    make_silent()
    watch(at=NOW)
    settings.EMAIL_BACKEND = f"{__name__}.RefusesFirst"

    assert [tell(at=NOW), tell(at=LATER)] == [1, 0]
    assert [message.to for message in mail.outbox] == [["second@example.org"]]


def test_what_another_worker_is_telling_is_left_to_it_for_a_while():
    make_operator()
    make_silent()
    watch(at=NOW)
    Alert.objects.update(held_until=NOW + HOLD)

    assert tell(at=LATER) == 0
    assert tell(at=NOW + HOLD) == 1


def test_what_recovered_before_it_was_told_is_told_as_recovered():
    make_operator()
    source = make_failing()
    watch(at=NOW)
    poll(source, LATER)
    watch(at=LATER)
    tell(at=LATER)

    assert [message.subject for message in mail.outbox] == ["1 source has recovered"]
    assert not Alert.objects.untold().exists()


def test_what_was_set_aside_before_it_was_told_is_not_told():
    make_operator()
    source = make_failing()
    watch(at=NOW)
    source.is_enabled = False
    source.save()
    watch(at=LATER)

    assert tell(at=LATER) == 0
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_mail_is_sent(settings):
    make_operator_after_flush = make_user("operator", email="operator@example.org")
    group, _new = Group.objects.get_or_create(name="operator")
    make_operator_after_flush.groups.add(group)
    make_silent()
    watch(at=NOW)
    settings.EMAIL_BACKEND = f"{__name__}.LooksOn"
    LooksOn.seen.clear()

    tell(at=NOW)

    assert LooksOn.seen == [False]


def test_beat_has_it_done():
    make_operator()
    make_past(make_source(), NOW - 10 * DAY)
    source = make_failing()

    tasks.watch_sources()

    assert open_kinds(source) == ["FAILING"]
    assert len(mail.outbox) == 1

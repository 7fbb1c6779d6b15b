"""The pages of who follows by mail: the form with its preview, and those behind a key."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Event
from events.publication import withdraw
from following import asking, queries, subscribing
from following.announcing import note_changes
from following.models import Asking, Subscriber, Subscription
from tests.events.build import make_event, make_person, make_user
from tests.following.followers import (
    make_asking,
    make_digest,
    make_subscriber,
    make_subscription,
)

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _ in settings.LANGUAGES]
OPENED = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
TYPED = {"pace": "WEEKLY", "language": "ko", "address": "anna@example.org"}
ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def clock():
    """The clock stands; a test moves it."""
    with time_machine.travel(OPENED, tick=False) as traveller:
        yield traveller


def stamp(page):
    return unescape(re.search(r'name="shown_at" value="([^"]+)"', page)[1])


def fill_in(client, clock, query="", *, seconds=30.0, **values):
    """Open the form, take that long over it, and send it; None leaves a field out."""
    address = f"/en/follow/{query}"
    shown_at = stamp(client.get(address).text)
    clock.shift(timedelta(seconds=seconds))
    data = {**TYPED, "homepage": "", "shown_at": shown_at, **values}
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def problems(page):
    """Target and message of each line of the error summary."""
    summary = re.search(r'<div class="problems".*?</ul>', page, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", summary[0]) if summary else []
    return [
        ((re.findall(r'href="#([^"]+)"', line) or [""])[0], unescape(re.sub("<[^>]+>", "", line)))
        for line in lines
    ]


def is_private(response):
    """Nothing of a page with a key is kept, found or told on."""
    return (
        response["Cache-Control"] == "private, no-store"
        and response["Referrer-Policy"] == "no-referrer"
        and "noindex" in response["X-Robots-Tag"]
        and '<meta name="robots" content="noindex">' in response.text
        and not response.cookies
    )


def link_in(message):
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", message.body)[1]


# The filter


@pytest.fixture
def names(db):
    make_event(people=["lee-jae-myung"], topics=["north_korea", "trade"], places=[("Seoul", "KR")])


@pytest.mark.parametrize(
    ("given", "spelt"),
    [
        ("", ""),
        ("kind=summit&kind=call", "kind=call&kind=summit"),
        ("topic=trade&kind=call&country=KR", "country=KR&kind=call&topic=trade"),
        ("kind=call&kind=call&order=oldest&after=x&as_of=2026-01-01&lang=ko", "kind=call"),
        ("kind=picnic&country=KR&x[]=1&topic=nothing", "country=KR"),
        ("q=%20%20Freedom%20%20Edge%20", "q=Freedom+Edge"),
        ("from=2025-06&to=2026", "from=2025-06&to=2026"),
        ("from=2026&to=2025", "from=2026"),
        ("q=%00", ""),
    ],
)
def test_a_filter_has_one_spelling(names, given, spelt):
    assert queries.canonical(given) == spelt
    assert queries.canonical(queries.canonical(given)) == spelt


def test_a_filter_that_cannot_be_kept_is_refused(names):
    for number in range(40):
        make_person(f"a-person-with-a-rather-long-name-{number}")
    query = "&".join(f"leader=a-person-with-a-rather-long-name-{n}" for n in range(40))

    with pytest.raises(ValueError, match="leader="):
        queries.canonical(query)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "The whole record"),
        ("kind=call&kind=summit&topic=north_korea", "Call or Summit · North korea"),
        ("country=KR&where=KR", "Country that acted: Republic of Korea · Where it took place: "),
        ("leader=lee-jae-myung&from=2025", "Who took part: Lee Jae Myung · From: 2025"),
        ("q=Freedom+Edge", "Search: “Freedom Edge”"),
        ("kind=call&topic=no_more", "Call · Topic: no_more, not in the record any more"),
        ("topic=no_more", "Topic: no_more, not in the record any more"),
    ],
)
def test_a_filter_reads_in_words(names, query, words):
    assert queries.in_words(query).startswith(words)


def test_a_filter_reads_in_the_readers_language(names, client):
    page = client.get("/ko/follow/?country=KR").text

    assert "대한민국" in re.search(r'class="follow-words">(.*?)</p>', page)[1]


# The preview


def test_the_preview_shows_the_newest_and_counts_the_rest(client, clock):
    for hours in range(21):
        make_event(title_en="An addition", at=OPENED - timedelta(hours=hours))

    page = client.get("/en/follow/").text

    assert "20 entries, as daily mails" in page
    assert page.count("An addition") == 15
    assert "… and 5 more." in page


def test_the_preview_shows_changes_as_mails_do(client, clock):
    make_event(title_en="A call", status="SCHEDULED", at=OPENED - timedelta(days=90))
    note_changes(at=OPENED - timedelta(days=80))
    event = Event.objects.get()
    Event.objects.update(status="HELD")
    note_changes(at=OPENED - timedelta(days=20))
    withdraw(event, reason="It was another day", by=make_user(), at=OPENED - timedelta(days=2))
    note_changes(at=OPENED - timedelta(days=2))

    page = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", client.get("/en/follow/").text))

    assert "2 entries, as daily mails" in page
    assert "Status changed: Scheduled → Held" in page
    assert page.index("Withdrawn A call") < page.index("Changed A call")
    assert "Reason: It was another day" in page


def test_the_page_says_what_the_record_began_with_is_not_counted(client, clock):
    make_event(title_en="At the beginning", at=OPENED - timedelta(days=3))
    make_event(title_en="A day later", at=OPENED - timedelta(days=2))

    page = client.get("/en/follow/").text

    assert "A day later" in page
    assert "At the beginning" not in page
    assert "first published here on" in page
    clock.shift(timedelta(days=40))
    assert "first published here on" not in client.get("/en/follow/").text


def test_the_page_shows_the_preview_and_how_many_mails_each_pace_is(client, clock):
    make_event(at=OPENED - timedelta(days=900))
    make_event(title_en="A call of May", at=OPENED - timedelta(days=20))
    make_event(title_en="A call of June", at=OPENED - timedelta(days=2))
    make_event(kind="SUMMIT", title_en="A summit", at=OPENED - timedelta(days=2))

    page = client.get("/en/follow/?kind=call").text

    assert page.index("A call of June") < page.index("A call of May")
    assert "A summit" not in page
    assert page.count("2 mails in the last 30 days") == 3
    assert '<time datetime="2026-06-08">' in page


def test_the_preview_of_nothing_says_so(client, clock):
    assert "No mail: nothing that" in client.get("/en/follow/?kind=call").text


@pytest.mark.parametrize("count", [1, 12])
def test_the_form_costs_the_same_for_few_and_many(client, count, django_assert_max_num_queries):
    for _ in range(count):
        make_event(at=datetime.now(UTC) - timedelta(days=1), topics=["trade"])
    client.get("/en/follow/")

    # In a test each look at the record reads all of it.
    with django_assert_max_num_queries(9):
        client.get("/en/follow/?kind=call&topic=trade&country=KR")


# The form


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "?kind=call", "sent/"])
def test_the_pages_stand_in_each_language_and_away_from_search_engines(client, language, path):
    response = client.get(f"/{language}/follow/{path}")

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text
    assert response.text.count("<h1>") == 1
    assert '<meta name="robots" content="noindex">' in response.text
    # A shared cache would hand out one reader's token to all.
    assert "private" in response["Cache-Control"]


def test_the_timeline_leads_to_the_form_with_its_filter(client, names):
    page = client.get("/en/timeline/?topic=trade&kind=call&lang=ko").text

    link = re.search(r'href="(/en/follow/[^"]*)" rel="nofollow">Follow by mail', page)[1]
    assert unescape(link) == "/en/follow/?kind=call&topic=trade"
    assert "Trade" in client.get(unescape(link)).text


def test_a_request_is_kept_and_the_reader_learns_what_happens_next(client, clock, names):
    response = fill_in(client, clock, "?topic=trade&kind=call&after=x")

    assert response.status_code == 303
    assert response["Location"] == "/en/follow/sent/"
    row = Subscription.objects.get()
    assert (row.query, row.pace) == ("kind=call&topic=trade", "WEEKLY")
    assert (row.subscriber.address, row.subscriber.language) == ("anna@example.org", "ko")
    assert row.confirmed_at is None
    assert "Please look into your mail" in client.get("/en/follow/sent/").text


def test_a_known_address_is_answered_like_an_unknown_one(client, clock):
    subscriber = make_subscriber("anna@example.org")
    make_subscription(subscriber)
    left = make_subscriber("left@example.org", left_at=OPENED)
    make_asking(subscriber, OPENED)

    answers = [
        fill_in(client, clock, address=address)
        for address in ("anna@example.org", left.address, "new@example.org", "anna@example.org")
    ]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (303, "/en/follow/sent/")
    }
    assert len({len(answer.content) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("values", "target", "message"),
    [
        ({"pace": None}, "id_pace_0", "Choose how often."),
        ({"pace": "HOURLY"}, "id_pace_0", "Choose how often."),
        ({"language": "fr"}, "id_language_0", "Choose a language."),
        ({"address": ""}, "id_address", "Enter an email address."),
        ({"address": "anna"}, "id_address", "as name@example.org"),
        ({"address": "anna@example.org\nBcc: b@example.org"}, "id_address", "as name@"),
        ({"address": "anna@example.org\0"}, "id_address", "as name@example.org"),
        ({"address": "a" * 250 + "@example.org"}, "id_address", "254 characters or fewer"),
        ({"homepage": "https://spam.example"}, "", "must stay empty"),
        ({"shown_at": "x:y"}, "", "could not be checked"),
    ],
)
def test_a_bad_input_is_told_and_nothing_is_kept(client, clock, values, target, message):
    response = fill_in(client, clock, "?kind=call", **values)

    assert response.status_code == 422
    assert not Subscriber.objects.exists()
    told = problems(response.text)
    assert told[0][0] == target
    assert message in told[0][1]
    assert "Call" in re.search(r'class="follow-words">(.*?)</p>', response.text)[1]
    if target:
        assert f'id="{target}"' in response.text
        name = target.removesuffix("_0")
        assert f'id="{name}_error"' in response.text


def test_what_was_typed_stays_in_the_form_and_does_no_harm(client, clock):
    page = fill_in(client, clock, address='"><script>x</script>').text

    assert "<script>x" not in page
    assert 'value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"' in page
    assert re.search(r'value="WEEKLY" checked', page)


@pytest.mark.parametrize(
    ("seconds", "message"),
    [(2.9, "sooner than people"), (3, None), (24 * 3600 + 1, "more than a day ago")],
)
def test_a_form_is_taken_neither_at_once_nor_after_a_day(client, clock, seconds, message):
    response = fill_in(client, clock, seconds=seconds)

    assert response.status_code == (422 if message else 303)
    if message:
        assert message in problems(response.text)[0][1]


def test_a_form_from_elsewhere_is_refused(clock):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/en/follow/").text
    clock.shift(timedelta(seconds=30))

    assert client.post("/en/follow/", {**TYPED, "shown_at": stamp(page)}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    data = {**TYPED, "shown_at": stamp(page), "csrfmiddlewaretoken": token}
    assert client.post("/en/follow/", data).status_code == 303


def test_a_full_hour_is_told_with_when_to_come_back(client, clock, monkeypatch):
    monkeypatch.setattr(subscribing, "IN_ONE_HOUR_IN_ALL", 1)
    make_asking(make_subscriber(), OPENED - timedelta(minutes=30))

    response = fill_in(client, clock)

    assert response.status_code == 429
    assert response["Retry-After"] == str(30 * 60 - 30)
    assert "try again in 30 minutes" in problems(response.text)[0][1]


def test_a_value_that_is_not_known_is_told_and_left_out(client, clock, names):
    page = client.get("/en/follow/?kind=call&topic=nonsense").text

    assert "“nonsense” is not known here and was left out." in unescape(page)
    assert 'action="/en/follow/?kind=call"' in page


def test_a_filter_that_is_too_long_is_told_without_a_form(client, clock, names):
    for number in range(40):
        make_person(f"a-person-with-a-rather-long-name-{number}")
    query = "&".join(f"leader=a-person-with-a-rather-long-name-{n}" for n in range(40))

    for response in (client.get(f"/en/follow/?{query}"), client.post(f"/en/follow/?{query}")):
        assert response.status_code == 200
        assert "too many values" in response.text
        assert "<form class" not in response.text.split("<main")[1].split("</main")[0]


# To confirm


def test_looking_at_the_link_confirms_nothing_and_the_button_does(client, clock):
    fill_in(client, clock, "?kind=call")
    asking.ask(at=OPENED + timedelta(minutes=1))
    link = link_in(mail.outbox[0])

    for method in (client.get, client.head, client.get):
        assert method(link).status_code == 200
    assert Subscription.objects.get().confirmed_at is None
    page = client.get(link)
    assert is_private(page)
    assert f'action="{link}"' in page.text
    assert '<html lang="ko"' in page.text

    answer = client.post(link)

    assert (answer.status_code, answer["Location"]) == (303, link)
    row = Subscription.objects.get()
    assert row.confirmed_at is not None
    assert row.subscriber.language == "ko"
    done = client.get(link).text
    assert f"/ko/follow/manage/{row.subscriber.key}/" in done
    assert f'action="{link}"' not in done
    assert client.post(link).status_code == 303


def test_a_form_of_a_page_without_a_referrer_is_taken():
    """A browser then sends no origin with it, which Django's token check would refuse."""
    row = make_subscription(confirmed_at=None)
    client = Client(enforce_csrf_checks=True)

    answer = client.post(f"/en/follow/confirm/{row.key}/", headers={"Origin": "null"})

    assert answer.status_code == 303


def test_an_ended_request_says_so_and_cannot_be_confirmed(client):
    row = make_subscription(query="kind=call", confirmed_at=None, ended_at=OPENED)
    link = f"/en/follow/confirm/{row.key}/"

    for response in (client.get(link), client.post(link)):
        assert response.status_code == 200
        assert "This has been ended" in response.text
        assert 'href="/en/follow/?kind=call"' in response.text
    row.refresh_from_db()
    assert row.confirmed_at is None


@pytest.mark.parametrize("name", ["confirm", "manage", "out"])
@pytest.mark.parametrize("key", ["x", "k" * 43, "k" * 900, "-_-"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_key_is_told_in_clear_words(client, name, key, method):
    language = "" if name == "out" else "/en"

    response = getattr(client, method)(f"{language}/follow/{name}/{key}/")

    assert response.status_code == 404
    assert "This link is not known" in response.text
    assert is_private(response)


@pytest.mark.parametrize("key", ["%00", "a%2Fb", "é", "a b"])
def test_what_is_no_key_is_no_page(client, key):
    assert client.get(f"/en/follow/manage/{key}/").status_code == 404
    assert client.post(f"/follow/out/{key}/").status_code == 404


# To manage


@pytest.fixture
def own(db):
    """A reader of two lists, and the address of their page."""
    subscriber = make_subscriber("anna@example.org")
    make_subscription(subscriber, "kind=call")
    make_subscription(subscriber, "kind=summit")
    return subscriber


def owners_page(subscriber, language="en"):
    return f"/{language}/follow/manage/{subscriber.key}/"


def test_the_owner_sees_what_goes_to_the_address(client, own):
    waiting = make_subscription(own, "kind=visit", confirmed_at=None, created_at=datetime.now(UTC))
    make_subscription(own, "kind=dispute", ended_at=datetime.now(UTC))
    make_subscription(make_subscriber(), "kind=agreement")

    response = client.get(owners_page(own))

    assert response.status_code == 200
    assert is_private(response)
    page = response.text.split("<main")[1].split("</main")[0]
    assert "anna@example.org" in page
    assert "Call" in page
    assert "Summit" in page
    assert f"/en/follow/confirm/{waiting.key}/" in page
    assert "Dispute" not in page
    assert "Agreement" not in page


def test_the_owner_changes_how_often(client, own):
    row = own.subscriptions.get(query="kind=call")

    answer = client.post(
        owners_page(own), {"do": "pace", "subscription": row.pk, "pace": "INSTANT"}
    )

    assert (answer.status_code, answer["Location"]) == (303, f"{owners_page(own)}?done=changed")
    row.refresh_from_db()
    assert row.pace == "INSTANT"
    assert own.subscriptions.get(query="kind=summit").pace == "DAILY"
    assert (
        'role="status">How often you are told was changed.' in client.get(answer["Location"]).text
    )


def test_the_owner_ends_one_and_keeps_the_other(client, own):
    row = own.subscriptions.get(query="kind=call")

    client.post(owners_page(own), {"do": "end", "subscription": row.pk})

    assert own.subscriptions.standing().get().query == "kind=summit"


def test_the_owner_changes_the_language(client, own):
    client.post(owners_page(own), {"do": "language", "language": "ja"})

    own.refresh_from_db()
    assert own.language == "ja"


def test_the_owner_ends_all(client, own):
    answer = client.post(owners_page(own), {"do": "leave"})

    own.refresh_from_db()
    assert own.left_at is not None
    assert not own.subscriptions.standing().exists()
    page = client.get(answer["Location"]).text
    assert "no mail is sent to you" in page
    assert "<button" not in page.split("<main")[1].split("</main")[0]


def test_the_owner_has_mails_sent_again_after_they_were_refused(client, own):
    own.refused_at = OPENED
    own.save()
    assert "Your mail server refused our mail on" in client.get(owners_page(own)).text

    client.post(owners_page(own), {"do": "again"})

    own.refresh_from_db()
    assert own.refused_at is None


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "dance"},
        {"do": "pace", "subscription": "x", "pace": "DAILY"},
        {"do": "pace", "subscription": "9" * 18, "pace": "DAILY"},
        {"do": "pace", "subscription": "9" * 40, "pace": "DAILY"},
        {"do": "end", "subscription": "²"},
        {"do": "end", "subscription": "\0"},
        {"do": "language", "language": "fr"},
        {"do": "language", "language": "\0"},
    ],
)
def test_nonsense_changes_nothing(client, own, data):
    before = list(Subscription.objects.values()), list(Subscriber.objects.values())

    answer = client.post(owners_page(own), data)

    assert (answer.status_code, answer["Location"]) == (303, owners_page(own))
    assert (list(Subscription.objects.values()), list(Subscriber.objects.values())) == before


def test_the_subscription_of_another_is_out_of_reach(client, own):
    others = make_subscription()

    for do in ("pace", "end"):
        data = {"do": do, "subscription": others.pk, "pace": "INSTANT"}
        assert client.post(owners_page(own), data)["Location"] == owners_page(own)

    others.refresh_from_db()
    assert (others.pace, others.ended_at) == ("DAILY", None)


@pytest.mark.parametrize("count", [1, 12])
def test_the_owners_page_costs_the_same_for_few_and_many(client, count):
    subscriber = make_subscriber()
    for number in range(count):
        make_subscription(subscriber, f"country=KR&topic=trade&from={1980 + number}")
    with CaptureQueriesContext(connection) as captured:
        client.get(owners_page(subscriber))

    assert len(captured) <= 8


# To end


def one_click(client, key):
    """As a mail program does it: no cookie, no referrer, a body of its own."""
    return client.post(
        f"/follow/out/{key}/", ONE_CLICK, content_type="application/x-www-form-urlencoded"
    )


@pytest.fixture
def program():
    return Client(enforce_csrf_checks=True)


def test_one_click_ends_all_of_a_subscriber(program, own):
    response = one_click(program, own.key)

    assert response.status_code == 200
    assert is_private(response)
    assert not own.subscriptions.standing().exists()
    own.refresh_from_db()
    assert own.left_at is not None


def test_one_click_ends_one_subscription_and_keeps_the_other(program, own):
    row = own.subscriptions.get(query="kind=call")

    response = one_click(program, row.key)

    assert response.status_code == 200
    assert own.subscriptions.standing().get().query == "kind=summit"
    assert "their mails keep coming" in response.text


def test_one_click_twice_is_as_once(program, own):
    one_click(program, own.key)
    own.refresh_from_db()
    first = own.left_at

    again = one_click(program, own.key)

    assert again.status_code == 200
    assert "You get no more of these mails" in again.text
    own.refresh_from_db()
    assert own.left_at == first


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--',
         "multipart/form-data; boundary=b"),
        ("--broken", "multipart/form-data"),
        ("", "text/plain"),
    ],
)  # fmt: skip
def test_one_click_is_taken_however_it_is_written(program, own, body, kind):
    response = program.post(f"/follow/out/{own.key}/", body, content_type=kind)

    assert response.status_code == 200
    assert not own.subscriptions.standing().exists()


def test_looking_ends_nothing_and_offers_a_button(client, own):
    for method in (client.get, client.head, client.options):
        method(f"/follow/out/{own.key}/")
    page = client.get(f"/follow/out/{own.key}/")

    assert own.subscriptions.standing().count() == 2
    assert is_private(page)
    form = re.search(
        r'<form method="post" action="(/follow/out/[^"]+)">.*?</form>', page.text, re.S
    )
    assert form[1] == f"/follow/out/{own.key}/"
    assert 'name="List-Unsubscribe" value="One-Click"' in form[0]


def test_the_page_is_in_the_language_of_the_mails(client):
    row = make_subscription(make_subscriber(language="ja"))

    response = client.get(f"/follow/out/{row.key}/", headers={"Accept-Language": "ko"})

    assert '<html lang="ja"' in response.text
    assert response["Content-Language"] == "ja"


def test_what_waits_to_be_sent_is_not_sent_after_one_click(program, own):
    digest = make_digest(own.subscriptions.first(), {"event": 1, "kind": "NEW"})

    one_click(program, own.key)

    assert not own.digests.filter(pk=digest.pk).exists()


# The mails that ask are sent by a task


def test_the_task_asks_who_is_to_be_asked(client, clock):
    from following import tasks

    fill_in(client, clock)

    tasks.ask_for_confirmations()

    assert len(mail.outbox) == 1
    assert Asking.objects.get().settled_at is not None


def test_an_event_of_any_day_is_on_the_preview_as_it_is(client, clock):
    make_event(at=OPENED - timedelta(days=2))
    make_event(starts_on=date(1965, 6, 22), at=OPENED - timedelta(days=1))

    assert "22 June 1965" in client.get("/en/follow/").text

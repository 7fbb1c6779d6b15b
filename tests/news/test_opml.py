"""The list of sources as OPML: ours, other readers', and files that are neither."""

from datetime import timedelta
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from news import opml
from news.admin import SourceForm
from news.models import Source
from news.opml import NotOpml, Outline
from news.source_lists import FIELDS, Defaults, ListRefused, export_sources, import_sources
from tests.events.build import make_country, make_user
from tests.news.build import NOW, make_source

PLAIN = """<?xml version="1.0"?>
<opml version="1.0"><head><title>My feeds</title></head><body>
<outline text="Asia" title="Asia">
  <outline text="Korea">
    <outline type="rss" text="The Daily" title="The Daily, Seoul" xmlUrl="https://daily.example.org/rss"
      htmlUrl="https://daily.example.org/"/>
    <outline text="매일 신문" xmlUrl="https://www.paper.example.kr/feed?a=1&amp;b=2"/>
  </outline>
  <outline text="The Daily" xmlUrl="https://daily.example.org/rss"/>
  <outline type="link" text="A bookmark" url="https://example.org/"/>
</outline>
</body></opml>"""
KOREAN = Defaults(country="KR", language="ko")
database = pytest.mark.django_db


def own(url="https://a.example.org/rss", **told):
    """A list of one source with attributes of ours."""
    body = opml.write([Outline(url, "A paper", "", told)], title="x", made_at=NOW)
    return body.encode()


@pytest.fixture
def countries(db):
    for code in ("KR", "JP"):
        make_country(code)


@pytest.fixture
def full(countries):
    """Two sources that differ from the defaults, and from each other, in everything."""
    make_source(
        name="page",
        outlet='Ministry of <Affairs> & "Trade"',
        kind="PAGE",
        url="https://gov.example.jp/list?a=1&b=2",
        link_pattern=r'^https://gov\\.example\\.jp/["\'<&>]\\d+\\.html$',
        country_id="JP",
        language="ja",
        source_class="OFFICIAL",
        time_zone="Asia/Tokyo",
        least_minutes=720,
        pause_seconds=30,
        listed_at="https://list.example.org/",
        is_enabled=False,
    )
    make_source(name="feed", outlet="연합", source_class="WIRE", pause_seconds=0, language="ko")


def decided():
    """All that operators decide of all sources."""
    names = ("url", *SourceForm._meta.fields)
    return list(Source.objects.order_by("name").values(*names))


def test_a_list_tells_all_that_an_operator_decides():
    assert {*FIELDS, "url"} == set(SourceForm._meta.fields)


def test_a_round_trip_loses_nothing(full):
    before, listed = decided(), export_sources(at=NOW)
    Source.objects.all().delete()

    outcome = import_sources(listed.encode(), defaults=Defaults(), at=NOW)

    assert outcome.added == ["feed", "page"]
    assert decided() == before
    assert export_sources(at=NOW) == listed


def test_a_round_trip_of_what_is_there_changes_nothing(full):
    outcome = import_sources(export_sources(at=NOW).encode(), defaults=Defaults(), at=NOW)

    assert (outcome.added, outcome.changed, outcome.unchanged) == ([], {}, ["feed", "page"])


def test_other_readers_find_the_feeds_and_take_no_page_for_one(full):
    root = ElementTree.fromstring(export_sources(at=NOW))
    page, feed = sorted(root.iter("outline"), key=lambda found: found.get("type"))

    assert root.get("version") == "2.0"
    assert feed.get("xmlUrl") == Source.objects.get(name="feed").url
    assert feed.get("text") == "연합"
    assert (page.get("type"), page.get("xmlUrl")) == ("link", None)


def test_a_list_of_another_reader_is_taken_over_with_what_it_does_not_tell(countries):
    outcome = import_sources(PLAIN.encode(), defaults=KOREAN, at=NOW)

    assert outcome.added == ["the-daily-seoul", "paper-example-kr"]
    daily, paper = Source.objects.order_by("id")
    assert (daily.outlet, paper.outlet) == ("The Daily, Seoul", "매일 신문")
    assert paper.url == "https://www.paper.example.kr/feed?a=1&b=2"
    for source in (daily, paper):
        told = (source.kind, source.country_id, source.language, source.time_zone)
        assert told == ("FEED", "KR", "ko", "Asia/Seoul")
        assert source.is_enabled
        assert source in Source.objects.due(NOW + timedelta(days=9999))


def test_doing_it_again_changes_nothing_that_an_operator_has_changed(countries):
    import_sources(PLAIN.encode(), defaults=KOREAN, at=NOW)
    Source.objects.update(outlet="Corrected", language="en", country="JP")
    before = decided()

    outcome = import_sources(PLAIN.encode(), defaults=KOREAN, at=NOW)

    assert (len(outcome.unchanged), outcome.added, outcome.changed) == (2, [], {})
    assert decided() == before


def test_new_sources_can_be_left_disabled_whatever_the_file_says(countries):
    told = {"country": "KR", "language": "en", "is_enabled": "true"}

    import_sources(own(**told), defaults=Defaults(are_enabled=False), at=NOW)

    assert not Source.objects.get().is_enabled


@database
def test_what_our_attributes_tell_of_a_source_that_is_there_is_changed():
    url = "https://a.example.org/rss"
    source = make_source(url=url, etag='"1"', verified_at=NOW, failures=2)

    outcome = import_sources(own(url, outlet="New name"), defaults=Defaults(), at=NOW)

    source.refresh_from_db()
    assert outcome.changed == {source.name: ["outlet"]}
    assert (source.outlet, source.etag, source.failures) == ("New name", '"1"', 2)

    import_sources(own(url, kind="PAGE", link_pattern="x"), defaults=Defaults(), at=NOW)

    source.refresh_from_db()
    assert (source.kind, source.link_pattern) == ("PAGE", "x")
    assert (source.etag, source.verified_at, source.failures) == ("", None, 0)


def test_names_that_are_taken_get_a_number(countries):
    make_source(name="a-paper")

    outcome = import_sources(own(), defaults=KOREAN, at=NOW)

    assert outcome.added == ["a-paper-2"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (own(language="ko"), "no country"),
        (own(country="KR"), "no language"),
        (own(country="XX", language="ko"), "country"),
        (own(country="KR", language="fr"), "language"),
        (own("javascript:alert(1)", country="KR", language="ko"), "valid URL"),
        (own("file:///etc/passwd", country="KR", language="ko"), "valid URL"),
        (own("https://a.example.org/" + "x" * 1000, country="KR", language="ko"), "1000"),
        (own(country="KR", language="ko", kind="PAGE"), "A page needs a pattern"),
        (own(country="KR", language="ko", kind="LIST"), "kind"),
        (own(country="KR", language="ko", link_pattern="("), "regular expression"),
        (own(country="KR", language="ko", least_minutes="often"), "integer"),
        (own(country="KR", language="ko", pause_seconds="-1"), "pages"),
        (own(country="KR", language="ko", is_enabled="perhaps"), "True or False"),
        (own(country="KR", language="ko", time_zone="Asia/Soul"), "time zone"),
        (own(country="KR", language="ko", name="two words"), "slug"),
        (own(country="KR", language="ko", name="taken"), "Another source is called “taken”"),
    ],
)
def test_a_line_that_cannot_be_taken_over_is_told_and_then_nothing_is(countries, body, told):
    make_source(name="taken")
    good = '<outline text="Good" xmlUrl="https://good.example.org/rss" language="en"/>'
    body = body.replace(b"<body>", f"<body>{good}".encode())

    with pytest.raises(ListRefused) as refused:
        import_sources(body, defaults=Defaults(), at=NOW)

    problems = [problem for problem in refused.value.problems if problem.line == 8]
    assert told in str(problems[0])
    assert str(problems[0]).startswith("Line 8: ")
    assert not Source.objects.exclude(name="taken").exists()


@database
def test_a_list_whose_last_line_is_bad_changes_no_source_either():
    source = make_source(url="https://a.example.org/rss", outlet="Old")
    body = own(outlet="New").replace(b"</body>", b'<outline xmlUrl="nowhere"/></body>')

    with pytest.raises(ListRefused, match="Line 9"):
        import_sources(body, defaults=Defaults(), at=NOW)

    source.refresh_from_db()
    assert source.outlet == "Old"


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)
)  # a billion, if they were told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", "no element found"),
        ("not XML at all", "not well-formed XML (line 1"),
        ("<opml>\n<body>\n</opml>", "line 3: mismatched tag"),
        ("<rss version='2.0'><channel/></rss>", "it begins with <rss>"),
        ("<html><body>Sign in</body></html>", "it begins with <html>"),
        ("<opml><body><outline text='x'/></body></opml>", "names no source"),
        ("<opml>" + "<outline>" * 21 + "</outline>" * 21 + "</opml>", "folders within folders"),
        ("<opml>" + "<outline>" * 100_000, "folders within folders"),
        ("<opml>" + "<outline xmlUrl='https://a.b/'/>" * 1001 + "</opml>", "more than 1000"),
        ("<opml>" + " " * opml.MOST_BYTES + "</opml>", "larger than 1 MB"),
        (f"<!DOCTYPE opml [{LAUGHS}]><opml><outline text='&l9;'/></opml>", "entities"),
        (
            "<!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            "<opml><outline text='x'>&x;</outline></opml>",
            "entities",
        ),
        (
            "<!DOCTYPE opml [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x.dtd'> %x;]><opml/>",
            "entities",
        ),
        (
            "<!DOCTYPE opml SYSTEM 'http://127.0.0.1:1/x.dtd'>"
            "<opml><outline text='x'>&x;</outline></opml>",
            "entities",
        ),
        ("<?xml version='1.0' encoding='EUC-KR'?><opml/>", "encoding"),
        ("<?xml version='1.0' encoding='no-such'?><opml/>", "encoding"),
    ],
    ids=lambda value: value[:24],
)
def test_a_file_that_is_no_list_is_told_so_plainly(body, told):
    with pytest.raises(NotOpml) as refused:
        opml.read(body.encode())

    assert told in str(refused.value)


def test_a_file_in_another_encoding_that_xml_knows_is_read():
    body = PLAIN.replace("?>", ' encoding="utf-16"?>').encode("utf-16")

    assert opml.read(body)[1].title == "매일 신문"


@given(st.text(), st.text(), st.dictionaries(st.sampled_from(FIELDS), st.text()))
def test_whatever_is_written_is_read_back(url, title, told):
    told.pop("kind", None)
    body = opml.write([Outline(f"https://x/{url}", title, "", told)], title=title, made_at=NOW)
    again = opml.write(opml.read(body.encode()), title=title, made_at=NOW)

    (outline,) = opml.read(body.encode())
    assert set(outline.own) == set(told)
    assert opml.read(again.encode())[0].own == outline.own


# The commands.


def test_the_commands_take_over_and_write_a_file(full, tmp_path):
    file, out = tmp_path / "sources.opml", StringIO()
    call_command("export_sources", file)
    Source.objects.filter(name="feed").delete()

    call_command("import_sources", file, stdout=out)

    assert out.getvalue() == "added feed\n1 added, 0 changed, 1 unchanged.\n"
    out = StringIO()
    call_command("export_sources", stdout=out)
    assert "https://gov.example.jp/list?a=1&amp;b=2" in out.getvalue()


def test_the_command_gives_what_a_plain_file_lacks(countries, tmp_path):
    file = tmp_path / "plain.opml"
    file.write_text(PLAIN)
    with pytest.raises(CommandError, match="nothing was imported.\nLine 5: It names no country"):
        call_command("import_sources", file)

    call_command(
        "import_sources", file, "--country=KR", "--language=en", "--disabled", stdout=StringIO()
    )

    assert Source.objects.filter(country="KR", language="en", is_enabled=False).count() == 2


@database
def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_sources", tmp_path / "nothing.opml")
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_sources", tmp_path / "nowhere" / "x.opml")


# The admin's pages.


@pytest.fixture
def operator(client, db):
    user = make_user("operator", is_staff=True)
    user.groups.add(Group.objects.get(name="operator"))
    client.force_login(user)
    return client


def send(client, body, **fields):
    file = SimpleUploadedFile("list.opml", body, content_type="text/x-opml")
    return client.post(reverse("admin:news_source_import"), {"file": file, **fields})


def test_an_operator_downloads_the_list(operator, full):
    assert (
        reverse("admin:news_source_export")
        in operator.get(reverse("admin:news_source_changelist")).text
    )
    answer = operator.get(reverse("admin:news_source_export"))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="sources.opml"'
    assert len(opml.read(answer.content)) == 2
    assert operator.post(reverse("admin:news_source_export")).status_code == 405


def test_an_operator_takes_over_a_list_and_sees_what_became_of_it(operator, countries):
    page = operator.get(reverse("admin:news_source_import")).text
    assert 'enctype="multipart/form-data"' in page
    assert "<style" not in page
    assert " style=" not in page

    done = send(operator, PLAIN.encode(), country="KR", language="ko", are_disabled="on").text
    assert "2 added, 0 changed, 0 as they were." in done
    assert "the-daily-seoul was added." in done
    assert Source.objects.filter(is_enabled=False).count() == 2

    again = send(operator, own("https://daily.example.org/rss", outlet="<b>x</b>")).text
    assert "the-daily-seoul was changed: outlet." in again


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (PLAIN.encode(), "Line 5: It names no country"),
        (b"<opml><outline xmlUrl='<'/></opml>", "not well-formed XML (line 1"),
        (b"", "The submitted file is empty."),
        (b" " * (opml.MOST_BYTES + 1), "The file is larger than 1 MB."),
    ],
    ids=["no country", "ill-formed", "empty", "large"],
)
def test_a_list_that_is_refused_is_told_why(operator, countries, body, told):
    answer = send(operator, body)

    assert answer.status_code == 200
    assert told in answer.text
    assert not Source.objects.exists()


@pytest.mark.parametrize("rights", [(), ("view",), ("view", "add"), ("view", "change")])
def test_who_may_not_change_sources_takes_over_no_list(client, countries, rights):
    user = make_user("clerk", is_staff=True)
    for right in rights:
        user.user_permissions.add(Permission.objects.get(codename=f"{right}_source"))
    client.force_login(user)

    assert send(client, PLAIN.encode(), country="KR", language="ko").status_code == 403
    assert client.get(reverse("admin:news_source_import")).status_code == 403
    status = client.get(reverse("admin:news_source_export")).status_code
    assert status == (200 if rights else 403)
    if rights:
        listed = client.get(reverse("admin:news_source_changelist")).text
        assert reverse("admin:news_source_import") not in listed
    assert not Source.objects.exists()


def test_strangers_get_no_list(client, db):
    for page in ("import", "export"):
        answer = client.get(reverse(f"admin:news_source_{page}"))
        assert answer.status_code == 302
        assert "login" in answer.url

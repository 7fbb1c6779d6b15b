"""`ingest_file`: one article from a file into the queue, or a refusal that changes nothing."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from news import ingest
from news.models import Article, Candidate, CandidateEvidence
from tests.events.build import make_anniversary, make_event, make_person, make_term
from tests.news.build import make_draft, make_leaders, make_reading
from tests.news.web import article_page

pytestmark = pytest.mark.django_db

# Our own words about one call and two dates of the record.
ARTICLE = """President Lee Jae-myung held his first phone call with Japanese Prime Minister \
Shigeru Ishiba on June 9. The two leaders agreed to meet during the G7 summit in Canada from June \
15 to 17.

The 60th anniversary of the normalization of ties between Korea and Japan falls on June 22.
"""


@pytest.fixture
def record():
    make_leaders()
    lee = make_person("lee-jae-myung", aliases=[("en", "Lee")])
    ishiba = make_person("ishiba-shigeru", aliases=[("en", "Shigeru Ishiba"), ("en", "Ishiba")])
    make_term(lee)
    make_term(ishiba, office=None, starts_on=date(2024, 10, 1))
    make_anniversary("normalization-treaty")
    make_event(
        slug="2025-06-09-ishiba-lee-call",
        starts_on=date(2025, 6, 9),
        people=["lee-jae-myung", "ishiba-shigeru"],
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(file: Path, published: str = "2025-06-10", **options: str) -> str:
    out = StringIO()
    call_command("ingest_file", file, published=published, stdout=out, **options)
    return out.getvalue()


def test_an_article_becomes_candidates_with_the_sentences_behind_them(record, file):
    told = run(file, lang="en", title="First call")

    article = Article.objects.get()
    assert article.text == ARTICLE
    assert (article.title, article.published_on) == ("First call", date(2025, 6, 10))
    call = Candidate.objects.get(kind="CALL")
    assert {person.slug for person in call.people.all()} == {"lee-jae-myung", "ishiba-shigeru"}
    assert "2025-06-09-ishiba-lee-call" in told
    day = Candidate.objects.get(is_anniversary=True)
    assert day.anniversary.slug == "normalization-treaty"
    assert "normalization-treaty" in told
    rows = CandidateEvidence.objects.all()
    assert rows
    for row in rows:
        assert article.text[row.starts_at : row.ends_at] == row.quote
        assert article.text[row.sentence_starts_at :].startswith(row.sentence)
        assert row.quote in row.sentence


def test_ingesting_twice_adds_nothing_and_says_so(record, file):
    run(file)
    counts = Article.objects.count(), Candidate.objects.count(), CandidateEvidence.objects.count()

    told = run(file)

    assert "Nothing was added" in told
    again = Article.objects.count(), Candidate.objects.count(), CandidateEvidence.objects.count()
    assert again == counts


def test_an_address_makes_it_the_same_article_whatever_the_text_says_now(record, file):
    run(file, url="https://example.org/a")
    file.write_text(ARTICLE + "Updated.", encoding="utf-8")

    assert "Nothing was added" in run(file, url="https://example.org/a")
    assert Article.objects.get().text == ARTICLE


def test_the_address_that_came_later_does_not_make_it_another_article(record, file):
    run(file)

    assert "Nothing was added" in run(file, url="https://example.org/a")
    Article.objects.get().take_address("https://example.org/a")
    assert "Nothing was added" in run(file)
    assert "Nothing was added" in run(file, url="https://example.org/a")
    assert Article.objects.count() == 1


def test_an_article_of_another_matter_is_stored_without_candidates(file):
    file.write_text("Rain is expected in the south on Wednesday.", encoding="utf-8")

    assert "0 candidates" in run(file)
    assert Article.objects.get().stage == Article.Stage.DRAFTED


def test_a_web_page_gives_its_text_and_title(file):
    page = article_page("Rain expected", *["Rain is expected in the south of the country."] * 8)
    file = file.with_suffix(".html")
    file.write_bytes(page.body)

    run(file)

    article = Article.objects.get()
    assert article.title == "Rain expected"
    assert "Politics" not in article.text
    assert "Rain is expected" in article.text


def test_a_failure_on_the_way_leaves_nothing_behind(record, file, monkeypatch):
    wrong = make_draft()  # its quotes are of another text
    monkeypatch.setattr(ingest, "read_article", lambda article, known: make_reading(wrong))

    with pytest.raises(ValueError, match="not in the text"):
        run(file)

    assert (Article.objects.count(), Candidate.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"published": "2025-02-30"}, "not a date"),
        ({"published": "2025-13"}, "not a date"),
        ({"published": "20250610"}, "not a date"),
        ({"published": "yesterday"}, "not a date"),
        ({"lang": "fr"}, "not a language read here: en, ko, ja"),
        ({"url": "example.org/a"}, "begins with https://"),
        ({"url": "javascript:alert(1)"}, "begins with https://"),
        ({"url": "https://"}, "begins with https://"),
        ({"url": "https://example.org/" + "a" * 1000}, "begins with https://"),
        ({"title": "x" * 301}, "300"),
    ],
)
def test_a_bad_option_is_told_and_changes_nothing(file, options, reason):
    with pytest.raises(CommandError, match=reason):
        run(file, **options)

    assert Article.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("bom.txt", b"\xef\xbb\xbf", "empty"),
        ("euc-kr.txt", "한일 정상".encode("euc-kr"), "not UTF-8"),
        ("utf-16.txt", "Lee".encode("utf-16"), "not UTF-8"),
        ("nul.txt", b"Lee\x00Ishiba", "control character"),
        ("binary.txt", b"PK\x03\x04", "control character"),
        ("large.txt", b"x" * 10_000_000, "larger than 2 MB"),
        ("page.html", b"<html><body></body></html>", "no article"),
        ("page.txt", b"<!doctype html><html><body></body></html>", "no article"),
    ],
)
def test_a_bad_file_is_told_and_changes_nothing(tmp_path, name, body, reason):
    path = tmp_path / name
    path.write_bytes(body)

    with pytest.raises(CommandError, match=reason):
        run(path)

    assert Article.objects.count() == 0


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "missing.txt")
    with pytest.raises(CommandError, match="directory"):
        run(tmp_path)


def test_samples_wait_for_the_record():
    with pytest.raises(CommandError, match="load_record"):
        call_command("load_samples")

    assert Article.objects.count() == 0

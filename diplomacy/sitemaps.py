"""What search engines are told: every public page, in each language."""

from django.contrib.sitemaps import Sitemap, views
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.models import Anniversary, Event, Person, Topic
from events.month import Month, is_shown
from events.views.today import today_of_the_record


class InThreeLanguages(Sitemap):
    """No dates of change: an event changes with what hangs on it, which no column tells."""

    i18n = True
    alternates = True
    # With a language an entry is several; a sitemap ends at 50,000 of them, or at 50 MB.
    limit = 15_000


class Pages(InThreeLanguages):
    def items(self) -> list[str]:
        return [
            "overview",
            "timeline",
            "leaders",
            "anniversaries",
            "topics",
            "compare",
            "commitments",
            "corrections",
            "data",
            "about",
        ]

    def location(self, item: str) -> str:
        return reverse(f"events:{item}")


class Events(InThreeLanguages):
    def items(self) -> QuerySet[Event]:
        return Event.objects.visible().newest_first().only("slug")


class Leaders(InThreeLanguages):
    """Who is on the page of leaders: with a term of office, or a part in a visible event."""

    def items(self) -> QuerySet[Person]:
        taken_part = Q(participations__event__in=Event.objects.visible())
        listed = Person.objects.filter(Q(terms__isnull=False) | taken_part)
        return listed.order_by("slug").distinct().only("slug")

    def location(self, item: Person) -> str:
        return reverse("events:leader", kwargs={"slug": item.slug})


class Anniversaries(InThreeLanguages):
    def items(self) -> QuerySet[Anniversary]:
        return Anniversary.objects.order_by("slug").only("slug")


class Topics(InThreeLanguages):
    def items(self) -> QuerySet[Topic]:
        return Topic.objects.order_by("slug").only("slug")

    def location(self, item: Topic) -> str:
        return reverse("events:topic", kwargs={"slug": item.slug})


class Months(InThreeLanguages):
    """The months of the calendar in which an event begins."""

    def items(self) -> list[Month]:
        today = today_of_the_record()
        begun = Event.objects.visible().dates("starts_on", "month")
        return [month for month in map(Month.of, begun) if is_shown(month, today=today)]

    def location(self, item: Month) -> str:
        return reverse("events:calendar_month", kwargs={"month": item})


SECTIONS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": Pages,
    "events": Events,
    "leaders": Leaders,
    "anniversaries": Anniversaries,
    "topics": Topics,
    "months": Months,
}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages in one file while they fit; then an index of one file per section and part."""
    kinds = (Pages, Events, Leaders, Anniversaries, Topics, Months)
    if any(kind().paginator.num_pages > 1 for kind in kinds):
        return views.index(request, SECTIONS, sitemap_url_name="sitemap_section")
    return views.sitemap(request, SECTIONS)


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One section, in parts by `?p=`."""
    return views.sitemap(request, SECTIONS, section=section)

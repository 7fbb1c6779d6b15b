"""Addresses of what readers ask for: pages under a language, everything else without one."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, register_converter

from diplomacy.site_files import favicon, robots
from diplomacy.sitemaps import sitemap, sitemap_section
from events.charts.names import ChartNameConverter
from events.theme import choose_theme
from events.views import by_language
from events.views.charts import chart_csv, chart_spec
from events.views.corrections import corrections_atom
from events.views.exports import (
    anniversaries_ics,
    timeline_atom,
    timeline_csv,
    timeline_ics,
    timeline_json,
)
from events.views.packages import DayConverter, package_sum, package_zip
from events.views.topic_files import topic_csv, topics_csv
from following.views import out as follow_out

register_converter(ChartNameConverter, "chart")
register_converter(DayConverter, "day")

handler404 = "events.views.not_found.not_found"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", by_language),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap_section"),
    path("theme/", choose_theme, name="theme"),
    path("charts/topics.csv", topics_csv, name="topics_csv"),
    path("charts/topic-<slug:slug>.csv", topic_csv, name="topic_csv"),
    path("charts/<chart:name>.csv", chart_csv, name="chart_csv"),
    path("charts/<chart:name>.vl.json", chart_spec, name="chart_spec"),
    path("timeline.csv", timeline_csv, name="timeline_csv"),
    path("timeline.json", timeline_json, name="timeline_json"),
    path("timeline.ics", timeline_ics, name="timeline_ics"),
    path("timeline.atom", timeline_atom, name="timeline_atom"),
    path("anniversaries.ics", anniversaries_ics, name="anniversaries_ics"),
    path("packages/record-<day:day>.zip", package_zip, name="package_zip"),
    path("packages/record-<day:day>.zip.sha256", package_sum, name="package_sum"),
    path("corrections.atom", corrections_atom, name="corrections_atom"),
    path("follow/out/<slug:key>/", follow_out, name="follow_out"),
]
urlpatterns += i18n_patterns(
    path("", include("events.urls")),
    path("follow/", include("following.urls")),
    prefix_default_language=True,
)

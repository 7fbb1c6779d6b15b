"""Where things of the record are: addresses of pages and of the API's own answers."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from events.api.texts import LANGUAGES

ROOT = "/api/v1/"


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses on the site at `site`, such as https://record.example.org."""

    site: str

    def pages(self, name: str, slug: str) -> dict[str, str]:
        """The address of a public page in each language."""
        path = _path(name).replace("SLUG", slug)
        return {code: f"{self.site}/{code}{path}" for code in LANGUAGES}

    def api(self, path: str) -> str:
        return f"{self.site}{ROOT}{path}"


def site_of(request: HttpRequest) -> str:
    """Scheme and host, as the request names them."""
    return request.build_absolute_uri("/").rstrip("/")


@lru_cache
def _path(name: str) -> str:
    """Without the language."""
    with override("en"):
        return reverse(f"events:{name}", args=["SLUG"]).removeprefix("/en")

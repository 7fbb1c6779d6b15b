"""A real PostgreSQL and a real Valkey, from wheels, for a machine that has no servers.

Used when neither DATABASE_URL nor REDIS_URL is set. Importing this starts nothing: settings ask it
only for addresses. A process that needs the servers holds `servers()` open; a keeper process
(keeper.py) runs them for as long as anybody does.
"""

from diplomacy.embedded.addresses import cache_location, celery_broker, postgres_url
from diplomacy.embedded.attach import Attachment, servers
from diplomacy.embedded.errors import EmbeddedError
from diplomacy.embedded.places import Places, project_places
from diplomacy.embedded.secret import local_secret_key

__all__ = [
    "Attachment",
    "EmbeddedError",
    "Places",
    "broker_url",
    "cache_location",
    "cache_url",
    "celery_broker",
    "database_settings",
    "database_url",
    "local_secret_key",
    "postgres_url",
    "project_places",
    "redis_url",
    "servers",
]


def database_settings() -> dict[str, object]:
    """Django's DATABASES entry for this project's embedded PostgreSQL, running or not."""
    # The port names the socket; unsaid, libpq would take it from PGPORT.
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "record",
        "USER": "postgres",
        "PASSWORD": "",
        "HOST": str(project_places().sockets),
        "PORT": "5432",
    }


def database_url() -> str:
    """The same as a URL, for tools that take one (libpq's own included)."""
    return postgres_url(project_places().sockets)


def redis_url() -> str:
    """This project's embedded Valkey in the one form that REDIS_URL takes."""
    return f"unix://{project_places().valkey_socket}"


def broker_url() -> str:
    """This project's embedded Valkey as Celery names it."""
    return celery_broker(redis_url())


def cache_url() -> str:
    """This project's embedded Valkey as Django's cache names it."""
    return cache_location(redis_url())

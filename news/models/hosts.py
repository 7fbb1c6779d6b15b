"""One request at a time goes to a host and port, whatever is the reason for asking it.

A source's own host is held by the lease of the source; one to which its pages lead, by a row here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

ADDRESS_LENGTH = 1000
# How long a worker holds a source, a host or an article, before another may take it over, unless it
# says between two steps that it is still there: longer than a fetch or a reading in the child may
# last. A killed worker delays its sources by this long. One that was merely slow loses nothing but
# its work: what it found is not written once another has taken over.
LEASE = timedelta(seconds=30)
_HOST = re.compile(r"https?://([^/?#]+)", re.I)
# Any number: the space of the locks on hosts.
_HOSTS = 5_171_042
_CLAIM = """
    SELECT host FROM unnest(%s::text[]) AS host WHERE pg_try_advisory_xact_lock(%s, hashtext(host))
"""
_HELD = """
    SELECT host FROM news_source WHERE host = ANY(%(hosts)s) AND leased_until > %(at)s
    UNION
    SELECT host FROM news_heldhost
    WHERE host = ANY(%(hosts)s) AND held_until > %(at)s AND token IS DISTINCT FROM %(token)s
"""
_HOLD = """
    INSERT INTO news_heldhost (host, token, held_until) VALUES (%(host)s, %(token)s, %(until)s)
    ON CONFLICT (host) DO UPDATE SET token = excluded.token, held_until = excluded.held_until
"""


def host_of(url: str) -> str:
    """The host of an address, and its port if it names one, in small letters; or empty."""
    found = _HOST.match(url)
    return found[1].lower() if found else ""


def claim_hosts(hosts: Iterable[str], *, at: datetime, token: UUID | None = None) -> set[str]:
    """Those of the hosts that nobody asks now, nor claims before this transaction ends.

    What is held by `token` is free for who has it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [list(hosts), _HOSTS])
        ours = {host for (host,) in cursor.fetchall()}
        cursor.execute(_HELD, {"hosts": list(ours), "at": at, "token": token})
        return ours.difference(host for (host,) in cursor.fetchall())


class HeldHostQuerySet(models.QuerySet["HeldHost"]):
    @transaction.atomic
    def take(self, host: str, *, at: datetime, token: UUID) -> bool:
        """Hold a host, or hold it for longer, for who has this token.

        False if another worker asks it now, or if it has a rest.
        """
        if host not in claim_hosts([host], at=at, token=token):
            return False
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, {"host": host, "token": token, "until": at + LEASE})
        return True

    def take_beside(self, held: str, url: str, *, at: datetime, token: UUID) -> bool:
        """Whether who holds one host may ask for a page; its host, if another, is held as well."""
        host = host_of(url)
        return host == held or self.take(host, at=at, token=token)

    def let_go(self, token: UUID, *, at: datetime, until: datetime) -> None:
        """Give the hosts of a token a rest, and forget those whose rest is over."""
        self.filter(held_until__lte=at).exclude(token=token).delete()
        self.filter(token=token).update(held_until=until)


class HeldHost(models.Model):
    """A host, with its port, that is asked for pages of a source that stands elsewhere."""

    host = models.CharField(_("host"), max_length=ADDRESS_LENGTH, primary_key=True)
    token = models.UUIDField()
    held_until = models.DateTimeField(_("held until"))

    objects = HeldHostQuerySet.as_manager()

    class Meta:
        verbose_name = _("held host")
        verbose_name_plural = _("held hosts")

    def __str__(self) -> str:
        return self.host

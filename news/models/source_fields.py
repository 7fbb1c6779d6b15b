"""What the fields of a source may hold."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

_time_zones = cache(available_timezones)  # it walks through a folder each time


def known_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is in the time zone database."""
    if name not in _time_zones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


def known_pattern(pattern: str) -> None:
    """Raise ValidationError unless `pattern` is a regular expression."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        message = _("“%(pattern)s” is not a regular expression: %(error)s.")
        raise ValidationError(message, params={"pattern": pattern, "error": error}) from error


is_web_address = URLValidator(schemes=["http", "https"])

"""What an address must be before it is kept."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from events.addresses import host_of


@deconstructible
class PageAddressValidator(URLValidator):
    """A page of the web with its scheme, its host and, if any, a port that can exist."""

    message = _("Enter the whole address, beginning with https:// or http://.")
    schemes = ["http", "https"]

    def __call__(self, value: Any) -> None:
        super().__call__(value)
        try:
            host_of(value)
        except ValueError as impossible_port:
            raise ValidationError(self.message, code=self.code) from impossible_port

#!/usr/bin/env python
"""Django's commands, with the embedded servers running for those that need them."""

import os
import sys

from diplomacy.embedded import EmbeddedError
from diplomacy.embedded.command import servers_for


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")
    from django.core.management import execute_from_command_line

    try:
        with servers_for(sys.argv):
            execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

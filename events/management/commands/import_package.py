"""manage.py import_package: the record of another installation, with its history."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from events import search
from events.analyzing import tell_the_planner
from events.package.loading import PackageRefused, load_package

# Cannot sign in: no password, and not active.
_ACCOUNT = "package"


class Command(BaseCommand):
    help = (
        "Load a data package of the whole record into an empty database, with its history at its "
        "own times: all or nothing, and the same to the byte when it is written again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="A package, as record-….zip.")

    def handle(self, *args: Any, **options: Any) -> None:
        account, is_new = User.objects.get_or_create(
            username=_ACCOUNT, defaults={"is_active": False}
        )
        if is_new:
            account.set_unusable_password()
            account.save()
        elif account.is_active:
            raise CommandError(
                f"The account “{_ACCOUNT}” is of someone who can sign in: rename it first."
            )
        try:
            number = load_package(options["file"], by=account)
        except PackageRefused as refusal:
            raise CommandError(f"Nothing was loaded. {refusal}") from refusal
        search.index_all()
        tell_the_planner()
        self.stdout.write(f"{number} changes loaded; the record is the same to the byte.")

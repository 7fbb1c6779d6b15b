"""The account that the demo makes, and where its password is kept."""

from pathlib import Path

from diplomacy.embedded import project_places
from diplomacy.embedded.secret import kept_secret

ACCOUNT = "admin"
# Exit code of prepare.py: all is ready, but the password is no longer the one in the file.
PASSWORD_CHANGED = 3


def password_file() -> Path:
    return project_places().data / "admin-password"


def make_account() -> bool:
    """Make the account `admin` if it is missing; whether its password is the one in the file.

    An account that is there already is left as it is. Django must be set up. Raises EmbeddedError
    when the file cannot be used.
    """
    from django.contrib.auth import get_user_model

    users = get_user_model()._default_manager
    password = kept_secret(password_file(), length=12)
    account = users.filter(username=ACCOUNT).first()
    if account is not None:
        return bool(account.check_password(password))
    users.create_superuser(username=ACCOUNT, email="admin@example.invalid", password=password)
    return True

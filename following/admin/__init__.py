"""The admin of followers: importing registers it."""

from following.admin import mails

__all__ = ["mails"]

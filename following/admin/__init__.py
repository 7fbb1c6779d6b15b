"""The admin of followers: importing registers it."""

from following.admin import mails, subscribers

__all__ = ["mails", "subscribers"]

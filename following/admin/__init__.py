"""The admin of followers: importing registers it."""

from following.admin import mails, subscribers, webhooks

__all__ = ["mails", "subscribers", "webhooks"]

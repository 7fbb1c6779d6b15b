"""The admin of followers: importing registers it."""

from following.admin import subscribers, webhooks

__all__ = ["subscribers", "webhooks"]

"""The admin of followers: importing registers it."""

from following.admin import subscribers

__all__ = ["subscribers"]

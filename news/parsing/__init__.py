"""Reading bytes that nobody vouches for: feeds, index pages, articles.

All of it runs in a child process with limits (news/child.py), so it knows no Django, no database
and no network; what it finds and what is wrong travels back as JSON.
"""

# Where the text of an article was found: on the page as a reader sees it, in its JSON-LD, in the
# data of its scripts, or in the feed.
PAGE, JSON_LD, SCRIPT, SUMMARY = "page", "json-ld", "script", "summary"


class Unreadable(Exception):
    """The bytes are not what they should be; `reason` is a code that the parent puts in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

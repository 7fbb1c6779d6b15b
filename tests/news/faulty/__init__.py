"""Every fault of a news server that we know of, as data: what it sends, what must come of it."""

"""What the embedded servers refuse to do."""


class EmbeddedError(Exception):
    """The embedded servers cannot serve; the message says why and what to do, for a person."""

"""One mail handed to a mail server, so that it is always known whether that may have taken it.

A server takes a mail when it has read the dot that ends it, and not before: whoever falls silent
earlier has sent nothing. So the sender writes down that the mail is gone just before that dot, and
what is not written down can be sent again without harm. Knows the network and no rows.
"""

import re
import socket
from collections.abc import Callable
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

SECONDS = 15
# After the dot a server may look the mail over before it answers, and silence would leave a doubt.
ANSWER_SECONDS = 90

# RFC 3463: what is wrong with the address or the mailbox of the recipient.
_OF_THE_RECIPIENT = re.compile(r"5\.[12]\.\d+")
# The answer to a mail that is larger than the server takes.
_TOO_LARGE = 552
# What is wrong with us: RFC 3463's policy and security, and how servers without codes say so.
_OF_OURS = re.compile(r"5\.7\.\d+|relay|authenticat", re.IGNORECASE)


class NotTaken(Exception):
    """The server has not taken the mail, for certain; it may later."""


class OutOfOrder(NotTaken):
    """The server is away, or takes nothing from us at all: other mails would fare no better."""


class RecipientRefused(NotTaken):
    """The address is not, or no longer, one that takes mail."""


class MessageRefused(NotTaken):
    """The server will never take this mail."""


class NotOurs(NotTaken):
    """Somebody else has this mail in hand; nothing was sent."""


class InDoubt(Exception):
    """The mail was sent to its end and no answer came: nobody knows whether it was taken."""


# Writes down that the mail is gone, in a transaction of its own; False if it is not ours to send.
Mark = Callable[[], bool]


class WayOut(Protocol):
    """Where mails go; several by one connection."""

    @property
    def backend(self) -> BaseEmailBackend:
        """Django's connection, which mails are made for."""

    def hand_over(self, message: EmailMultiAlternatives, *, mark: Mark) -> None:
        """Have the mail taken. Raises NotTaken or InDoubt."""

    def close(self) -> None:
        """End the connection, if there is one."""


def way_out() -> WayOut:
    """The way that the settings name (EMAIL_URL)."""
    backend = get_connection(timeout=getattr(settings, "EMAIL_TIMEOUT", None) or SECONDS)
    return ByServer(backend) if isinstance(backend, EmailBackend) else ByBackend(backend)


class ByServer:
    """By SMTP, with Django's settings of host, TLS and account."""

    def __init__(self, backend: EmailBackend) -> None:
        self._smtp = backend

    @property
    def backend(self) -> BaseEmailBackend:
        """See WayOut."""
        return self._smtp

    def hand_over(self, message: EmailMultiAlternatives, *, mark: Mark) -> None:
        """See WayOut. One recipient a mail."""
        is_used = self._smtp.connection is not None
        body = _written(message)
        try:
            self._say_all_but_the_dot(message, body)
        except OutOfOrder:
            if not is_used or self._smtp.connection is not None:
                raise
            # Servers end a connection after so many mails, or so long a silence.
            self._say_all_but_the_dot(message, body)
        is_ours = False
        try:
            is_ours = mark()
        finally:
            if not is_ours:
                # The server forgets what has no end.
                self._hang_up()
        if not is_ours:
            raise NotOurs
        self._end()

    def close(self) -> None:
        """See WayOut."""
        try:
            self._smtp.close()
        except OSError:
            self._hang_up()

    def _say_all_but_the_dot(self, message: EmailMultiAlternatives, body: bytes) -> None:
        try:
            server = self._opened()
            self._envelope(server, message, len(body))
            server.send(body)
        except OSError as error:  # smtplib's among them
            self._hang_up()
            raise OutOfOrder(str(error) or type(error).__name__) from error

    def _opened(self) -> Any:
        """The connection, opened if it is not; smtplib's."""
        is_new = self._smtp.open()
        server: Any = self._smtp.connection
        if is_new:
            # The dot would wait for the server's word that the rest has come: 40 ms a mail.
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            server.ehlo_or_helo_if_needed()
        return server

    def _hang_up(self) -> None:
        if self._smtp.connection is not None:
            self._smtp.connection.close()
            self._smtp.connection = None

    def _envelope(self, server: Any, message: EmailMultiAlternatives, size: int) -> None:
        (recipient,) = message.recipients()
        encoding = message.encoding or settings.DEFAULT_CHARSET
        options = [f"size={size}"] if server.has_extn("size") else []
        code, answer = server.mail(sanitize_address(message.from_email, encoding), options)
        if not _is_yes(code):
            kind: type[NotTaken] = MessageRefused if code == _TOO_LARGE else OutOfOrder
            raise self._no(server, kind, code, answer)
        code, answer = server.rcpt(sanitize_address(recipient, encoding))
        if not _is_yes(code):
            raise self._no(server, _of_a_recipient(code, answer), code, answer)
        code, answer = server.docmd("DATA")
        if code != 354:
            kind = MessageRefused if _is_for_good(code) else NotTaken
            raise self._no(server, kind, code, answer)

    def _no(self, server: Any, kind: type[NotTaken], code: int, answer: bytes) -> NotTaken:
        """The refusal, with the server ready for the next mail."""
        if code == 421 or code < 0:
            self._hang_up()
            kind = OutOfOrder
        else:
            server.rset()
        return kind(_in_words(code, answer))

    def _end(self) -> None:
        """Send the dot and hear what becomes of the mail."""
        server: Any = self._smtp.connection
        try:
            patience = server.sock.gettimeout()
            server.sock.settimeout(ANSWER_SECONDS)
            server.send(b".\r\n")
            code, answer = server.getreply()
            server.sock.settimeout(patience)
        except OSError as error:
            self._hang_up()
            raise InDoubt(str(error) or type(error).__name__) from error
        if _is_yes(code):
            return
        said = _in_words(code, answer)
        if code == 421:
            self._hang_up()
            raise OutOfOrder(said)
        if 400 <= code < 500:
            raise NotTaken(said)
        if _is_for_good(code):
            is_of_recipient = _OF_THE_RECIPIENT.match(answer.decode("utf-8", "replace"))
            raise RecipientRefused(said) if is_of_recipient else MessageRefused(said)
        self._hang_up()
        raise InDoubt(said)


class ByBackend:
    """By any other backend of Django: the console, a file, a test's list."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self._backend = backend

    @property
    def backend(self) -> BaseEmailBackend:
        """See WayOut."""
        return self._backend

    def hand_over(self, message: EmailMultiAlternatives, *, mark: Mark) -> None:
        """See WayOut. What such a backend does until it fails is not known."""
        if not mark():
            raise NotOurs
        try:
            self._backend.send_messages([message])
        except OSError as error:
            raise InDoubt(str(error)) from error

    def close(self) -> None:
        """See WayOut."""
        self._backend.close()


def _written(message: EmailMultiAlternatives) -> bytes:
    """The mail as SMTP sends it, without the dot that ends it: RFC 5321, 4.5.2."""
    written: Any = message.message()  # Django's, which takes the line's end
    quoted = re.sub(rb"(?m)^\.", b"..", written.as_bytes(linesep="\r\n"))
    return quoted if quoted.endswith(b"\r\n") else quoted + b"\r\n"


def _is_yes(code: int) -> bool:
    return 200 <= code < 300


def _is_for_good(code: int) -> bool:
    return 500 <= code < 600


def _of_a_recipient(code: int, answer: bytes) -> type[NotTaken]:
    """Whose fault a refused recipient is: a server that relays nothing for us refuses everybody."""
    if not _is_for_good(code):
        return NotTaken
    text = answer.decode("utf-8", "replace")
    if _OF_THE_RECIPIENT.match(text):
        return RecipientRefused
    return OutOfOrder if _OF_OURS.search(text) else RecipientRefused


def _in_words(code: int, answer: bytes) -> str:
    return f"{code} {answer.decode('utf-8', 'replace')}"

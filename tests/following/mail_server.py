"""A small mail server on the loopback: it takes what a mail server would, and remembers it."""

import random
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy

# What happens to mails to an address that begins so: the command, and the answer to it.
ANSWERS = {
    "unknown": ("RCPT", b"550 5.1.1 No such user"),
    "nobody": ("RCPT", b"550 Unknown"),
    "relayed": ("RCPT", b"554 5.7.1 Relay access denied"),
    "greylisted": ("RCPT", b"450 4.7.1 Come back later"),
    "spam": (".", b"554 5.6.0 This is spam"),
    "full": (".", b"452 4.2.2 Mailbox full"),
    "closed": (".", b"550 5.2.1 Mailbox disabled"),
    "early": ("DATA", b"451 Not now"),
}


@dataclass
class Mailbox:
    """What the server has taken, and how it is to behave."""

    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    """Recipient and mail; in the order in which their dots came."""
    unfinished: int = 0
    """Mails that never came to their end."""
    connections: int = 0
    silent_for: set[str] = field(default_factory=set)
    """Whose mails are taken, and the connection closed without a word."""
    mails_a_connection: int = 1_000_000
    answers_after: float = 0.0
    """Seconds, at most, between the dot and the answer."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def received(self) -> Counter[str]:
        """How many mails each address got."""
        with self.lock:
            return Counter(recipient for recipient, _mail in self.taken)

    def mail_to(self, address):
        """The only mail to an address, parsed."""
        (mail,) = [mail for recipient, mail in self.taken if recipient == address]
        return message_from_bytes(mail, policy=policy.default)


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        box, recipient, mails = self.server.box, "", 0
        with box.lock:
            box.connections += 1
        self._say(b"220 test ESMTP")
        for line in self.rfile:
            word = line.split()[0].upper().decode() if line.split() else ""
            if word == "EHLO":
                self._say(b"250-test\r\n250 SIZE 1000000")
            elif word == "MAIL" and mails >= box.mails_a_connection:
                self._say(b"421 Enough")
                return
            elif word == "RCPT":
                recipient = line.decode().split("<")[1].split(">")[0]
                self._say(self._answer(recipient, "RCPT"))
            elif word == "DATA":
                answer = self._answer(recipient, "DATA")
                self._say(answer if answer[:1] != b"2" else b"354 Go on")
                if answer[:1] != b"2":
                    continue
                mails += 1
                if not self._take(recipient):
                    return
            elif word == "QUIT":
                self._say(b"221 Bye")
                return
            else:
                self._say(b"250 OK")

    def _take(self, recipient):
        """Read a mail to its end; whether there is more to say."""
        box, lines = self.server.box, []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        else:
            with box.lock:
                box.unfinished += 1
            return False
        answer = self._answer(recipient, ".")
        if answer[:1] == b"2":
            with box.lock:
                box.taken.append((recipient, b"".join(lines)))
        if recipient in box.silent_for:
            return False
        if box.answers_after:
            time.sleep(random.uniform(0, box.answers_after))  # noqa: S311
        self._say(answer)
        return True

    def _answer(self, recipient, word):
        kind = recipient.split("@")[0].split("-")[0]
        at, answer = ANSWERS.get(kind, ("", b""))
        return answer if at == word else b"250 OK"

    def _say(self, words):
        with suppress(OSError):  # the other side may have been killed
            self.wfile.write(words + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    box: Mailbox

    def handle_error(self, request, client_address):
        """Whoever is killed leaves a broken connection behind."""


@contextmanager
def mail_server(**behaviour) -> Iterator[Mailbox]:
    """A server that runs for as long as it is needed."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.box = Mailbox(port=server.server_address[1], **behaviour)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.box
        finally:
            server.shutdown()
            thread.join(10)

"""The address that the demo serves."""

import errno
import http.client
import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass


class AddressError(Exception):
    """The demo cannot serve there; the message says why, for a person."""


@dataclass(frozen=True)
class Address:
    """`host` as the person said it, `ip` as it is bound."""

    host: str
    ip: str
    port: int

    @property
    def is_everywhere(self) -> bool:
        return ipaddress.ip_address(self.ip).is_unspecified

    @property
    def url(self) -> str:
        """What to type into a browser on this machine."""
        host = "127.0.0.1" if self.is_everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def allowed_hosts(self) -> str:
        """ALLOWED_HOSTS for it: bound everywhere, it cannot know what it will be called."""
        if self.is_everywhere:
            return "*"
        own = f"[{self.host}]" if ":" in self.host else self.host
        return ",".join(dict.fromkeys(["127.0.0.1", "localhost", "[::1]", own]))

    def refuse_if_busy(self) -> None:
        """Raises AddressError when we could not listen there.

        Tried before the web server starts: granian would print a backtrace, or share the port
        unnoticed.
        """
        family = socket.AF_INET6 if ":" in self.ip else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.ip, self.port))
                probe.listen()
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    raise AddressError(
                        f"Port {self.port} on {self.host} is in use by another program. "
                        f"Choose another: make demo PORT={self.port + 1}"
                    ) from error
                raise AddressError(
                    f"Cannot listen on {self.host}, port {self.port}: {error.strerror}."
                ) from error

    def answers(self) -> bool:
        """Whether a web server there answers anything at all."""
        host = ("::1" if ":" in self.ip else "127.0.0.1") if self.is_everywhere else self.ip
        connection = http.client.HTTPConnection(host, self.port, timeout=30)
        try:
            connection.request("GET", "/healthz", headers={"Host": "127.0.0.1"})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True


def address_from(environ: Mapping[str, str]) -> Address:
    """HOST and PORT, by default 127.0.0.1 and 8000. Raises AddressError for nonsense."""
    host, said = environ.get("HOST") or "127.0.0.1", environ.get("PORT") or "8000"
    if not (said.isascii() and said.isdigit() and 0 < int(said) < 65536):
        raise AddressError(f"PORT must be a number from 1 to 65535, not {said!r}.")
    try:
        found = socket.getaddrinfo(host.strip("[]"), int(said), type=socket.SOCK_STREAM)
    except OSError as error:
        raise AddressError(f"HOST {host!r} is not an address of this machine.") from error
    return Address(host=host.strip("[]"), ip=str(found[0][4][0]), port=int(said))

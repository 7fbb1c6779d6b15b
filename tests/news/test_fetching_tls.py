"""https over a real socket: the host is known by its name, whatever address was dialled."""

from __future__ import annotations

import itertools
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from news import dialling
from news.fetching import FetchFailed, FetchRefused, Limits, fetch
from tests.news.faults import FaultServer
from tests.news.web import Page, Web

NAME = "news.example.org"
LIMITS = Limits(connect_seconds=2, read_seconds=5, total_seconds=10)


def on_this_machine(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the key and the certificate of a host that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "host.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def asked_names() -> list[str]:
    return []


@pytest.fixture
def server_tls(certificate: Path, asked_names: list[str]) -> ssl.SSLContext:
    """What a server needs for TLS; `asked_names` has the names that clients ask for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda sock, name, context: asked_names.append(name)
    return context


@pytest.fixture
def secure(settings: Any, server_tls: ssl.SSLContext) -> Iterator[Web]:
    """The small web of the other tests, over TLS."""
    settings.ALLOW_LOOPBACK_SOURCES = True
    web = Web()
    web.server.socket = server_tls.wrap_socket(web.server.socket, server_side=True)
    with web:
        yield web


@pytest.fixture
def trust(certificate: Path) -> Iterator[None]:
    """Make the certificate one that we trust, in the very context that fetches use."""
    dialling.trusted.cache_clear()
    dialling.trusted().load_verify_locations(certificate)
    yield
    dialling.trusted.cache_clear()


def read(web: Web, name: str, path: str = "/feed"):
    return fetch(
        f"https://{name}:{web.server.server_port}{path}",
        limits=LIMITS,
        resolve=on_this_machine,
    )


def test_the_host_is_asked_and_known_by_its_name(secure, trust, asked_names):
    secure.pages["/feed"] = Page(b"secret")

    assert read(secure, NAME).body == b"secret"
    assert asked_names == [NAME]
    assert secure.asked("/feed")[0]["Host"] == f"{NAME}:{secure.server.server_port}"


@pytest.mark.parametrize("name", ["other.example.org", "127.0.0.1"])
def test_the_certificate_of_another_host_is_refused(secure, trust, name):
    secure.pages["/feed"] = Page(b"secret")

    with pytest.raises(FetchFailed, match="certificate"):
        read(secure, name)
    assert not secure.requests


def test_a_certificate_that_nobody_vouches_for_is_refused(secure):
    with pytest.raises(FetchFailed, match="certificate"):
        read(secure, NAME)


def test_a_step_back_to_plain_http_is_refused(secure, trust):
    secure.pages["/feed"] = Page(status=301, headers={"Location": f"http://{NAME}/feed"})

    with pytest.raises(FetchRefused, match="https to http"):
        read(secure, NAME)


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["head", "body"]
)
def test_a_slow_head_and_a_slow_body_end_with_the_deadline(settings, server_tls, trust, head):
    settings.ALLOW_LOOPBACK_SOURCES = True
    limits = Limits(connect_seconds=1, read_seconds=0.3, total_seconds=0.5)
    began = time.monotonic()

    with FaultServer(server_tls) as server:
        server.scripts["/"] = lambda: itertools.chain([head], itertools.cycle([b".", 0.1]))
        with pytest.raises(FetchFailed, match="in time"):
            fetch(f"https://{NAME}:{server.port}/", limits=limits, resolve=on_this_machine)
    assert time.monotonic() - began < 3


def test_a_body_cut_off_is_not_taken_for_whole(settings, server_tls, trust):
    settings.ALLOW_LOOPBACK_SOURCES = True
    with FaultServer(server_tls) as server:
        server.scripts["/"] = lambda: [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234"]
        with pytest.raises(FetchFailed, match="before it was complete"):
            fetch(f"https://{NAME}:{server.port}/", limits=LIMITS, resolve=on_this_machine)

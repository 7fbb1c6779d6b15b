"""Which addresses the news may be read from; no network is asked."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.addresses import (
    FetchRefused,
    check_answers,
    is_loopback,
    is_public,
    is_sane_port,
    read_target,
)

PRIVATE_V4 = st.one_of(
    st.ip_addresses(v=4, network=network)
    for network in ["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                    "192.168.0.0/16", "100.64.0.0/10", "0.0.0.0/8"]
)  # fmt: skip


def embeddings(ip: IPv4Address) -> dict[str, int]:
    """Each form of IPv6 that carries an IPv4 address, as a number."""
    inner = int(ip)
    return {
        "mapped": 0xFFFF << 32 | inner,
        "compatible": inner,
        "translated": 0xFFFF << 48 | inner,
        "NAT64": 0x64FF9B << 96 | inner,
        "local NAT64": 0x64FF9B0001 << 80 | inner,
        "6to4": 0x2002 << 112 | inner << 80 | 1,
        "Teredo's server": 0x20010000 << 96 | inner << 64,
        "Teredo's client": 0x20010000 << 96 | (inner ^ 0xFFFFFFFF),
        "link-local ISATAP": 0xFE80 << 112 | 0x5EFE << 32 | inner,
    }


@given(PRIVATE_V4)
def test_a_private_address_is_refused_in_every_form(ip):
    assert not is_public(str(ip))
    for form, number in embeddings(ip).items():
        assert not is_public(str(IPv6Address(number))), form


@given(st.ip_addresses(v=4))
def test_a_public_address_is_refused_where_it_is_embedded(ip):
    for form, number in embeddings(ip).items():
        assert not is_public(str(IPv6Address(number))), form


@given(st.ip_addresses())
def test_what_python_does_not_hold_for_global_is_refused(ip):
    if is_public(str(ip)):
        assert ip.is_global
        assert {ip.is_multicast, ip.is_reserved, ip.is_loopback} == {False}


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1"),  # noqa: S104
        *("168.63.129.16", "169.254.169.254", "169.254.170.2", "172.31.255.255", "192.0.0.9"),
        *("192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255"),
        *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::808:808"),
        *("64:ff9b:1::1", "100::1", "100:0:0:1::1", "2001::1", "2001:2::1", "2001:10::1"),
        *("2001:20::1", "2001:db8::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1"),
        *("fd00:ec2::254", "fd20:ce::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1"),
        *("2a00:1450::1%eth0", "::ffff:0:8.8.8.8", "4000::1", "", "localhost", "8.8.8", "08.8.8.8"),
    ],
)
def test_what_is_not_the_public_internet_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "192.0.1.1", "2a00:1450::1", "2001:200::1", "2606::1"]
)
def test_the_public_internet_is_open(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("::ffff:127.0.0.1", False),
     ("::1%lo", False), ("10.0.0.1", False), ("localhost", False)],
)  # fmt: skip
def test_loopback_is_known_in_its_plain_forms(address, expected):
    assert is_loopback(address) is expected


@pytest.mark.parametrize("port", [80, 443, 1024, 8000, 8080, 8443, 65535])
def test_ports_of_the_web_are_sane(port):
    assert is_sane_port(port)


@pytest.mark.parametrize("port", [0, 22, 25, 1023, 3306, 5432, 6000, 6379, 6667, 11211, 70000])
def test_ports_of_other_services_are_not(port):
    assert not is_sane_port(port)


@pytest.mark.parametrize(
    ("url", "answers", "loopback"),
    [
        ("http://a.example/", ["8.8.8.8", "10.0.0.1"], False),
        ("http://a.example/", ["8.8.8.8", "127.0.0.1"], False),
        ("http://a.example/", ["127.0.0.1", "10.0.0.1"], True),
        ("http://a.example/", ["::ffff:127.0.0.1"], True),
        ("http://a.example:25/", ["8.8.8.8"], True),
        ("http://a.example:6379/", ["8.8.8.8", "127.0.0.1"], True),
        ("http://a.example:6379/", [], True),
    ],
)
def test_one_bad_answer_refuses_a_host(url, answers, loopback):
    with pytest.raises(FetchRefused):
        check_answers(read_target(url), answers, loopback=loopback)


def test_any_port_of_this_machine_is_open_where_this_machine_is():
    check_answers(read_target("http://a.example:6379/"), ["127.0.0.1", "::1"], loopback=True)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("https://example.org.:443/a#part", "https://example.org/a"),
        ("http://example.org:8080/a?b=c&d", "http://example.org:8080/a?b=c&d"),
        (" http://example.org/a b?c d ", "http://example.org/a%20b?c%20d"),
        ("http://example.org/%EB%8B%A4?q=다", "http://example.org/%EB%8B%A4?q=%EB%8B%A4"),
        ("http://한국.kr/", "http://xn--3e0b707e.kr/"),
        ("http://[2A00::0:1]:80/", "http://[2a00::1]/"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
    ],
)
def test_an_address_is_brought_into_one_form(url, expected):
    assert read_target(url).url == expected


@pytest.mark.parametrize(
    "url",
    [
        *(
            "feed.xml",
            "//example.org/",
            "ftp://example.org/",
            "http://",
            "http:///x",
            "http://[::1",
        ),
        *("http://example.org:port/", "http://example.org:99999/", "http://u@example.org/"),
        *("http://:p@example.org/", "http://[fe80::1%25eth0]/", "http://exa mple.org/"),
        *("http://example.org\\@10.0.0.1/", "http://a..b/", "http://-a.org/", "http://a\nb.org/"),
        *("http://example.org/\r\nX: y", "http://example.org/\ud800", "http://%31.org/"),
        *("http://" + "a" * 64 + ".org/", "http://example.org/" + "x" * 5000, "http://[8.8.8.8]/"),
    ],
)
def test_what_is_no_clean_web_address_is_refused(url):
    with pytest.raises(FetchRefused):
        read_target(url)


@given(st.text(max_size=60).map("http://".__add__) | st.text(max_size=60))
def test_any_text_is_an_address_or_refused(url):
    try:
        target = read_target(url)
    except FetchRefused:
        return
    assert read_target(target.url) == target
    assert target.url.isascii()
    assert target.url.isprintable()

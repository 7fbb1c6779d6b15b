"""What is wrong with the server: its connection, head, body, packing, status, or way on."""

from __future__ import annotations

import gzip
import zlib
from functools import partial
from itertools import pairwise

from tests.news.faults import RESET
from tests.news.faulty.scripts import (
    CHUNKED,
    FEED,
    MEMBERS,
    OK,
    Fault,
    bare_deflate,
    chain,
    endless,
    headed,
    packed,
    read,
    redirect,
    sent,
    status,
    zeros,
)

slow = partial(Fault, says="in time", is_slow=True)
refused = partial(Fault, outcome="REFUSED")
answered = partial(Fault, outcome="ERROR_STATUS")
CHUNKS = CHUNKED + b"10\r\n" + FEED[:16] + b"\r\n"
REST = f"{len(FEED) - 16:x}".encode() + b"\r\n" + FEED[16:] + b"\r\n"
BOMB = zeros(300)
JUNK = bytes(range(256)) * 64

CONNECTIONS = [
    Fault("nothing at all", sent(), says="without an answer"),
    Fault("reset at once", sent(RESET), says="cut off"),
    Fault("another protocol", sent(b"SSH-2.0-OpenSSH_9.2\r\n"), says="not HTTP"),
    Fault("HTTP/0.9", sent(FEED), says="without an answer"),
    Fault(
        "the preface of HTTP/2",
        sent(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"),
        says="not HTTP",
    ),
    Fault("binary junk", sent(JUNK), says="not HTTP"),
    Fault("zeros", sent(bytes(200_000)), says="too large"),
    Fault("blank lines", sent(b"\r\n" * 50_000), says="not HTTP"),
    Fault("TLS on a plain port", sent(b"\x15\x03\x01\x00\x02\x02\x46"), says="without an answer"),
    slow("silence", sent(5.0)),
    slow("slow head", endless(OK, b"X", pause=0.1)),
    slow("slow first line", endless(b"HTTP/1.1 2", b"0", pause=0.1)),
    slow("slow body", endless(OK + b"\r\n", b".", pause=0.1)),
    slow("slow gzip", endless(OK + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0", b"\0", 0.1)),
    slow("slow chunks", endless(CHUNKED, b"1\r\n.\r\n", pause=0.1)),
    slow("slow chunk size", endless(CHUNKED, b"0", pause=0.1)),
    slow("slow trailers", endless(CHUNKS + REST + b"0\r\n", b"X: y\r\n", pause=0.1)),
    slow("silence in mid-body", sent(OK + b"Content-Length: 9\r\n\r\n1234", 5.0)),
    slow(
        "silence behind a whole body that is longer by its head",
        sent(OK + b"Content-Length: 99999\r\n\r\n" + FEED, 5.0),
    ),
    slow(
        "slow redirects",
        {
            step: sent(0.25, *redirect(onward)())
            for step, onward in pairwise(["/feed", "/a", "/b", "/c", "/d"])
        },
    ),
]

HEADS = [
    read("strange headers", headed("Nonsense", "X-\xff: \xed\x95\x9c", ": ")),
    read("continue first", sent(b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"\r\n" + FEED)),
    read(
        "early hints first", sent(b"HTTP/1.1 103 Early\r\nLink: </x>\r\n\r\n" + OK + b"\r\n" + FEED)
    ),
    read("no reason phrase", sent(b"HTTP/1.1 200\r\n\r\n" + FEED)),
    read("bare line feeds", sent(b"HTTP/1.1 200 OK\nContent-Type: text/xml\n\n" + FEED)),
    read("HTTP/1.0", sent(b"HTTP/1.0 200 OK\r\n\r\n" + FEED)),
    read("cookies", headed(*[f"Set-Cookie: a{n}=b" for n in range(40)])),
    read("a wrong type", headed("Content-Type: text/html")),
    read("the type of a picture", headed("Content-Type: image/png")),
    read("an attachment", headed('Content-Disposition: attachment; filename="../../x"')),
    read("a policy that forbids", headed("Cache-Control: no-store", "Pragma: no-cache")),
    read("expired for ever", headed("Expires: Thu, 01 Jan 1970 00:00:00 GMT")),
    read("fresh for ever", headed("Cache-Control: max-age=99999999999999999999")),
    read("dates that are none", headed("Expires: tomorrow", "Date: \xb2", "Age: -1")),
    Fault("head cut off", sent(OK + b"Content-Type: text/x"), says="without an answer"),
    Fault("head cut off between lines", sent(OK + b"A: b\r\n"), says="without an answer"),
    Fault("reset in mid-head", sent(OK, 0.05, RESET), says="cut off"),
    Fault("status that is no number", sent(b"HTTP/1.1 OK\r\n\r\n"), says="not HTTP"),
    Fault("status of five digits", sent(b"HTTP/1.1 20000 OK\r\n\r\n" + FEED), says="not HTTP"),
    Fault("status below nothing", sent(b"HTTP/1.1 -200 OK\r\n\r\n" + FEED), says="not HTTP"),
    Fault("one long header", sent(OK + b"X: " + b"x" * 100_000 + b"\r\n\r\n"), says="too large"),
    Fault("10,000 headers", sent(OK + b"X: x\r\n" * 10_000 + b"\r\n"), says="too large"),
    Fault(
        "large headers",
        sent(OK + (b"X: " + b"x" * 9_000 + b"\r\n") * 50 + b"\r\n"),
        says="too large",
    ),
    Fault("endless head", endless(OK, b"X: y\r\n" * 9), says="too large"),
    Fault("endless first line", endless(b"HTTP/1.1 200 ", b"x" * 9_000), says="too large"),
    Fault(
        "endless continue", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50), says="too large"
    ),
]

BODIES = [
    read("a body until the end", headed()),
    read("the right length", headed(f"Content-Length: {len(FEED)}")),
    read("the right length twice", headed(*[f"Content-Length: {len(FEED)}"] * 2)),
    read("chunks", sent(CHUNKS + REST + b"0\r\n\r\n")),
    read(
        "chunks and a length",
        headed(
            "Transfer-Encoding: chunked",
            "Content-Length: 5",
            body=CHUNKS.partition(b"\r\n\r\n")[2] + REST + b"0\r\n\r\n",
        ),
    ),
    read("chunks with trailers", sent(CHUNKS + REST + b"0\r\nX: y\r\n\r\n")),
    read(
        "chunks with extensions",
        sent(CHUNKED + b"10;a=b\r\n" + FEED[:16] + b"\r\n" + REST + b"0\r\n\r\n"),
    ),
    read(
        "more behind the body than was told",
        headed(f"Content-Length: {len(FEED)}", body=FEED + b"<junk>" * 100),
    ),
    Fault("a length of nothing", headed("Content-Length: 0"), "NOT_A_FEED", "empty"),
    Fault("cut short by its length", headed("Content-Length: 100"), "NOT_A_FEED", "breaks off"),
    Fault("shorter than told", headed("Content-Length: 5000"), says="before it was complete"),
    Fault(
        "lengths that differ",
        headed("Content-Length: 5", "Content-Length: 60"),
        says="where it ends",
    ),
    Fault("lengths that differ on one line", headed("Content-Length: 5, 60"), says="where it ends"),
    Fault("a length below nothing", headed("Content-Length: -5"), says="where it ends"),
    Fault("a length that is no number", headed("Content-Length: many"), says="where it ends"),
    Fault(
        "a length of 5,000 digits", headed("Content-Length: " + "9" * 5000), says="where it ends"
    ),
    Fault("an unknown transfer", headed("Transfer-Encoding: gzip, chunked"), says="where it ends"),
    Fault(
        "reset in mid-body",
        sent(OK + b"Content-Length: 5000\r\n\r\n" + FEED, 0.05, RESET),
        says="cut off",
    ),
    Fault("reset in a body without length", sent(OK + b"\r\n" + FEED, 0.05, RESET), says="cut off"),
    Fault("reset in mid-chunk", sent(CHUNKED + b"ff\r\nabc", 0.05, RESET), says="cut off"),
    Fault("a chunk cut off", sent(CHUNKED + b"ff\r\nabc"), says="before it was complete"),
    Fault("the last chunk missing", sent(CHUNKS + REST), says="before it was complete"),
    Fault(
        "a chunk size that is no number",
        sent(CHUNKS + b"zz\r\nabc\r\n"),
        says="before it was complete",
    ),
    Fault(
        "a chunk size below nothing",
        sent(CHUNKED + b"-3\r\nabc\r\n0\r\n\r\n"),
        says="before it was complete",
    ),
    Fault(
        "a chunk longer than told",
        sent(CHUNKED + b"3\r\nabcdefg\r\n0\r\n\r\n"),
        says="before it was complete",
    ),
    Fault(
        "a chunk of exabytes",
        sent(CHUNKED + b"FFFFFFFFFFFFFFFF\r\n" + FEED),
        says="before it was complete",
    ),
    Fault(
        "a chunk size of 5,000 digits",
        sent(CHUNKED + b"F" * 5000 + b"\r\n" + FEED),
        says="before it was complete",
    ),
    Fault("an endless chunk size", endless(CHUNKED, b"0" * 9000), says="too large"),
    Fault("no chunks", sent(CHUNKED + FEED), says="before it was complete"),
    Fault("endless trailers", endless(CHUNKS + REST + b"0\r\n", b"X: y\r\n" * 99), says="larger"),
    Fault("an endless body", endless(OK + b"\r\n", b"x" * 65536), says="larger"),
    Fault("endless chunks", endless(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), says="larger"),
    Fault(
        "a length beyond reason",
        endless(OK + b"Content-Length: 99999999999\r\n\r\n", FEED * 100),
        says="larger",
    ),
    Fault("a feed of 50 MB", lambda: [OK + b"\r\n", *[FEED * 100] * 1400], says="larger"),
]

PACKINGS = [
    read("gzip", packed("gzip", gzip.compress(FEED))),
    read(
        "gzip byte by byte",
        lambda: [
            OK + b"Content-Encoding: gzip\r\n\r\n",
            *(bytes([one]) for one in gzip.compress(FEED)),
        ],
    ),
    read("gzip in members, filled up", packed("gzip", MEMBERS + b"\0\0\0")),
    read("gzip and junk behind it", packed("gzip", gzip.compress(FEED) + b"\r\n<!-- cached -->")),
    read("gzip and zeros and junk behind it", packed("gzip", gzip.compress(FEED) + b"\0\0\0x\x1f")),
    Fault(
        "gzip and half a member behind it",
        packed("gzip", gzip.compress(FEED) + b"\x1f\x8bx"),
        says="not packed as it says",
    ),
    read("x-gzip", packed("x-gzip", gzip.compress(FEED))),
    read("GZIP", packed("GZIP", gzip.compress(FEED))),
    read("deflate", packed("deflate", zlib.compress(FEED))),
    read("bare deflate", packed("deflate", bare_deflate(FEED))),
    read("deflate and junk behind it", packed("deflate", zlib.compress(FEED) + b"\n")),
    read("identity", packed("identity", FEED)),
    read("a charset for a packing", packed("UTF-8", FEED)),
    read("no packing by name", packed("none", FEED)),
    read(
        "gzip by the length of what is packed",
        headed(
            "Content-Encoding: gzip", f"Content-Length: {len(FEED)}", body=gzip.compress(FEED, 9)
        ),
    ),
    Fault(
        "gzip cut off before its length",
        headed("Content-Encoding: gzip", "Content-Length: 999", body=gzip.compress(FEED)[:-9]),
        says="before it was complete",
    ),
    Fault("a gzip bomb", packed("gzip", BOMB), says="larger"),
    Fault(
        "a bomb in members", packed("gzip", gzip.compress(bytes(1024 * 1024)) * 300), says="larger"
    ),
    Fault("a deflate bomb", packed("deflate", b"x\xda" + BOMB[10:]), says="larger"),
    Fault("a bare deflate bomb", packed("deflate", BOMB[10:]), says="larger"),
    Fault("a nested bomb", packed("gzip, gzip", gzip.compress(BOMB)), says="than once"),
    Fault(
        "a nested bomb that is not told",
        packed("gzip", gzip.compress(BOMB)),
        "NOT_A_FEED",
        "neither",
    ),
    Fault(
        "nested packings on two lines",
        headed("Content-Encoding: gzip", "Content-Encoding: br", body=gzip.compress(FEED)),
        says="than once",
    ),
    Fault(
        "many packings", packed(", ".join(["gzip"] * 500), gzip.compress(FEED)), says="than once"
    ),
    Fault(
        "endless empty members",
        endless(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 4000),
        says="larger",
    ),
    Fault("brotli", packed("br", b"\x8b\x02\x80<rss>\x03"), says="not asked for"),
    Fault("a brotli bomb", packed("br", b"\xff" * 1000), says="not asked for"),
    Fault("zstd", packed("zstd", b"\x28\xb5\x2f\xfd" + bytes(50)), says="not asked for"),
    Fault("compress", packed("compress", b"\x1f\x9d\x90" + bytes(50)), says="not asked for"),
    Fault("an unknown packing", packed("aes128gcm", FEED), says="not asked for"),
    Fault("a packing that cannot be stored", packed("x\0\xed\xa0\x80y", FEED), says="not asked"),
    Fault("gzip that is none", packed("gzip", FEED), says="not packed as it says"),
    Fault(
        "gzip that is deflate", packed("gzip", zlib.compress(FEED)), says="not packed as it says"
    ),
    Fault("deflate that is none", packed("deflate", FEED), says="not packed as it says"),
    Fault(
        "deflate that is gzip", packed("deflate", gzip.compress(FEED)), says="not packed as it says"
    ),
    Fault("gzip that is not told", headed(body=gzip.compress(FEED)), "NOT_A_FEED", "neither"),
    Fault("gzip cut off", packed("gzip", gzip.compress(FEED)[:-6]), says="not packed as it says"),
    Fault("one byte of gzip", packed("gzip", b"\x1f"), says="not packed as it says"),
    Fault(
        "gzip with a wrong sum",
        packed("gzip", gzip.compress(FEED)[:-8] + bytes(8)),
        says="not packed as it says",
    ),
    Fault(
        "deflate with a wrong sum",
        packed("deflate", zlib.compress(FEED)[:-4] + bytes(4)),
        says="not packed as it says",
    ),
]

STATUSES = [
    *(
        answered(f"{code} with the feed", status(code), says=f"{code} ")
        for code in (204, 205, 206, 207, 226, 300, 304, 305, 400, 402, 404, 405, 406, 408, 418, 421)
    ),
    *(
        answered(f"{code} with the feed", status(code), says=f"{code} ")
        for code in (451, 500, 501, 502, 504, 507, 511, 520, 599, 700, 999)
    ),
    read("200 by a transforming proxy", status(203)),
    answered(
        "401 that asks for a password",
        status(401, 'WWW-Authenticate: Basic realm="x"'),
        says="401 ",
    ),
    answered(
        "403 with a challenge",
        status(
            403, "cf-mitigated: challenge", body=b"<!doctype html><title>Just a moment...</title>"
        ),
        says="403 ",
    ),
    answered("407 that asks for a password", status(407, "Proxy-Authenticate: Basic"), says="407 "),
    Fault("410", status(410), "GONE", "410 "),
    Fault(
        "200 with a challenge",
        headed(body=b"<!DOCTYPE html><html><script>go()</script></html>"),
        "NOT_A_FEED",
        "HTML",
    ),
    *(
        answered(
            f"{code}, and {name}", status(code, f"Retry-After: {told}"), says=f"{code} ", wait=wait
        )
        for code, name, told, wait in [
            (429, "two hours", "7200", (7200, 7200)),
            (503, "a date", "Mon, 01 Jun 2026 06:00:00 GMT", (10800, 10800)),
            (503, "a date of another form", "Monday, 01-Jun-26 06:00:00 GMT", (10800, 10800)),
            (429, "a second", "1", (3600, 3600)),
            (429, "nothing to wait", "0", (3600, 3600)),
            (429, "absurdly long", "99999999999", (86400, 86400)),
            (429, "5,000 digits", "9" * 5000, (86400, 86400)),
            (503, "the end of time", "Fri, 31 Dec 9999 23:59:59 GMT", (86400, 86400)),
            (429, "below nothing", "-5", (3600, 3600)),
            (503, "a date that has passed", "Thu, 01 Jan 1970 00:00:00 GMT", (3600, 3600)),
            (503, "no number", "soon", (3600, 3600)),
            (503, "infinite", "inf", (3600, 3600)),
            (500, "two hours", "7200", (7200, 7200)),
            (404, "two hours", "7200", (7200, 7200)),
        ]
    ),
]

REDIRECTS = [
    *(read(f"a redirect by {code}", chain(1, code)) for code in (301, 302, 303, 307, 308)),
    read("5 redirects", chain(5)),
    Fault("6 redirects", chain(6), says="More than 5"),
    Fault("20 redirects", chain(20), says="More than 5"),
    Fault(
        "endless redirects",
        {
            "/feed": redirect("/feed?x"),
            "/feed?x": redirect("/feed?y"),
            **{f"/feed?{a}": redirect(f"/feed?{a}y") for a in ("y", "yy", "yyy", "yyyy", "yyyyy")},
        },
        says="More than 5",
    ),
    Fault("a redirect to itself", redirect("/feed"), says="circle"),
    Fault("a redirect to itself with a fragment", redirect("/feed#x"), says="circle"),
    Fault("a redirect to nowhere", redirect(""), "ERROR_STATUS", "302 "),
    Fault(
        "a circle",
        {"/feed": redirect("/a"), "/a": redirect("/b"), "/b": redirect("/feed")},
        says="circle",
    ),
    read("to a relative address", {"/feed": redirect("x/../there?a=b"), "/there?a=b": headed()}),
    read("to an address in quotes of UTF-8", {"/feed": redirect("/다"), "/%EB%8B%A4": headed()}),
    read("to an address with a blank", {"/feed": redirect("/a b"), "/a%20b": headed()}),
    Fault("without Location", status(302), "ERROR_STATUS", "302 "),
    Fault("without Location, for good", status(301), "ERROR_STATUS", "301 "),
    read("Location on a 200", headed("Location: /elsewhere")),
    *(
        refused(f"redirect {name}", redirect(location), says=says)
        for name, location, says in [
            ("to a file", "file:///etc/passwd", "http://"),
            ("to ftp", "ftp://example.org/feed", "http://"),
            ("to gopher", "gopher://127.0.0.1:70/_x", "http://"),
            ("to a script", "javascript:alert(1)", "http://"),
            ("to data", "data:text/xml,<rss/>", "http://"),
            ("to mail", "mailto:a@example.org", "http://"),
            ("to a scheme in capitals", "FILE:///etc/passwd", "http://"),
            ("to the metadata", "http://169.254.169.254/latest/meta-data/", "private"),
            ("to the metadata of IPv6", "http://[fd00:ec2::254]/latest/", "private"),
            ("to a private network", "http://10.0.0.1/", "private"),
            ("to another private network", "http://172.16.9.9/", "private"),
            ("to a private network, without scheme", "//192.168.0.1/", "private"),
            ("to carrier-grade NAT", "http://100.64.0.1/", "private"),
            ("to no address", "http://0.0.0.0/", "private"),
            ("to no address of IPv6", "http://[::]/", "private"),
            ("to a mapped address", "http://[::ffff:10.0.0.1]/", "private"),
            ("to loopback, mapped", "http://[::ffff:127.0.0.1]/", "private"),
            ("to a mapped address in hexadecimals", "http://[::ffff:a9fe:a9fe]/", "private"),
            ("to NAT64", "http://[64:ff9b::a9fe:a9fe]/", "private"),
            ("to 6to4", "http://[2002:a00:1::]/", "private"),
            ("to Teredo", "http://[2001::1]/", "private"),
            ("to a neighbour", "http://[fe80::1]/", "private"),
            ("to a neighbour by interface", "http://[fe80::1%25eth0]/", "http://"),
            ("to everybody", "http://255.255.255.255/", "private"),
            ("to a group", "http://224.0.0.1/", "private"),
            ("to an address as one number", "http://2852039166/", "private"),
            ("to an address in octals", "http://0251.0376.0251.0376/", "private"),
            ("to an address in hexadecimals", "http://0xa9fea9fe/", "private"),
            ("to an address in two parts", "http://10.1/", "private"),
            ("to an address with a dot behind it", "http://10.0.0.1./", "private|not found"),
            ("to an address in wide digits", "http://１０.0.0.1/", "private"),
            ("to a password", "http://name:secret@example.org/", "password"),
            ("to half an address", "http://[::1", "http://|web address"),
            ("to a port of mail", "http://93.184.215.14:25/", "Port 25"),
            ("to a port beyond all", "http://93.184.215.14:99999/", "http://"),
            ("to far too long an address", "/" + "x" * 10_000, "longer"),
            ("to an address with a tab", "http://10.0.0.1/\tx", "http://|private"),
            ("to an address with a zero", "/\0x", "http://|web address"),
            ("to an address with a control", "/\x01x", "http://|web address"),
        ]
    ),
    refused(
        "two redirects, the second inside",
        {"/feed": redirect("/a"), "/a": redirect("http://10.0.0.1/")},
        says="private",
    ),
]

SERVERS = [*CONNECTIONS, *HEADS, *BODIES, *PACKINGS, *STATUSES, *REDIRECTS]

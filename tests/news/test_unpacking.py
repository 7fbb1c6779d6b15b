"""Unpacking bodies in pieces of any size; what a server may send wrong is in the fault tests."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.unpacking import CannotUnpack, Unpacker

PACKERS = {
    "": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
}


def unpack(encoding, body, *, step, most=10_000):
    unpacker = Unpacker(encoding, most=most)
    for start in range(0, len(body), step):
        unpacker.feed(body[start : start + step])
    return unpacker.finish()


@given(
    encoding=st.sampled_from(sorted(PACKERS)),
    body=st.binary(max_size=500),
    step=st.integers(1, 100),
)
def test_a_body_comes_out_as_it_went_in(encoding, body, step):
    assert unpack(encoding, PACKERS[encoding](body), step=step) == body


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=4), st.integers(1, 100))
def test_the_members_of_a_gzip_body_are_one(members, step):
    packed = b"".join(map(gzip.compress, members))

    assert unpack("gzip", packed, step=step) == b"".join(members)


@given(st.binary(min_size=1, max_size=300), st.integers(1, 400), st.integers(1, 100))
def test_a_gzip_body_without_its_end_is_never_taken_for_whole(body, missing, step):
    packed = gzip.compress(body)
    packed = packed[: max(1, len(packed) - missing)]

    with pytest.raises(CannotUnpack):
        unpack("gzip", packed, step=step)


@pytest.mark.parametrize("encoding", sorted(PACKERS))
def test_a_body_may_be_as_large_as_allowed_and_no_larger(encoding):
    body = b"x" * 1000

    assert unpack(encoding, PACKERS[encoding](body), step=100, most=1000) == body
    with pytest.raises(CannotUnpack, match="larger"):
        unpack(encoding, PACKERS[encoding](body), step=100, most=999)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "identity", "GZIP", "identity, gzip"])
def test_an_empty_body_is_empty_in_every_packing(encoding):
    assert unpack(encoding, b"", step=1) == b""

"""Signatures are those of Standard Webhooks."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from following.signing import BadSecret, headers_of, key_of, signature, written_secret

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_a_signature_is_the_one_that_the_libraries_of_the_standard_make():
    # The example that the libraries of Standard Webhooks share in their tests.
    made = signature(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', secret=SECRET
    )

    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_call_is_signed_by_each_secret_in_one_header():
    other = written_secret(b"k" * 32)
    at = datetime(2026, 6, 1, tzinfo=UTC)

    headers = headers_of("msg_1", b"{}", secrets=[SECRET, other], at=at)

    assert headers["webhook-id"] == "msg_1"
    assert headers["webhook-timestamp"] == "1780272000"
    assert headers["webhook-signature"].split(" ") == [
        signature("msg_1", 1780272000, b"{}", secret=secret) for secret in (SECRET, other)
    ]


@given(st.binary(min_size=24, max_size=64))
def test_a_key_comes_out_of_its_secret_as_it_went_in(key):
    assert key_of(written_secret(key)) == key


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_!!!", SECRET.removeprefix("whsec_"), "whsec_YQ==", "whsec_é"]
)
def test_what_is_no_secret_is_refused(secret):
    with pytest.raises(BadSecret):
        key_of(secret)

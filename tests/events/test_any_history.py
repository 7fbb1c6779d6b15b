"""Whatever editors did: each past day reads as it was then, and no address is ever lost.

HISTORIES=500 tries as many random histories; without it a few.
"""

import os
from itertools import pairwise

import pytest

from events.past import as_of
from events.whole_record import whole_record
from tests.events.chance import told

pytestmark = pytest.mark.django_db

HISTORIES = int(os.environ.get("HISTORIES", "24"))


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_each_past_day_reads_as_it_was_and_each_address_answers(client, seed):
    story = told(seed)

    for day, written in story.days.items():
        with as_of(day):
            assert "".join(whole_record()) == written, day
    for address in sorted(story.addresses):
        _follow(client, address)
    # A history in which nothing happens would prove nothing.
    assert any(one != next_one for one, next_one in pairwise(story.days.values()))


def _follow(client, address):
    """The page, or where the address leads in at most two steps; nothing else is an answer."""
    for _step in range(3):
        response = client.get(address)
        if response.status_code != 301:
            break
        address = response["Location"]
    assert response.status_code in (200, 410), address

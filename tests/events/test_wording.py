"""Words of dates are those of the reader's language, whoever was answered before."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
# In a process of its own: what goes wrong goes wrong once, for whoever asks first.
SCRIPT = """
import os, random, sys
os.environ |= {"DJANGO_SETTINGS_MODULE": "diplomacy.settings", "INSECURE_HTTP": "1"}
import django
django.setup()
from datetime import date
from django.utils.translation import override
from events import wording

day = date(2025, 6, 9)
ways = [
    lambda: wording.month_name(6),
    lambda: wording.short_month_name(6),
    lambda: wording.month_in_words(day),
    lambda: wording.day_in_words(day),
    lambda: wording.day_with_weekday(day),
    lambda: wording.year_name(2025),
]
asked = [(code, way) for code in ("en", "ko", "ja") for way in ways]
random.Random(int(sys.argv[1])).shuffle(asked)
for code, way in asked:
    with override(code):
        way()
for code in ("en", "ko", "ja"):
    with override(code):
        print([way() for way in ways])
"""


@pytest.mark.parametrize("seed", range(6))
def test_each_language_says_a_date_in_its_own_words_whoever_asked_first(seed):
    command = [sys.executable, "-c", SCRIPT, str(seed)]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)

    assert said.stdout.splitlines() == [
        "['June', 'Jun', 'June 2025', '9 June 2025', 'Monday, 9 June 2025', '2025']",
        "['6월', '6월', '2025년 6월', '2025년 6월 9일', '2025년 6월 9일 (월)', '2025년']",
        "['6月', '6月', '2025年6月', '2025年6月9日', '2025年6月9日(月)', '2025年']",
    ]

"""The state of a source in words, for operators: what it is, why, and what to do. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.periods import civil_day
from events.wording import day_in_words
from news.habits import Judgement, State

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

STATES = {
    State.GONE: gettext_lazy("Gone for good"),
    State.FAILING: gettext_lazy("Does not answer"),
    State.SILENT: gettext_lazy("Has nothing new"),
    State.UNTRIED: gettext_lazy("Has not answered yet"),
    State.WELL: gettext_lazy("Does well"),
    State.OFF: gettext_lazy("Switched off"),
}
SHAPES = {
    State.GONE: "✕",
    State.FAILING: "▲",
    State.SILENT: "◆",
    State.UNTRIED: "○",
    State.WELL: "●",
    State.OFF: "–",
}
_ADVICE = {
    State.GONE: gettext_lazy(
        "Look for its new address, enter it and enable the source; or disable it to set this aside."
    ),
    State.FAILING: gettext_lazy(
        "Open its address in a browser. If it has moved, enter the new one; if it refuses us, ask "
        "its publisher. It is tried again by itself, at least once a day."
    ),
    State.SILENT: gettext_lazy(
        "Compare its site with its feed: the feed may have been left behind. Around holidays it "
        "may just be quiet. The alert ends by itself with the next new item."
    ),
}


def reason_of(judgement: Judgement) -> str:
    """Why a source is in its state, in full sentences; empty where there is nothing to say."""
    match judgement.state:
        case State.GONE:
            return judgement.said or _("Its server says that it is gone for good.")
        case State.FAILING:
            return _joined(_failing(judgement), judgement.said)
        case State.SILENT:
            return _silent(judgement)
        case State.OFF:
            return _("It is switched off.")
    if judgement.failures:
        return _joined(_("The last attempt brought no answer."), judgement.said)
    return ""


def advice_on(state: State) -> str:
    """What an operator may do about it; empty where nothing is to be done."""
    return str(_ADVICE.get(state, ""))


def length_in_words(length: timedelta) -> str:
    """Minutes to two hours, hours to two days, then days: the nearest, and one minute at least."""
    if length < 2 * _HOUR:
        number = max(1, round(length / _MINUTE))
        return ngettext("%(n)d minute", "%(n)d minutes", number) % {"n": number}
    if length < 2 * _DAY:
        number = round(length / _HOUR)
        return ngettext("%(n)d hour", "%(n)d hours", number) % {"n": number}
    number = round(length / _DAY)
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}


def civil_words(moment: datetime) -> str:
    """The day in Seoul and Tokyo."""
    return day_in_words(civil_day(moment, settings.RECORD_TIME_ZONE))


def _failing(judgement: Judgement) -> str:
    counted = ngettext(
        "%(n)d attempt has failed.", "%(n)d attempts in a row have failed.", judgement.failures
    ) % {"n": judgement.failures}
    if judgement.since is None:
        return counted
    return _joined(_("No answer since %(day)s.") % {"day": civil_words(judgement.since)}, counted)


def _silent(judgement: Judgement) -> str:
    assert judgement.since is not None
    assert judgement.usual is not None
    return _(
        "It answers, but with nothing new since %(day)s. Before, something came within %(gap)s."
    ) % {
        "day": civil_words(judgement.since),
        "gap": length_in_words(judgement.usual),
    }


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)

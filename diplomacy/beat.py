"""What beat asks of workers, and when; times of day are UTC.

A message only says that there may be work: one that waited for long says no more than the next one.
"""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "poll due sources": {
        "task": "news.tasks.poll_due",
        "schedule": 10.0,
        "options": {"expires": 600.0},
    },
    "read due articles": {
        "task": "news.tasks.read_due",
        "schedule": 10.0,
        "options": {"expires": 600.0},
    },
    "look at pages again": {"task": "news.tasks.look_again", "schedule": 120.0},
    "let the model read along": {
        "task": "news.tasks.ask_model",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "forget what is old": {
        "task": "news.tasks.forget_old",
        "schedule": crontab(hour=18, minute=30),
    },
    "redraft what waits": {"task": "news.tasks.redraft_waiting", "schedule": 3600.0},
    "index what has changed": {"task": "events.tasks.index_changes", "schedule": 60.0},
    "call webhooks": {
        "task": "following.tasks.call_webhooks",
        "schedule": 10.0,
        "options": {"expires": 60.0},
    },
    "forget calls": {
        "task": "following.tasks.forget_calls",
        "schedule": crontab(hour=18, minute=50),
    },
    "look after sources": {"task": "news.tasks.watch_sources", "schedule": 300.0},
    "note what has changed for followers": {
        "task": "following.tasks.note_changes",
        "schedule": 30.0,
        "options": {"expires": 60.0},
    },
    # Which of them are due is in the database: a pace that was missed is made up for.
    "make digests for followers": {
        "task": "following.tasks.make_digests",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "send digests to followers": {
        "task": "following.tasks.send_digests",
        "schedule": 30.0,
        "options": {"expires": 60.0},
    },
    "clear old announcements": {
        "task": "following.tasks.clear_announcements",
        "schedule": crontab(hour=18, minute=50),
    },
    "draw charts that have changed": {"task": "events.tasks.draw_charts", "schedule": 60.0},
    "ask for confirmations": {
        "task": "following.tasks.ask_for_confirmations",
        "schedule": 15.0,
        "options": {"expires": 60.0},
    },
    "forget followers": {
        "task": "following.tasks.forget_followers",
        "schedule": crontab(hour=18, minute=40),
    },
    # Soon after the day is over in Seoul and Tokyo.
    "write the package of the day": {
        "task": "events.tasks.write_packages",
        "schedule": crontab(hour=15, minute=10),
    },
}

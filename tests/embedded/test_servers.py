"""Real servers in temporary folders, started, shared, killed and started again."""

import os
import select
import signal
import subprocess
import threading

import psycopg
import pytest
import redis

from diplomacy.embedded import (
    EmbeddedError,
    Places,
    cache_location,
    postgres_url,
    servers,
)
from diplomacy.embedded.children import processes_in
from tests.embedded.processes import close, holder_of, processes_below, wait_until


def sql(places: Places, *statements: str) -> list[tuple]:
    with psycopg.connect(postgres_url(places.sockets), autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def remember(places: Places) -> None:
    sql(places, "CREATE TABLE calls (title text)", "INSERT INTO calls VALUES ('Lee–Ishiba')")
    with valkey(places) as client:
        client.set("queue", "one task")


def recalled(places: Places) -> tuple[list[tuple], bytes | None]:
    with valkey(places) as client:
        return sql(places, "SELECT title FROM calls"), client.get("queue")


def valkey(places: Places) -> redis.Redis:
    return redis.Redis.from_url(cache_location(f"unix://{places.valkey_socket}"))


REMEMBERED = ([("Lee–Ishiba",)], b"one task")


def test_they_serve_both_languages_in_utf8_and_leave_nothing_behind(fresh_places):
    places = fresh_places
    with servers(places) as attachment:
        assert attachment.started_here
        assert sql(places, "SELECT lower('ÄÖ 서울 東京'), '東京 (Tokyo)' ILIKE '%TOKYO%'") == [
            ("äö 서울 東京", True)
        ]
        with valkey(places) as client:
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert places.sockets.stat().st_mode & 0o777 == 0o700
        assert places.postgres.stat().st_mode & 0o777 == 0o700

    assert not processes_below(places.data)
    assert not places.sockets.exists()


def test_rows_and_keys_survive_a_restart_and_the_killing_of_each_part(places):
    with servers(places):
        remember(places)
    with servers(places) as attachment:
        assert recalled(places) == REMEMBERED
        (postmaster,) = [
            pid
            for pid in processes_in(places.postgres, "postgres")
            if pid == int((places.postgres / "postmaster.pid").read_text().split()[0])
        ]
        os.kill(postmaster, signal.SIGKILL)
        assert select.select([attachment], [], [], 20)[0], "its users hear of it"

    with servers(places) as attachment:
        assert recalled(places) == REMEMBERED
        os.kill(int(places.lock.read_text()), signal.SIGKILL)
        assert select.select([attachment], [], [], 20)[0]

    with servers(places):
        assert recalled(places) == REMEMBERED


def test_nothing_outlives_a_killed_launcher(places):
    launcher = holder_of(places.data, places.sockets)
    assert len(processes_in(places.valkey, "valkey-server")) == 1

    launcher.kill()
    close(launcher)

    assert wait_until(lambda: not processes_below(places.data))
    assert wait_until(lambda: not places.sockets.exists())


def test_whoever_started_them_may_leave_first(places):
    first = holder_of(places.data, places.sockets)
    with servers(places) as second:
        assert not second.started_here
        close(first)
        assert sql(places, "SELECT 1") == [(1,)]
    assert wait_until(lambda: not processes_below(places.data))


def test_many_may_come_at_once(fresh_places):
    places = fresh_places
    starters: list[bool] = []
    barrier = threading.Barrier(4)

    def use() -> None:
        with servers(places) as attachment:
            sql(places, "SELECT 1")
            starters.append(attachment.started_here)
            barrier.wait(30)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(starters) == [False, False, False, True]


def test_the_demo_stops_them_for_everybody(places):
    other = holder_of(places.data, places.sockets)
    with servers(places, stop_all=True):
        pass
    assert wait_until(lambda: not processes_in(places.postgres, "postgres"))
    close(other)


def test_an_empty_pid_file_of_a_power_cut_is_no_obstacle(places):
    with servers(places):
        remember(places)
    (places.postgres / "postmaster.pid").write_text("")
    with servers(places):
        assert recalled(places) == REMEMBERED


def test_a_pid_file_that_names_a_stranger_harms_neither(places):
    with servers(places):
        remember(places)
    with subprocess.Popen(["sleep", "600"]) as stranger:
        (places.postgres / "postmaster.pid").write_text(f"{stranger.pid}\n{places.postgres}\n")
        with servers(places):
            assert recalled(places) == REMEMBERED
        assert stranger.poll() is None
        stranger.kill()


def test_a_half_made_data_folder_is_made_anew(fresh_places):
    places = fresh_places
    places.prepare()
    (places.data / "postgres.new-1").mkdir()
    (places.data / "postgres.new-1" / "PG_VERSION").write_text("18\n")
    with servers(places):
        assert sql(places, "SELECT current_database()") == [("record",)]
    assert not list(places.data.glob("postgres.new-*"))


def test_a_database_that_was_dropped_is_made_again(places):
    with (
        servers(places),
        psycopg.connect(postgres_url(places.sockets, "postgres"), autocommit=True) as connection,
    ):
        connection.execute("DROP DATABASE record")
    with servers(places):
        assert sql(places, "SELECT current_database()") == [("record",)]


def test_a_server_that_cannot_start_says_why(fresh_places):
    places = fresh_places
    places.prepare()
    places.postgres.mkdir(mode=0o700)
    (places.postgres / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(EmbeddedError, match=r"did not start[\s\S]*postgres\.log"), servers(places):
        pass


def test_a_folder_of_somebody_else_is_refused(fresh_places):
    places = fresh_places
    places.data.mkdir()
    if os.geteuid() == 0:
        os.chown(places.data, 12345, 12345)
        foreign = places
    else:
        foreign = Places(data=places.data, sockets=places.data.parent.parent)  # /tmp, root's
    with pytest.raises(EmbeddedError, match="user 12345|of root"), servers(foreign):
        pass
    if os.geteuid() == 0:
        os.chown(places.data, 0, 0)

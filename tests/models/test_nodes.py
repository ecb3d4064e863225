"""Which of several servers is gone to: one that stands still holds nobody up a second time."""

from __future__ import annotations

import socket

import psycopg
import pytest

from models.nodes import Nodes
from models.patience import Patience, PatientConnection
from tests.ports import free_port
from tests.postgresql import Server


def told(server: Server, *ports: int) -> dict[str, object]:
    several = ",".join(map(str, (*ports, server.port)))
    hosts = ",".join(["127.0.0.1"] * (len(ports) + 1))
    return {"host": hosts, "port": several, "user": "counterfoil", "dbname": "postgres", "connect_timeout": 2}


@pytest.mark.postgres
@pytest.mark.parametrize("why", ["it said nothing", "another let us in"])
def test_a_server_that_stands_still_is_passed_over_the_next_time(
    postgresql: Server, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as still:  # it takes the call, and says nothing
        nodes, words = Nodes(Patience()), told(postgresql, still.getsockname()[1])
        nodes.connect((), words).close()
        if why == "it said nothing":
            nodes._last = None
        else:
            monkeypatch.setattr("models.nodes.PASSED_OVER_S", 0.0)
        nodes.connect((), words).close()
        still.setblocking(False)
        still.accept()[0].close()
        with pytest.raises(BlockingIOError):
            still.accept()  # nobody called a second time


@pytest.mark.postgres
def test_one_that_is_down_is_gone_to_again(postgresql: Server) -> None:
    nodes, words = Nodes(Patience()), told(postgresql, free_port())
    line = nodes.connect((), words)
    assert line.info.port == postgresql.port
    line.close()
    assert nodes._silent == {}


@pytest.mark.postgres
def test_one_that_takes_no_writes_says_so_itself(postgresql: Server) -> None:
    nodes = Nodes(Patience())
    words = told(postgresql, postgresql.port) | {"options": "-c default_transaction_read_only=on"}
    nodes.connect((), words).close()
    with pytest.raises(psycopg.OperationalError, match="session is read-only"):
        nodes.connect((), words | {"target_session_attrs": "read-write"})


@pytest.mark.postgres
def test_one_that_lets_in_and_then_says_nothing_is_passed_over(
    postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.nodes.GREETING_S", 0.1)
    asked = PatientConnection.find_out_who_answers

    def stand_still(line: PatientConnection) -> bool:
        if line.info.host == "localhost":
            line.execute("select pg_sleep(5)")
        with line.patience.within(None):  # the other one may be busy
            return asked(line)

    monkeypatch.setattr(PatientConnection, "find_out_who_answers", stand_still)
    words = told(postgresql, postgresql.port) | {"host": "localhost,127.0.0.1"}
    with Nodes(Patience()).connect((), words) as line:
        assert line.info.host == "127.0.0.1"


def test_where_none_answers_what_each_said_is_told() -> None:
    nodes = Nodes(Patience())
    ports = free_port(), free_port()
    with pytest.raises(psycopg.OperationalError) as failed:
        nodes.connect((), {"host": "127.0.0.1,127.0.0.1", "port": f"{ports[0]},{ports[1]}"})
    assert all(str(port) in str(failed.value) for port in ports)

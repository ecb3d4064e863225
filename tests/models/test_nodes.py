"""Which of several servers is gone to: one that stands still holds nobody up a second time."""

from __future__ import annotations

import socket

import psycopg
import pytest

from models.nodes import Nodes
from tests.postgresql import Server, free_port


def told(server: Server, *ports: int) -> dict[str, object]:
    several = ",".join(map(str, (*ports, server.port)))
    hosts = ",".join(["127.0.0.1"] * (len(ports) + 1))
    return {"host": hosts, "port": several, "user": "counterfoil", "dbname": "postgres", "connect_timeout": 2}


@pytest.mark.postgres
def test_a_server_that_stands_still_is_passed_over_the_next_time(postgresql: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as still:  # it takes the call, and says nothing
        nodes, words = Nodes(), told(postgresql, still.getsockname()[1])
        nodes.connect((), words).close()
        nodes.connect((), words).close()
        still.setblocking(False)
        still.accept()[0].close()
        with pytest.raises(BlockingIOError):
            still.accept()  # nobody called a second time


@pytest.mark.postgres
def test_one_that_is_down_is_gone_to_again(postgresql: Server) -> None:
    nodes, words = Nodes(), told(postgresql, free_port())
    line = nodes.connect((), words)
    assert line.info.port == postgresql.port
    line.close()
    assert nodes._silent == {}


def test_where_none_answers_what_each_said_is_told() -> None:
    nodes = Nodes()
    ports = free_port(), free_port()
    with pytest.raises(psycopg.OperationalError) as failed:
        nodes.connect((), {"host": "127.0.0.1,127.0.0.1", "port": f"{ports[0]},{ports[1]}"})
    assert all(str(port) in str(failed.value) for port in ports)

"""Goes to the server that let us in last, then to the others an address names, but not to those that just said nothing.

libpq would ask them in order every time. A computer that has died or stands still takes two seconds to be given up,
and while it is the first of three, whoever looks whether another has taken its place would never come that far.

Whether a server takes writes it is asked itself. libpq believes what it hears in the greeting, and a pooler greets
with what its server was when it met it first: after a change of roles that is a lie in both directions.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import Any

import psycopg

from models.patience import Patience, PatientConnection, Silent

PASSED_OVER_S = 10.0
"""So long nobody goes to a server again that did not answer, while there are others."""

GREETING_S = 2.0
"""So long a server that let us in may take to say what it is: a pooler lives on where its server stands still."""

_Node = tuple[str, str]


class Nodes:
    """The servers of one address: which of them let us in last, and which did not answer lately."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._silent: dict[_Node, float] = {}
        self._last: _Node | None = None

    def connect(self, words: Iterable[Any], told: dict[str, Any]) -> PatientConnection:
        """A connection to the first that is what the address asks for. Raises the driver's OperationalError."""
        nodes = _named(told)
        if len(nodes) < 2:
            return self._reach(words, told, {})
        failures: list[psycopg.OperationalError] = []
        for host, port in self._worth_asking(nodes):
            try:
                made = self._reach(words, told, {"host": host, "port": port, "target_session_attrs": "any"})
                self._last = host, port
                return made
            except psycopg.OperationalError as error:
                if isinstance(error, psycopg.errors.ConnectionTimeout | Silent):
                    self._silent[host, port] = monotonic()
                failures.append(error)
        raise type(failures[-1])("\n".join(map(str, failures)))

    def _reach(self, words: Iterable[Any], told: dict[str, Any], here: dict[str, str]) -> PatientConnection:
        made = PatientConnection.connect(*words, **told | here)
        made.patience = self._patience
        try:
            with self._patience.within(GREETING_S):
                takes_writes = made.find_out_who_answers()
            if not takes_writes and told.get("target_session_attrs") == "read-write":
                raise psycopg.OperationalError(f"{made.info.host}:{made.info.port}: session is read-only")
        except BaseException:
            made.close()
            raise
        return made

    def _worth_asking(self, nodes: list[_Node]) -> list[_Node]:
        now = monotonic()
        heard = [node for node in nodes if now - self._silent.get(node, -PASSED_OVER_S) >= PASSED_OVER_S]
        return sorted(heard or nodes, key=lambda node: node != self._last)


def _named(told: dict[str, Any]) -> list[_Node]:
    """Host and port of each; nothing where the address says it in a way that is libpq's own affair."""
    if "hostaddr" in told or "service" in told:
        return []
    hosts, ports = str(told.get("host", "")).split(","), str(told.get("port", "")).split(",")
    if len(ports) == 1:
        ports *= len(hosts)
    return list(zip(hosts, ports, strict=True)) if len(ports) == len(hosts) else []

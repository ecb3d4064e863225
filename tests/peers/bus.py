"""A desktop's session bus of its own, with a tray to stand in and somebody who shows messages.

The real `dbus-daemon`, and on it what a desktop offers: a StatusNotifierWatcher that notes which items register, and
the service of notifications that notes what is shown. What stands in the tray can be asked and pressed. Run as a
program it answers one line of JSON for each line it is asked, so that a test may wait beside it.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

WATCHER, NOTIFICATIONS = "org.kde.StatusNotifierWatcher", "org.freedesktop.Notifications"
ITEM = "org.kde.StatusNotifierItem"
PROPERTIES = "org.freedesktop.DBus.Properties"
_READY = {
    "IsStatusNotifierHostRegistered": ("b", True),
    "ProtocolVersion": ("i", 0),
    "RegisteredStatusNotifierItems": ("as", []),
}


class Desktop:
    """The bus at `address`; `items` stand in its tray, `shown` are the messages: when, title, text."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.items: list[str] = []
        self.shown: list[tuple[float, str, str]] = []
        self._senders: list[str] = []
        self._serves = open_dbus_connection(address)
        self._asks = open_dbus_connection(address)
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        for name in (WATCHER, NOTIFICATIONS):
            self._serves.send_and_get_reply(new_method_call(bus, "RequestName", "su", (name, 4)))
        self._open = True
        self._thread = threading.Thread(target=self._serve, name="desktop")
        self._thread.start()

    def item(self, name: str) -> Any:
        """What the item in the tray says of itself: 'ToolTip', 'IconPixmap', 'Status'."""
        address = DBusAddress("/StatusNotifierItem", self.items[-1], PROPERTIES)
        told = self._asks.send_and_get_reply(new_method_call(address, "Get", "ss", (ITEM, name)), timeout=60)
        return told.body[0][1]

    def press(self) -> None:
        """A click on the item in the tray."""
        address = DBusAddress("/StatusNotifierItem", self.items[-1], ITEM)
        self._asks.send_and_get_reply(new_method_call(address, "Activate", "ii", (0, 0)), timeout=60)

    def press_message(self) -> None:
        """A click on the message that was shown last."""
        address = DBusAddress("/org/freedesktop/Notifications", None, NOTIFICATIONS)
        self._serves.send(new_signal(address, "ActionInvoked", "us", (len(self.shown), "default")))

    def menu(self) -> dict[str, int]:
        """The entries of the item's menu, with their numbers."""
        address = DBusAddress(self.item("Menu"), self.items[-1], "com.canonical.dbusmenu")
        asked = new_method_call(address, "GetLayout", "iias", (0, -1, []))
        _, (_, _, children) = self._asks.send_and_get_reply(asked, timeout=60).body
        entries = [child[1] for child in children]
        return {facts["label"][1]: number for number, facts, _ in entries if "label" in facts}

    def choose(self, label: str) -> None:
        """Choose an entry of the menu."""
        address = DBusAddress(self.item("Menu"), self.items[-1], "com.canonical.dbusmenu")
        event = (self.menu()[label], "clicked", ("i", 0), int(time.time()))
        self._asks.send_and_get_reply(new_method_call(address, "Event", "isvu", event), timeout=60)

    def close(self) -> None:
        """Nobody shows anything any more."""
        self._open = False
        self._thread.join()
        self._serves.close()
        self._asks.close()

    # what the desktop answers

    def _serve(self) -> None:
        while self._open:
            with suppress(TimeoutError):
                asked = self._serves.receive(timeout=0.05)
                if asked.header.message_type is MessageType.method_call:
                    self._answer(self._serves, asked)

    def _answer(self, line: DBusConnection, asked: Any) -> None:
        fields = asked.header.fields
        member, body = fields[HeaderFields.member], asked.body
        answers: dict[str, Any] = {
            "Get": lambda: ("v", (_READY[body[1]],)),
            "GetAll": lambda: ("a{sv}", (_READY,)),
            "GetCapabilities": lambda: ("as", (["body", "actions"],)),
            "GetServerInformation": lambda: ("ssss", ("Example Desktop", "Example", "1", "1.2")),
            "CloseNotification": lambda: (None, ()),
            "RegisterStatusNotifierItem": lambda: self._register(fields[HeaderFields.sender], body[0]),
            "Notify": lambda: self._notify(body),
        }
        if member not in answers:
            line.send(new_error(asked, "org.freedesktop.DBus.Error.UnknownMethod"))
            return
        signature, told = answers[member]()
        line.send(new_method_return(asked, signature, told))

    def _register(self, sender: str, name: str) -> tuple[None, tuple[()]]:
        self.items.append(sender if name.startswith("/") else name)
        return None, ()

    def _notify(self, body: Any) -> tuple[str, tuple[int]]:
        self.shown.append((time.time(), body[3], body[4]))
        return "u", (len(self.shown),)


@contextmanager
def a_desktop() -> Iterator[Desktop]:
    """A private bus with a tray; ended by its own number."""
    words = ["dbus-daemon", "--session", "--nofork", "--print-address=1", "--nopidfile", "--nosyslog"]
    env = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    daemon = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env)
    assert daemon.stdout is not None
    try:
        desktop = Desktop(daemon.stdout.readline().strip())
        try:
            yield desktop
        finally:
            desktop.close()
    finally:
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()

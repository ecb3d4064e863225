"""Keys as X11 and Windows tell of them, byte by byte: read, held, given back, and a scanner's taken away."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from controllers.scanning import key_watch
from controllers.scanning.burst import Burst
from controllers.scanning.key_watch import KeyWatch, NativeKeys
from controllers.scanning.keys import Place
from controllers.scanning.keys_windows import WindowsKeys
from controllers.scanning.keys_x11 import X11Keys
from models import keyboards

CODE = "10000004821739046118277501"

# What an X server sent while "aB" was typed: kind, key, sequence, time, root, window, child, places, state, screen.
LETTER_A = bytes.fromhex("02268b01a78836010d050000070020000000000090012c0190012c0100000100")
CAPITAL_B = bytes.fromhex("0238a901ae8836010d050000070020000000000090012c0190012c0101000100")


class Line:
    """The way to the window: what is sent to it comes back to the filter, as from the server."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def send(self, _window: int, event: bytes) -> None:
        self.waiting.append(bytes([event[0] | 0x80]) + event[1:])


class XDesk:
    """A filter on X11's events, and what Qt got to see."""

    def __init__(self, parent: QObject) -> None:
        self.line = Line()
        source = X11Keys(self.line.send)
        self.watch = KeyWatch(lambda: Place.TEXT, source.give_back, source.fence, parent)
        self.filter = NativeKeys(self.watch, source)
        self.seen: list[bytes] = []
        self.bursts: list[Burst] = []
        self.watch.scanned.connect(self.bursts.append)

    def press(self, *events: bytes) -> None:
        """Events of the server's; then whatever we have sent to ourselves."""
        for event in events:
            self.take(event)
        self.come_back()

    def come_back(self) -> None:
        """All that was sent is delivered."""
        while self.line.waiting:
            self.take(self.line.waiting.pop(0))

    def take(self, event: bytes) -> None:
        if not self.filter.take(event):
            self.seen.append(event)


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


def x_event(code: int, time: int, *, down: bool = True, shift: bool = False, control: bool = False) -> bytes:
    state = (1 if shift else 0) | (4 if control else 0)
    kind = 2 if down else 3
    return struct.pack("=BBHIIIIhhhhHBB", kind, code + 8, 0, time, 743, 2097158, 0, 0, 0, 0, 0, state, 1, 0)


def x_scan(text: str, start: int = 1000) -> list[bytes]:
    events = []
    for n, (code, shift) in enumerate([*keyboards.typed(text), (keyboards.ENTER, False)]):
        events += [x_event(code, start + 2 * n, shift=shift), x_event(code, start + 2 * n + 1, down=False)]
    return events


def test_an_event_of_x11_is_read() -> None:
    keys = X11Keys(lambda _window, _event: None)
    a, b = keys.key(LETTER_A), keys.key(CAPITAL_B)
    assert a is not None
    assert b is not None
    assert keyboards.written([a.stroke, b.stroke]) == "aB"
    assert b.time_ms - a.time_ms == 7
    assert keys.key(bytes([12]) + bytes(31)) is None  # an exposure


def test_a_scan_never_reaches_qt(qtbot: QtBot, parent: QObject) -> None:
    desk = XDesk(parent)
    desk.press(*x_scan(CODE))
    qtbot.waitUntil(lambda: [burst.text for burst in desk.bursts] == [CODE])
    assert desk.seen == []


def test_a_persons_key_comes_back_untouched_after_the_fence(qtbot: QtBot, parent: QObject) -> None:
    desk = XDesk(parent)
    desk.press(LETTER_A)
    assert desk.seen == []
    qtbot.waitUntil(lambda: bool(desk.line.waiting))  # nothing came: a fence is sent
    desk.come_back()
    assert [bytes([event[0] & 0x7F]) + event[1:] for event in desk.seen] == [LETTER_A]


def test_keys_that_waited_outside_a_busy_program_are_seen_before_anything_is_decided(
    qtbot: QtBot, parent: QObject
) -> None:
    desk = XDesk(parent)
    events = x_scan(CODE)
    desk.press(*events[:2])
    qtbot.waitUntil(lambda: bool(desk.line.waiting))  # the program thinks that nothing came
    fence = desk.line.waiting.pop(0)
    desk.press(*events[2:])  # but these were pressed before the fence
    desk.press(fence)
    qtbot.waitUntil(lambda: [burst.text for burst in desk.bursts] == [CODE])
    assert desk.seen == []


def test_keys_pressed_while_others_are_on_their_way_back_keep_their_order(parent: QObject) -> None:
    desk = XDesk(parent)
    first, left = x_event(30, 0), x_event(105, 5)
    for event in (first, left):
        desk.take(event)  # the arrow ends the waiting, and both are on their way
    later = x_event(106, 9)
    desk.take(later)
    assert desk.seen == []
    desk.come_back()
    desk.watch._send_next() if desk.watch._line else None
    desk.come_back()
    desk.watch._send_next() if desk.watch._line else None
    desk.come_back()
    assert [event[1] - 8 for event in desk.seen] == [30, 105, 106]


def test_a_key_held_down_repeats_without_delay(parent: QObject) -> None:
    desk = XDesk(parent)
    desk.press(x_event(105, 0))
    held = x_event(2, 100)
    desk.press(held)
    desk.watch.stop()
    desk.come_back()
    desk.seen.clear()
    for time in range(600, 900, 30):
        desk.press(x_event(2, time, down=False), x_event(2, time))
    assert len(desk.seen) == 20


def test_a_key_is_held_no_longer_than_a_moment_though_its_window_is_gone_and_tells_nothing(
    qtbot: QtBot, parent: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_watch, "LOST_AFTER_MS", 30)
    desk = XDesk(parent)
    for event in x_scan(CODE)[:-2]:
        desk.take(event)
    qtbot.waitUntil(lambda: bool(desk.line.waiting))
    desk.line.waiting.clear()  # the fence reaches nobody
    qtbot.waitUntil(lambda: [burst.text for burst in desk.bursts] == [CODE])


def test_a_key_whose_window_is_gone_does_not_hold_up_those_behind_it(parent: QObject) -> None:
    desk = XDesk(parent)
    for event in (x_event(30, 0), x_event(105, 0)):
        desk.take(event)
    desk.line.waiting.pop(0)  # the letter reaches nobody
    desk.come_back()
    desk.press(x_event(106, 100))
    assert [event[0] & 0x80 for event in desk.seen] == [0x80, 0]  # the second passes at once, not sent again


def test_what_another_program_sends_passes(parent: QObject) -> None:
    desk = XDesk(parent)
    event = x_event(30, 0)
    desk.press(bytes([event[0] | 0x80]) + event[1:])
    assert len(desk.seen) == 1


# --- Windows ------------------------------------------------------------------------------------


GONE = 0x666
"""A window that was closed meanwhile: nothing can be posted to it."""


class WindowsDesk:
    """A filter on Windows' messages: MSG structures of 64 bits, as the dispatcher hands them on."""

    def __init__(self, parent: QObject) -> None:
        self.queue: list[bytes] = []
        self.down: set[int] = set()
        self.shifts: list[bool] = []
        self.time = 0
        self.outside: list[bytes] = []  # keys that are not fetched while anything posted waits
        source = WindowsKeys(
            lambda code: code in self.down, self.post, self.shifts.append, lambda: bool(self.outside)
        )
        self.watch = KeyWatch(lambda: Place.TEXT, source.give_back, source.fence, parent)
        self.filter = NativeKeys(self.watch, source)
        self.seen: list[tuple[int, int, int]] = []
        self.bursts: list[Burst] = []
        self.watch.scanned.connect(self.bursts.append)

    def post(self, window: int, message: int, word: int, more: int) -> None:
        if window == GONE:
            return
        self.queue.append(msg(message, word, more, self.time + 50, window))

    def come_back(self) -> None:
        while self.queue:
            self.take(self.queue.pop(0))

    def take(self, event: bytes) -> None:
        if not self.filter.take(event):
            message, word, more = struct.unpack_from("<I4xQQ", event, 8)
            self.seen.append((message, word, more))


def msg(message: int, word: int, more: int, time: int, window: int = 0x30542) -> bytes:
    return struct.pack("<QI4xQQIii4x", window, message, word, more & (1 << 64) - 1, time, 400, 300)


KEYDOWN, KEYUP, PROCESSED = 0x100, 0x101, 0xE5


def w_scan(text: str, *, word: int = 0) -> list[bytes]:
    """`word` is the virtual key: an input method leaves no more than 'processed' of it."""
    events = []
    for n, (code, _shift) in enumerate([*keyboards.typed(text), (keyboards.ENTER, False)]):
        more = 1 | code << 16
        events.append(msg(KEYDOWN, word or code, more, 5000 + 2 * n))
        events.append(msg(KEYUP, word or code, more | 0b11 << 30, 5001 + 2 * n))
    return events


@pytest.mark.parametrize("word", [0, PROCESSED])
def test_a_scan_on_windows_is_read_by_its_scan_codes(qtbot: QtBot, parent: QObject, word: int) -> None:
    desk = WindowsDesk(parent)
    for event in w_scan(CODE, word=word):
        desk.take(event)
    qtbot.waitUntil(lambda: [burst.text for burst in desk.bursts] == [CODE])
    assert desk.seen == []


def test_a_persons_key_on_windows_comes_back_with_its_shift(qtbot: QtBot, parent: QObject) -> None:
    desk = WindowsDesk(parent)
    desk.down = {0x10}
    press = msg(KEYDOWN, ord("A"), 1 | 30 << 16, 100)
    desk.take(press)
    desk.down = set()
    qtbot.waitUntil(lambda: bool(desk.queue))
    desk.come_back()
    qtbot.waitUntil(lambda: bool(desk.queue) or bool(desk.seen))
    desk.come_back()
    assert desk.seen == [(KEYDOWN, ord("A"), 1 | 30 << 16)]
    assert desk.shifts == [True]


def test_a_key_for_a_window_that_is_gone_does_not_stop_the_keys_after_it_on_windows(
    qtbot: QtBot, parent: QObject
) -> None:
    desk = WindowsDesk(parent)
    desk.take(msg(KEYDOWN, ord("A"), 1 | 30 << 16, 100, window=GONE))
    qtbot.wait(80)
    desk.take(msg(KEYDOWN, ord("B"), 1 | 48 << 16, 300))
    qtbot.waitUntil(lambda: bool(desk.queue))
    desk.come_back()
    assert desk.seen == [(KEYDOWN, ord("B"), 1 | 48 << 16)]


def test_keys_that_wait_outside_a_busy_program_are_seen_before_anything_is_decided_on_windows(
    qtbot: QtBot, parent: QObject
) -> None:
    desk = WindowsDesk(parent)
    events = w_scan(CODE)
    desk.outside = events[2:]
    for event in events[:2]:
        desk.take(event)
    qtbot.wait(80)  # what is posted is fetched first, and nothing may be decided by it
    desk.come_back()
    while desk.outside:
        desk.take(desk.outside.pop(0))
    qtbot.waitUntil(lambda: [burst.text for burst in desk.bursts] == [CODE])
    assert desk.seen == []


@pytest.mark.parametrize(
    ("more", "word", "down"),
    [
        (1 | 0x4B << 16 | 1 << 24, 0x25, set()),  # an arrow, whose scan code is also the keypad's 4
        (1 | 30 << 16, ord("A"), {0x11}),  # Ctrl+A
        (1 | 30 << 16 | 1 << 30, ord("A"), set()),  # held down
    ],
)
def test_keys_that_no_scanner_sends_pass_at_once(
    parent: QObject, more: int, word: int, down: set[int]
) -> None:
    desk = WindowsDesk(parent)
    desk.down = down
    desk.take(msg(KEYDOWN, word, more, 100))
    assert desk.seen == [(KEYDOWN, word, more)]


def test_the_keypads_enter_ends_a_scan(qtbot: QtBot, parent: QObject) -> None:
    desk = WindowsDesk(parent)
    for event in w_scan(CODE)[:-2]:
        desk.take(event)
    desk.take(msg(KEYDOWN, 0x0D, 1 | 0x1C << 16 | 1 << 24, 5054))
    qtbot.waitUntil(lambda: [burst.ended_by for burst in desk.bursts] == ["Enter"])
    assert desk.seen == []


def test_other_messages_pass(parent: QObject) -> None:
    desk = WindowsDesk(parent)
    desk.take(msg(0x200, 0, 0, 1))  # the mouse moves
    assert len(desk.seen) == 1


# --- a foreign code of several lines --------------------------------------------------------------


def test_a_break_in_a_foreign_text_comes_back_as_a_space_on_x11(qtbot: QtBot, parent: QObject) -> None:
    desk = XDesk(parent)
    desk.press(*x_scan("N:EXAMPLE;ANNA"))

    def back() -> bool:
        desk.come_back()
        return len(desk.seen) >= 30

    qtbot.waitUntil(back)
    downs = [event[1] - 8 for event in desk.seen if event[0] & 0x7F == 2]
    assert downs[-1] == keyboards.SPACE
    assert keyboards.ENTER not in downs
    assert [event[0] & 0x7F for event in desk.seen if event[1] - 8 == keyboards.SPACE] == [2, 3]
    assert not desk.watch._on_their_way  # it is known again when it comes back


def test_a_break_in_a_foreign_text_comes_back_as_a_space_on_windows(qtbot: QtBot, parent: QObject) -> None:
    desk = WindowsDesk(parent)
    for event in w_scan("N:EXAMPLE;ANNA"):
        desk.take(event)

    def back() -> bool:
        desk.come_back()
        return len(desk.seen) >= 30

    qtbot.waitUntil(back)
    assert desk.seen[-2:] == [(KEYDOWN, 0x20, 1 | 57 << 16), (KEYUP, 0x20, 1 | 57 << 16 | 0b11 << 30)]
    assert all(more >> 16 & 0xFF != keyboards.ENTER for _message, _word, more in desk.seen)
    assert not desk.watch._on_their_way

"""Reads keys from X11 before Qt and the input method see them, and gives back those that a person pressed.

A key is given back by asking the X server to send the very same event to our own window once more
(xcb_send_event with an empty mask reaches nobody but us). That way it goes through everything a key goes
through - input method, dead keys, shortcuts - with the modifiers it was pressed with, which Qt takes from
such an event itself, and the server keeps the order. A `fence` is a message to ourselves by the same way:
when it is back, every key that was pressed before it has been seen.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import struct
from collections.abc import Callable

from controllers.scanning.keys import CLOCK, Key

EVENT = b"xcb_generic_event_t"
SIZE = 32
_PRESS, _RELEASE, _MESSAGE = 2, 3, 33
_SENT = 0x80
_SHIFT, _CONTROL, _ALT, _SUPER = 1, 4, 8, 64
_X_TO_BOARD = 8
_FENCE = b"counterfoil-fence"[:16]
_ANY_ATOM = 1
_REPEATS_AFTER_MS = 150

Send = Callable[[int, bytes], None]
"""Sends 32 bytes to a window of ours."""


class X11Keys:
    """Reads events of 32 bytes; `send` is replaced where there is no X server."""

    event_type = EVENT

    def __init__(self, send: Send) -> None:
        self._send = send
        self._down: dict[int, int] = {}
        self._released = (0, 0)
        self._window = 0

    @staticmethod
    def bytes_at(pointer: int) -> bytes:
        """The event that Qt points to."""
        return ctypes.string_at(pointer, SIZE)

    def key(self, event: bytes) -> Key | None:
        """The key of an event; None for every other event."""
        kind = event[0] & 0x7F
        if kind not in (_PRESS, _RELEASE):
            return None
        code = event[1]
        time, window = struct.unpack_from("=I", event, 4)[0], struct.unpack_from("=I", event, 12)[0]
        state = struct.unpack_from("=H", event, 28)[0]
        repeat = False
        if not self.was_sent(event):
            self._window = window
            repeat = self._repeats(code, time) if kind == _PRESS else self._let_go(code, time)
        plain = not state & (_CONTROL | _ALT | _SUPER)
        return Key(time, code - _X_TO_BOARD, kind == _PRESS, bool(state & _SHIFT), plain, repeat, event)

    def was_sent(self, event: bytes) -> bool:
        """Whether a program sent this event (we, most likely) and no keyboard."""
        return bool(event[0] & _SENT)

    def is_same(self, event: bytes, key: Key) -> bool:
        """Whether this is the key that was given back: the same place, time and modifiers."""
        sent = _raw_of(key)
        return event[0] & 0x7F == sent[0] & 0x7F and event[1] == sent[1] and event[4:30] == sent[4:30]

    def give_back(self, keys: tuple[Key, ...]) -> None:
        """Send them to their windows again, in order."""
        for key in keys:
            self._send(struct.unpack_from("=I", key.raw, 12)[0], _raw_of(key))

    def fence(self, number: int) -> bool:
        """Ask to be told when everything pressed until now has been seen."""
        head = struct.pack("=BBHII", _MESSAGE, 8, 0, self._window, _ANY_ATOM)
        self._send(self._window, head + _FENCE + struct.pack("=I", number))
        return True

    def fence_number(self, event: bytes) -> int | None:
        """The number of a fence that is back."""
        if event[0] & 0x7F != _MESSAGE or event[12:28] != _FENCE:
            return None
        return int(struct.unpack_from("=I", event, 28)[0])

    def _repeats(self, code: int, time: int) -> bool:
        """X11 says of a key that is held down: up and down, at the same moment, again and again."""
        since = self._down.get(code)
        if (
            since is not None
            and self._released == (code, time)
            and (time - since) % CLOCK >= _REPEATS_AFTER_MS
        ):
            return True
        self._down[code] = time
        return False

    def _let_go(self, code: int, time: int) -> bool:
        self._released = (code, time)
        return False


def _raw_of(key: Key) -> bytes:
    """What gives a key back."""
    raw: bytes = key.raw
    if not key.turned:
        return raw
    return bytes([_PRESS if key.pressed else _RELEASE, key.code + _X_TO_BOARD]) + raw[2:]


def send_on(connection: int) -> Send:
    """Sends on Qt's own connection to the X server."""
    xcb = ctypes.CDLL(ctypes.util.find_library("xcb") or "libxcb.so.1")
    xcb.xcb_send_event.argtypes = (
        ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_char_p,
    )  # fmt: skip
    xcb.xcb_flush.argtypes = (ctypes.c_void_p,)

    def send(window: int, event: bytes) -> None:
        xcb.xcb_send_event(connection, 0, window, 0, event)
        xcb.xcb_flush(connection)

    return send

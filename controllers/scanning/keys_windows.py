"""Reads keys from Windows' messages before they become letters, and gives back those that a person pressed.

A message carries the key's place on the board (the scan code) also while an input method has the keyboard, when
its virtual key says no more than "processed". A key is given back by posting the same message to the same window;
what it writes is decided when it is fetched again, so the Shift it was pressed with is put back for it.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable

from controllers.scanning.keys import Key

EVENT = b"windows_dispatcher_MSG"
SIZE = 48
_DOWN, _UP, _SYSTEM_DOWN, _SYSTEM_UP = 0x100, 0x101, 0x104, 0x105
_FIRST_KEY, _LAST_KEY = 0x100, 0x109
_EXTENDED, _WAS_DOWN, _GOES_UP = 1 << 24, 1 << 30, 3 << 30
_BOARD = {0x1C: 96, 0x38: 100, 0x35: 98, 0x1D: 97}
"""Keys that share a scan code with another and are told apart as 'extended': Enter, / of the keypad, Alt Gr, Ctrl."""
_ELSEWHERE = 1000
_VK_SHIFT, _VK_CONTROL, _VK_ALT, _VK_LEFT_SYSTEM, _VK_RIGHT_SYSTEM, _VK_SPACE = (
    0x10, 0x11, 0x12, 0x5B, 0x5C, 0x20,
)  # fmt: skip

IsDown = Callable[[int], bool]
Post = Callable[[int, int, int, int], None]
"""Window, message, wParam, lParam."""
SetShift = Callable[[bool], None]
KeysWait = Callable[[], bool]
"""Whether keys wait outside that this program has not fetched yet."""


class WindowsKeys:
    """Reads messages (the MSG of 64-bit Windows); the functions ask and tell the system."""

    event_type = EVENT

    def __init__(self, is_down: IsDown, post: Post, set_shift: SetShift, keys_wait: KeysWait) -> None:
        self._is_down, self._post, self._set_shift = is_down, post, set_shift
        self._keys_wait = keys_wait
        self._due: list[tuple[bytes, bool]] = []

    @staticmethod
    def bytes_at(pointer: int) -> bytes:
        """The message that Qt points to."""
        return ctypes.string_at(pointer, SIZE)

    def key(self, event: bytes) -> Key | None:
        """The key of a message; None for every other message."""
        _window, message, _word, more, time = _parts(event)
        if message not in (_DOWN, _UP, _SYSTEM_DOWN, _SYSTEM_UP):
            return None
        down = message in (_DOWN, _SYSTEM_DOWN)
        aside = message == _SYSTEM_DOWN or any(
            map(self._is_down, (_VK_CONTROL, _VK_LEFT_SYSTEM, _VK_RIGHT_SYSTEM))
        )
        alt_gr = self._is_down(_VK_CONTROL) and self._is_down(_VK_ALT)
        return Key(
            time, _place(more), down, self._is_down(_VK_SHIFT), alt_gr or not aside,
            down and bool(more & _WAS_DOWN), event,
        )  # fmt: skip

    def was_sent(self, event: bytes) -> bool:
        """Whether this message was posted here and is back: then it writes with the Shift it was pressed with.

        Messages keep their order, so those posted before it had a window that is gone.
        """
        same = _same(event)
        at = next((n for n, (posted, _shift) in enumerate(self._due) if posted == same), None)
        if at is None:
            return False
        self._set_shift(self._due[at][1])
        del self._due[: at + 1]
        return True

    def is_same(self, event: bytes, key: Key) -> bool:
        """Whether this is the key that was given back."""
        return _same(event) == _same(_raw_of(key))

    def give_back(self, keys: tuple[Key, ...]) -> None:
        """Post their messages again, in order."""
        for key in keys:
            raw = _raw_of(key)
            window, message, word, more, _time = _parts(raw)
            self._due.append((_same(raw), key.shift))
            self._post(window, message, word, more)

    def fence(self, number: int) -> bool:
        """Whether to go on waiting: what is posted overtakes keys, so they are looked for, and tell by coming."""
        return self._keys_wait()

    def fence_number(self, event: bytes) -> int | None:
        """None: there are no fences here."""
        return None


def _raw_of(key: Key) -> bytes:
    """What gives a key back."""
    raw: bytes = key.raw
    if not key.turned:
        return raw
    message, more = (_DOWN, 1) if key.pressed else (_UP, 1 | _GOES_UP)
    return struct.pack("<QI4xQQ", _parts(raw)[0], message, _VK_SPACE, more | key.code << 16) + raw[32:]


def _parts(event: bytes) -> tuple[int, int, int, int, int]:
    """Window, message, wParam, lParam and the time in ms."""
    window, message, word, more, time = struct.unpack_from("<QI4xQQI", event)
    return window, message, word, more, time


def _same(event: bytes) -> bytes:
    """What stays the same when a message is posted again: all but its time and place."""
    return event[:32]


def _place(more: int) -> int:
    """The board's number of a key. Those of the other extended keys (arrows, Del) write nothing."""
    scan = more >> 16 & 0xFF
    return _BOARD.get(scan, _ELSEWHERE + scan) if more & _EXTENDED else scan


def system_keys() -> WindowsKeys:
    """Those of the running Windows."""
    user = getattr(ctypes, "windll").user32  # noqa: B009 - only Windows' Python has it
    user.PostMessageW.argtypes = (ctypes.c_void_p, ctypes.c_uint, ctypes.c_size_t, ctypes.c_ssize_t)

    def set_shift(shift: bool) -> None:
        states = (ctypes.c_ubyte * 256)()
        user.GetKeyboardState(states)
        states[_VK_SHIFT] = 0x80 if shift else 0
        user.SetKeyboardState(states)

    def post(window: int, message: int, word: int, more: int) -> None:
        user.PostMessageW(window, message, word, more)

    def keys_wait() -> bool:
        message = (ctypes.c_ubyte * SIZE)()
        return bool(user.PeekMessageW(message, None, _FIRST_KEY, _LAST_KEY, 0))

    return WindowsKeys(lambda code: bool(user.GetKeyState(code) & 0x8000), post, set_shift, keys_wait)

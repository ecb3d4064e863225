"""Chooses how keys are watched on this system, and begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from controllers.scanning.key_watch import KeySource, KeyWatch, NativeKeys
from controllers.scanning.keys import Key, Place


class Watching(Protocol):
    """What looks at keys: begun with `install`, ended with `remove`."""

    def install(self) -> None: ...
    def remove(self) -> None: ...


def watch_keys(place: Callable[[], Place], parent: QObject) -> tuple[KeyWatch, Watching]:
    """Every key of the program from now on. `place` says what has the keyboard."""
    source = _native_source()
    if source is None:
        from controllers.scanning.keys_qt import QtKeys

        def give_back(keys: tuple[Key, ...]) -> None:
            qt_keys.give_back(keys)

        watch = KeyWatch(place, give_back, lambda _number: False, parent)
        qt_keys = QtKeys(watch, watch)
        qt_keys.install()
        return watch, qt_keys
    watch = KeyWatch(place, source.give_back, source.fence, parent)
    native = NativeKeys(watch, source)
    native.install()
    return watch, native


def _native_source() -> KeySource | None:
    """Where the system shows its keys before Qt and the input method have them."""
    platform = QGuiApplication.platformName()
    if platform == "xcb":
        from PySide6.QtGui import QNativeInterface

        from controllers.scanning.keys_x11 import X11Keys, send_on

        app = QGuiApplication.instance()
        native = app.nativeInterface() if isinstance(app, QGuiApplication) else None
        if isinstance(native, QNativeInterface.QX11Application):
            return X11Keys(send_on(native.connection()))
    if platform == "windows":
        from controllers.scanning.keys_windows import system_keys

        return system_keys()
    return None

"""Lets a window live between two measurements as it does in the program."""

from __future__ import annotations


def rest(ms: int) -> None:
    """QTest's own waiting sleeps ten milliseconds at a time, and keeps Python's lock from the lanes meanwhile.

    It would be a gap itself, and push what the lanes have to do into the next measurement.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()

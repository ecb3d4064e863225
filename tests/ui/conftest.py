"""Every test of the screens starts by day, in English, with an empty pulse."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from ui import language, theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform complains about what it cannot do (sizes, menus); every other Qt warning fails a test."""
    for item in items:
        if "tests/ui" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def by_day(qapp: QApplication) -> None:
    """The light theme: colorScheme() is Unknown offscreen, so a test must choose."""
    theme.apply(qapp, theme.Theme.LIGHT)
    language.apply(qapp, "en", scale=1.0)

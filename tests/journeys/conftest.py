"""Journeys go about in the real window; the offscreen platform complains about what it cannot do there."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sizes and menus are beyond the platform; every other Qt warning fails a journey."""
    for item in items:
        if "tests/journeys" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))

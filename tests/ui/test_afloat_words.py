"""What the band and the key bar say of a counter without its server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QApplication

from ui.afloat import Standing
from ui.wording.afloat import band_words, bar_words, handed_words

NOW = datetime(2027, 1, 15, 5, 2, tzinfo=UTC)
OFFLINE = Standing(NOW, 7, NOW - timedelta(minutes=4))


def test_the_band_says_since_when_what_waits_and_what_is_not_checked(qapp: QApplication) -> None:
    head, text = band_words(OFFLINE, UTC, NOW)
    assert head == "Offline since 05:02. Check-in goes on."
    assert text == (
        "7 scans wait. Not checked: seats, payments, other counters. Shown is how it stood at 04:58."
    )


def test_without_a_copy_it_says_that_nobody_can_be_checked_in(qapp: QApplication) -> None:
    head, _ = band_words(Standing(NOW, can_check_in=False), UTC, NOW)
    assert head == "Offline since 05:02. Nobody can be checked in."


def test_the_key_bar_tells_how_old_the_copy_is(qapp: QApplication) -> None:
    assert bar_words(OFFLINE, UTC, NOW) == "Offline since 05:02, 7 waiting"
    fresh = Standing(synced_at=NOW - timedelta(minutes=4))
    assert bar_words(fresh, UTC, NOW) == "Shared database, last sync 4 min ago"


def test_what_came_of_it_is_told_with_what_does_not_agree(qapp: QApplication) -> None:
    assert handed_words(7, 0) == "Online again. 7 scans were handed over."
    assert handed_words(7, 1).endswith("1 does not agree with another counter: decide on Today.")

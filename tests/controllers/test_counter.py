"""Each counter keeps its own settings, and the journal says which were changed."""

from __future__ import annotations

from sqlalchemy import select

from controllers import counter
from controllers.desk import Desk
from models.counter_settings import CounterSettings
from models.tables import JournalEntry


def entries(desk: Desk) -> list[str]:
    with desk.reading() as look:
        return list(
            look.execute(select(JournalEntry.details).where(JournalEntry.action == "set-up")).scalars()
        )


def test_a_changed_setting_stays_and_the_others_are_left(desk: Desk) -> None:
    counter.set_up_counter(desk=desk, volume=20)
    counter.set_up_counter(desk=desk, look_first=True)
    assert counter.counter_settings(desk=desk) == CounterSettings(look_first=True, volume=20)


def test_another_counter_keeps_its_own(desk: Desk) -> None:
    counter.set_up_counter(desk=desk, volume=20)
    other = desk.at_counter("Pier 2")
    assert counter.counter_settings(desk=other) == CounterSettings()


def test_the_journal_says_which_settings_were_changed_and_nothing_for_none(desk: Desk) -> None:
    counter.set_up_counter(desk=desk, volume=20)
    counter.set_up_counter(desk=desk, volume=20)
    (entry,) = entries(desk)
    assert "volume" in entry

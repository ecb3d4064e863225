"""A person's own views: saved, counted, found again the next day, renamed, moved and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from controllers import viewing
from controllers.desk import Desk
from controllers.views import KeptView, KeptViews, save_view, see_views
from models.boxes import BOXES
from models.filters import needs
from models.reservations import Status
from models.rows import LISTED_BOXES, Filter, Sort
from tests.builders import a_product, a_reservation
from tests.fakes import StillClock
from tests.ui.at_a_desk import at_a_desk, shown
from tests.ui.test_reservation_list import CTRL, awake, choose, go_to, ids, keys, press, settled
from ui.at_desk import AtDesk
from ui.reservation_columns import Layout
from ui.reservation_showing import Showing
from ui.reservation_spans import Span, kept_span, staying
from ui.reservation_state import layout_of, state_of, view_of
from ui.reservation_views import ALL, NEEDS, Narrowed, View, views
from ui.reservations import Reservations
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


def opened(qtbot: QtBot, at: AtDesk) -> Reservations:
    screen = Reservations(at)
    return shown(qtbot, screen, until=lambda: settled(screen))  # type: ignore[no-any-return]


def the_dialog(screen: Reservations) -> Dialog:
    return next(one for one in screen.window().findChildren(Dialog) if one.isVisible())


def name_it(qtbot: QtBot, screen: Reservations, name: str) -> None:
    dialog = the_dialog(screen)
    field = dialog.findChild(Field)
    field.set_text(name)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def pick(screen: Reservations, word: str) -> None:
    """An entry of the view's menu."""
    press(screen, Qt.Key.Key_V)
    menu = next(one for one in screen.findChildren(QMenu) if one.isVisible())
    next(one for one in menu.actions() if one.text().startswith(word)).trigger()
    menu.close()
    awake(screen)


def quiet(qtbot: QtBot, at: AtDesk, screen: Reservations) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: at.background.idle() and settled(screen))


def titles(screen: Reservations) -> list[str]:
    return [view.title for view in screen.showing.views][6:]


def test_a_view_is_saved_and_is_there_the_next_day(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock
) -> None:
    a_product(a_desk)
    waits = a_reservation(a_desk, date="2027-01-16")
    a_reservation(a_desk, Status.CONFIRMED, date="2027-01-16")
    next_day = a_reservation(a_desk, date="2027-01-22")
    screen = opened(qtbot, at)
    go_to(qtbot, screen, ALL)
    choose(qtbot, screen, screen.filters.departs, "Next 7 days")
    screen.filters.chosen.emit(replace(screen.showing.narrowed, statuses=frozenset((Status.UNCONFIRMED,))))
    screen.filters.ordered.emit(Sort.ORDERED, True)
    screen.keeping._take_columns(Layout(("customer", "pax", "departure"), {"customer": 300}))
    qtbot.waitUntil(lambda: settled(screen) and ids(screen) == [waits])
    press(screen, Qt.Key.Key_S, held=CTRL)
    name_it(qtbot, screen, "Waiting, next week")
    qtbot.waitUntil(lambda: titles(screen) == ["Waiting, next week"])
    quiet(qtbot, at, screen)
    assert screen.bar.tabs.accessibleName().endswith("Waiting, next week 1")
    assert ids(screen) == [waits]
    assert not screen.showing.is_changed

    clock.forward(days=1)
    again = opened(qtbot, at)
    go_to(qtbot, again, screen.showing.key)
    assert set(ids(again)) == {waits, next_day}, "next week has moved along"
    assert keys(again) == ("tick", "customer", "pax", "departure")
    assert again.table.arrangement.widths == {"customer": 300}
    assert again.filters.departs.accessibleName() == "Departure: Next 7 days"
    assert again.filters.sorting.accessibleName() == "Sorted by: newest order"


def test_a_view_that_was_narrowed_otherwise_is_itself_again_until_it_is_saved(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    fixed = a_reservation(a_desk, Status.CONFIRMED)
    screen = opened(qtbot, at)
    go_to(qtbot, screen, ALL)
    press(screen, Qt.Key.Key_S, held=CTRL)
    name_it(qtbot, screen, "Mine")
    qtbot.waitUntil(lambda: titles(screen) == ["Mine"])
    quiet(qtbot, at, screen)
    key = screen.showing.key
    confirmed = Narrowed(statuses=frozenset((Status.CONFIRMED,)))
    screen.filters.chosen.emit(confirmed)
    quiet(qtbot, at, screen)
    go_to(qtbot, screen, NEEDS)
    go_to(qtbot, screen, key)
    assert len(ids(screen)) == 2
    screen.filters.chosen.emit(confirmed)
    quiet(qtbot, at, screen)
    press(screen, Qt.Key.Key_S, held=CTRL)
    qtbot.waitUntil(lambda: not screen.showing.is_changed)
    go_to(qtbot, screen, NEEDS)
    go_to(qtbot, screen, key)
    assert ids(screen) == [fixed]


def test_a_view_is_renamed_moved_and_deleted(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    for name in ("Boats", "Walks"):
        save_view(name, {"base": "all"}, desk=a_desk)
    screen = opened(qtbot, at)
    go_to(qtbot, screen, screen.showing.views[7].key)
    pick(screen, "Move left")
    qtbot.waitUntil(lambda: titles(screen) == ["Walks", "Boats"])
    quiet(qtbot, at, screen)
    assert screen.showing.view.title == "Walks"
    pick(screen, "Rename")
    name_it(qtbot, screen, "boats")
    qtbot.waitUntil(lambda: "already" in the_dialog(screen)._notice.accessibleName())
    name_it(qtbot, screen, "Long walks")
    qtbot.waitUntil(lambda: titles(screen) == ["Long walks", "Boats"])
    quiet(qtbot, at, screen)
    pick(screen, "Delete")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: titles(screen) == ["Boats"])
    quiet(qtbot, at, screen)
    assert screen.showing.key == ALL
    assert [view.name for view in see_views(desk=a_desk).views] == ["Boats"]


def test_a_search_is_not_kept(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, name="Cleo Sample")
    screen = opened(qtbot, at)
    screen.opened(text="cleo")
    qtbot.waitUntil(lambda: settled(screen) and len(ids(screen)) == 1)
    press(screen, Qt.Key.Key_S, held=CTRL)
    name_it(qtbot, screen, "Mine")
    qtbot.waitUntil(lambda: titles(screen) == ["Mine"])
    assert "cleo" not in str(see_views(desk=a_desk)).casefold()


def test_a_list_the_dashboard_named_can_be_kept(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    waits = a_reservation(a_desk, Status.AWAITING_PAYMENT)
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    screen.opened(wanted=Filter(needs="awaiting-payment"), title="Awaiting payment")
    qtbot.waitUntil(lambda: settled(screen) and ids(screen) == [waits])
    press(screen, Qt.Key.Key_S, held=CTRL)
    name_it(qtbot, screen, "To pay")
    qtbot.waitUntil(lambda: "To pay" in titles(screen))
    again = opened(qtbot, at)
    go_to(qtbot, again, again.showing.views[6].key)
    assert ids(again) == [waits]


# --- what is written down -----------------------------------------------------------------------

TODAY = date(2027, 1, 15)


@pytest.mark.parametrize("span", [Span("next-7"), Span("today"), staying(date(2027, 1, 2), date(2027, 1, 5))])
def test_days_are_kept_as_they_were_meant(span: Span) -> None:
    assert kept_span(span.kept()) == span


def test_a_view_comes_back_as_it_was_written() -> None:
    base = next(view for view in views(TODAY) if view.key == "upcoming")
    narrowed = Narrowed(
        statuses=frozenset((Status.UNCONFIRMED,)),
        channels=frozenset(("kkday", "klook")),
        product_id=3,
        departs=Span("next-7"),
        ordered=staying(date(2027, 1, 2), date(2027, 1, 5)),
        gone=True,
    )
    layout = Layout(("number", "pax"), {"number": 140})
    shows = replace(base.shows, sort=Sort.ORDERED, newest_first=True)
    again = view_of(7, "Mine", state_of(base, narrowed, shows, layout), views(TODAY))
    assert (again.narrowed, again.layout, again.shows, again.base) == (narrowed, layout, shows, "upcoming")


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"base": 5, "columns": "pax", "widths": [1], "statuses": ["GONE"], "departs": ["x"], "sort": "no"},
        {"columns": ["pax", "pax", "no-such"], "widths": {"pax": -3, "no-such": 9, "number": 99_999}},
        {"shows": {"days": ["2027-13-01", None], "statuses": None, "product": "x"}, "ordered": 7},
    ],
)
def test_whatever_is_written_there_a_view_can_be_shown(state: dict[str, object]) -> None:
    made = view_of(1, "Mine", state, views(TODAY))
    assert isinstance(made, View)
    assert made.layout.columns
    assert all(0 < width <= 900 for width in layout_of(state).widths.values())


KEYS = "base columns widths statuses channels product payment departs ordered gone sort newest_first shows".split()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(
        ["guest", "CONFIRMED", "next-7", "2027-01-02", "0001-01-01", "9999-12-31", "departure", "overdue"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from([*KEYS, "days", "needs", "departure", "number"]) | st.text(), inner, max_size=4
    ),
    max_leaves=12,
)  # fmt: skip


@given(state=JSON | st.dictionaries(st.sampled_from(KEYS), JSON))
@example(state=[])
@example(state={"columns": [["pax"]], "statuses": [{}], "sort": [], "payment": {}})
@example(state={"shows": {"needs": "no-such-box", "product": 2**70, "departure": -1}, "product": 2**70})
@example(state={"channels": ["kk\0day", 5], "shows": {"channels": [None]}})
def test_no_state_whatever_it_is_keeps_a_list_from_being_asked_for(a_desk: Desk, state: object) -> None:
    showing = Showing()
    showing.set_day(TODAY)
    showing.set_kept(KeptViews((KeptView(1, "Mine", state),), state))  # type: ignore[arg-type]
    showing.go_to("kept:1")
    assert showing.layout.columns
    for wanted in showing.wanted_of_views.values():
        assert viewing.count_rows(wanted, desk=a_desk) == 0


def test_every_box_of_the_dashboard_that_opens_a_list_may_be_kept() -> None:
    day = views(TODAY)
    for box in LISTED_BOXES:
        made = view_of(1, "Mine", {"base": "guest", "shows": {"needs": box}}, day)
        assert made.shows.needs == box
        assert needs(box, datetime(2027, 1, 15, tzinfo=UTC)) is not None
    assert {*BOXES} - {"departing"} < LISTED_BOXES


def test_after_a_name_was_not_given_a_view_is_still_moved(qtbot: QtBot, at: AtDesk) -> None:
    for name in ("First", "Second"):
        save_view(name, {"base": "all"}, desk=at.desk())
    screen = opened(qtbot, at)
    screen.showing.go_to(screen.showing.views[7].key)
    pick(screen, "Rename")
    qtbot.keyClick(the_dialog(screen), Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    pick(screen, "Move left")
    quiet(qtbot, at, screen)
    assert titles(screen) == ["Second", "First"]


def test_a_width_is_kept_in_the_view_whose_heading_was_pulled(qtbot: QtBot, at: AtDesk) -> None:
    made = save_view("Mine", {"base": "all"}, desk=at.desk())
    screen = opened(qtbot, at)
    screen.showing.go_to(f"kept:{made.id}")
    screen.keeping.arrange(Layout(("status", "traveler"), {"status": 300}))
    screen.showing.go_to("all")
    screen.keeping._later.stop()
    screen.keeping._keep_layout()
    quiet(qtbot, at, screen)
    (kept,) = see_views(desk=at.desk()).views
    assert kept.state["widths"] == {"status": 300}

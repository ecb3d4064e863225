"""Papers come out where they are wanted, without a question and without keeping anybody waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from controllers import counter, reservations
from controllers import printing as door
from controllers.desk import Desk
from controllers.print_log import see_prints
from controllers.spooling import Sent
from controllers.vouchers import voucher_draft
from models.papers import Paper
from models.prints import Fate
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import JournalEntry
from tests.builders import DAY, a_product, a_reservation
from tests.fakes import FakePrinters, StillClock
from tests.paper import text_of
from tests.ui.at_a_desk import at_a_desk, shown
from tests.ui.desk_window import DeskWindow
from ui.at_desk import AtDesk
from ui.day_vouchers import DayVouchersDialog
from ui.left_prints import LeftPrints
from ui.pages_dialog import PagesDialog
from ui.printing import printing
from ui.settings import Settings
from ui.settings_printers import PrintersPage
from ui.voucher import ReceiptDialog, VoucherDialog
from ui.widgets.notice import Notice

PRINTERS = {"a4": "Front desk", "a5": "Front desk", "roll": "Till"}


def states(desk: Desk, made: int) -> list[str]:
    """How far everything is that was printed of it, the newest first."""
    return [one.state.value for one in see_prints(made, desk=desk)]


class Printers(DeskWindow):
    """A window over a desk with two printers."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        super().__init__(qtbot, desk)
        self.fake = FakePrinters("Front desk", "Till")
        printing(self.at).make_spooler = lambda: self.fake
        self.chosen: list[QWidget] = []

    def open(self, kind: type[VoucherDialog] | type[ReceiptDialog], made: int) -> PagesDialog:
        dialog = kind(
            self.at, made, self.window.overlay_host, ask_printer=lambda who, _then: self.chosen.append(who)
        )
        dialog.open()
        self.quiet()
        return dialog

    def said(self, dialog: PagesDialog) -> list[str]:
        return [one.accessibleName() for one in dialog.findChildren(Notice) if one.isVisible()]

    def strike(self, key: Qt.Key) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        self.qtbot.keyClick(widget, key)
        self.quiet()


@pytest.fixture
def printers(qtbot: QtBot, a_desk: Desk) -> Iterator[Printers]:
    a_product(a_desk)
    counter.set_up_counter(desk=a_desk, printers=PRINTERS)
    made = Printers(qtbot, a_desk)
    yield made
    made.close()


# --- from a window that shows it ----------------------------------------------------------------


def test_p_prints_what_is_shown_on_the_counters_printer(printers: Printers, a_desk: Desk) -> None:
    dialog = printers.open(VoucherDialog, a_reservation(a_desk, Status.CONFIRMED))
    seen = dialog._pdf
    printers.strike(Qt.Key.Key_P)
    (work,) = printers.fake.printed
    assert (work.printer, work.paper, work.pdf) == ("Front desk", Paper.A4, seen)
    assert printers.said(dialog) == ["Sent to the printer: 1 page"]
    assert printers.chosen == []


def test_a_second_p_shows_and_prints_a_reprint(printers: Printers, a_desk: Desk) -> None:
    dialog = printers.open(VoucherDialog, a_reservation(a_desk, Status.CONFIRMED))
    printers.strike(Qt.Key.Key_P)
    printers.strike(Qt.Key.Key_P)
    assert dialog._pdf == printers.fake.printed[1].pdf
    assert "REPRINT 2, 10:00" in text_of(dialog._pdf)[0]
    assert printers.said(dialog) == ["Sent to the printer: 1 page copy 2, marked as a reprint"]


def test_a_voucher_that_was_printed_is_shown_as_the_reprint_it_would_be(
    printers: Printers, a_desk: Desk
) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    printing(printers.at).voucher(made)
    printers.quiet()
    assert printers.toast == f"Voucher of CF-{made}: printed on Front desk"
    dialog = printers.open(VoucherDialog, made)
    assert "REPRINT 2" in text_of(dialog._pdf)[0]
    assert printers.said(dialog)[0].startswith("Printed before: Today, 10:00 at Desk, on Front desk")


def test_another_paper_is_shown_and_printed_on_its_own_printer(printers: Printers, a_desk: Desk) -> None:
    dialog = printers.open(VoucherDialog, a_reservation(a_desk, Status.CONFIRMED))
    assert isinstance(dialog, VoucherDialog)
    printers.qtbot.keyClick(dialog._which, Qt.Key.Key_Right)
    printers.qtbot.keyClick(dialog._which, Qt.Key.Key_Right)
    printers.quiet()
    printers.strike(Qt.Key.Key_P)
    assert [(one.printer, one.paper) for one in printers.fake.printed] == [("Till", Paper.ROLL)]


def test_a_party_gets_one_each_all_together_or_only_the_lost_one(printers: Printers, a_desk: Desk) -> None:
    a_product(a_desk, tickets="per person")
    dialog = printers.open(VoucherDialog, a_reservation(a_desk, Status.CONFIRMED, party=3))
    assert isinstance(dialog, VoucherDialog)
    assert dialog.pages.count == 3
    printers.strike(Qt.Key.Key_P)
    printers.qtbot.keyClick(dialog._each, Qt.Key.Key_Right)
    printers.quiet()
    assert dialog.pages.count == 2
    assert [words for words, _ in dialog._one._choices] == ["all", "Adult 1", "Adult 2", "Adult 3"]
    dialog._one.chosen.emit(dialog._one._choices[2][1])
    printers.quiet()
    assert dialog.pages.count == 1
    said = text_of(dialog._pdf)[0]
    assert "Adult 2" in said
    assert "REPRINT 2" in said  # theirs came out with the others
    assert not dialog._each.isVisible()


def test_without_a_printer_for_the_paper_the_system_is_asked(printers: Printers, a_desk: Desk) -> None:
    counter.set_up_counter(desk=a_desk, printers={})
    dialog = printers.open(VoucherDialog, a_reservation(a_desk, Status.CONFIRMED))
    printers.strike(Qt.Key.Key_P)
    assert printers.chosen == [dialog]
    assert printers.fake.printed == []


def test_a_printer_that_fails_is_told_beside_the_buttons_and_p_prints_the_first_copy(
    printers: Printers, a_desk: Desk
) -> None:
    dialog = printers.open(VoucherDialog, a_reservation(a_desk, Status.CONFIRMED))
    printers.fake.trouble = CannotDo("printer-stopped", printer="Front desk")
    printers.strike(Qt.Key.Key_P)
    assert printers.said(dialog)[0].startswith("The printer Front desk has stopped, and nothing was printed.")
    printers.fake.trouble = None
    printers.strike(Qt.Key.Key_P)
    assert "REPRINT" not in text_of(printers.fake.printed[0].pdf)[0]
    assert printers.said(dialog) == ["Sent to the printer: 1 page"]


def test_a_paper_that_waits_says_where_and_is_withdrawn_when_printed_again(
    printers: Printers, a_desk: Desk
) -> None:
    dialog = printers.open(VoucherDialog, a_reservation(a_desk, Status.CONFIRMED))
    printers.fake.waits = True
    printers.strike(Qt.Key.Key_P)
    assert printers.said(dialog)[0].startswith("It waits at Front desk: is it on, has it paper?")
    printers.fake.waits = False
    printers.strike(Qt.Key.Key_P)
    assert printers.fake.queue == {}
    assert "REPRINT" not in text_of(printers.fake.printed[0].pdf)[0]


def test_a_window_that_was_closed_meanwhile_loses_nothing(printers: Printers, a_desk: Desk) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    dialog = printers.open(VoucherDialog, made)
    widget = QApplication.focusWidget()
    assert widget is not None
    printers.qtbot.keyClick(widget, Qt.Key.Key_P)
    dialog.leave()
    printers.quiet()
    assert len(printers.fake.printed) == 1
    assert states(a_desk, made) == ["DONE"]


def test_a_fault_while_sending_is_told_and_the_log_says_that_nobody_knows(
    printers: Printers, a_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    monkeypatch.setattr(FakePrinters, "send", lambda *_a, **_k: 1 / 0)
    printing(printers.at).voucher(made)
    printers.quiet()
    assert states(a_desk, made) == ["UNKNOWN"]
    assert printers.toast.startswith(f"Nobody knows whether it came out: CF-{made}, on Front desk.")
    assert [type(error) for error in printers.trouble] == [ZeroDivisionError]
    printers.trouble.clear()


def test_a_fault_while_drawing_leaves_no_screen_printing_for_ever(
    printers: Printers, a_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    dialog = printers.open(VoucherDialog, made)
    monkeypatch.setattr("controllers.voucher_pdf.vouchers_pdf", lambda *_a: 1 / 0)
    printers.strike(Qt.Key.Key_P)
    assert states(a_desk, made) == ["FAILED"]
    assert printers.said(dialog)[0].startswith(
        "A fault of this program came between, and nothing was printed."
    )
    assert dialog._print.isEnabled()
    assert [type(error) for error in printers.trouble] == [ZeroDivisionError]
    printers.trouble.clear()


def test_a_fault_while_a_copy_is_taken_is_told_too(
    printers: Printers, a_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = printers.open(VoucherDialog, a_reservation(a_desk, Status.CONFIRMED))
    monkeypatch.setattr("controllers.printing.claim", lambda *_a, **_k: 1 / 0)
    printers.strike(Qt.Key.Key_P)
    assert printers.said(dialog)[0].startswith("A fault of this program came between")
    assert dialog._print.isEnabled()
    printers.trouble.clear()


def test_while_a_paper_is_on_its_way_there_is_no_second_one(printers: Printers, a_desk: Desk) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    dialog = printers.open(VoucherDialog, made)
    for key in (Qt.Key.Key_P, Qt.Key.Key_P, Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_O):
        printers.qtbot.keyClick(dialog, key)
        assert not any(one.isEnabled() for one in (dialog._print, dialog._save, dialog._other))
    printers.quiet()
    assert len(printers.fake.printed) == 1
    assert dialog._print.isEnabled()


def test_a_slow_printer_holds_up_no_other_paper_and_does_not_put_its_own_in_front(
    printers: Printers, a_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, send = threading.Event(), FakePrinters.send

    def slowly(self: FakePrinters, pdf: bytes, **how: Any) -> Sent:
        assert goes_on.wait(20)
        return send(self, pdf, **how)

    monkeypatch.setattr(FakePrinters, "send", slowly)
    dialog = printers.open(VoucherDialog, a_reservation(a_desk, Status.CONFIRMED))
    assert isinstance(dialog, VoucherDialog)
    printers.qtbot.keyClick(dialog, Qt.Key.Key_P)
    printers.qtbot.keyClick(dialog._which, Qt.Key.Key_Right)
    printers.qtbot.waitUntil(lambda: dialog.paper is Paper.A5 and bool(dialog._pdf))
    assert not dialog._print.isEnabled()
    shown = dialog._pdf
    goes_on.set()
    printers.quiet()
    assert dialog._pdf == shown != printers.fake.printed[0].pdf
    assert dialog._print.isEnabled()


def test_what_was_changed_meanwhile_is_drawn_anew_and_not_printed(printers: Printers, a_desk: Desk) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    dialog = printers.open(VoucherDialog, made)
    before = dialog._pdf
    reservations.unconfirm(made, desk=a_desk)
    reservations.confirm(made, desk=a_desk)
    printers.strike(Qt.Key.Key_P)
    assert printers.fake.printed == []
    assert printers.said(dialog)[0].startswith("It was changed meanwhile, and nothing was printed.")
    assert dialog._pdf not in (b"", before)
    printers.strike(Qt.Key.Key_P)
    assert printers.fake.printed[0].pdf == dialog._pdf


def test_what_was_cancelled_meanwhile_says_so_instead_of_printing(printers: Printers, a_desk: Desk) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    dialog = printers.open(VoucherDialog, made)
    reservations.cancel(made, desk=a_desk, reason="the guide is ill")
    printers.strike(Qt.Key.Key_P)
    assert printers.fake.printed == []
    assert "has no valid voucher" in printers.said(dialog)[0]


def test_another_printer_prints_one_copy_and_the_log_knows_no_path(
    printers: Printers, a_desk: Desk, tmp_path: Path
) -> None:
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "Sample Anna.pdf"))
    device.setCopyCount(3)
    made = a_reservation(a_desk, Status.CONFIRMED)
    dialog = VoucherDialog(
        printers.at, made, printers.window.overlay_host, ask_printer=lambda _who, then: then(device)
    )
    dialog.open()
    printers.quiet()
    printers.strike(Qt.Key.Key_O)
    assert device.copyCount() == 1
    (line,) = see_prints(made, desk=a_desk)
    assert (line.printer, line.state.value) == ("", "DONE")
    with a_desk.reading() as look:
        told = look.execute(select(JournalEntry.details)).scalars().all()
    assert not any("Sample Anna" in one for one in told)


def test_a_desk_that_died_while_it_printed_asks_its_queue_at_the_next_start(
    printers: Printers, a_desk: Desk
) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    printers.fake.waits = True
    left = door.claim(voucher_draft(made, desk=a_desk), "Front desk", desk=a_desk)
    door.keep_job(door.deliver(left, printers.fake), desk=a_desk)
    printers.fake.queue.clear()
    old = LeftPrints(printers.at, printers.window)
    old.look()
    printers.quiet()
    assert states(a_desk, made) == ["SENT"]  # somebody may still be at it
    assert isinstance(a_desk.clock, StillClock)
    a_desk.clock.forward(minutes=2)
    old.look()
    printers.quiet()
    assert states(a_desk, made) == ["DONE"]


def test_where_nobody_knows_whether_it_came_out_somebody_is_told_to_look(
    printers: Printers, a_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    door.claim(voucher_draft(made, desk=a_desk), "Front desk", desk=a_desk)
    monkeypatch.setattr(FakePrinters, "became", lambda _self, job, _printer: Sent(job, Fate.UNSURE))
    assert isinstance(a_desk.clock, StillClock)
    a_desk.clock.forward(minutes=2)
    LeftPrints(printers.at, printers.window).look()
    printers.quiet()
    assert states(a_desk, made) == ["UNKNOWN"]
    assert "Look there before you print it again" in printers.toast
    dialog = printers.open(VoucherDialog, made)
    assert printers.said(dialog)[0].startswith("Not known whether it came out: Today, 10:00 at Desk")


def test_pages_are_read_and_noted_on_the_desks_lanes_and_drawn_on_the_papers(
    printers: Printers, a_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from controllers import voucher_pdf, vouchers

    a_reservation(a_desk, Status.CONFIRMED)
    lanes: list[str] = []

    def on_lane(work: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*told: Any, **more: Any) -> Any:
            lanes.append(threading.current_thread().name.rpartition("_")[0])
            return work(*told, **more)

        return noted

    for room, name in ((vouchers, "_travelling"), (vouchers, "_note_seen"), (voucher_pdf, "vouchers_pdf")):
        monkeypatch.setattr(room, name, on_lane(getattr(room, name)))
    a_days_vouchers(printers)
    assert lanes == ["reading", "desk", "paper"]


def test_a_receipt_is_shown_only_where_money_was_taken(printers: Printers, a_desk: Desk) -> None:
    dialog = printers.open(ReceiptDialog, a_reservation(a_desk, Status.CONFIRMED, sold_by="kkday"))
    assert "Nothing was paid here" in printers.said(dialog)[0]
    assert dialog._pdf == b""


# --- a day's vouchers ---------------------------------------------------------------------------


def a_days_vouchers(printers: Printers) -> PagesDialog:
    """Shift+P in the calendar, on the day of the tour."""
    printers.go("calendar", day=DAY)
    printers.qtbot.keyClick(printers.keyboard, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    printers.quiet()
    dialog = printers.dialog
    assert isinstance(dialog, DayVouchersDialog)
    return dialog


def test_a_days_vouchers_are_printed_together_and_only_once(printers: Printers, a_desk: Desk) -> None:
    for _ in range(3):
        a_reservation(a_desk, Status.CONFIRMED)
    dialog = a_days_vouchers(printers)
    assert dialog.pages.count == 3
    printers.strike(Qt.Key.Key_P)
    assert printers.said(dialog) == ["Sent to the printer: 3 pages"]
    dialog.leave()
    a_reservation(a_desk, Status.CONFIRMED)
    dialog = a_days_vouchers(printers)
    assert dialog.pages.count == 1
    assert printers.said(dialog) == ["3 vouchers were printed before and are left out."]


def test_all_again_are_marked_where_they_were_printed_before(printers: Printers, a_desk: Desk) -> None:
    a_reservation(a_desk, Status.CONFIRMED)
    dialog = a_days_vouchers(printers)
    printers.strike(Qt.Key.Key_P)
    dialog.leave()
    dialog = a_days_vouchers(printers)
    assert "every voucher was printed already" in printers.said(dialog)[0]
    assert isinstance(dialog, DayVouchersDialog)
    printers.qtbot.keyClick(dialog._whose, Qt.Key.Key_Right)
    printers.quiet()
    assert "REPRINT 2" in text_of(dialog._pdf)[0]
    assert [words.split(":")[0] for words in printers.said(dialog)] == ["Printed before"]


# --- receipts -----------------------------------------------------------------------------------


def test_shift_p_shows_the_receipt_in_the_details(printers: Printers, a_desk: Desk) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    printers.go("details", reservation=made)
    printers.qtbot.keyClick(printers.keyboard, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    printers.quiet()
    dialog = printers.dialog
    assert isinstance(dialog, ReceiptDialog)
    assert "KRW 75,000" in text_of(dialog._pdf)[0]
    printers.strike(Qt.Key.Key_P)
    assert [(one.printer, one.paper) for one in printers.fake.printed] == [("Till", Paper.ROLL)]


def test_where_nothing_was_paid_to_us_there_is_no_receipt_to_show(printers: Printers, a_desk: Desk) -> None:
    printers.go("details", reservation=a_reservation(a_desk, Status.CONFIRMED, sold_by="kkday"))
    printers.qtbot.keyClick(printers.keyboard, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    printers.quiet()
    assert printers.dialog is None


# --- the settings -------------------------------------------------------------------------------


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


def page_of(qtbot: QtBot, at: AtDesk, fake: FakePrinters) -> tuple[Settings, PrintersPage]:
    printing(at).make_spooler = lambda: fake
    screen = Settings(at)
    with qtbot.waitSignal(screen.kept.told):
        screen.opened(section="printers")
    shown(qtbot, screen, until=at.background.idle)
    page = screen.page
    assert isinstance(page, PrintersPage)
    return screen, page


def test_a_printer_is_chosen_for_a_paper_by_its_name(qtbot: QtBot, at: AtDesk) -> None:
    screen, page = page_of(qtbot, at, FakePrinters("Front desk", "Till"))
    assert [words for words, _ in page.choices[Paper.ROLL]._choices] == ["Front desk", "Till", "no printer"]
    with qtbot.waitSignal(screen.kept.told):
        page.choices[Paper.ROLL].chosen.emit("Till")
    with qtbot.waitSignal(screen.kept.told):
        page.choices[Paper.A4].chosen.emit("Front desk")
    with qtbot.waitSignal(screen.kept.told):
        page.choices[Paper.A4].cleared.emit()
    assert counter.counter_settings(desk=at.desk()).printers == {"roll": "Till"}
    assert page.choices[Paper.ROLL].accessibleName() == "80 mm roll: Till"


def test_a_printer_that_is_gone_is_shown_as_gone(qtbot: QtBot, at: AtDesk) -> None:
    counter.set_up_counter(desk=at.desk(), printers={"a4": "Old one"})
    _, page = page_of(qtbot, at, FakePrinters("Till"))
    qtbot.waitUntil(lambda: "not found" in page.choices[Paper.A4].accessibleName())


def test_papers_and_what_comes_out_by_itself_are_kept_by_key(qtbot: QtBot, at: AtDesk) -> None:
    from models.papers import Document

    screen, page = page_of(qtbot, at, FakePrinters("Till"))
    for widget in (page.papers[Document.VOUCHER], page.voucher_alone, page.receipt_alone, page.each):
        with qtbot.waitSignal(screen.kept.told):
            qtbot.keyClick(widget, Qt.Key.Key_Right)
    kept = counter.counter_settings(desk=at.desk())
    assert kept.paper_for(Document.VOUCHER) is Paper.A5
    assert (kept.prints_voucher, kept.prints_receipt, kept.one_each) == (False, False, False)


def test_the_test_page_goes_to_the_papers_printer(qtbot: QtBot, at: AtDesk) -> None:
    counter.set_up_counter(desk=at.desk(), printers={"roll": "Till"})
    fake = FakePrinters("Till")
    _, page = page_of(qtbot, at, fake)
    qtbot.keyClick(page.tests[Paper.ROLL], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page._said is not None and "The test page is out" in page._said.accessibleName())
    assert [(one.printer, one.paper) for one in fake.printed] == [("Till", Paper.ROLL)]
    assert "Till, 80 mm roll, at Desk" in text_of(fake.printed[0].pdf)[0]
    fake.trouble = CannotDo("printer-gone", printer="Till", known="-")
    qtbot.keyClick(page.tests[Paper.ROLL], Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: page._said is not None and "no printer called Till" in page._said.accessibleName()
    )

"""The part of the tour in the office: the first start, files, the day, a confirmation, the voucher, the night."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from models.refusals import CannotDo
from models.reservations import Cause, Status
from models.rows import Filter
from ui import asking, theme
from ui.tour.guide import DEMO, REFERENCE, STARTS, Guide
from ui.widgets.dialog import Dialog

_KEY = Qt.Key


def welcome(guide: Guide) -> str:
    """What a first start asks."""
    from ui.welcome import Welcome

    guide.window.set_practice(False)
    page = Welcome(guide.program.background, guide.window.overlay_host)
    page.open()
    guide.picture("welcome")
    page.leave()
    guide.window.set_practice(True)
    return "The first start asks: practice data, an empty desk, or a shared PostgreSQL."


def import_files(guide: Guide) -> str:
    """The demo exports, dry run first, then for real."""
    guide.here(asking.take_products, DEMO / "products.toml")
    files = sorted(path for path in DEMO.iterdir() if path.suffix in (".csv", ".txt"))
    guide.window.go("imports", paths=files)
    screen: Any = guide.window.screen_in_front
    guide.wait(guide.program.is_quiet, "every file is read")
    guide.settle(0.2)
    guide.picture("import-dry-run")
    screen.take_all_files()
    guide.wait(guide.program.is_quiet, "every file is taken")
    guide.settle(0.2)
    guide.picture("import-taken")
    taken = guide.here(asking.count, Filter())
    return f"{len(files)} exports of five channels were read and {taken} reservations taken, after a dry run."


def see_today(guide: Guide) -> str:
    """The dashboard."""
    guide.go("today")
    today = guide.here(asking.today)
    guide.picture("today")
    waiting, unmatched = today.box("unconfirmed").count, today.box("unmatched").count
    return f"Today shows {waiting} orders to confirm, the most urgent first, and {unmatched} that fit no departure."


def confirm_from_calendar(guide: Guide) -> str:
    """Into the day, onto the order that waits, C, Enter."""
    guide.go("calendar", day=STARTS.date())
    guide.picture("calendar")
    number = guide.here(asking.find, REFERENCE)
    before = guide.here(asking.details, number)
    guide.press(_KEY.Key_Return)
    guide.press(_KEY.Key_C)
    dialog = guide.overlay(Dialog, "the confirm dialog")
    guide.picture("confirm")
    guide.press(_KEY.Key_Return, dialog)
    guide.wait(lambda: guide.status(number) is Status.CONFIRMED, f"{before.number} is confirmed")
    guide.gone(dialog)
    guide.picture("calendar-confirmed")
    after = guide.here(asking.details, number)
    return (
        f"{after.number} ({REFERENCE}) was confirmed from the calendar: "
        f"seats {before.seats_taken} -> {after.seats_taken} of {after.capacity}."
    )


def see_list(guide: Guide) -> str:
    """The list, and what a search finds."""
    guide.go("reservations")
    guide.picture("reservations")
    shown = guide.here(asking.count, Filter())
    return f"The list shows all {shown}; travelers stay hidden until they are confirmed."


def print_voucher(guide: Guide) -> str:
    """The details, the voucher, and the same voucher as a picture of its code."""
    number = guide.here(asking.find, REFERENCE)
    guide.go("details", reservation=number)
    guide.picture("details")
    guide.program.fittings.deeds.voucher(number)
    dialog = guide.overlay(Dialog, "the voucher")
    guide.picture("voucher")
    dialog.leave()
    guide.gone(dialog)
    printed = guide.here(asking.voucher, number)
    pdf = guide.folder / "voucher.pdf"
    pdf.write_bytes(printed.pdf)
    _picture_of(printed.pdf).save(str(guide.folder / "voucher.png"))
    return f"Its voucher was printed ({len(printed.pdf) // 1024} kB, {pdf.name}) and turned into a picture."


def refused_to_cancel(guide: Guide) -> str:
    """A redeemed reservation is never cancelled."""
    number = guide.here(asking.find, REFERENCE)
    try:
        guide.here(asking.cancel, number, "A try", Cause.OURS)
    except CannotDo as refusal:
        said = refusal.sentence
    else:
        raise CannotDo("tour-stuck", step="cancelling is refused")
    guide.program.fittings.deeds.cancel(number)
    guide.settle(0.6)
    guide.picture("cancel-refused")
    guide.leave_overlays()
    return f"Cancelling it was refused: {said}"


def by_night(guide: Guide) -> str:
    """The same desk in the dark."""
    theme.apply(guide.program.app, theme.Theme.DARK)
    for word in ("today", "calendar", "reservations", "checkin"):
        guide.go(word, **({"day": STARTS.date()} if word == "calendar" else {}))
        guide.picture(f"{word}-dark")
    return (
        f"{guide.count} pictures are in {guide.folder}; by night the desk looks as it does in the last four."
    )


def _picture_of(pdf: bytes) -> QImage:
    """The first page of a PDF, as a camera would see it."""
    from PySide6.QtCore import QBuffer, QByteArray, QSize
    from PySide6.QtPdf import QPdfDocument

    document, device = QPdfDocument(), QBuffer()
    device.setData(QByteArray(pdf))
    device.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(device)
    page = document.render(0, QSize(1240, 1754))
    whole = QImage(page.size(), QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.white)
    painter = QPainter(whole)
    painter.drawImage(0, 0, page)
    painter.end()
    document.close()
    return whole

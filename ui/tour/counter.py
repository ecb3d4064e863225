"""The part of the tour at the counter: camera, handheld, a part of a party, refusals, a sale, the end of the trip."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from shiboken6 import isValid

from models.checkin import Kind
from models.reservations import Status
from ui import asking
from ui.tour.guide import AFTER, GATE, LATER, REFERENCE, Guide

_KEY = Qt.Key
FAMILY, ANOTHER_DAY, CANCELLED = "TNA-20261201-0000107", "BR-9000000245", "R2611280004"
FRAME = (1280, 720)
BEFORE, HELD = 60, 12
"""Pictures in which the code is not to be seen yet, and in which it is."""


def hold_before_camera(guide: Guide) -> str:
    """Twenty minutes before the tour the voucher is held before the webcam."""
    guide.now = GATE
    film = guide.folder / "camera"
    _film(film, QImage(str(guide.folder / "voucher.png")))
    guide.here(_play, str(film.resolve()))
    guide.go("checkin")
    guide.settle(0.8)
    guide.picture("camera")
    guide.wait(lambda: _kind(guide) is Kind.ADMIT, "the camera reads the voucher")
    guide.settle(0.3)
    guide.picture("camera-admits")
    guide.here(_play, "")
    row = guide.here(asking.details, guide.number(REFERENCE)).row
    _leave(guide)
    guide.picture("check-in-after")
    standing = f"{row.arrived} of {row.party} are in, and it is still {row.status}"
    return f"The voucher was held before the camera at 10:10: {standing}."


def scan_again_by_hand(guide: Guide) -> str:
    """Twelve minutes later the same code comes by the handheld scanner, while somebody reads the list."""
    guide.now = LATER
    guide.go("reservations")
    codes = guide.here(asking.details, guide.number(REFERENCE)).tickets
    guide.scan_by_hand(REFERENCE)
    guide.wait(lambda: _kind(guide) is Kind.USED, "the second scan is told from the first")
    guide.settle(0.3)
    guide.picture("handheld-used")
    _leave(guide)
    return f"A handheld scanner sent it again over the list: used, {len(codes)} ticket, twelve minutes ago."


def let_a_part_in(guide: Guide) -> str:
    """Of a family of four two come now; the next scan offers the two that are left."""
    guide.go("checkin")
    guide.press(_KEY.Key_F6)
    guide.scan_by_hand(FAMILY)
    guide.wait(lambda: _kind(guide) is not None, "the family is looked at first")
    guide.settle(0.3)
    guide.picture("look-first")
    guide.press(_KEY.Key_2, _card(guide))
    row = guide.here(asking.details, guide.number(FAMILY)).row
    guide.settle(0.3)
    guide.picture("part-arrival")
    _leave(guide)
    guide.press(_KEY.Key_F6)
    return f"Looked at first, then two of a family let in: {row.arrived} of {row.party} are in."


def come_on_another_day(guide: Guide) -> str:
    """A voucher for Tuesday shown on Saturday."""
    guide.scan_by_hand(ANOTHER_DAY)
    guide.wait(lambda: _kind(guide) is not None, "another day's voucher is judged")
    guide.settle(0.3)
    guide.picture("another-day")
    kind = _kind(guide)
    _leave(guide)
    return f"A voucher of another day: {kind}."


def come_with_a_cancelled_one(guide: Guide) -> str:
    """A cancelled order is never 'already used'."""
    guide.scan_by_hand(CANCELLED)
    guide.wait(lambda: _kind(guide) is Kind.CANCELLED, "a cancelled order is refused")
    guide.settle(0.3)
    guide.picture("cancelled")
    _leave(guide)
    return "A cancelled order is refused, and the refusal is kept for the manager."


def sell_to_a_walk_in(guide: Guide) -> str:
    """Two adults for the next departure, in cash, by the keyboard."""
    guide.go("sell")
    screen: Any = guide.window.screen_in_front
    screen.offers.setFocus()
    for key in (_KEY.Key_2, _KEY.Key_2, _KEY.Key_Return):
        guide.press(key)
    guide.write("Anna Example")
    guide.press(_KEY.Key_Return)
    guide.write("100000")
    guide.settle(0.2)
    guide.picture("sale")
    screen.finish()
    guide.wait(lambda: screen.sold is not None and guide.program.is_quiet(), "the sale is done")
    guide.settle(0.2)
    guide.picture("sold")
    sold = screen.sold
    guide.leave_overlays()
    return f"A walk-in bought {sold.number} with twelve keys and a name: {sold.total} paid, {sold.change} change."


def close_the_trip(guide: Guide) -> str:
    """The tour has ended: who came is redeemed, who did not is a no-show, by one key."""
    guide.now = AFTER
    number = guide.number(REFERENCE)
    guide.go("trips", departure_id=guide.here(asking.details, number).row.departure_id)
    guide.picture("close-trips")
    guide.press(_KEY.Key_E)
    guide.wait(lambda: guide.status(number) is Status.REDEEMED, "the trip is closed")
    guide.picture("trip-closed")
    closed = guide.here(asking.trips).closings[0]
    guide.go("details", reservation=number)
    guide.picture("redeemed")
    letters = [
        x.kind for x in guide.here(asking.details, number).letters if x.state in ("WAITING", "NO_ADDRESS")
    ]
    return (
        f"The trip was closed with E: {closed.redeemed} redeemed, {closed.no_shows} no-show; "
        f"the {letters[-1]} letter waits in the outbox."
    )


def _play(desk: Any, film: str) -> None:
    asking.set_up_counter(desk, camera=film, camera_on=bool(film))


def _kind(guide: Guide) -> Kind | None:
    """The verdict that is up."""
    judged = guide.program.fittings.gate.judged
    return judged.kind if judged is not None else None


def _card(guide: Guide) -> Any:
    from ui.widgets.verdict_card import VerdictCard

    return guide.overlay(VerdictCard, "the verdict")


def _leave(guide: Guide) -> None:
    """Esc, until no verdict is up; on a busy machine it may have stood its time meanwhile, and left by itself."""
    if guide.program.fittings.gate.judged is not None:
        card = _card(guide)
        if isValid(card):
            guide.press(_KEY.Key_Escape, card)
            guide.gone(card)


def _film(folder: Any, page: QImage) -> None:
    """Pictures of a webcam: nothing first, then a hand that holds the voucher a little askew."""
    folder.mkdir(exist_ok=True)
    held = page.scaledToHeight(FRAME[1], Qt.TransformationMode.SmoothTransformation)
    for at in range(BEFORE + HELD):
        frame = QImage(*FRAME, QImage.Format.Format_RGB32)
        frame.fill(0x3A3F47)
        painter = QPainter(frame)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        lower = max(0, BEFORE - at) * FRAME[1] // BEFORE  # it comes up from below
        painter.translate(FRAME[0] / 2, FRAME[1] / 2 + min(lower, FRAME[1] * 2 // 3))
        painter.rotate(3)
        painter.drawImage(-held.width() // 2, -held.height() // 2, held)
        painter.end()
        frame.save(str(folder / f"{at:04d}.png"))

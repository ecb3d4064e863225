"""Does what people decide about one reservation: its verbs, its money, notes, claims and newer files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.cancelling import Telling
from models.reservations import Cause, Verb

if TYPE_CHECKING:
    from controllers.reservations import Done
    from controllers.seats import SeatMove
    from controllers.voucher_pdf import Printed
    from models.cancelling import Draft, Reason
    from models.money import Money
    from ui.asking.door import DeskDoor


def confirm(desk: DeskDoor, reservation_id: int, seen: int | None = None, overbook: str = "") -> Done:
    """Confirms."""
    from controllers import reservations

    return reservations.confirm(reservation_id, desk=desk(), seen=seen, overbook=overbook)


def hold(desk: DeskDoor, reservation_id: int, reason: str, seen: int | None = None) -> Done:
    """Keeps it waiting."""
    from controllers import reservations

    return reservations.hold(reservation_id, desk=desk(), reason=reason, seen=seen)


def cancel(
    desk: DeskDoor,
    reservation_id: int,
    reason: str,
    cause: Cause,
    seen: int | None = None,
    telling: Telling = Telling.LETTER,
) -> Done:
    """Tells the traveler, then cancels."""
    from controllers import reservations

    return reservations.cancel(
        reservation_id, desk=desk(), reason=reason, cause=cause, telling=telling, seen=seen
    )


def cancel_drafts(desk: DeskDoor, reservation_id: int) -> tuple[Draft, ...]:
    """The reasons, as this traveler would read them."""
    from controllers import cancel_reasons

    return cancel_reasons.drafts_for(reservation_id, desk=desk())


def cancel_reasons(desk: DeskDoor) -> tuple[Reason, ...]:
    """The reasons travelers are told."""
    from controllers.cancel_reasons import see_reasons

    return see_reasons(desk=desk())


def keep_cancel_reasons(
    desk: DeskDoor, reasons: tuple[Reason, ...], seen: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    """Other reasons from now on; none brings the usual ones back."""
    from controllers.cancel_reasons import keep_reasons

    return keep_reasons(reasons, desk=desk(), seen=seen)


def do(desk: DeskDoor, verb: Verb, reservation_id: int, seen: int | None = None) -> Done:
    """A verb that needs nothing but the reservation."""
    from controllers import reservations

    plain = {
        Verb.UNCONFIRM: reservations.unconfirm,
        Verb.WITHDRAW: reservations.withdraw,
        Verb.REQUEST_CANCEL: reservations.request_cancel,
        Verb.ACCEPT: reservations.accept,
        Verb.DECLINE: reservations.decline,
        Verb.NO_SHOW: reservations.no_show,
        Verb.RETURN: reservations.return_,
    }
    return plain[verb](reservation_id, desk=desk(), seen=seen)


def tick_off(desk: DeskDoor, reservation_id: int, deed: str = "") -> Done:
    """What was to do at the channel has been done there."""
    from controllers import reservations

    return reservations.tick_off(reservation_id, desk=desk(), deed=deed)


def claim(desk: DeskDoor, reservation_id: int) -> Done:
    """Takes an order on."""
    from controllers import claims

    return claims.claim(reservation_id, desk=desk())


def take_over(desk: DeskDoor, reservation_id: int) -> Done:
    """Takes an order over from whoever works on it."""
    from controllers import claims

    return claims.take_over(reservation_id, desk=desk())


def release(desk: DeskDoor, reservation_id: int) -> Done:
    """Lets a claimed order go."""
    from controllers import claims

    return claims.release(reservation_id, desk=desk())


def add_note(desk: DeskDoor, reservation_id: int, words: str) -> Done:
    """Adds an internal note."""
    from controllers import notes

    return notes.add_note(reservation_id, desk=desk(), words=words)


def keep_ours(desk: DeskDoor, decision_id: int) -> Done:
    """A newer file's word is not followed."""
    from controllers import decisions

    return decisions.keep_ours(decision_id, desk=desk())


def preview_theirs(desk: DeskDoor, decision_id: int) -> SeatMove | None:
    """The seats that following a newer file's word would move. On the desk's lane."""
    from controllers import decisions

    return decisions.preview_theirs(decision_id, desk=desk())


def take_theirs(desk: DeskDoor, decision_id: int, overbook: str = "") -> Done:
    """A newer file's word is followed."""
    from controllers import decisions

    return decisions.take_theirs(decision_id, desk=desk(), overbook=overbook)


def pay(
    desk: DeskDoor,
    reservation_id: int,
    method: str,
    amount: str,
    seen: int | None = None,
    *,
    handed: Money | None = None,
    slip: str = "",
) -> Done:
    """Records money the desk took."""
    from controllers import payments

    return payments.pay(
        reservation_id, desk=desk(), method=method, amount=amount, seen=seen, handed=handed, slip=slip
    )


def voucher(desk: DeskDoor, reservation_id: int) -> Printed:
    """The voucher as a PDF."""
    from controllers import vouchers

    return vouchers.print_voucher(reservation_id, desk=desk())

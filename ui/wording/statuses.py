"""The words for what a reservation is, and for what can be done to it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.reservations import Status, Verb
from ui.marking import QT_TRANSLATE_NOOP
from ui.theme import ARRIVED

_STATUSES: dict[str, str] = {
    Status.AWAITING_PAYMENT: QT_TRANSLATE_NOOP("statuses", "Awaiting payment"),
    Status.UNCONFIRMED: QT_TRANSLATE_NOOP("statuses", "Unconfirmed"),
    Status.PENDING: QT_TRANSLATE_NOOP("statuses", "Pending"),
    Status.CONFIRMED: QT_TRANSLATE_NOOP("statuses", "Confirmed"),
    Status.CANCEL_REQUESTED: QT_TRANSLATE_NOOP("statuses", "Cancel requested"),
    Status.REDEEMED: QT_TRANSLATE_NOOP("statuses", "Redeemed"),
    Status.NO_SHOW: QT_TRANSLATE_NOOP("statuses", "No-show"),
    Status.CANCELLED: QT_TRANSLATE_NOOP("statuses", "Cancelled"),
    Status.EXPIRED: QT_TRANSLATE_NOOP("statuses", "Expired"),
    ARRIVED: QT_TRANSLATE_NOOP("statuses", "Arrived"),
}
_VERBS: dict[Verb, str] = {
    Verb.PAY: QT_TRANSLATE_NOOP("verbs", "Take payment"),
    Verb.EXPIRE: QT_TRANSLATE_NOOP("verbs", "Let expire"),
    Verb.CONFIRM: QT_TRANSLATE_NOOP("verbs", "Confirm"),
    Verb.UNCONFIRM: QT_TRANSLATE_NOOP("verbs", "Take back"),
    Verb.HOLD: QT_TRANSLATE_NOOP("verbs", "Hold"),
    Verb.CANCEL: QT_TRANSLATE_NOOP("verbs", "Cancel"),
    Verb.WITHDRAW: QT_TRANSLATE_NOOP("verbs", "Withdraw"),
    Verb.REQUEST_CANCEL: QT_TRANSLATE_NOOP("verbs", "Ask to cancel"),
    Verb.ACCEPT: QT_TRANSLATE_NOOP("verbs", "Accept"),
    Verb.DECLINE: QT_TRANSLATE_NOOP("verbs", "Decline"),
    Verb.REDEEM: QT_TRANSLATE_NOOP("verbs", "Redeem"),
    Verb.NO_SHOW: QT_TRANSLATE_NOOP("verbs", "Mark no-show"),
    Verb.RETURN: QT_TRANSLATE_NOOP("verbs", "Return from no-show"),
    Verb.UNDO: QT_TRANSLATE_NOOP("verbs", "Undo"),
}


def status_word(status: str) -> str:
    """The word of a status (or of ARRIVED)."""
    return QCoreApplication.translate("statuses", _STATUSES[status])


def verb_word(verb: Verb) -> str:
    """The word on the button that does it."""
    return QCoreApplication.translate("verbs", _VERBS[verb])

"""Says why something cannot be done to a reservation, and what each verb is called where it is offered."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.refusals import CannotDo
from models.reservations import LIFE, Status, Verb
from ui.wording.refusals import refusal
from ui.wording.statuses import status_word, verb_word

translate = QCoreApplication.translate


def deed_words(verb: Verb) -> str:
    """What is done, as a sentence of its own where the word on a button would be too short."""
    return {
        Verb.UNCONFIRM: translate("deeds", "Take the confirmation back"),
        Verb.HOLD: translate("deeds", "Hold, and say what is missing"),
        Verb.CANCEL: translate("deeds", "Cancel, and tell the traveler why"),
        Verb.WITHDRAW: translate("deeds", "The traveler steps back"),
        Verb.REQUEST_CANCEL: translate("deeds", "The traveler asks to cancel"),
        Verb.ACCEPT: translate("deeds", "Accept the cancellation"),
        Verb.DECLINE: translate("deeds", "Decline the cancellation"),
        Verb.REDEEM: translate("deeds", "Redeem: open the check-in"),
        Verb.NO_SHOW: translate("deeds", "Nobody came: mark a no-show"),
        Verb.RETURN: translate("deeds", "They came after all"),
        Verb.UNDO: translate("deeds", "Undo the redemption"),
        Verb.EXPIRE: translate("deeds", "Let it lapse unpaid"),
    }.get(verb, verb_word(verb))


def why_words(code: str, verb: Verb, number: str, status: Status) -> str:
    """The reason behind a code of `models.deeds.why_not`; '' where there is none."""
    if not code:
        return ""
    if code == "move-not-allowed" and verb is not Verb.PAY:
        return translate("deeds", "Only while it is {statuses}").format(statuses=_statuses(verb))
    if code == "not-allowed":
        return translate("deeds", "A confirmed one is cancelled by a manager")
    if code == "move-not-allowed":
        code = "nothing-due"
    return refusal(CannotDo(code, number=number, status=status, verb=verb))


def _statuses(verb: Verb) -> str:
    words = [status_word(status) for status, known in LIFE if known is verb]
    return translate("deeds", " or ").join(words)

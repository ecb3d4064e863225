"""What the letters are called, how far each is, and what their placeholders mean."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.letters import PLACEHOLDERS
from models.outbox import Letter, LetterState

translate = QCoreApplication.translate


def letter_word(kind: Letter) -> str:
    """The name of a letter."""
    return {
        Letter.PAYMENT_AWAITED: translate("letters", "Waiting for payment"),
        Letter.PROCESSING: translate("letters", "Order in process"),
        Letter.RECEIPT_DEPOSIT: translate("letters", "Receipt of the deposit"),
        Letter.RECEIPT_TOTAL: translate("letters", "Receipt of the total"),
        Letter.CONFIRMATION: translate("letters", "Confirmation"),
        Letter.CHANGE: translate("letters", "Change"),
        Letter.CANCELLATION: translate("letters", "Cancellation"),
        Letter.REFUND_COMING: translate("letters", "Refund on its way"),
        Letter.REFUND_DONE: translate("letters", "Refund paid"),
        Letter.COMMENT: translate("letters", "Comment letter"),
        Letter.MESSAGE: translate("letters", "Message"),
        Letter.NOTICE: translate("letters", "Notice"),
    }[kind]


def letter_icon(kind: Letter) -> str:
    """The mark of a letter."""
    return {Letter.COMMENT: "star", Letter.MESSAGE: "messages"}.get(kind, "letter")


def letter_state_word(state: LetterState) -> str:
    """How far a letter is."""
    return {
        LetterState.WAITING: translate("letters", "waiting"),
        LetterState.LEAVING: translate("letters", "leaving"),
        LetterState.NO_ADDRESS: translate("letters", "no address is known"),
        LetterState.SENT: translate("letters", "sent"),
        LetterState.BOUNCED: translate("letters", "came back"),
        LetterState.UNCERTAIN: translate("letters", "perhaps sent"),
        LetterState.FAILED: translate("letters", "failed"),
        LetterState.DROPPED: translate("letters", "taken back"),
        LetterState.PUT_AWAY: translate("letters", "came back, done with"),
    }[state]


def placeholder_words(name: str) -> str:
    """What a placeholder stands for."""
    return translate("placeholders", PLACEHOLDERS[name]) if name in PLACEHOLDERS else name


def missing_words(names: tuple[str, ...]) -> str:
    """The gaps of a letter in one line: '{{ guide }} (Who guides the departure)'."""
    return ", ".join(f"{{{{ {name} }}}} ({placeholder_words(name)})" for name in names)

"""Why orders have no departure of ours, as a heading and as what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.products import NO_DATE, NO_DEPARTURE, UNKNOWN_OPTION, UNKNOWN_PRODUCT
from ui.wording.numbers import number_words, party_words

translate = QCoreApplication.translate


def reason_word(reason: str) -> str:
    """'Unknown product'."""
    return {
        UNKNOWN_PRODUCT: translate("mapping", "Unknown product"),
        UNKNOWN_OPTION: translate("mapping", "Unknown option"),
        NO_DEPARTURE: translate("mapping", "No such departure"),
        NO_DATE: translate("mapping", "No date told"),
    }.get(reason, reason)


def what_to_do(reason: str) -> str:
    """What a person can do about it."""
    return {
        UNKNOWN_PRODUCT: translate(
            "mapping", "Say which product of ours these words mean. The next orders find it by themselves."
        ),
        UNKNOWN_OPTION: translate(
            "mapping", "The product is known. Say which of its options these words mean."
        ),
        NO_DEPARTURE: translate(
            "mapping", "Product and option are known, and nothing leaves then. Make the departure, or say that "
            "these words mean another option.",
        ),
        NO_DATE: translate(
            "mapping", "The channel tells no date. Open the orders and ask, or wait for a newer file."
        ),
    }.get(reason, "")  # fmt: skip


def placed_words(placed: int, left: tuple[tuple[str, int], ...]) -> str:
    """'3 orders found their place. 2 still have none: no such departure.'"""
    if placed == 1:
        told = translate("mapping", "1 order found its place.")
    elif placed:
        told = translate("mapping", "{count} orders found their place.").format(count=placed)
    else:
        told = translate("mapping", "No order found its place by this.")
    if not left:
        return told
    still = ", ".join(f"{count} × {reason_word(reason).lower()}" for reason, count in left)
    return told + " " + translate("mapping", "Still without one: {reasons}.").format(reasons=still)


def orders_and_travelers(orders: int, heads: int) -> str:
    """'1 order, 2 travelers'."""
    told = translate("mapping", "1 order") if orders == 1 else translate("mapping", "{count} orders")
    return f"{told.format(count=number_words(orders))}, {party_words(others=heads)}"

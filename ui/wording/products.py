"""Words about products: how they are confirmed, what of them is not saved, and what is wrong in a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.products import Confirmation
from ui.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from controllers.products_file import Fault

translate = QCoreApplication.translate


def confirmation_word(confirmation: Confirmation) -> str:
    """'Instant' or 'Manual'."""
    return {
        Confirmation.INSTANT: translate("products", "Instant"),
        Confirmation.MANUAL: translate("products", "Manual"),
    }[confirmation]


def field_word(name: str) -> str:
    """A field of a product, as the line of what is not saved names it."""
    return {
        "code": translate("products", "code"),
        "name": translate("products", "name"),
        "zone": translate("products", "time zone"),
        "currency": translate("products", "currency"),
        "offered": translate("products", "whether it is offered"),
        "confirmation": translate("products", "confirmation"),
        "confirm_within": translate("products", "promise"),
        "redeem": translate("products", "redemption"),
        "tickets": translate("products", "tickets"),
        "uses": translate("products", "uses"),
        "validity": translate("products", "validity"),
        "valid_days": translate("products", "validity"),
        "valid_from": translate("products", "validity"),
        "valid_until": translate("products", "validity"),
        "admission": translate("products", "admission"),
        "meeting_point": translate("products", "meeting point"),
        "languages": translate("products", "languages"),
        "trip_closes": translate("products", "close of the trip"),
        "trip_grace_minutes": translate("products", "close of the trip"),
        "comment_hours": translate("products", "comment letter"),
        "reward": translate("products", "thanks for a review"),
        "refund": translate("products", "cancellation"),
        "known_as": translate("products", "other names"),
        "option": translate("products", "options"),
        "photo": translate("products", "photo"),
    }.get(name, name)


def fields_words(names: tuple[str, ...]) -> str:
    """'name, validity, photo', each once."""
    return ", ".join(dict.fromkeys(field_word(name) for name in names))


def fault_words(fault: Fault) -> str:
    """What is wrong, and what would be right."""
    facts = dict(fault.facts)
    words = _FAULTS.get(fault.code)
    if words is None:
        return _of_place(fault) or fault.words
    return _of_place(fault) or translate("products", words).format_map(_Facts(facts))


def _of_place(fault: Fault) -> str:
    """Where the place tells better than the kind of fault what would be right."""
    last = next((step for step in reversed(fault.path) if isinstance(step, str)), "")
    if last == "starts":
        return translate("products", "Write the time like 14:00")
    if last == "weekdays":
        return translate("products", "Choose at least one day")
    if last == "languages":
        return translate("products", "Write languages by their codes, like en, ko, zh-TW")
    if last == "zone":
        return translate("products", "No such time zone; write it like Asia/Seoul")
    if last == "currency":
        return translate("products", "Write three capitals, like KRW")
    if last in ("price", "fee") and fault.code.startswith("decimal"):
        return translate("products", "Write an amount like 39000 or 12.50")
    return ""


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


_DATE = QT_TRANSLATE_NOOP("products", "Write the day like 2027-02-01")
_NUMBER = QT_TRANSLATE_NOOP("products", "Write a whole number")
_FAULTS = {
    "missing": QT_TRANSLATE_NOOP("products", "This is needed"),
    "string_too_short": QT_TRANSLATE_NOOP("products", "This is needed"),
    "string_too_long": QT_TRANSLATE_NOOP("products", "At most {max_length} letters"),
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "greater_than_equal": QT_TRANSLATE_NOOP("products", "Not less than {ge}"),
    "less_than_equal": QT_TRANSLATE_NOOP("products", "Not more than {le}"),
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "date_type": _DATE,
    "last-day-missing": QT_TRANSLATE_NOOP("products", "Say the last day"),
    "ends-before": QT_TRANSLATE_NOOP("products", "It ends before it begins"),
    "twice": QT_TRANSLATE_NOOP("products", "{name} stands there twice"),
    "too_short": QT_TRANSLATE_NOOP("products", "This is needed"),
    "decimal_max_digits": QT_TRANSLATE_NOOP("products", "That is more than any price"),
}

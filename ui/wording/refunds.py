"""The rule that gives money back, in words. The rule's own text is kept with a refund; here it is said."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from models.payments import Tier

translate = QCoreApplication.translate
_UNTIL = re.compile(r"until (\d+) days before: (\d+) %")


def tier_words(told: str) -> str:
    """'Until 7 days before departure: 100 %' from the text kept with a refund."""
    if told == "full refund":
        return translate("refunds", "Full refund of what was paid")
    if told.startswith("later than every limit"):
        return translate("refunds", "Later than every limit: 0 %")
    found = _UNTIL.fullmatch(told)
    if found is None:
        return told
    return until_words(Tier(int(found[1]), int(found[2])))


def until_words(tier: Tier) -> str:
    """'Until 7 days before departure: 100 %'."""
    if tier.until_days == 0:
        return translate("refunds", "Until departure: {percent} %").format(percent=tier.percent)
    if tier.until_days == 1:
        return translate("refunds", "Until 1 day before departure: {percent} %").format(percent=tier.percent)
    return translate("refunds", "Until {days} days before departure: {percent} %").format(
        days=tier.until_days, percent=tier.percent
    )

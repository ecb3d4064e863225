"""Says what another counter did to what somebody here has open: what it was, who did it, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.history_words import history_words
from ui.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from models.meanwhile import TheirDeed

translate = QCoreApplication.translate

_ELSE = {
    "product": QT_TRANSLATE_NOOP("meanwhile", "{who} changed the product"),
    "delete-product": QT_TRANSLATE_NOOP("meanwhile", "{who} deleted the product"),
    "map": QT_TRANSLATE_NOOP("meanwhile", "{who} told what a channel's name means"),
    "add-departure": QT_TRANSLATE_NOOP("meanwhile", "{who} added a departure"),
    "remove-departure": QT_TRANSLATE_NOOP("meanwhile", "{who} removed a departure"),
    "close": QT_TRANSLATE_NOOP("meanwhile", "{who} closed it for sale"),
    "open": QT_TRANSLATE_NOOP("meanwhile", "{who} opened it for sale"),
    "capacity": QT_TRANSLATE_NOOP("meanwhile", "{who} changed the number of seats"),
    "guide": QT_TRANSLATE_NOOP("meanwhile", "{who} changed who guides"),
    "operator": QT_TRANSLATE_NOOP("meanwhile", "{who} changed the company's settings"),
    "voucher-look": QT_TRANSLATE_NOOP("meanwhile", "{who} changed how vouchers look"),
    "currencies": QT_TRANSLATE_NOOP("meanwhile", "{who} changed the currencies"),
    "cancel-reasons": QT_TRANSLATE_NOOP("meanwhile", "{who} changed the reasons travelers are told"),
    "observe": QT_TRANSLATE_NOOP("meanwhile", "{who} chose another calendar of holidays"),
    "close-day": QT_TRANSLATE_NOOP("meanwhile", "{who} closed a day"),
    "reopen-day": QT_TRANSLATE_NOOP("meanwhile", "{who} opened a day again"),
    "work-day": QT_TRANSLATE_NOOP("meanwhile", "{who} made a day a working day"),
    "rest-day": QT_TRANSLATE_NOOP("meanwhile", "{who} made a day a day of rest"),
    "retention": QT_TRANSLATE_NOOP("meanwhile", "{who} changed how long travelers are kept"),
    "set-up": QT_TRANSLATE_NOOP("meanwhile", "{who} set the counter up anew"),
    "open-shift": QT_TRANSLATE_NOOP("meanwhile", "{who} opened the drawer"),
    "close-shift": QT_TRANSLATE_NOOP("meanwhile", "{who} closed the drawer"),
    "move-cash": QT_TRANSLATE_NOOP("meanwhile", "{who} moved cash in the drawer"),
    "close-trip": QT_TRANSLATE_NOOP("meanwhile", "{who} closed the trip"),
    "undo-closing": QT_TRANSLATE_NOOP("meanwhile", "{who} took the close of the trip back"),
    "view-save": QT_TRANSLATE_NOOP("meanwhile", "{who} saved the view"),
    "view-change": QT_TRANSLATE_NOOP("meanwhile", "{who} changed the view"),
    "view-rename": QT_TRANSLATE_NOOP("meanwhile", "{who} gave the view another name"),
    "view-move": QT_TRANSLATE_NOOP("meanwhile", "{who} moved the view"),
    "view-delete": QT_TRANSLATE_NOOP("meanwhile", "{who} deleted the view"),
    "invite": QT_TRANSLATE_NOOP("meanwhile", "{who} invited this person"),
    "change": QT_TRANSLATE_NOOP("meanwhile", "{who} changed this person"),
}
"""What is not the story of a reservation."""


def meanwhile_words(done: Sequence[TheirDeed]) -> str:
    """The newest thing that was done, by whom and at which counter; how many more there were before."""
    words = _words(done[-1])
    if len(done) > 1:
        more = translate("meanwhile", "and {count} more before", "", len(done) - 1)
        words = f"{words} ({more.format(count=len(done) - 1)})"
    return words


def _words(one: TheirDeed) -> str:
    line = one.line
    kind = one.subject.partition(":")[0]
    who = line.who or translate("meanwhile", "The desk")
    if line.action in _ELSE and kind != "reservation":
        head = translate("meanwhile", _ELSE[line.action]).format(who=who)
    else:
        head = history_words(line).head
    if line.who and line.who not in head:
        head = f"{head} ({line.who})"
    return translate("meanwhile", "{what}, at {counter}").format(what=head, counter=line.counter)

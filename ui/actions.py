"""What can be done by keyboard, its words and its keys, all in one place.

A screen asks `make("confirm", self, self.confirm)` and has the action with its key, its translated
word and its tooltip; `keys("confirm")` is what a keycap shows. Single letters work only where
nothing is being typed: a text field keeps letters for itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from models.frozen import frozen
from ui.marking import QT_TRANSLATE_NOOP
from ui.widgets.tip import set_tip


@frozen
class Spec:
    """One action: its word, its keys (the first is shown), and the icon beside it."""

    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""


# fmt: off
ACTIONS: dict[str, Spec] = {
    # where to go
    "go-today": Spec(QT_TRANSLATE_NOOP("actions", "Today"), ("Ctrl+1",), "today"),
    "go-calendar": Spec(QT_TRANSLATE_NOOP("actions", "Calendar"), ("Ctrl+2",), "calendar"),
    "go-reservations": Spec(QT_TRANSLATE_NOOP("actions", "Reservations"), ("Ctrl+3",), "reservations"),
    "go-checkin": Spec(QT_TRANSLATE_NOOP("actions", "Check-in"), ("Ctrl+4",), "checkin"),
    "go-sell": Spec(QT_TRANSLATE_NOOP("actions", "Sell"), ("Ctrl+5",), "sell"),
    "go-messages": Spec(QT_TRANSLATE_NOOP("actions", "Conversations"), ("Ctrl+6",), "messages"),
    "go-letters": Spec(QT_TRANSLATE_NOOP("actions", "Outbox"), ("Ctrl+7",), "letters"),
    "go-reports": Spec(QT_TRANSLATE_NOOP("actions", "Reports"), ("Ctrl+8",), "reports"),
    "go-products": Spec(QT_TRANSLATE_NOOP("actions", "Products"), ("Ctrl+9",), "products"),
    "go-mapping": Spec(QT_TRANSLATE_NOOP("actions", "Orders that fit no product"), ("Ctrl+M",), "link"),
    "go-holidays": Spec(QT_TRANSLATE_NOOP("actions", "Holidays"), ("Ctrl+0",), "holidays"),
    "go-settings": Spec(QT_TRANSLATE_NOOP("actions", "Settings"), ("Ctrl+,",), "settings"),
    "go-imports": Spec(QT_TRANSLATE_NOOP("actions", "Import a file"), ("Ctrl+O",), "import"),
    "go-reviews": Spec(QT_TRANSLATE_NOOP("actions", "Reviews"), ("Ctrl+J",), "star"),
    "go-trips": Spec(QT_TRANSLATE_NOOP("actions", "Close trips"), ("Ctrl+E",), "trip"),
    "go-refunds": Spec(QT_TRANSLATE_NOOP("actions", "Refunds"), ("Ctrl+B",), "cash"),
    "find": Spec(QT_TRANSLATE_NOOP("actions", "Find"), ("Ctrl+K", "Ctrl+F"), "find"),
    "all-keys": Spec(QT_TRANSLATE_NOOP("actions", "All keys"), ("F1",), "key"),
    "change-person": Spec(QT_TRANSLATE_NOOP("actions", "Change person"), ("F10",), "person"),
    "lock": Spec(QT_TRANSLATE_NOOP("actions", "Lock"), ("Ctrl+L",), "lock"),
    "refresh": Spec(QT_TRANSLATE_NOOP("actions", "Ask again"), ("F5",)),
    "quit": Spec(QT_TRANSLATE_NOOP("actions", "Quit"), ("Ctrl+Q",)),
    # moving about
    "open": Spec(QT_TRANSLATE_NOOP("actions", "Open"), ("Return", "Enter")),
    "back": Spec(QT_TRANSLATE_NOOP("actions", "Back"), ("Esc",), "back"),
    "next": Spec(QT_TRANSLATE_NOOP("actions", "Next"), ("J",)),
    "previous": Spec(QT_TRANSLATE_NOOP("actions", "Previous"), ("K",)),
    "to-today": Spec(QT_TRANSLATE_NOOP("actions", "To today"), ("T",)),
    "jump-to-day": Spec(QT_TRANSLATE_NOOP("actions", "Jump to a day"), ("Ctrl+G",), "move"),
    "view-month": Spec(QT_TRANSLATE_NOOP("actions", "Month"), ("M",)),
    "view-week": Spec(QT_TRANSLATE_NOOP("actions", "Week"), ("W",)),
    "view-day": Spec(QT_TRANSLATE_NOOP("actions", "Day"), ("D",)),
    "next-page": Spec(QT_TRANSLATE_NOOP("actions", "Later days"), ("PgDown",)),
    "previous-page": Spec(QT_TRANSLATE_NOOP("actions", "Earlier days"), ("PgUp",)),
    "filter": Spec(QT_TRANSLATE_NOOP("actions", "Filter"), ("/",), "filter"),
    "select": Spec(QT_TRANSLATE_NOOP("actions", "Select"), ("Space",)),
    "select-all": Spec(QT_TRANSLATE_NOOP("actions", "Select all"), ("Ctrl+A",)),
    # with a list
    "sort": Spec(QT_TRANSLATE_NOOP("actions", "Sort"), ("S",)),
    "view-menu": Spec(QT_TRANSLATE_NOOP("actions", "View"), ("V",)),
    "save-view": Spec(QT_TRANSLATE_NOOP("actions", "Save view"), ("Ctrl+S",)),
    "columns": Spec(QT_TRANSLATE_NOOP("actions", "Columns"), ("O",)),
    "export": Spec(QT_TRANSLATE_NOOP("actions", "Export"), ("E",), "file"),
    "show-hidden": Spec(QT_TRANSLATE_NOOP("actions", "Show what is hidden"), ("G",)),
    **{f"open-box-{n}": Spec(QT_TRANSLATE_NOOP("actions", "Open a box"), (str(n % 10),)) for n in range(1, 11)},
    "open-notice": Spec(QT_TRANSLATE_NOOP("actions", "Open the last notice"), ("Ctrl+Y",), "info"),
    # with a reservation
    "confirm": Spec(QT_TRANSLATE_NOOP("actions", "Confirm"), ("C",), "confirm"),
    "hold": Spec(QT_TRANSLATE_NOOP("actions", "Hold"), ("H",), "hold"),
    "claim": Spec(QT_TRANSLATE_NOOP("actions", "Claim"), ("L",), "claim"),
    "all-deeds": Spec(QT_TRANSLATE_NOOP("actions", "All that can be done"), (".",), "more"),
    "tick-off": Spec(QT_TRANSLATE_NOOP("actions", "Done at the channel"), ("D",), "confirm"),
    "cancel": Spec(QT_TRANSLATE_NOOP("actions", "Cancel"), ("X",), "cancel"),
    "move": Spec(QT_TRANSLATE_NOOP("actions", "Move"), ("V",), "move"),
    "admit": Spec(QT_TRANSLATE_NOOP("actions", "Admit"), ("A",), "admit"),
    "letter": Spec(QT_TRANSLATE_NOOP("actions", "Send a letter"), ("W",), "letter"),
    "message": Spec(QT_TRANSLATE_NOOP("actions", "Traveler chat room"), ("M",), "messages"),
    "message-of-day": Spec(QT_TRANSLATE_NOOP("actions", "Traveler chat room"), ("Shift+M",), "messages"),
    "note": Spec(QT_TRANSLATE_NOOP("actions", "Add a note"), ("E",), "note"),
    "gate-note": Spec(QT_TRANSLATE_NOOP("actions", "Note for the gate"), ("G",), "checkin"),
    "keep-note": Spec(QT_TRANSLATE_NOOP("actions", "Keep the note"), ("Ctrl+Return", "Ctrl+Enter"), "note"),
    "reveal": Spec(QT_TRANSLATE_NOOP("actions", "View information"), ("V",), "viewed"),
    "review": Spec(QT_TRANSLATE_NOOP("actions", "Keep a review"), ("Y",), "star"),
    "pay": Spec(QT_TRANSLATE_NOOP("actions", "Take payment"), ("F2",), "cash"),
    "print": Spec(QT_TRANSLATE_NOOP("actions", "Print"), ("P",), "print"),
    "receipt": Spec(QT_TRANSLATE_NOOP("actions", "Receipt"), ("Shift+P",), "print"),
    "resolve": Spec(QT_TRANSLATE_NOOP("actions", "Resolve"), ("R",)),
    "undo": Spec(QT_TRANSLATE_NOOP("actions", "Undo"), ("Ctrl+Z",), "undo"),
    # with a refund
    "refund-done": Spec(QT_TRANSLATE_NOOP("actions", "Given back"), ("D",), "confirm"),
    "refund-failed": Spec(QT_TRANSLATE_NOOP("actions", "It failed"), ("F",), "fault"),
    "refund-again": Spec(QT_TRANSLATE_NOOP("actions", "Due again"), ("A",), "undo"),
    # with a departure
    "close-departure": Spec(QT_TRANSLATE_NOOP("actions", "Close or open"), ("O",), "lock"),
    "seats": Spec(QT_TRANSLATE_NOOP("actions", "Seats"), ("S",), "person"),
    "close-trip": Spec(QT_TRANSLATE_NOOP("actions", "Close the trip"), ("E",), "trip"),
    "guide": Spec(QT_TRANSLATE_NOOP("actions", "Guide"), ("G",)),
    "day-vouchers": Spec(QT_TRANSLATE_NOOP("actions", "Vouchers"), ("Shift+P",), "voucher"),
    "day-sheet": Spec(QT_TRANSLATE_NOOP("actions", "Day sheet"), ("P",), "print"),
    # at the gate and at the till
    "open-checkin": Spec(QT_TRANSLATE_NOOP("actions", "Open check-in"), ("I",), "checkin"),
    "new-sale": Spec(QT_TRANSLATE_NOOP("actions", "New sale"), ("Ctrl+N",), "plus"),
    "look-first": Spec(QT_TRANSLATE_NOOP("actions", "Look first"), ("F6",)),
    "refused": Spec(QT_TRANSLATE_NOOP("actions", "Refused today"), ("Ctrl+R",)),
    "sound": Spec(QT_TRANSLATE_NOOP("actions", "Sound"), ("F7",), "sound"),
    "camera": Spec(QT_TRANSLATE_NOOP("actions", "Camera"), ("F8",), "camera"),
    "scan-picture": Spec(QT_TRANSLATE_NOOP("actions", "Choose a picture"), ("Ctrl+I",), "file"),
    "repair-scanner": Spec(QT_TRANSLATE_NOOP("actions", "Repair scanner"), ("F9",), "scanner"),
    "pay-cash": Spec(QT_TRANSLATE_NOOP("actions", "Cash"), ("F2",), "cash"),
    "pay-card": Spec(QT_TRANSLATE_NOOP("actions", "Card"), ("F3",), "card"),
    "pay-later": Spec(QT_TRANSLATE_NOOP("actions", "Later"), ("F4",), "later"),
    "pay-transfer": Spec(QT_TRANSLATE_NOOP("actions", "Transfer"), ("F5",), "transfer"),
    "pay-mobile": Spec(QT_TRANSLATE_NOOP("actions", "Mobile"), ("F6",), "mobile"),
    "deposit": Spec(QT_TRANSLATE_NOOP("actions", "Deposit"), ("F7",), "part"),
    "reward": Spec(QT_TRANSLATE_NOOP("actions", "Reward code"), ("F11",), "star"),
    "next-currency": Spec(QT_TRANSLATE_NOOP("actions", "Another currency"), ("F8",)),
    "drawer": Spec(QT_TRANSLATE_NOOP("actions", "Drawer"), ("Ctrl+D",), "cash"),
    "finish": Spec(QT_TRANSLATE_NOOP("actions", "Sell and print"), ("Ctrl+Return", "Ctrl+Enter"), "print"),
    # with a product
    "new-product": Spec(QT_TRANSLATE_NOOP("actions", "New product"), ("N",), "plus"),
    "save": Spec(QT_TRANSLATE_NOOP("actions", "Save"), ("Ctrl+S",), "confirm"),
    # with a channel's file
    "choose-files": Spec(QT_TRANSLATE_NOOP("actions", "Choose files"), ("O",), "file"),
    "take-file": Spec(QT_TRANSLATE_NOOP("actions", "Take them"), ("Ctrl+Return", "Ctrl+Enter"), "import"),
    "leave-file": Spec(QT_TRANSLATE_NOOP("actions", "Leave it out"), ("Del",), "close"),
    # office holidays
    "close-day": Spec(QT_TRANSLATE_NOOP("actions", "Close a day"), ("N",), "plus"),
    "remove-day": Spec(QT_TRANSLATE_NOOP("actions", "Take away"), ("Del",), "delete"),
    "work-day": Spec(QT_TRANSLATE_NOOP("actions", "We work"), ("W",)),
    "choose-country": Spec(QT_TRANSLATE_NOOP("actions", "Choose the country"), ("O",), "globe"),
    # letters
    "letter-address": Spec(QT_TRANSLATE_NOOP("actions", "Give an address"), ("A",), "letters"),
    "read-letter": Spec(QT_TRANSLATE_NOOP("actions", "Read it"), ("V",), "viewed"),
    # messages
    "answer": Spec(QT_TRANSLATE_NOOP("actions", "Answer"), ("R",)),
    "template": Spec(QT_TRANSLATE_NOOP("actions", "Template"), ("/",), "note"),
    "done": Spec(QT_TRANSLATE_NOOP("actions", "Done"), ("D",), "confirm"),
    "send": Spec(QT_TRANSLATE_NOOP("actions", "Send"), ("Ctrl+Return", "Ctrl+Enter"), "send"),
    "attach": Spec(QT_TRANSLATE_NOOP("actions", "Attach"), ("Ctrl+T",), "attach"),
    "note-toggle": Spec(QT_TRANSLATE_NOOP("actions", "Internal note"), ("Ctrl+I",), "note"),
    "next-waiting": Spec(QT_TRANSLATE_NOOP("actions", "Next who waits"), ("N",), "right"),
    "complaint": Spec(QT_TRANSLATE_NOOP("actions", "Complaint"), ("P",), "fault"),
    "earlier": Spec(QT_TRANSLATE_NOOP("actions", "Earlier messages"), ("B",), "up"),
    "open-reservation": Spec(QT_TRANSLATE_NOOP("actions", "Open reservation"), ("O",), "voucher"),
}
_CAPS = {
    "Return": QT_TRANSLATE_NOOP("actions", "Enter"), "Space": QT_TRANSLATE_NOOP("actions", "Space"),
    "PgDown": "PgDn", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→",
}
# fmt: on


_REPEATED = frozenset({"next", "previous", "next-page", "previous-page"})
"""What goes on while its key is held down. A deed is done once, however long somebody leans on the key."""


def text(word: str) -> str:
    """The word of an action in the language of the screen."""
    return _say(ACTIONS[word].text)


def keys(word: str) -> tuple[str, ...]:
    """What the keycaps of an action show: ('Ctrl', 'K')."""
    spec = ACTIONS[word]
    return caps(spec.keys[0]) if spec.keys else ()


def is_pressed(word: str, event: QKeyEvent) -> bool:
    """Whether these are the keys of an action."""
    return QKeySequence(event.keyCombination()) in map(QKeySequence, ACTIONS[word].keys)


def caps(sequence: str) -> tuple[str, ...]:
    """The caps of a key sequence: 'Ctrl+Return' is ('Ctrl', 'Enter')."""
    parts = sequence.split("+") if sequence != "+" else ["+"]
    return tuple(_say(_CAPS.get(part, part)) for part in parts)


def cap(word: str) -> str:
    """The keys of an action in one cap, as buttons show it: 'Ctrl K'."""
    return " ".join(keys(word))


def make(
    word: str,
    owner: QWidget,
    slot: Callable[[], object],
    *,
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QAction:
    """The action called `word`, working while `owner` is on screen, doing `slot`."""
    action = QAction(owner)
    action.setObjectName(word)
    action.setAutoRepeat(word in _REPEATED)
    action.setShortcuts([QKeySequence(key) for key in ACTIONS[word].keys])
    action.setShortcutContext(context)
    action.triggered.connect(lambda _checked=False: slot())
    owner.addAction(action)
    retranslate(action)
    return action


def retranslate(action: QAction) -> None:
    """Say an action made here in the language of the screen; call it when the language changes."""
    word = action.objectName()
    action.setText(text(word))
    shown = cap(word)
    set_tip(action, f"{text(word)} ({shown})" if shown else text(word))


def _say(words: str) -> str:
    return QCoreApplication.translate("actions", words)

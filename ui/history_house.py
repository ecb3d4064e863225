"""Says in words what was done in the house beside its orders: people, counters, products, files, the till, the night.

An auditor reads these lines; the page of a reservation never shows them.
"""

from __future__ import annotations

from ui.marking import QT_TRANSLATE_NOOP

HOUSE: dict[str, tuple[str, str]] = {
    # files and lists
    "import": ("import", QT_TRANSLATE_NOOP("history", "{who} took in a file")),
    "open-mail": ("viewed", QT_TRANSLATE_NOOP("history", "{who} read a mail that was not placed")),
    "take-mail": ("import", QT_TRANSLATE_NOOP("history", "{who} took in a mail as an order")),
    "ignore-mail": ("messages", QT_TRANSLATE_NOOP("history", "{who} left a mail alone")),
    "export": ("file", QT_TRANSLATE_NOOP("history", "{who} exported a list")),
    "search": ("find", QT_TRANSLATE_NOOP("history", "{who} looked for a person")),
    "vouchers": ("voucher", QT_TRANSLATE_NOOP("history", "{who} opened vouchers")),
    "manifest": ("viewed", QT_TRANSLATE_NOOP("history", "{who} opened a day sheet")),
    "print-day-end": ("print", QT_TRANSLATE_NOOP("history", "{who} printed the sheet of a day")),
    "journal-export": ("file", QT_TRANSLATE_NOOP("history", "{who} took the journal out of the house")),
    "bulk": ("confirm", QT_TRANSLATE_NOOP("history", "{who} did it with several orders at once")),
    # products and departures
    "product": ("products", QT_TRANSLATE_NOOP("history", "{who} changed a product")),
    "delete-product": ("products", QT_TRANSLATE_NOOP("history", "{who} deleted a product")),
    "map": ("link", QT_TRANSLATE_NOOP("history", "{who} said what a channel's words mean")),
    "add-departure": ("calendar", QT_TRANSLATE_NOOP("history", "{who} added a departure")),
    "remove-departure": ("calendar", QT_TRANSLATE_NOOP("history", "{who} took a departure away")),
    "capacity": ("calendar", QT_TRANSLATE_NOOP("history", "{who} changed the seats of a departure")),
    "guide": ("calendar", QT_TRANSLATE_NOOP("history", "{who} said who guides a departure")),
    "close": ("calendar", QT_TRANSLATE_NOOP("history", "{who} closed a departure for sale")),
    "open": ("calendar", QT_TRANSLATE_NOOP("history", "{who} opened a departure for sale")),
    "close-trip": ("trip", QT_TRANSLATE_NOOP("history", "{who} closed a trip")),
    "undo-closing": ("undo", QT_TRANSLATE_NOOP("history", "{who} took the close of a trip back")),
    # the company and its counters
    "operator": ("settings", QT_TRANSLATE_NOOP("history", "{who} changed who the operator is")),
    "currencies": ("cash", QT_TRANSLATE_NOOP("history", "{who} changed the currencies of the till")),
    "letter-ways": ("letters", QT_TRANSLATE_NOOP("history", "{who} said which letters go by themselves")),
    "letter-words": ("letters", QT_TRANSLATE_NOOP("history", "{who} changed the words of a letter")),
    "voucher-look": ("voucher", QT_TRANSLATE_NOOP("history", "{who} changed how vouchers look")),
    "cancel-reasons": (
        "cancel",
        QT_TRANSLATE_NOOP("history", "{who} changed the reasons travelers are told"),
    ),
    "observe": ("holidays", QT_TRANSLATE_NOOP("history", "{who} chose whose holidays are kept")),
    "close-day": ("holidays", QT_TRANSLATE_NOOP("history", "{who} closed the office on a day")),
    "reopen-day": ("holidays", QT_TRANSLATE_NOOP("history", "{who} opened the office on a day again")),
    "work-day": ("holidays", QT_TRANSLATE_NOOP("history", "{who} lets the office work on a holiday")),
    "rest-day": ("holidays", QT_TRANSLATE_NOOP("history", "{who} lets the office rest on a holiday")),
    "set-up": ("settings", QT_TRANSLATE_NOOP("history", "{who} set the counter up")),
    "rehearse": ("confirm", QT_TRANSLATE_NOOP("history", "{who} rehearsed the opening")),
    "practice": ("info", QT_TRANSLATE_NOOP("history", "{who} filled in invented orders")),
    "open-shift": ("cash", QT_TRANSLATE_NOOP("history", "{who} opened a shift")),
    "close-shift": ("cash", QT_TRANSLATE_NOOP("history", "{who} closed a shift")),
    "move-cash": ("cash", QT_TRANSLATE_NOOP("history", "{who} moved cash of the drawer")),
    "view-save": ("viewed", QT_TRANSLATE_NOOP("history", "{who} kept a view")),
    "view-change": ("viewed", QT_TRANSLATE_NOOP("history", "{who} changed a view")),
    "view-rename": ("viewed", QT_TRANSLATE_NOOP("history", "{who} renamed a view")),
    "view-move": ("viewed", QT_TRANSLATE_NOOP("history", "{who} moved a view")),
    "view-delete": ("viewed", QT_TRANSLATE_NOOP("history", "{who} deleted a view")),
    "reply": ("messages", QT_TRANSLATE_NOOP("history", "{who} kept a reply for the next traveler")),
    "drop-reply": ("messages", QT_TRANSLATE_NOOP("history", "{who} took a kept reply away")),
    "keep-carrier": ("letters", QT_TRANSLATE_NOOP("history", "{who} changed how letters and notices leave")),
    # people
    "sign-in": ("person", QT_TRANSLATE_NOOP("history", "{who} signed in")),
    "sign-out": ("person", QT_TRANSLATE_NOOP("history", "{who} signed out")),
    "wrong-try": ("lock", QT_TRANSLATE_NOOP("history", "Somebody tried to sign in with the wrong words")),
    "unlock": ("key", QT_TRANSLATE_NOOP("history", "{who} let somebody try again")),
    "invite": ("person", QT_TRANSLATE_NOOP("history", "{who} invited somebody")),
    "change": ("person", QT_TRANSLATE_NOOP("history", "{who} changed what somebody may do")),
    "rename-person": ("person", QT_TRANSLATE_NOOP("history", "{who} gave somebody another name")),
    "change-password": ("key", QT_TRANSLATE_NOOP("history", "{who} changed a password")),
    "change-pin": ("key", QT_TRANSLATE_NOOP("history", "{who} changed a PIN")),
    "drop-pin": ("key", QT_TRANSLATE_NOOP("history", "{who} took a PIN away")),
    "reset-password": ("key", QT_TRANSLATE_NOOP("history", "The owner of the computer set a password anew")),
    "keep-group": ("person", QT_TRANSLATE_NOOP("history", "{who} changed a group for check-in")),
    "notices": ("person", QT_TRANSLATE_NOOP("history", "{who} changed what somebody is told")),
    "notice-steps": ("settings", QT_TRANSLATE_NOOP("history", "{who} changed when promises are reminded of")),
    "drop-group": ("person", QT_TRANSLATE_NOOP("history", "{who} took a group for check-in away")),
    "letter-address": (
        "letters",
        QT_TRANSLATE_NOOP("history", "{who} changed where letters go, or their language"),
    ),
    # many counters, backups and the night
    "decide-incident": ("conflict", QT_TRANSLATE_NOOP("history", "{who} decided what two counters did")),
    "no-refund": ("cash", QT_TRANSLATE_NOOP("history", "{who} decided that nothing goes back")),
    "make-code": ("key", QT_TRANSLATE_NOOP("history", "{who} made a code for a further counter")),
    "join": ("synced", QT_TRANSLATE_NOOP("history", "The counter joined with its code")),
    "end-access": ("lock", QT_TRANSLATE_NOOP("history", "{who} ended the access of a counter")),
    "backup": ("copy", QT_TRANSLATE_NOOP("history", "{who} made a backup")),
    "plan-backups": ("copy", QT_TRANSLATE_NOOP("history", "{who} planned the backups")),
    "keep-passphrase": ("key", QT_TRANSLATE_NOOP("history", "{who} changed the words that lock backups")),
    "rehearse-restore": ("copy", QT_TRANSLATE_NOOP("history", "{who} tried whether a backup opens")),
    "retention": (
        "settings",
        QT_TRANSLATE_NOOP("history", "{who} changed how long travelers are remembered"),
    ),
    "journal-broken": (
        "fault",
        QT_TRANSLATE_NOOP("history", "The nightly look found that the journal does not hold"),
    ),
    "journal-acknowledged": ("confirm", QT_TRANSLATE_NOOP("history", "{who} looked into a broken journal")),
}
"""A shape and a sentence for each; what changed stands in the entry itself."""

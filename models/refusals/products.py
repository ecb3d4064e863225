"""Sentences about what is offered, when it leaves, and the vouchers for it."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # products
    "product-wrong": "{field} is not right: {why}. Nothing was saved.",
    "kept-meanwhile": (
        "{who} changed this meanwhile, at {counter}: {fields}. Nothing of yours was kept yet. Press again to keep "
        "yours, or take theirs."
    ),
    "mapped-meanwhile": (
        "{who} said meanwhile, at {counter}, that these words mean {product}. Nothing was kept. Look again, then "
        "decide."
    ),
    "seats-changed-meanwhile": (
        "Somebody else gave it {now} seats a moment ago. Nothing was changed; press again to give it yours."
    ),
    "guide-changed-meanwhile": (
        "Somebody else wrote down another guide a moment ago: {named}. Nothing was changed; press again for yours."
    ),
    "product-changed-meanwhile": (
        "{name} was changed by somebody else a moment ago. Nothing was saved; look at theirs, then decide."
    ),
    "nothing-to-name": "The channel tells neither product nor option. Open each order and see what was booked.",
    "code-taken": "The code {taken} belongs to {name}. Choose another one.",
    "product-used": "{name} was sold before, so it cannot be deleted. Stop offering it instead.",
    "photo-not-taken": "{file} cannot be the photo: {why}. Choose a JPEG, PNG or WebP picture.",
    "products-not-readable": "{file} cannot be read as products: {why}.",
    "rules-clash": "Two rules leave at {starts} on the same days. Change the weekdays or the season of one.",
    "below-sold": (
        "{sold} seats are sold on {day}, so {capacity} are too few. Keep at least {sold}, or change that day alone."
    ),
    "day-reserved": (
        "{reservations} reservations stand on {day}. Cancel or move them first; then the day can be skipped."
    ),
    "departure-exists": "{option} leaves at {at} already. Change that departure, or choose another time.",
    "departure-of-rules": "{at} comes from the rules of the option. Close that departure, or skip the day.",
    "departure-reserved": (
        "{reservations} reservations stand on {at}. Cancel or move them first; then it can be taken away."
    ),
    "voucher-not-yet": "{number} is {status}: a voucher is made when it is confirmed.",
    "voucher-no-more": "{number} is {status}: it has no valid voucher.",
    # office holidays
    "calendar-unknown": "There is no holiday calendar called {calendar}. Choose a country from the list.",
    "day-closed": "{day} is closed already ({name}).",
    "no-closed-day": "{day} is no closed day of your own. Look again at the list.",
    "no-holiday": "{day} is no holiday of the calendar that is observed.",
    # vouchers and codes
    "scan-id-used": "This scan id belongs to another code. Make a new id for each code.",
    "fonts-missing": "The voucher cannot be printed: the font {font} is not installed here. Run the set-up again.",
    "closing": "Counterfoil is being closed, so this was not done any more. Do it again after the next start.",
    "printer-silent": "The printer {printer} takes nothing. Switch it on, or choose another one.",
    "printer-not-chosen": (
        "No printer is chosen for {paper} at this counter. Choose one in the settings, under Printers."
    ),
    "printer-gone": (
        "This computer knows no printer called {printer} (it knows: {known}). Plug it in, or choose another one in "
        "the settings."
    ),
    "printer-stopped": (
        "The printer {printer} has stopped, and nothing was printed. Look for paper and its cable, start it again, "
        "then print once more."
    ),
    "printed-already": (
        "{number} was printed already: {at} at {counter}, on {printer}. Print it by hand for a copy that says so."
    ),
    "print-unsure": (
        "Nobody knows whether it came out: {number}, on {printer}. Look there before you print it again."
    ),
    "print-stays": (
        "{number} still lies in the queue of {printer} and cannot be taken out there. Nothing more was printed: look "
        "at the printer."
    ),
    "print-broke": "A fault of this program came between, and nothing was printed. Print it again.",
    "saved-already": (
        "{number} was saved as a file already: {at} at {counter}. Print it by hand for a copy that says so."
    ),
    "paper-outdated": "{number} was changed meanwhile, and nothing was printed. Look at it anew, then print it.",
}

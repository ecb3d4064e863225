"""Sentences about reservations: their life, what a newer file says of them, and what an import cannot read."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # the life of a reservation
    "not-found": "Nothing here is called {reference}. Check the number, or search for the name.",
    "link-wrong": (
        "This link names no reservation. One that does ends with its number: counterfoil://reservation/CF-10012."
    ),
    "ambiguous": "{reference} fits several reservations: {numbers}. Use one of these numbers.",
    "move-not-allowed": "{number} is {status}, so it cannot be changed that way ({verb}).",
    "redeemed-is-final": "{number} is redeemed. A redeemed reservation is never cancelled or refunded.",
    "changed-meanwhile": "{number} was changed by somebody else a moment ago. Look again, then decide.",
    "reason-missing": "Say the reason first: the traveler is told it before the reservation is cancelled.",
    "hold-reason-missing": "Say what is missing, so that the next person knows what to wait for.",
    "no-seats": (
        "{departure} is short of seats by {short}. Hold it, offer another departure, or overbook with a reason."
    ),
    "departure-closed": (
        "The departure on {departure} is closed for sale. Open it again, or let a manager confirm with a reason."
    ),
    "departure-not-planned": "Nothing leaves then any more. Look at the calendar again.",
    "capacity-below-sold": (
        "{sold} seats are sold on this departure, so {capacity} are too few. Keep at least {sold}."
    ),
    "capacity-wrong": "{capacity} is no number of seats. Write a whole number from 0 to {most}.",
    "somebody-arrived": "Somebody of {number} is already in, so this cannot be done any more.",
    "no-address": "No address of {number} is known. Print the voucher instead.",
    "words-kept-meanwhile": (
        "Somebody else changed these words a moment ago. What you wrote stays: keep it to replace theirs, or go back "
        "to see them."
    ),
    "moved-already": "{number} is on this departure already.",
    "held-already": "{number} is held already, and its reason is shown.",
    "by-the-clock": "{number} lapses by itself when its time to pay is over.",
    "not-its-day": "{number} is redeemed by its check-in, and this is not its day.",
    "not-yet-departed": "{number} has not departed yet, so nobody can be a no-show.",
    "undo-window-over": "The time to undo {number} is over. A manager can still do it with a reason.",
    "nothing-to-undo": "There is no scan of {number} left to undo.",
    "nothing-to-close": "Nobody is left on this trip to close it for. Look again at the list.",
    "closing-undone": "This close of a trip was taken back already.",
    "closing-window-over": "It was closed more than a day ago. A manager can still take it back with a reason.",
    "closing-letters-left": (
        "Comment letters of this close have left and cannot be called back: {count}. "
        "A manager can still take the rest back with a reason."
    ),
    "nothing-to-do": "Nothing of {number} is left to do at the channel.",
    "confirmed-by-channel": "{number} was confirmed by its channel, so there is nothing of ours to take back.",
    # what a newer file says otherwise
    "decided-already": "Somebody has decided about {number} a moment ago. Look again.",
    "has-ended": "{number} has ended here, so only ours can be kept.",
    "reason-wrong": "Each reason needs a title of its own of at most {most} letters, and a text that fits a message.",
    "reason-empty": "The reason '{title}' has no text: write it in one language at least.",
    "reasons-kept-meanwhile": "Somebody else changed the reasons. What you wrote stays: keep it to replace theirs.",
    "reason-has-holes": "Nobody knows what to fill in for {number}: {what}. Cancel it alone, or write another text.",
    "no-channel-chat": "{number} was sold by us: there is no channel whose chat could tell them.",
    "refund-theirs": "The channel holds the money of {number} and pays it back. Nothing is marked here.",
    "refund-step": "The refund of {number} stands otherwise by now, so this cannot be marked. Look again.",
    "refund-none": "Nothing of {number} goes back.",
    "refund-gone": "This refund is not there any more.",
    "refund-day": "The money cannot have gone back on {day}: choose a day from the cancellation until today.",
    "refund-other-drawer": "This was given back in cash at {counter}: take it back there, where the drawer is.",
    "refund-why-missing": "Say why the money did not go back.",
    "refund-promised": "Money of {number} was promised back, so it cannot come back to life. Ask the channel.",
    # one row of a file
    "reference-missing": "The row has no order number.",
    "date-missing": "The row has no departure date.",
    "date-not-understood": "The departure date is not a date we can read.",
    "order-date-not-understood": "The order date is not a date we can read.",
    "amount-not-understood": "The amount is not a number we can read.",
    "currency-missing": "The amount names no currency. Add a column for it, or map one.",
    "quantity-not-understood": "The number of travelers is not a number we can read.",
    "row-not-readable": "The row has another number of columns than the heading.",
    "twice-in-file": "The same order stands twice in this file, with different content.",
    "fits-several": "The order fits several reservations: {numbers}. Decide on screen which one it is.",
    # files
    "format-unknown": (
        "{file} is none of the files we can read. Export the order list of the channel again, or "
        "name the channel."
    ),
    "file-empty": "{file} is empty. Export it again.",
    "file-not-readable": "{file} cannot be read: {why}.",
    "file-too-large": "{file} is too large to be an order list. Export a shorter span of days.",
    "not-what-it-claims": "{file} is not a {channel} file. Choose the right channel, or let it be recognised.",
    "columns-missing": (
        "{file} looks like {channel}, but these columns are missing: {columns}. Export all "
        "columns, or map them."
    ),
    "no-orders-of-ours": "{file} holds {what}, not orders of ours. There is nothing to import.",
    "channel-unknown": "No channel is called {channel}. Known are: {known}.",
    # lists, taken out of the house
    "ending-unknown": "{file} ends in none of {endings}. Choose one of these.",
    "too-many-to-print": "{count} rows are too many to print, {most} fit. Narrow the list, or export it.",
    "too-many-at-once": "{count} are too many at once, {most} can be decided together. Choose fewer.",
    "view-name-missing": "Say what the view shall be called.",
    "view-name-taken": "A view of yours is called {name} already. Choose another name.",
    "view-gone": "This view is not there any more. Save it again under a name.",
}

"""Sentences about money: what is paid, what a sale comes to, and what lies in the drawer."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # money
    "nothing-due": "Nothing is due to us on {number}.",
    "amount-wrong": "{amount} is not an amount in {currency}. Write it like {example}.",
    "too-much": "Only {due} is due on {number}. Take that, not more.",
    "not-allowed": "This needs the right to {action}. Ask {who}.",
    "status-unknown": "{status} is no status. Known are: {known}.",
    "file-not-writable": "{file} cannot be written: {why}. Choose another folder.",
    "tour-stuck": "The tour got stuck: {step} did not come to pass. Its last picture shows where.",
    "currency-not-taken": "{currency} is not taken here. Take one of {known}.",
    "currency-unknown": "{currency} is no currency that can be taken besides {own}. Write three letters, like USD.",
    "own-currency-unknown": "{currency} is no currency. Write three letters, like KRW.",
    "zone-unknown": "{zone} is no time zone. Write it like Asia/Seoul.",
    "country-unknown": "{country} is no country. Write two letters, like KR.",
    "rate-wrong": "{rate} is not what one {currency} is worth in {own}. Write it like 1342.5.",
    "nothing-handed": "Nothing was handed over. Write what the traveler gave, or leave it empty for the exact amount.",
    # a sale at the counter
    "name-missing": "Write a name: it is what the guide calls.",
    "nothing-chosen": "Choose a departure first.",
    "nobody-chosen": "Choose how many come.",
    "too-many-chosen": "At most {most} of a unit can be sold at once.",
    "unit-unknown": "{option} has no such unit any more. Choose again.",
    "price-missing": "{unit} of {product} has no price. Set one on the products page, then sell.",
    "seats-waited-for": (
        "{left} seats are left, and {waiting} guests who ordered before wait for an answer. "
        "Answer them first, or sell all the same."
    ),
    "departure-left": "This departure has left. Choose a later one.",
    "sold-already": "This was sold as {number} already, before it was changed here. Open it, or begin the next sale.",
    "total-too-large": "{amount} is more than one sale can come to. Look at the price on the products page.",
    "too-much-money": "{amount} is more than anybody hands over. Look at the rate in the settings.",
    "deposit-missing": "Write how much is paid now. F7 is for all of it.",
    "deposit-is-all": "This is the whole amount, not a deposit. Write a smaller one, or F7 for all of it.",
    # the drawer
    "shift-open": "The drawer was counted and opened already ({at}). Close that shift first.",
    "no-shift": "No shift is open here. Count the drawer and open one.",
    "count-wrong": "{amount} cannot be what lies in the drawer. Count again.",
    "count-missing": "Count what lies in the drawer in {currency}, and write 0 for nothing.",
    "move-reason-missing": "Say what the money is for.",
}

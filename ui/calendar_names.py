"""Finds a short name for every departure, so that a day of a month can name six of them.

Of a product's name the word that the fewest other products use; its option too where it has several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

Names = dict[tuple[str, str], tuple[str, str]]
"""By product and option: the product's short name, and the option's where it is needed."""


def short_names(departures: Iterable[tuple[str, str]]) -> Names:
    """('Hanbok', '') for ('Hanbok Rental', 'Half day'), ('Boat', 'Sunset') where the boat has two options."""
    pairs = set(departures)
    products = {product for product, _ in pairs}
    used = Counter(word for product in products for word in set(_words(product)))
    options = Counter(product for product, _ in pairs)
    return {
        (product, option): (_handle(product, used), option if options[product] > 1 else "")
        for product, option in pairs
    }


def _handle(product: str, used: Counter[str]) -> str:
    words = [word for word in _words(product) if len(word) > 2] or _words(product)
    return min(words, key=lambda word: used[word]) if words else product


def _words(product: str) -> list[str]:
    return [word.strip("[](),:;&·-") for word in product.split() if word.strip("[](),:;&·-")]

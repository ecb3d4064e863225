"""What the screen of products asks for and has done, on lanes only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.asking import DeskDoor

if TYPE_CHECKING:
    from controllers.products import Products as Surroundings
    from controllers.products import SavedProduct
    from controllers.schedule import Added
    from models.product_rows import ProductPage, Uses
    from ui.departure_dialog import NewDeparture

__all__ = [
    "Surroundings",
    "Uses",
    "add_departure",
    "delete",
    "look",
    "page",
    "read_photo",
    "remove_departure",
    "save",
    "uses",
]


def look(desk: DeskDoor) -> Surroundings:
    """Every product, and what editing one needs to know."""
    from controllers import products

    return products.see_products(desk=desk())


def page(desk: DeskDoor, product_id: int) -> ProductPage:
    """One product to be edited."""
    from controllers import products

    return products.see_product(product_id, desk=desk())


def uses(desk: DeskDoor, product_id: int) -> tuple[int, Uses]:
    """What of a product has to stay."""
    from controllers import products

    return product_id, products.see_uses(product_id, desk=desk())


def read_photo(path: Path) -> bytes:
    """A picture, as it would be kept."""
    from controllers.photos import read_photo as read

    return read(path)


def save(
    desk: DeskDoor, content: dict[str, Any], product_id: int | None, seen: str, photo: bytes | str | None
) -> SavedProduct:
    """Keeps a product."""
    from controllers import products
    from controllers.products_file import product_form

    form = product_form(content)
    picture: Any = photo
    return products.save_product(form, desk=desk(), product_id=product_id, seen=seen, photo=picture)


def delete(desk: DeskDoor, product_id: int) -> int:
    """Takes a product away that was never sold; which one it was."""
    from controllers import products

    products.delete_product(product_id, desk=desk())
    return product_id


def add_departure(desk: DeskDoor, option_id: int, told: NewDeparture) -> Added:
    """Makes one departure by hand."""
    from controllers import schedule

    return schedule.add_departure(option_id, told.day, told.starts, told.minutes, told.capacity, desk=desk())


def remove_departure(desk: DeskDoor, departure_id: int) -> None:
    """Takes a departure away that was made by hand."""
    from controllers import schedule

    schedule.remove_departure(departure_id, desk=desk())

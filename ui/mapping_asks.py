"""What the screen of unmatched orders asks for and has done, on lanes only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.asking import DeskDoor

if TYPE_CHECKING:
    from controllers.mapping import Mapped, Unmatched
    from models.mapping import GroupDetails, GroupKey
    from models.products import Catalogue


def look(desk: DeskDoor) -> Unmatched:
    """Every group, and all that it could mean."""
    from controllers import mapping

    return mapping.see_unmatched_groups(desk=desk())


def group(desk: DeskDoor, key: GroupKey) -> GroupDetails:
    """One group, closer."""
    from controllers import mapping

    return mapping.see_group(key, desk=desk())


def map_orders(
    desk: DeskDoor,
    key: GroupKey,
    product_id: int,
    option_id: int | None,
    units: dict[str, int],
    seen: Catalogue,
) -> Mapped:
    """Gives the words of a group a meaning, if nobody has since the catalogue was seen."""
    from controllers import mapping

    chosen = {"product_id": product_id, "option_id": option_id, "units": units}
    return mapping.map_orders(key, **chosen, desk=desk(), seen=seen)  # type: ignore[arg-type]

"""Takes reservations through their whole life in the real window, and leaves a picture of every step.

A practice desk of its own, the project's own demo exports, the real screens and use cases; only the clock is
moved, because a trip would otherwise take until the evening. A camera is played from the voucher that was
printed, and a handheld scanner by the keys it would press.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ui.tour import counter, office, talking
from ui.tour.guide import Guide

if TYPE_CHECKING:
    from ui.at_desk import AtDesk
    from ui.screen import Screen

STEPS: tuple[Callable[[Guide], str], ...] = (
    office.welcome,
    office.import_files,
    office.see_today,
    talking.hear_of_an_order,
    talking.write_before_confirming,
    office.confirm_from_calendar,
    talking.see_letters,
    office.see_list,
    office.print_voucher,
    talking.cancel_with_a_reason,
    talking.owe_a_refund,
    counter.hold_before_camera,
    counter.scan_again_by_hand,
    counter.let_a_part_in,
    counter.come_on_another_day,
    counter.come_with_a_cancelled_one,
    counter.sell_to_a_walk_in,
    counter.close_the_trip,
    talking.ask_for_a_comment,
    talking.thank_for_a_review,
    office.refused_to_cancel,
    talking.give_the_money_back,
    office.by_night,
)


def tour(folder: Path, screens: Mapping[str, Callable[[AtDesk], Screen]]) -> Iterator[str]:
    """Does the tour into `folder`; one line for each thing that happened.

    Raises CannotDo("tour-stuck") where a step does not come to pass.
    """
    guide = Guide(folder, screens)
    try:
        for step in STEPS:
            yield step(guide)
    finally:
        guide.close()

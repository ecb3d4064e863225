"""What a command answers to a person at a terminal."""

from __future__ import annotations

import argparse
from pathlib import Path

from controllers import command_line
from controllers.command_words import lines_of
from controllers.desk import Desk
from tests.builders import a_product


def test_an_import_says_what_became_of_every_file(a_desk: Desk, tmp_path: Path) -> None:
    a_product(a_desk)
    good, other = tmp_path / "good.csv", tmp_path / "other.csv"
    good.write_text(
        "Booking reference ID,Activity name,Package name,Date Request,Time Request,Lead participant,Country,"
        "Participant,No. of participants,Preferred language,Special requirements,Departure location,Phone number,"
        "Email,Total amount,Booking status\n"
        "VGPTEST536908,Boat,Night,2027-02-05,19:30,Rica Example,,2 x Adult,2,English,,,,,US$ 98.00,Pending\n"
        "VGPTEST536909,Boat,Night,2027-02-05,19:30,Rica Example,,2 x Adult,2,English,,,,,lots,Pending\n"
    )
    other.write_text("a,b\n1,2\n")
    chosen = argparse.Namespace(files=[str(good), str(other)], channel="", dry_run=False)
    head, row, last = lines_of(command_line._import(a_desk, chosen))
    assert head == f"{good}, klook: taken 1, changed 0, unchanged 0, refused 1"
    assert row.startswith("  row 3 VGPTEST536909: ")
    assert last.startswith(f"{other}: ")
    assert "{" not in last


def test_what_was_done_to_an_order_is_told_without_braces() -> None:
    told = {
        "history": [
            {"at": "10:00", "action": "receive", "facts": {"channel": "kkday", "by_us": False, "via": ""}}
        ]
    }
    assert list(lines_of(told)) == ["history:", "  - 10:00  receive  channel kkday, by us no"]

"""A handheld scanner and people at a real X screen: every code is read, no key of it arrives, nothing typed is eaten.

This is a sample of what the soak (`test_handheld_soak`) does two thousand times over.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from models import keyboards
from tests.journeys import wedge_talk, x_keys
from tests.journeys.typist import types
from tests.journeys.x_keys import Keyboard

pytestmark = pytest.mark.skipif(bool(x_keys.lacks()), reason=f"not installed here: {x_keys.lacks()}")

CODES = ("10000004821739046118277501", "CF-48217", "TNA-20270115-00012345", "30000000000190461182775019"[:26])


@pytest.fixture(scope="module")
def keyboard() -> Iterator[Keyboard]:
    with x_keys.a_screen() as display:
        made = Keyboard(display)
        yield made
        made.close()


@pytest.fixture(scope="module")
def desk(keyboard: Keyboard, tmp_path_factory: pytest.TempPathFactory) -> Iterator[wedge_talk.Talk]:
    with wedge_talk.a_desk(keyboard.display, tmp_path_factory.mktemp("handheld"), keyboard) as talk:
        yield talk


@pytest.mark.parametrize(
    ("place", "layout"), [("check-in", "us"), ("line edit", "fr"), ("dialog", "de"), ("table", "kr")]
)
def test_every_code_is_read_and_no_key_of_it_arrives(
    desk: wedge_talk.Talk, keyboard: Keyboard, place: str, layout: str
) -> None:
    keyboard.set_layout(layout)
    for _try in range(5):  # a machine that holds up the keys themselves proves nothing
        desk.ask("place", place)
        sent = [keyboard.scan(code) for code in CODES]
        told = desk.wait_for(len(CODES), 5)
        if not x_keys.stalled(told["times"], sent):
            break
    assert tuple(told["scans"]) == CODES
    assert (told["leaks"], told["text"]) == ([], "")


def test_what_people_type_arrives_as_they_typed_it(desk: wedge_talk.Talk, keyboard: Keyboard) -> None:
    keyboard.set_layout("us")
    desk.ask("place", "line edit")
    chance = random.Random(4)
    for text in ("Example, 2 adults", "pa55-WORD"):
        desk.ask("empty")
        written = types(keyboard, text, chance)
        told = desk.rest()
        assert (told["text"], told["scans"]) == (written, [])


def test_a_scan_over_a_verdict_is_the_next_one_and_presses_none_of_its_keys(
    desk: wedge_talk.Talk, keyboard: Keyboard
) -> None:
    keyboard.set_layout("us")
    desk.ask("place", "verdict")
    keyboard.scan(desk.codes["USED"])
    assert desk.wait_for(1)["verdict"] == "USED"
    desk.ask("empty")
    keyboard.scan(desk.codes["ADMIT"], end=keyboards.TAB)
    told = desk.wait_for(1)
    assert (told["verdict"], told["leaks"]) == ("ADMIT", [])

"""The handheld scanner, two thousand times over into each place, with a Hangul input method; and 200 typed texts.

Its own command: `python3 installer/bootstrap.py soak -k handheld`. Scans that the machine itself held up while their
keys were pressed are sent again and counted, because they were not sent at the speed of a scanner.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator

import pytest

from tests.journeys import wedge_talk, x_keys
from tests.journeys.typist import types
from tests.journeys.x_keys import Keyboard

_LACKS = x_keys.lacks() or wedge_talk.lacks_hangul()
pytestmark = [pytest.mark.soak, pytest.mark.skipif(bool(_LACKS), reason=f"not installed here: {_LACKS}")]

LAYOUTS = ("us", "fr", "de", "kr")
EACH, AT_A_TIME, TEXTS = 500, 10, 200
SHIFT, SPACE = 42, 57
HANGUL = {
    "dkssudgktpdy": "안녕하세요",
    "dPdir": "예약",
    "rkatkgkqslek": "감사합니다",
    "tjdnf": "서울",
    "qkfrdmsrjf": "밝은걸",
    "duftlagl": "열심히",
}
"""Keys on the board, and what they write in Hangul."""


@pytest.fixture(scope="module")
def keyboard() -> Iterator[Keyboard]:
    with x_keys.a_screen() as display:
        made = Keyboard(display)
        yield made
        made.close()


@pytest.fixture(scope="module")
def desk(keyboard: Keyboard, tmp_path_factory: pytest.TempPathFactory) -> Iterator[wedge_talk.Talk]:
    folder = tmp_path_factory.mktemp("handheld")
    with wedge_talk.a_desk(keyboard.display, folder, keyboard, hangul=True) as talk:
        yield talk


def codes(count: int, chance: random.Random) -> list[str]:
    """Ours, our numbers, and channels' references, as they come."""

    def one() -> str:
        kind = chance.random()
        if kind < 0.7:
            return "".join(chance.choices("0123456789", k=26))
        if kind < 0.85:
            return f"CF-{chance.randrange(10_000, 10_000_000)}"
        return f"TNA-{chance.randrange(20270101, 20271231)}-{chance.randrange(10**8):08d}"

    return [one() for _ in range(count)]


def switch(desk: wedge_talk.Talk, keyboard: Keyboard, *, hangul: bool) -> None:
    """Turn the input method to Hangul or to Latin letters in the field that has the keyboard, and see that it is."""
    for _try in range(3):
        desk.ask("empty")
        types(keyboard, "tjdnf ", random.Random(0))
        if desk.rest()["text"] == ("서울 " if hangul else "tjdnf "):
            desk.ask("empty")
            return
        for code, down in ((SHIFT, True), (SPACE, True), (SPACE, False), (SHIFT, False)):
            keyboard.key(code, down, 30)
        keyboard.wait()
    pytest.fail("the input method does not do as it is told")


def set_layout(keyboard: Keyboard, layout: str) -> None:
    keyboard.set_layout(layout)
    words = ["setxkbmap", "-display", keyboard.display, "-query"]
    assert layout in subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("place", ["check-in", "line edit", "dialog", "table"])
def test_two_thousand_scans_are_read_and_no_key_leaks(
    desk: wedge_talk.Talk, keyboard: Keyboard, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(place)
    set_layout(keyboard, "us")
    desk.ask("place", place)
    if place in ("line edit", "dialog"):
        switch(desk, keyboard, hangul=True)
    read = wrong = leaked = held_up = 0
    for layout in LAYOUTS:
        set_layout(keyboard, layout)
        done = 0
        while done < EACH:
            desk.ask("empty")
            sent = codes(AT_A_TIME, chance)
            moves = [keyboard.scan(code) for code in sent]
            told = desk.wait_for(AT_A_TIME, 30)
            late = x_keys.stalled(told["times"], moves)
            if late:
                held_up += len(late)
                continue
            right = sum(a == b for a, b in zip(told["scans"], sent, strict=False))
            read, wrong, leaked = read + right, wrong + AT_A_TIME - right, leaked + told["leaked"]
            done += AT_A_TIME
    with capsys.disabled():
        print(
            f"\n  {place}: {read} of {read + wrong} scans read, {leaked} keys leaked, {held_up} held up by the machine"
        )
    assert (read, wrong, leaked) == (EACH * len(LAYOUTS), 0, 0)


@pytest.mark.parametrize("place", ["line edit", "dialog"])
@pytest.mark.parametrize("hangul", [False, True], ids=["latin", "hangul"])
def test_two_hundred_typed_texts_arrive_whole(
    desk: wedge_talk.Talk,
    keyboard: Keyboard,
    place: str,
    hangul: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    chance = random.Random(f"{place}{hangul}")
    set_layout(keyboard, "us")
    desk.ask("place", place)
    switch(desk, keyboard, hangul=hangul)
    eaten, texts = [], 0
    while texts < TEXTS // 4:
        desk.ask("empty")
        pressed, expected = hangul_text(chance) if hangul else latin_text(chance)
        written = types(keyboard, pressed, chance)
        told = desk.rest()
        if hangul and written != pressed:
            continue  # Shift came too early: what that spells is not in the table
        texts += 1
        expected = expected if hangul else written
        if (told["text"], told["scans"]) != (expected, []):
            eaten.append((expected, told["text"], told["scans"]))
    with capsys.disabled():
        print(
            f"\n  typed into {place}, {'Hangul' if hangul else 'Latin'}: {len(eaten)} of {TEXTS // 4} texts changed"
        )
    assert eaten == []


def latin_text(chance: random.Random) -> tuple[str, str]:
    """Words, numbers and passwords."""
    signs = (
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM0123456789-_!#,."  # Shift and Space is the switch to Hangul
    )
    text = "".join(chance.choices(signs, k=chance.randint(3, 24))).strip() or "a"
    return text, text


def hangul_text(chance: random.Random) -> tuple[str, str]:
    """Two or three words; the space after each ends its last syllable."""
    words = chance.choices(list(HANGUL), k=chance.randint(1, 3))
    return "".join(f"{word} " for word in words), "".join(f"{HANGUL[word]} " for word in words)


def test_without_the_watch_the_same_scan_is_garbled_and_lands_in_the_field(
    keyboard: Keyboard, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What this is for: the same keys at a desk that does not watch them."""
    folder = tmp_path_factory.mktemp("unwatched")
    with wedge_talk.a_desk(keyboard.display, folder, keyboard, hangul=True, guarded=False) as talk:
        set_layout(keyboard, "us")
        talk.ask("place", "line edit")
        switch(talk, keyboard, hangul=True)
        keyboard.scan("TNA-20270115-00012345")
        told = talk.rest()
    assert told["scans"] == []
    assert told["leaked"] > 0
    assert told["text"] not in ("", "TNA-20270115-00012345")

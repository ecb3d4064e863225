"""A scanner is told from a person by the times and places of keys, and nothing a person types is lost."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from controllers.scanning.burst import Burst, Rhythm
from controllers.scanning.keys import Key, Place
from controllers.scanning.wedge import FIRST_MS, Wedge
from models import keyboards
from models.rewards import new_code, spelled

CODE = "10000004821739046118277501"
LSHIFT = min(keyboards.SHIFTS)


class Desk:
    """What came through to whoever has the keyboard, and what was read, after all these keys."""

    def __init__(self, keys: Iterable[Key], place: Place = Place.TEXT, wedge: Wedge | None = None) -> None:
        self.through: list[Key] = []
        self.bursts: list[Burst] = []
        wedge = wedge or Wedge()
        for key in keys:
            outcome = wedge.key(key, place)
            self.through += outcome.back if outcome.held else (*outcome.back, key)
            self.bursts += [outcome.burst] if outcome.burst else []
        last = wedge.silence(place)
        self.through += last.back
        self.bursts += [last.burst] if last.burst else []

    @property
    def texts(self) -> list[str]:
        return [burst.text for burst in self.bursts]


def strokes(
    text: str, *, gap: float = 2, start: int = 1000, layout: str = "us", end: str = "Enter"
) -> list[Key]:
    """A scanner's keys, each released before the next, with Shift around capitals."""
    keys: list[Key] = []
    at = float(start)
    for code, shift in keyboards.typed(text, layout):
        if shift:
            keys.append(Key(round(at), LSHIFT, True))
        keys.append(Key(round(at), code, True, shift))
        keys.append(Key(round(at + gap / 2), code, False, shift))
        if shift:
            keys.append(Key(round(at + gap / 2), LSHIFT, False, True))
        at += gap
    if end:
        code = keyboards.ENTER if end == "Enter" else keyboards.TAB
        keys += [Key(round(at), code, True), Key(round(at + gap / 2), code, False)]
    return keys


@pytest.mark.parametrize("end", ["Enter", "Tab", ""])
@pytest.mark.parametrize("gap", [0, 1, 2, 8, 16, 25])
@pytest.mark.parametrize("place", list(Place))
def test_a_scanner_is_read_and_none_of_its_keys_comes_through(place: Place, gap: int, end: str) -> None:
    desk = Desk(strokes(CODE, gap=gap, end=end), place)
    assert desk.texts == [CODE]
    assert desk.through == []
    assert desk.bursts[0].ended_by == end
    assert desk.bursts[0].gap_ms == gap


@pytest.mark.parametrize(
    "text", ["CF-48217", "cf-7", "TNA-20270115-00012345", "#BR-1400000245", "GYG48217XZ"]
)
def test_numbers_of_ours_and_of_channels_are_read_too(text: str) -> None:
    desk = Desk(strokes(text, gap=4), Place.TEXT)
    assert desk.texts == [text]
    assert desk.through == []


def person(text: str, chance: random.Random) -> list[Key]:
    """A person's keys: uneven, the next often down before the last is up, two at once now and then, quick Enter."""
    keys: list[Key] = []
    at = 10_000.0
    for code, shift in keyboards.typed(text):
        if shift:
            keys.append(Key(round(at - chance.uniform(20, 90)), LSHIFT, True))
        keys.append(Key(round(at), code, True, shift))
        up = at + chance.uniform(45, 120)
        keys.append(Key(round(up), code, False, shift))
        if shift:
            keys.append(Key(round(up + 1), LSHIFT, False, True))
        at += chance.choice((12, 28)) if chance.random() < 0.12 else max(40, chance.gauss(105, 40))
    keys += [Key(round(at), keyboards.ENTER, True), Key(round(at + 60), keyboards.ENTER, False)]
    return sorted(keys, key=lambda key: key.time_ms)


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("seed", range(60))
def test_what_a_fast_typist_types_comes_through_whole_and_in_order(seed: int, place: Place) -> None:
    chance = random.Random(seed)
    signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789-_!#"
    typed = person("".join(chance.choices(signs, k=chance.randint(1, 40))), chance)
    desk = Desk(typed, place)
    assert desk.through == typed
    assert desk.bursts == []


def test_a_single_key_is_held_for_less_than_anybody_sees() -> None:
    wedge = Wedge()
    key = Key(0, 30, True)
    assert wedge.key(key).held
    assert wedge.wait_ms == FIRST_MS <= 40
    assert wedge.silence().back == (key,)
    assert wedge.wait_ms == 0


def test_keys_with_ctrl_and_keys_that_write_nothing_are_never_held() -> None:
    left, copy = Key(0, 105, True), Key(0, 46, True, plain=False)
    for key in (left, copy):
        assert not Wedge().key(key).held


def test_a_key_that_writes_nothing_lets_those_before_it_go_first() -> None:
    first, left = Key(0, 30, True), Key(5, 105, True)
    assert Desk([first, left]).through == [first, left]


def test_a_key_that_is_held_down_repeats() -> None:
    keys = [
        Key(0, 10, True),
        *(Key(500 + n * 30, 10, True, repeat=True) for n in range(40)),
        Key(1700, 10, False),
    ]
    assert Desk(keys).through == keys


def test_a_hand_put_on_the_board_is_no_scanner() -> None:
    down = [Key(n * 4, code, True) for n, code in enumerate((2, 3, 4, 5, 16, 17, 18, 19))]
    up = [Key(200 + n, key.code, False) for n, key in enumerate(down)]
    for place in Place:
        assert Desk([*down, *up], place).through == [*down, *up]


def test_a_text_expander_writes_into_a_field_but_presses_no_buttons() -> None:
    words = strokes("Kind regards, your guides", gap=2, end="")
    assert Desk(words, Place.TEXT).through == words
    assert Desk(words, Place.KEYS).through == []


def test_a_reward_code_is_read_in_a_field_though_it_may_hold_no_figure() -> None:
    codes = (spelled(new_code(random.Random(seed).randrange)) for seed in range(1000))
    code = next(code for code in codes if code.replace("-", "").isalpha())
    desk = Desk(strokes(code), Place.TEXT)
    assert (desk.texts, desk.through) == ([code], [])


def test_a_password_manager_fills_in_a_password_that_looks_like_a_code() -> None:
    keys = strokes("Tr0ub4dor-3", gap=1)
    desk = Desk(keys, Place.SECRET)
    assert desk.through == keys
    assert desk.bursts == []


def test_a_second_enter_of_a_scanner_presses_nothing_and_a_persons_does() -> None:
    keys = strokes(CODE)
    again = [
        Key(keys[-1].time_ms + 2, keyboards.ENTER, True),
        Key(keys[-1].time_ms + 3, keyboards.ENTER, False),
    ]
    assert Desk([*keys, *again]).through == []
    later = [
        Key(keys[-1].time_ms + 150, keyboards.ENTER, True),
        Key(keys[-1].time_ms + 220, keyboards.ENTER, False),
    ]
    assert Desk([*keys, *later]).through == later


def test_a_key_pressed_just_before_a_scan_is_the_persons() -> None:
    mine = Key(980, 30, True)
    keys = strokes(CODE, start=1000)
    mine_up = Key(1007, 30, False)
    desk = Desk(sorted([mine, *keys, mine_up], key=lambda key: key.time_ms))
    assert desk.texts == [CODE]
    assert sorted(desk.through, key=lambda key: key.time_ms) == [mine, mine_up]


def test_a_control_sign_between_two_fields_of_a_code_presses_nothing() -> None:
    ctrl, bracket = 29, 27  # Ctrl+] is how a keyboard sends the separator of GS1 codes
    keys = strokes("0104012345", end="")
    at = keys[-1].time_ms
    between = [Key(at + 1, ctrl, True), Key(at + 2, bracket, True, plain=False)]
    between += [Key(at + 3, bracket, False, plain=False), Key(at + 4, ctrl, False)]
    desk = Desk([*keys, *between, *strokes("67890-21", start=at + 5)], Place.KEYS)
    assert (desk.texts, desk.through) == (["010401234567890-21"], [])


def test_ctrl_with_a_letter_of_a_person_is_pressed_at_once() -> None:
    wedge = Wedge()
    first, ctrl = Key(0, 30, True), Key(20, 29, True)
    assert wedge.key(first).held
    assert wedge.key(ctrl).held
    copy = Key(35, 46, True, plain=False)
    assert wedge.key(copy).back == (first, ctrl, copy)


def test_a_scanner_that_stumbles_in_the_middle_is_read_whole() -> None:
    first = strokes(CODE[:11], end="")
    rest = strokes(CODE[11:], start=first[-1].time_ms + 140)
    desk = Desk([*first, *rest])
    assert (desk.texts, desk.through) == ([CODE], [])


def test_a_scanner_that_stumbles_after_its_first_sign_is_read_whole() -> None:
    keys = strokes("TNA-20270115-00012345")
    late = [replace(key, time_ms=key.time_ms + 20) if n >= 5 else key for n, key in enumerate(keys)]
    desk = Desk(late)
    assert (desk.texts, desk.through) == (["TNA-20270115-00012345"], [])


def test_two_scans_at_once_are_two() -> None:
    first = strokes(CODE)
    desk = Desk([*first, *strokes("CF-48217", start=first[-1].time_ms + 70)], Place.KEYS)
    assert (desk.texts, desk.through) == ([CODE, "CF-48217"], [])


@pytest.mark.parametrize("layout", keyboards.LAYOUTS)
def test_a_scanner_of_any_country_is_held_back_and_read_when_its_country_is_known(layout: str) -> None:
    for text in (CODE, "TNA-20270115-00012345"):
        known = Desk(strokes(text, layout=layout), Place.TEXT, Wedge(layout))
        assert (known.texts, known.through) == ([text], [])
        assert Desk(strokes(text, layout=layout), Place.TEXT).through == []


def test_a_code_by_the_keypad_is_read() -> None:
    pad = {sign: code for (code, shift), sign in keyboards.signs_of("us").items() if code > 70 and not shift}
    keys = [
        key
        for n, sign in enumerate(CODE)
        for key in (Key(n * 2, pad[sign], True), Key(n * 2 + 1, pad[sign], False))
    ]
    desk = Desk([*keys, Key(60, keyboards.KEYPAD_ENTER, True), Key(61, keyboards.KEYPAD_ENTER, False)])
    assert (desk.texts, desk.through) == ([CODE], [])


def test_a_slow_scanner_is_read_once_its_speed_is_known() -> None:
    keys = strokes(CODE, gap=42)
    assert Desk(keys).texts == []
    assert Desk(keys).through == keys
    assert Desk(keys, wedge=Wedge(slowest_ms=50)).texts == [CODE]


def test_the_clock_of_x_starts_anew() -> None:
    keys = [
        Key((key.time_ms + (1 << 32) - 1020) % (1 << 32), key.code, key.pressed, key.shift)
        for key in strokes(CODE)
    ]
    assert keys[0].time_ms > keys[-1].time_ms
    assert Desk(keys).texts == [CODE]


def test_an_enter_weeks_after_the_last_scan_is_a_persons() -> None:
    """The clock of keys has 32 bits, and half of it reads as 'just now'."""
    wedge = Wedge()
    assert Desk(strokes(CODE), wedge=wedge).texts == [CODE]
    weeks = 26 * 24 * 3600 * 1000
    first, enter = Key(weeks, 105, True), Key(weeks + 5000, keyboards.ENTER, True)
    assert Desk([first, enter], wedge=wedge).through == [first, enter]


def test_a_key_that_a_scan_left_down_is_whole_when_a_person_presses_it_again() -> None:
    """It went up in the window of another program, which nobody told us."""
    wedge = Wedge()
    Desk(strokes(CODE)[:-1], wedge=wedge)
    enter = [Key(9000, keyboards.ENTER, True), Key(9080, keyboards.ENTER, False)]
    assert Desk(enter, wedge=wedge).through == enter


def test_a_code_of_thousands_of_signs_takes_no_more_work_for_each_than_a_short_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    writes = Key.writes.fget  # type: ignore[attr-defined]
    monkeypatch.setattr(Key, "writes", property(lambda key: looked.append(key.code) or writes(key)))
    desk = Desk(strokes("A1" * 2000, gap=2))
    assert desk.texts == ["A1" * 2000]
    assert len(looked) < 8000 * 200


# --- a foreign code of several lines --------------------------------------------------------------

CARD = ["BEGIN:VCARD", "N:Example", "a", "TEL:+00 000", "END:VCARD"]


def lines(texts: Iterable[str], *, gap: float = 4, breaks: int = 1) -> list[Key]:
    """A scanner sends a text of several lines, each with Enter."""
    keys: list[Key] = []
    for text in texts:
        keys += strokes(text, gap=gap, start=keys[-1].time_ms + round(gap) if keys else 1000)
        for _ in range(breaks - 1):
            at = keys[-1].time_ms + 2
            keys += [Key(at, keyboards.ENTER, True), Key(at + 1, keyboards.ENTER, False)]
    return keys


def enters(keys: Iterable[Key]) -> list[Key]:
    return [key for key in keys if key.code in (keyboards.ENTER, keyboards.TAB)]


@pytest.mark.parametrize("gap", [2, 8, 25])
@pytest.mark.parametrize("breaks", [1, 2])
def test_a_foreign_code_of_several_lines_goes_into_a_field_as_one_and_presses_nothing(
    gap: int, breaks: int
) -> None:
    desk = Desk(lines(CARD, gap=gap, breaks=breaks), Place.TEXT)
    assert enters(desk.through) == []
    written = [key.stroke for key in desk.through if key.pressed and key.writes]
    assert keyboards.written(written) == "BEGIN:VCARD N:Example a TEL:+00 000 END:VCARD "
    downs = [key for key in desk.through if key.turned]
    assert [key.pressed for key in downs] == [True, False] * len(CARD)


def test_a_short_line_at_a_machines_speed_presses_nothing_either() -> None:
    assert enters(Desk(lines(["abc"], gap=3), Place.TEXT).through) == []
    assert Desk(lines(["abc"], gap=3), Place.KEYS).through == []


def test_an_address_and_what_follows_it_are_a_scan_and_a_text() -> None:
    for place in (Place.TEXT, Place.KEYS):
        desk = Desk(lines(["https://example.test/a", "b c"], gap=5), place)
        assert desk.texts == ["https://example.test/a"]
        assert enters(desk.through) == []
        assert bool(desk.through) is (place is Place.TEXT)


def test_of_a_foreign_code_where_nothing_can_be_written_the_first_line_is_the_scan() -> None:
    desk = Desk(lines(CARD), Place.KEYS)
    assert (desk.texts, desk.through) == (["BEGIN:VCARD"], [])


def test_the_last_line_of_a_foreign_code_presses_no_key_of_a_screen() -> None:
    keys = [key for key in lines([CODE, "cx"], gap=3) if key.time_ms < 1000 + 3 * 26 + 3 + 3 * 2]
    assert Desk(keys, Place.KEYS).through == []


def test_in_a_text_of_several_lines_a_break_is_a_break() -> None:
    keys = lines(CARD)
    assert Desk(keys, Place.LINES).through == keys
    tabbed = strokes("BEGIN:VCARD", gap=4, end="Tab")  # but Tab would go to the button below
    assert enters(Desk(tabbed, Place.LINES).through) == []


def test_a_password_that_a_program_fills_in_is_still_ended_by_enter() -> None:
    keys = strokes("Tr0ub4dor-3", gap=2)
    assert Desk(keys, Place.SECRET).through == keys


def test_a_person_who_goes_on_after_a_scan_is_heard() -> None:
    keys = strokes(CODE)
    mine = [key for n in range(3) for key in strokes("c", start=keys[-1].time_ms + 90 + 120 * n, end="")]
    assert Desk([*keys, *mine], Place.KEYS).through == mine


# --- a scanner as slow as a person ----------------------------------------------------------------


def at_a_slow_counter() -> Wedge:
    wedge = Wedge()
    wedge.rhythm = Rhythm(90, 12)
    return wedge


def uneven(text: str, seed: int, *, end: str = "Enter") -> list[Key]:
    """A slow scanner on a bus that asks every eight milliseconds."""
    chance, keys, late = random.Random(seed), strokes(text, gap=90, end=end), 0
    moved = []
    for key in keys:
        late = chance.choice((0, 4)) if key.pressed else late
        moved.append(replace(key, time_ms=key.time_ms + late))
    return moved


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("end", ["Enter", "Tab", ""])
def test_a_scanner_as_slow_as_a_person_is_read_by_its_rhythm(place: Place, end: str) -> None:
    for seed in range(5):
        desk = Desk(uneven(CODE, seed, end=end), place, at_a_slow_counter())
        assert (desk.texts, desk.through) == ([CODE], [])
    assert Desk(uneven(CODE, 1), place).texts == []


def test_a_slow_scanners_long_reference_is_read_and_a_short_word_is_a_persons() -> None:
    desk = Desk(uneven("TNA-20270115-00012345", 3), Place.TEXT, at_a_slow_counter())
    assert (desk.texts, desk.through) == (["TNA-20270115-00012345"], [])
    short = uneven("CF-48217", 3)
    assert Desk(short, Place.TEXT, at_a_slow_counter()).through == short


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("pace", [75, 90, 105])
def test_where_a_rhythm_was_learned_nothing_a_person_types_is_eaten(place: Place, pace: int) -> None:
    for seed in range(40):
        chance = random.Random(seed)
        typed, at = [], 10_000.0
        for code, shift in keyboards.typed("".join(chance.choices("abcdef0123456789-", k=30))):
            typed += [Key(round(at), code, True, shift), Key(round(at + 30), code, False, shift)]
            at += max(40, chance.gauss(pace, 22))
        typed += [Key(round(at), keyboards.ENTER, True), Key(round(at + 60), keyboards.ENTER, False)]
        desk = Desk(typed, place, at_a_slow_counter())
        assert (desk.through, desk.bursts) == (typed, [])


def test_where_a_rhythm_was_learned_a_key_waits_for_the_next_of_that_scanner_and_no_longer() -> None:
    wedge = at_a_slow_counter()
    first, second = Key(0, 30, True), Key(60, 31, True)
    assert wedge.key(first).held
    assert wedge.wait_ms == 102
    assert wedge.key(second).back == (first,)  # earlier than that scanner's next: a person's
    assert wedge.silence().back == (second,)


def test_where_a_rhythm_was_learned_a_quick_scanner_is_read_as_ever() -> None:
    for gap in (2, 25):
        desk = Desk(strokes(CODE, gap=gap), Place.TEXT, at_a_slow_counter())
        assert (desk.texts, desk.through) == ([CODE], [])

"""Decides where everything stands on the pages of a day sheet, before a drop of ink.

Filled from the top: the sums of the day, then departure by departure its own sums and its travelers, a
box before everybody who has a name. A traveler is not torn apart by the end of a page unless the party
is longer than a page; a departure that goes on says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from controllers.manifest_pdf.wording import SheetWords, money
from controllers.voucher_pdf.marks import (
    HEIGHT,
    INK,
    INK2,
    INK3,
    STOP,
    STOP_SOFT,
    WIDTH,
    Band,
    Box,
    Colour,
    Mark,
    Page,
    Rule,
    Text,
)
from controllers.voucher_pdf.text import Line, Typesetter
from models.manifest import DepartureSheet, Guest, Manifest

MARGIN, TOP, FOOT = 36.0, HEIGHT - 40, 46.0
_ROOM = WIDTH - 2 * MARGIN
_LEADING = 1.32
# Where the columns begin, and how wide they are: box, heads, who, units, pick-up, notes.
_HEADS, _WHO, _UNITS, _PICKUP, _NOTES = 20.0, 52.0, 238.0, 322.0, 416.0
_WIDE_WHO, _WIDE_UNITS, _WIDE_PICKUP, _WIDE_NOTES = 178.0, 78.0, 88.0, _ROOM - _NOTES
_BOX, _SMALL_BOX = 11.0, 7.5
_MOST_LINES = 14  # of a request; what is longer ends in an ellipsis and is read on screen


@dataclass(slots=True)
class _Paper:
    """The pages so far: marks are put below `y`, and a new page is begun where there is no room left."""

    words: SheetWords
    setter: Typesetter
    manifest: Manifest
    pages: list[list[Mark]] = field(default_factory=list)
    y: float = 0.0
    going_on: str = ""

    def begin_page(self) -> None:
        """A fresh page with its running head, and the departure that goes on."""
        self.pages.append([])
        self.y = TOP
        title = self.setter.line(self.words("title"), 10, bold=True)
        aside = self.setter.line(self.words.as_of(self.manifest), 8.5, width=_ROOM * 0.6)
        self.put(Text(title, MARGIN, self.y - 10, INK))
        self.put(Text(aside, WIDTH - MARGIN - aside.width, self.y - 10, INK2))
        self.y -= 18
        self.put(Rule(MARGIN, self.y, _ROOM))
        self.y -= 8
        if self.manifest.practice and len(self.pages) == 1:
            self.warn(self.words("practice"))
        if self.going_on:
            self.line(f"{self.going_on} ({self.words('continued')})", 9, colour=INK2)
            self.y -= 4

    def put(self, *marks: Mark) -> None:
        self.pages[-1].extend(marks)

    def need(self, height: float) -> None:
        """A new page where so much does not fit any more."""
        if self.y - height < FOOT:
            self.begin_page()

    def line(self, text: str, size: float, *, bold: bool = False, colour: Colour = INK) -> None:
        """One line over the whole width."""
        self.need(size * _LEADING)
        self.put(Text(self.setter.line(text, size, bold=bold, width=_ROOM), MARGIN, self.y - size, colour))
        self.y -= size * _LEADING

    def warn(self, text: str) -> None:
        """A line on a ground that is seen from afar."""
        self.put(Band(MARGIN, self.y - 18, _ROOM, 18, STOP_SOFT))
        told = self.setter.line(text, 9.5, bold=True, width=_ROOM - 16)
        self.put(Text(told, MARGIN + 8, self.y - 13, STOP))
        self.y -= 24

    @property
    def whole(self) -> float:
        """The room of an empty page."""
        return TOP - 60 - FOOT


def pages(manifest: Manifest, words: SheetWords, setter: Typesetter) -> list[Page]:
    """The pages of a sheet; one that nobody is on says so."""
    paper = _Paper(words, setter, manifest)
    paper.begin_page()
    paper.line(words.day(manifest.day), 17, bold=True)
    if len(manifest.sheets) != 1:
        _put_day(paper)
    for sheet in manifest.sheets:
        _put_departure(paper, sheet)
    if manifest.strays:
        _put_strays(paper, manifest.strays)
    return _numbered(paper)


def _put_day(paper: _Paper) -> None:
    manifest, words = paper.manifest, paper.words
    expected, waiting = manifest.expected, manifest.not_confirmed
    if not expected and not waiting:
        if not manifest.strays:
            paper.line(words("nobody"), 11, colour=INK2)
        return
    told = [
        words("orders", n=len(expected)),
        words("figures", heads=sum(g.heads for g in expected), arrived=sum(g.arrived for g in expected)),
    ]
    if waiting:
        told.append(words("waiting", n=len(waiting)))
    paper.y -= 4
    paper.line(f"{words('whole_day')}: {', '.join(told)}", 11, bold=True)
    _put_sums(paper, expected)


def _put_sums(paper: _Paper, guests: Sequence[Guest]) -> None:
    for label, told in paper.words.sums(guests):
        lines = paper.setter.wrap(told, 9.5, _ROOM - 74, lines=6)
        paper.need(len(lines) * 9.5 * _LEADING)
        paper.put(Text(paper.setter.line(label, 9.5, width=70), MARGIN, paper.y - 9.5, INK3))
        for line in lines:
            paper.put(Text(line, MARGIN + 74, paper.y - 9.5, INK))
            paper.y -= 9.5 * _LEADING


def _put_departure(paper: _Paper, sheet: DepartureSheet) -> None:
    words, setter = paper.words, paper.setter
    paper.need(120)  # its head and the first travelers stay together
    paper.y -= 12
    paper.put(Rule(MARGIN, paper.y, _ROOM))
    paper.y -= 4
    time = setter.line(words.clock(sheet.departs_at, sheet.zone), 16, bold=True)
    seats = setter.line(words.seats(sheet), 10, bold=True)
    name = setter.line(sheet.product, 12.5, bold=True, width=_ROOM - time.width - seats.width - 24)
    paper.put(
        Text(time, MARGIN, paper.y - 16),
        Text(name, MARGIN + time.width + 10, paper.y - 16),
        Text(seats, WIDTH - MARGIN - seats.width, paper.y - 16, STOP if sheet.over else INK),
    )
    paper.y -= 16 * _LEADING
    paper.line(words.about(sheet), 10, colour=INK2)
    if sheet.meeting_point:
        paper.line(words("meet", place=" ".join(sheet.meeting_point.split())), 10, colour=INK2)
    _put_sums(paper, sheet.expected)
    paper.going_on = f"{words.clock(sheet.departs_at, sheet.zone)} {sheet.product}, {sheet.option}"
    if sheet.expected:
        _put_headings(paper)
    else:
        paper.line(words("nobody"), 10, colour=INK2)
    for guest in sheet.expected:
        _put_guest(paper, guest)
    if sheet.not_confirmed:
        paper.need(48)
        paper.y -= 6
        paper.line(words("not_confirmed"), 9.5, bold=True, colour=INK2)
        for guest in sheet.not_confirmed:
            _put_guest(paper, guest)
    paper.going_on = ""


def _put_strays(paper: _Paper, guests: Sequence[Guest]) -> None:
    """Who may stand at the counter although no departure of ours is theirs."""
    paper.need(110)
    paper.y -= 12
    paper.put(Rule(MARGIN, paper.y, _ROOM))
    paper.y -= 6
    paper.line(paper.words("strays"), 12.5, bold=True)
    paper.going_on = paper.words("strays")
    _put_headings(paper)
    for guest in guests:
        _put_guest(paper, guest)
    paper.going_on = ""


def _put_headings(paper: _Paper) -> None:
    paper.y -= 6
    for key, x in (("who", _WHO), ("units", _UNITS), ("pickup", _PICKUP), ("notes", _NOTES)):
        paper.put(Text(paper.setter.line(paper.words(key), 8), MARGIN + x, paper.y - 8, INK3))
    paper.y -= 12
    paper.put(Rule(MARGIN, paper.y, _ROOM))


def _put_guest(paper: _Paper, guest: Guest) -> None:
    """A traveler with everybody of the party; columns beside each other, as high as the longest of them."""
    who, beside = _who(paper, guest), _beside(paper, guest)
    companions = [paper.setter.line(name, 9.5, width=_WIDE_WHO - 12) for name in guest.companions]
    high = max(_height(who) + len(companions) * 9.5 * _LEADING, *(_height(lines) for _, lines in beside)) + 8
    if high <= paper.whole:
        paper.need(high)
    else:
        paper.need(max(_height(who), *(_height(lines) for _, lines in beside)) + 30)
    paper.y -= 4
    top = paper.y
    if guest.expected:
        paper.put(Box(MARGIN, top - 12, _BOX))
    heads = paper.setter.line(
        paper.words("heads_unknown") if guest.party is None else str(guest.party), 12, bold=True
    )
    paper.put(Text(heads, MARGIN + _HEADS + 24 - heads.width, top - 11, INK))
    below = [_put_lines(paper, MARGIN + x, top, lines) for x, lines in beside]
    paper.y = _put_lines(paper, MARGIN + _WHO, top, who)
    for line in companions:
        if paper.y - 9.5 * _LEADING < FOOT:
            paper.begin_page()
            below = []
        paper.put(Box(MARGIN + _WHO, paper.y - 9, _SMALL_BOX), Text(line, MARGIN + _WHO + 12, paper.y - 9))
        paper.y -= 9.5 * _LEADING
    paper.y = min([paper.y, *below]) - 4
    paper.put(Rule(MARGIN, paper.y, _ROOM))


def _who(paper: _Paper, guest: Guest) -> list[tuple[Line, Colour]]:
    words, setter = paper.words, paper.setter
    name = guest.lead if guest.lead is not None else words("hidden")
    made = [(line, INK) for line in setter.wrap(name, 11, _WIDE_WHO, lines=2, bold=guest.lead is not None)]
    made += [(line, INK) for line in setter.wrap(guest.product, 9.5, _WIDE_WHO, lines=2)]
    made += [
        (line, INK2)
        for line in setter.wrap(words.second_line(guest, paper.manifest.zone), 8.5, _WIDE_WHO, lines=2)
    ]
    if guest.due is not None:
        told = setter.line(words("due", amount=money(guest.due)), 9.5, bold=True, width=_WIDE_WHO)
        made.append((told, STOP))
    return made


def _beside(paper: _Paper, guest: Guest) -> list[tuple[float, list[tuple[Line, Colour]]]]:
    words, setter = paper.words, paper.setter
    spoken = words.language_word(guest.language) if guest.language else ""
    units = [(line, INK) for line in setter.wrap(words.units(guest), 9.5, _WIDE_UNITS, lines=5)]
    units += [(line, INK2) for line in setter.wrap(spoken, 9, _WIDE_UNITS, lines=2)]
    pickup = [(line, INK) for line in setter.wrap(guest.pickup, 9.5, _WIDE_PICKUP, lines=6)]
    notes = [(line, INK) for line in setter.wrap(guest.request, 9.5, _WIDE_NOTES, lines=_MOST_LINES)]
    for note in guest.notes:
        notes += [(line, INK2) for line in setter.wrap(note, 9, _WIDE_NOTES, lines=_MOST_LINES)]
    return [(_UNITS, units), (_PICKUP, pickup), (_NOTES, notes)]


def _height(lines: list[tuple[Line, Colour]]) -> float:
    return sum(line.size * _LEADING for line, _ in lines)


def _put_lines(paper: _Paper, x: float, top: float, lines: list[tuple[Line, Colour]]) -> float:
    """Lines below each other; where they end."""
    for line, colour in lines:
        paper.put(Text(line, x, top - line.size, colour))
        top -= line.size * _LEADING
    return top


def _numbered(paper: _Paper) -> list[Page]:
    """Every page with its number, and what is to be done with it."""
    count, made = len(paper.pages), []
    private = paper.setter.line(paper.words("private"), 8, width=_ROOM * 0.75)
    for n, marks in enumerate(paper.pages, start=1):
        number = paper.setter.line(paper.words("page", n=n, all=count), 8.5)
        foot: list[Mark] = [
            Rule(MARGIN, FOOT - 8, _ROOM),
            Text(private, MARGIN, FOOT - 20, INK3),
            Text(number, WIDTH - MARGIN - number.width, FOOT - 20, INK2),
        ]
        made.append(Page((*marks, *foot)))
    return made

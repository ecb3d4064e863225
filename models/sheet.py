"""A sheet of paper as plain words: a title, what it is about, and sections of sentences and tables."""

from __future__ import annotations

from dataclasses import field

from models.frozen import frozen


@frozen
class SheetColumn:
    """A column of a table; `share` is its part of the width, numbers stand at the `right`."""

    title: str
    share: float = 1.0
    right: bool = False


@frozen
class SheetLine:
    """One row of a table; a `heavy` one is a sum, a `wrong` one is seen from afar."""

    cells: tuple[str, ...]
    heavy: bool = False
    wrong: bool = False


@frozen
class SheetNote:
    """One sentence; a `wrong` one is seen from afar."""

    text: str
    wrong: bool = False


@frozen
class SheetSection:
    """Sentences, then a table; a section without either says its `nothing`."""

    title: str
    notes: tuple[SheetNote, ...] = ()
    columns: tuple[SheetColumn, ...] = ()
    lines: tuple[SheetLine, ...] = ()
    nothing: str = ""


@frozen
class Sheet:
    """The whole of it. `page` is 'Page {n} of {all}', `practice` a warning or ''."""

    title: str
    about: str
    as_of: str
    page: str
    foot: str = ""
    practice: str = ""
    sections: tuple[SheetSection, ...] = field(default=())

    @property
    def words(self) -> str:
        """Everything that stands on it, for a screen reader."""
        told = [self.title, self.about]
        for section in self.sections:
            told += [section.title, *(note.text for note in section.notes)]
            told += ["; ".join(cell for cell in line.cells if cell) for line in section.lines]
        return "\n".join(part for part in told if part)

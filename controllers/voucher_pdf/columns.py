"""A stretch of page that is filled from the top: lines, labels, rules, one below the other."""

from __future__ import annotations

from controllers.voucher_pdf.marks import INK, INK2, INK3, Colour, Mark, Rule, Text
from controllers.voucher_pdf.text import Line, Typesetter


class Column:
    """Starts at `top` and goes down; `scale` is how large letters are here, `accent` the colour of its labels."""

    def __init__(
        self,
        setter: Typesetter,
        x: float,
        top: float,
        width: float,
        *,
        scale: float = 1,
        accent: Colour = INK3,
    ) -> None:
        self.setter, self.x, self.y, self.width = setter, x, top, width
        self.scale, self.accent = scale, accent
        self.marks: list[Mark] = []

    def beside(self, x: float, width: float) -> Column:
        """Another one from the same height on."""
        return Column(self.setter, x, self.y, width, scale=self.scale, accent=self.accent)

    def size(self, points: float) -> float:
        """Letters of this size, as large as they are here."""
        return round(points * self.scale, 1)

    def put(self, lines: list[Line], colour: Colour = INK, leading: float = 1.36) -> None:
        """Lines that are set already."""
        for line in lines:
            self.marks.append(Text(line, self.x, self.y - line.size * 1.06, colour))
            self.y -= line.size * leading

    def label(self, word: str) -> None:
        """What the next lines are about."""
        line = self.setter.line(word, max(7.5, self.size(8.5)), width=self.width)
        self.put([line], self.accent, 1.55)

    def words(self, text: str, size: float, lines: int, *, bold: bool = False, colour: Colour = INK) -> None:
        """A text on at most so many lines."""
        self.put(self.setter.wrap(text, self.size(size), self.width, lines=lines, bold=bold), colour)

    def pair(self, name: str, amount: str, size: float, *, bold: bool = False, colour: Colour = INK2) -> None:
        """A name at the left, and an amount at the right that is never cut."""
        right = self.setter.line(amount, self.size(size), bold=bold)
        left = self.setter.wrap(name, self.size(size), self.width - right.width - 6, lines=2, bold=bold)
        y = self.y - right.size * 1.06
        self.marks.append(Text(right, self.x + self.width - right.width, y, INK if bold else colour))
        if left:
            self.put(left, INK if bold else colour)
        else:
            self.y -= right.size * 1.36

    def centred(self, line: Line, colour: Colour = INK, leading: float = 1.36) -> None:
        """One line in the middle."""
        self.marks.append(
            Text(line, self.x + (self.width - line.width) / 2, self.y - line.size * 1.06, colour)
        )
        self.y -= line.size * leading

    def rule(self, above: float, below: float) -> None:
        """A hairline, with room around it."""
        self.y -= above * self.scale
        self.marks.append(Rule(self.x, self.y, self.width))
        self.y -= below * self.scale

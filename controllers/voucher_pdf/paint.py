"""Puts the ink of a laid-out voucher on PDF pages, with reportlab.

Thai vowels and tones, and Latin letters with loose marks, are placed by the font's own rules
(HarfBuzz); such a stretch also carries its plain text, for searching and for screen readers.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable
from math import cos, radians, sin
from typing import Any

from controllers.voucher_pdf import fonts
from controllers.voucher_pdf.marks import (
    BORDER,
    INK2,
    Band,
    Box,
    Card,
    Code,
    Drawing,
    Page,
    Picture,
    Tear,
    Text,
)
from controllers.voucher_pdf.printed import Printed
from controllers.voucher_pdf.text import TO_SHAPE, Piece

Place = tuple[float, float]
_CORNER, _NOTCH = 10.0, 8.0
_ARC = 0.5523
_THICKEN = 0.028


def pdf_of(pages: Iterable[Page], *, title: str, author: str, language: str) -> Printed:
    """The pages as a PDF file; the same pages give the same bytes. Each is forgotten when it is drawn."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # bytes as they are: the other spelling is for mail of the 1990s, and slow
    out = io.BytesIO()
    # A first font of ours, or reportlab names Helvetica on every page without embedding it.
    first = fonts.first_face().font.fontName
    canvas = Canvas(out, invariant=1, lang=language, initialFontName=first)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("")
    canvas.setCreator("Counterfoil")
    count, tallest = 0, 0.0
    for page in pages:
        count, tallest = count + 1, max(tallest, page.height)
        canvas.setPageSize((page.width, page.height))
        for mark in page:
            if not isinstance(mark, Text):
                _draw(canvas, mark)
            elif mark.angle:
                _write(canvas, [mark])
        _write(canvas, [mark for mark in page if isinstance(mark, Text) and not mark.angle])
        canvas.showPage()
    canvas.save()
    return Printed(out.getvalue(), pages=count, height=tallest)


def _draw(canvas: Any, mark: Drawing) -> None:
    if isinstance(mark, Code):
        _draw_code(canvas, mark)
    elif isinstance(mark, Card):
        _draw_card(canvas, mark)
    elif isinstance(mark, Band):
        canvas.setFillColorRGB(*mark.colour)
        canvas.rect(mark.x, mark.y, mark.width, mark.height, stroke=0, fill=1)
    elif isinstance(mark, Box):
        canvas.setLineWidth(0.8)
        canvas.setStrokeColorRGB(*INK2)
        canvas.rect(mark.x, mark.y, mark.side, mark.side, stroke=1, fill=0)
    elif isinstance(mark, Tear):
        canvas.setStrokeColorRGB(*BORDER)
        _dotted(canvas, mark.x, mark.y, mark.width)
    elif isinstance(mark, Picture):
        canvas.drawImage(_image(mark.image), mark.x, mark.y, mark.width, mark.height, mask="auto")
    else:
        canvas.setLineWidth(0.6)
        canvas.setStrokeColorRGB(*mark.colour)
        canvas.line(mark.x, mark.y, mark.x + mark.width, mark.y)


def _draw_code(canvas: Any, code: Code) -> None:
    """All modules as one path: one shape, one colour, no hairlines.

    Written as PDF itself, in whole modules: reportlab takes longer for a hundred rectangles than
    for all the text.
    """
    last = code.modules.rows
    boxes = " ".join(f"{c} {last - r - high} {wide} {high} re" for c, r, wide, high in code.modules.dark)
    place = f"{code.module:.3f} 0 0 {code.row_height:.3f} {code.x:.3f} {code.y:.3f} cm"
    canvas.addLiteral(f"q 0 g {place} {boxes} f Q")


def _draw_card(canvas: Any, card: Card) -> None:
    canvas.setLineWidth(0.9)
    canvas.setStrokeColorRGB(*BORDER)
    canvas.drawPath(_outline(canvas.beginPath(), card), stroke=1, fill=0)
    _dotted(canvas, card.x + _NOTCH + 7, card.tear, card.width - 2 * _NOTCH - 14)


def _dotted(canvas: Any, x: float, y: float, width: float) -> None:
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineWidth(1.5)
    canvas.setDash([0, 4.5])
    canvas.line(x, y, x + width, y)
    canvas.restoreState()


@functools.lru_cache(maxsize=4)
def _image(data: bytes) -> Any:
    """A logo is unpacked once, and stands once in a file of many pages."""
    from reportlab.lib.utils import ImageReader

    return ImageReader(io.BytesIO(data))


def image_size(data: bytes) -> Place:
    """How large an image is, in its own dots."""
    wide, high = _image(data).getSize()
    return wide, high


def _outline(path: Any, card: Card) -> Any:
    """Around the card from its upper left, clockwise: corners bulge out, notches bite in."""
    left, right, bottom, top = card.x, card.x + card.width, card.y, card.y + card.height
    r, n, tear = _CORNER, _NOTCH, card.tear
    path.moveTo(left + r, top)
    path.lineTo(right - r, top)
    _quarter(path, (right - r, top), (right, top - r), (right, top))
    path.lineTo(right, tear + n)
    _quarter(path, (right, tear + n), (right - n, tear), (right - n, tear + n))
    _quarter(path, (right - n, tear), (right, tear - n), (right - n, tear - n))
    path.lineTo(right, bottom + r)
    _quarter(path, (right, bottom + r), (right - r, bottom), (right, bottom))
    path.lineTo(left + r, bottom)
    _quarter(path, (left + r, bottom), (left, bottom + r), (left, bottom))
    path.lineTo(left, tear - n)
    _quarter(path, (left, tear - n), (left + n, tear), (left + n, tear - n))
    _quarter(path, (left + n, tear), (left, tear + n), (left + n, tear + n))
    path.lineTo(left, top - r)
    _quarter(path, (left, top - r), (left + r, top), (left, top))
    path.close()
    return path


def _quarter(path: Any, start: Place, end: Place, pull: Place) -> None:
    """A quarter of a circle, drawn towards `pull`, the corner of its square."""
    handles = [p + (q - p) * _ARC for point in (start, end) for p, q in zip(point, pull, strict=True)]
    path.curveTo(*handles, *end)


def _write(canvas: Any, texts: list[Text]) -> None:
    writer = canvas.beginText(0, 0)
    outline = 0.0
    colour = None
    for text in texts:
        if text.colour != colour:
            colour = text.colour
            writer.setFillColorRGB(*colour)
            writer.setStrokeColorRGB(*colour)
        _place(writer, text)
        for piece in text.line.pieces:
            wanted = text.line.size * _THICKEN if piece.face.thickened else 0.0
            if wanted != outline:
                outline = wanted
                _thicken(writer, outline)
            writer.setFont(piece.face.font.fontName, text.line.size)
            _say(writer, piece)
    if outline:
        _thicken(writer, 0)
    canvas.drawText(writer)


def _place(writer: Any, text: Text) -> None:
    if text.angle:
        c, s = cos(radians(text.angle)), sin(radians(text.angle))
        writer.setTextTransform(c, s, -s, c, text.x, text.y)
    else:
        writer.setTextOrigin(text.x, text.y)


def _thicken(writer: Any, outline: float) -> None:
    """Draw a thin line around the letters of a font that has no bold."""
    writer.setTextRenderMode(2 if outline else 0)
    if outline:
        writer._code.append(f"{outline:.3f} w")  # reportlab has no word for this inside a text


def _say(writer: Any, piece: Piece) -> None:
    shaped = _shaped(piece) if TO_SHAPE.search(piece.text) else _shortened(piece)
    if shaped is None:
        writer._textOut(piece.text)
        return
    meant = piece.text.encode("utf-16-be").hex().upper()
    writer._code.append(f"/Span <</ActualText <FEFF{meant}>>> BDC")
    writer._textOut(shaped)
    writer._code.append("EMC")


def _shortened(piece: Piece) -> str | None:
    """The text with rare characters in their lent codes, None where it has none."""
    if piece.text.isascii() or max(piece.text) <= "\uffff":
        return None
    return "".join(piece.face.stand_ins.get(ord(char), char) for char in piece.text)


def _shaped(piece: Piece) -> Any:
    """The glyphs HarfBuzz chose, in the form reportlab prints with their own places."""
    import uharfbuzz
    from reportlab.pdfbase import ttfonts

    glyphs: Any = ttfonts  # its description says nothing true about these two
    face = piece.face.font.face
    names = piece.face.stand_ins if piece.face.shapes else None
    if names is None:
        return _shortened(piece)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(piece.text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_harfbuzz(piece.face.font), buffer)
    scale, letters, places = face._pdfScale, [], []
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        letter = names[info.codepoint]
        letters.append(letter)
        own = face.charWidths[ord(letter)]
        places.append(
            glyphs.ShapeData(info.cluster, *map(scale, (at.x_advance, 0, at.x_offset, at.y_offset)), own)
        )
    return glyphs.ShapedStr("".join(letters), places)


@functools.cache
def _harfbuzz(font: Any) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(font.hbFace)

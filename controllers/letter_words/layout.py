"""Sets a letter's text into the one designed page: the operator's head, paragraphs, a table of facts.

The page stands on inline styles, for many readers of mail know no others, and on tables, for some know nothing else. It
fetches nothing: the logo comes with the letter. Every word is escaped here, whoever wrote it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from controllers.letter_words.kept import FOLDER
from models.frozen import frozen
from models.letter_text import blocks
from models.voucher_looks import VoucherLook, letters_on, rgb

if TYPE_CHECKING:
    from jinja2 import Template

LOGO_ID = "logo@letter"
"""The Content-ID of the operator's logo."""

_HEAD = "#14181F"


@frozen
class Colours:
    """The page's colours by day or by night."""

    page: str
    sheet: str
    ink: str
    soft: str
    line: str
    link: str


DAY = Colours("#F3F4F6", "#FFFFFF", "#14181F", "#5A6372", "#E1E4EA", "#1D44B0")
NIGHT = Colours("#0F1216", "#1A1E25", "#EEF0F4", "#A6AFBD", "#343B47", "#9DB6FF")
_FONTS = (
    "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Apple SD Gothic Neo','Malgun Gothic',"
    "'Noto Sans KR','PingFang TC','Microsoft JhengHei','Hiragino Sans',Meiryo,sans-serif"
)


def page(
    subject: str,
    text: str,
    language: str,
    look: VoucherLook,
    *,
    operator: str = "",
    links: tuple[str, ...] = (),
    by_night: bool = False,
) -> str:
    """The letter as a page of HTML; `by_night` as readers with dark screens see it."""
    head = look.head or _HEAD
    red, green, blue = letters_on(rgb(head))
    facts: dict[str, Any] = {
        "subject": subject,
        "blocks": blocks(text),
        "language": language,
        "operator": operator,
        "logo": f"cid:{LOGO_ID}" if look.logo else "",
        "links": tuple(one for one in links if one.startswith(("https://", "http://"))),
        "head": head,
        "head_ink": f"#{round(red * 255):02X}{round(green * 255):02X}{round(blue * 255):02X}",
        "fonts": _FONTS,
        "day": NIGHT if by_night else DAY,
        "night": NIGHT,
    }
    return _layout().render(facts)


@cache
def _layout() -> Template:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    return made.from_string((FOLDER / "layout.html").read_text(encoding="utf-8"))

"""What would a scan say? An invented ticket of the product as it stands on screen, put before the gate's own rule."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.checkin import Kind, Verdict
from models.products import RedeemWhen, TicketsPer, Validity
from models.reservations import Status
from models.scan_preview import Case, GateRules, Span, day_at_the_gate, gate_facts, judge
from ui import fonts, theme
from ui.paint.day_strip import HEIGHT, Part, paint_day_strip, share_of_day
from ui.paint.text import LEFT, paint_text
from ui.paint.verdict_marks import paint_verdict_mark
from ui.product_draft import Draft
from ui.product_entries import Beneath, Section
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.label import Label, Labelled
from ui.widgets.segmented import Segmented
from ui.widgets.stepper import Stepper
from ui.wording.dates import clock, day_word, short_day
from ui.wording.verdicts import VerdictWords, verdict_name, verdict_words

DAY, TIME = "%Y-%m-%d", "%H:%M"
_STANDINGS = (Status.CONFIRMED, Status.UNCONFIRMED, Status.CANCEL_REQUESTED, Status.CANCELLED)
_DUE = 10_000
"""Any balance will do: the gate only asks whether there is one."""


class ScanPart(Section):
    """What is asked, below it the answer in the verdict's own shape, word and colours, and under it the whole day."""

    def __init__(self, draft: Draft, now: dt.datetime, departs_at: dt.datetime | None) -> None:
        super().__init__(
            self.tr("What would a scan say?"), note=self.tr("with what stands on this page, saved or not")
        )
        self._draft = draft
        zone = _zone(draft.get(("zone",)))
        here = now.astimezone(zone)
        leaves = (departs_at or now.replace(minute=0, second=0) + dt.timedelta(hours=1)).astimezone(zone)
        self.day, self.time = (
            _field(self.tr("Scanned on"), here, DAY, 112),
            _field(self.tr("at"), here, TIME, 68),
        )
        self.leaves_on = _field(self.tr("Departure"), leaves, DAY, 112)
        self.leaves_at = _field(self.tr("at"), leaves, TIME, 68)
        self.bought = _field(self.tr("Bought on"), here, DAY, 112)
        self.party = Stepper(self.tr("Party"), least=1, most=50)
        self.arrived = Stepper(self.tr("Already in"), most=50)
        self.visits = Stepper(self.tr("Visits made"), most=1000)
        self.party.set_value(2)
        self.standing = Segmented(
            self.tr("confirmed"),
            self.tr("not yet"),
            self.tr("cancelling"),
            self.tr("cancelled"),
            name=self.tr("Order"),
        )
        self.money = Segmented(self.tr("paid"), self.tr("due to us"), name=self.tr("Money"))
        self.verdict, self.strip = VerdictPane(), DayStrip()
        self._note = Label("", 12, 500, "stop", wrap=True)
        self.told = Label("", 13, 400, "ink2", wrap=True)
        self._build()
        self._connect()
        self.show_answer()

    @property
    def case(self) -> Case | None:
        """The ticket that is asked about; None while a day or a time cannot be read."""
        zone = _zone(self._draft.get(("zone",)))
        leaves = _moment(self.leaves_on.text(), self.leaves_at.text(), zone)
        bought = _moment(self.bought.text(), "12:00", zone)
        open_dated = self._open_dated
        if (bought if open_dated else leaves) is None:
            return None
        return Case(
            departs_at=None if open_dated else leaves,
            bought_at=bought if open_dated else None,
            status=_STANDINGS[self.standing.at],
            party=self.party.value,
            arrived=min(self.arrived.value, self.party.value),
            visits=self.visits.value,
            balance_minor=_DUE if self.money.at else 0,
        )

    def show_answer(self) -> None:
        """Ask the rule again."""
        self._show_fields()
        rules, case = rules_of(self._draft.content), self.case
        asked = _moment(self.day.text(), self.time.text(), _zone(self._draft.get(("zone",))))
        readable = rules is not None and case is not None and asked is not None
        self.verdict.setVisible(readable)
        self.strip.setVisible(readable)
        self.told.setVisible(readable)
        self._note.setVisible(not readable)
        if rules is None:
            self._note.setText(self.tr("First mend what is marked under tickets and admission."))
        elif case is None or asked is None:
            self._note.setText(self.tr("Write days like 2027-02-01 and times like 14:00."))
        else:
            answer = judge(rules, case, asked.astimezone(dt.UTC))
            zone = ZoneInfo(rules.zone)
            self.verdict.show_verdict(answer, _words(answer, rules, case, asked))
            spans = day_at_the_gate(rules, case, asked.date())
            parts = [_part(span, rules, case, zone) for span in spans]
            self.strip.show_day(parts, share_of_day(asked))
            self.told.setText(day_words(parts))

    @property
    def _open_dated(self) -> bool:
        return bool(self._draft.get(("validity",)) != Validity.DEPARTURE)

    def _show_fields(self) -> None:
        for widget in self._of_departure:
            widget.setVisible(not self._open_dated)
        self._of_purchase.setVisible(self._open_dated)
        uses = self._draft.get(("uses",))
        self._of_visits.setVisible(isinstance(uses, int) and uses > 1)
        self.visits.set_most(uses if isinstance(uses, int) and uses > 1 else 0)
        self.arrived.set_most(self.party.value)

    def _build(self) -> None:
        self._of_departure = (
            Labelled(self.tr("Departure on"), self.leaves_on),
            Labelled(self.tr("at"), self.leaves_at),
        )
        self._of_purchase = Labelled(self.tr("Bought on"), self.bought)
        self._of_visits = Beneath(self.tr("Visits made"), self.visits)
        self.add(
            Flow(
                Labelled(self.tr("Scanned on"), self.day),
                Labelled(self.tr("at"), self.time),
                *self._of_departure,
                self._of_purchase,
                spacing=10,
            )
        )
        self.add(
            Flow(
                Beneath(self.tr("Party"), self.party),
                Beneath(self.tr("Already in"), self.arrived),
                self._of_visits,
                spacing=10,
            )
        )
        self.add(
            Flow(
                Beneath(self.tr("The order is"), self.standing),
                Beneath(self.tr("Money"), self.money),
                spacing=10,
            )
        )
        for widget in (self._note, self.verdict, self.strip, self.told):
            self.add(widget)

    def _connect(self) -> None:
        for field in (self.day, self.time, self.leaves_on, self.leaves_at, self.bought):
            field.changed.connect(self.show_answer)
        for stepper in (self.party, self.arrived, self.visits):
            stepper.changed.connect(self.show_answer)
        self.standing.chosen.connect(self.show_answer)
        self.money.chosen.connect(self.show_answer)
        self._draft.changed.connect(self.show_answer)


class VerdictPane(QWidget):
    """The answer as the gate would paint it, small enough to stand on a page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict, self._words = Verdict(Kind.ADMIT), VerdictWords("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def said(self) -> Verdict:
        """What is shown."""
        return self._verdict

    def show_verdict(self, verdict: Verdict, words: VerdictWords) -> None:
        """Another answer."""
        self._verdict, self._words = verdict, words
        self.setAccessibleName(words.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(300), fonts.px(84))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        verdict = theme.verdict_colours(self._verdict.kind, colours)
        whole = QRectF(self.rect())
        painter.setPen(colours.border)
        painter.setBrush(verdict.ground)
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        side = fonts.px(52)
        mark = QRectF(whole.x() + fonts.px(16), whole.center().y() - side / 2, side, side)
        paint_verdict_mark(
            painter, mark, self._verdict.kind, verdict.text, sign="¤", sign_ground=verdict.ground
        )
        room = QRectF(
            mark.right() + fonts.px(16),
            whole.y(),
            whole.right() - mark.right() - fonts.px(32),
            whole.height(),
        )
        paint_text(painter, room, self._words.spoken, verdict.text, 30, 800, LEFT)


class DayStrip(QWidget):
    """From midnight to midnight what the gate would say, with a mark at the moment that is asked about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: list[Part] = []
        self._now: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(self, parts: list[Part], now: float | None) -> None:
        """Another day."""
        self.parts, self._now = parts, now
        self.setAccessibleName(day_words(parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(300), fonts.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_day_strip(QPainter(self), QRectF(self.rect()), self.parts, self._now, theme.of(self.palette()))


def rules_of(content: dict[str, Any]) -> GateRules | None:
    """What the gate must know of the product on screen; None while something of it cannot be read."""
    admission = content["admission"]
    numbers = (content["uses"], content["valid_days"], *admission.values())
    try:
        ZoneInfo(content["zone"] or "UTC")
        days = [
            dt.date.fromisoformat(day) if day else None
            for day in (content["valid_from"], content["valid_until"])
        ]
    except (ValueError, TypeError, ZoneInfoNotFoundError, OSError):
        return None
    if not all(isinstance(number, int) for number in numbers):
        return None
    return GateRules(
        zone=content["zone"] or "UTC",
        redeem=RedeemWhen(content["redeem"]),
        tickets=TicketsPer(content["tickets"]),
        uses=max(1, content["uses"]),
        validity=Validity(content["validity"]),
        valid_days=content["valid_days"],
        valid_from=days[0],
        valid_until=days[1],
        **admission,
    )


def _words(verdict: Verdict, rules: GateRules, case: Case, asked: dt.datetime) -> VerdictWords:
    """The words the gate would write."""
    zone, window = ZoneInfo(rules.zone), gate_facts(rules, case).window
    when = day = ""
    if verdict.kind is Kind.OTHER_DAY and case.departs_at is not None:
        leaves = case.departs_at.astimezone(zone)
        day, when = day_word(leaves.date(), asked.date()), clock(leaves)
    elif verdict.kind is Kind.TOO_EARLY:
        opens, first = window.opens_at, window.valid_from
        when = clock(opens.astimezone(zone)) if opens else short_day(first) if first else ""
    elif verdict.kind is Kind.TOO_LATE and window.closes_at is not None:
        when = clock(window.closes_at.astimezone(zone))
    elif verdict.kind is Kind.OUT_OF_DATE and window.valid_until is not None:
        day = short_day(window.valid_until)
    return verdict_words(verdict.kind, heads=verdict.admit, party=case.party, when=when, day=day)


def _part(span: Span, rules: GateRules, case: Case, zone: ZoneInfo) -> Part:
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    until = 1.0 if end.date() > start.date() and not share_of_day(end) else share_of_day(end)
    word = strip_word(span.verdict.kind)
    return Part(share_of_day(start), until, span.verdict.kind, clock(start), word)


def day_words(parts: list[Part]) -> str:
    """'From 00:00 TOO EARLY, from 09:00 ADMIT, from 10:30 TOO LATE'."""
    each = QCoreApplication.translate("verdicts", "from {time} {word}")
    words = ", ".join(each.format(time=part.since, word=part.word) for part in parts)
    return words[:1].upper() + words[1:]


def strip_word(kind: Kind) -> str:
    """The verdict without its facts, as the strip has room for it."""
    admit = QCoreApplication.translate("verdicts", "ADMIT")
    return admit if kind is Kind.ADMIT else verdict_name(kind).upper()


def _field(name: str, moment: dt.datetime, pattern: str, wide: int) -> Field:
    made = Field(name=name, height=34)
    made.set_text(moment.strftime(pattern))
    made.setFixedWidth(fonts.px(wide))
    return made


def _moment(day: str, time: str, zone: ZoneInfo) -> dt.datetime | None:
    """A local moment as it is typed, None while it cannot be read."""
    try:
        return dt.datetime.combine(
            dt.date.fromisoformat(day.strip()), dt.time.fromisoformat(time.strip()), zone
        )
    except ValueError:
        return None


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(str(name or "UTC"))
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return ZoneInfo("UTC")

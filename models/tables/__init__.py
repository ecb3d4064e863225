"""The tables, in the order in which they need each other."""

from models.tables.desk import (
    About,
    ClosedDay,
    Counter,
    Key,
    Operator,
    Presence,
    RedeemGroup,
    SavedView,
    Sequence,
    Staff,
    WrongTry,
)
from models.tables.drawer import DrawerMove, Shift
from models.tables.joining import Joining
from models.tables.journal import JournalEntry
from models.tables.letters import BadAddress, CarrierRow, Lease, OutboxRow
from models.tables.money import CancelReason, Payment, Refund
from models.tables.notices import NoticeDelivery, NoticePerson, NoticeRow, NoticeRule
from models.tables.offline import HandedOver, Incident
from models.tables.paper import Print, VoucherLook
from models.tables.privacy import Erasure, JournalBreak, JournalMark, Night
from models.tables.products import (
    Channel,
    Departure,
    HeaderName,
    Option,
    Photo,
    Product,
    Rule,
    SkippedDay,
    Spelling,
    Unit,
)
from models.tables.recovery import BackupPlan, BackupRow, RestoreTrial
from models.tables.rehearsals import Rehearsal
from models.tables.reservations import Decision, RawRow, Reservation, ReservationLine, Traveler
from models.tables.reviews import Review, ReviewPhoto, Reward, RewardMove
from models.tables.search import SearchText
from models.tables.talk import ArrivedMail, Attachment, Conversation, Message, SavedReplyRow
from models.tables.templates import LetterWay, TemplateRow
from models.tables.tickets import ForeignCode, ScanRow, Ticket
from models.tables.trips import ClosedOrder, Closing

__all__ = [
    "About",
    "ArrivedMail",
    "Attachment",
    "BackupPlan",
    "BackupRow",
    "BadAddress",
    "CancelReason",
    "CarrierRow",
    "Channel",
    "ClosedDay",
    "ClosedOrder",
    "Closing",
    "Conversation",
    "Counter",
    "Decision",
    "Departure",
    "DrawerMove",
    "Erasure",
    "ForeignCode",
    "HandedOver",
    "HeaderName",
    "Incident",
    "Joining",
    "JournalBreak",
    "JournalEntry",
    "JournalMark",
    "Key",
    "Lease",
    "LetterWay",
    "Message",
    "Night",
    "NoticeDelivery",
    "NoticePerson",
    "NoticeRow",
    "NoticeRule",
    "Operator",
    "Option",
    "OutboxRow",
    "Payment",
    "Photo",
    "Presence",
    "Print",
    "Product",
    "RawRow",
    "RedeemGroup",
    "Refund",
    "Rehearsal",
    "Reservation",
    "ReservationLine",
    "RestoreTrial",
    "Review",
    "ReviewPhoto",
    "Reward",
    "RewardMove",
    "Rule",
    "SavedReplyRow",
    "SavedView",
    "ScanRow",
    "SearchText",
    "Sequence",
    "Shift",
    "SkippedDay",
    "Spelling",
    "Staff",
    "TemplateRow",
    "Ticket",
    "Traveler",
    "Unit",
    "VoucherLook",
    "WrongTry",
]

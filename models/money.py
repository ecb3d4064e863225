"""Money: whole numbers of the smallest unit, and the currency. Never a float.

KRW and JPY have no smaller unit, so 49,000 won is 49000; 12.50 euro is 1250. The digits are
those of ISO 4217, not of a locale's habit (TWD is written without cents and still has two).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_NO_DIGITS = frozenset(_WITHOUT_DECIMALS.split())
_THREE_DIGITS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))

# Longest first, so that US$ is not read as $. Signs that several countries use mean the one most seen.
SIGNS: dict[str, str] = {
    "US$": "USD", "SG$": "SGD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD", "AU$": "AUD", "A$": "AUD", "CA$": "CAD",
    "C$": "CAD", "NZ$": "NZD", "JP¥": "JPY", "CN¥": "CNY", "RM": "MYR", "Rp": "IDR", "€": "EUR", "£": "GBP", "₩": "KRW",
    "원": "KRW", "円": "JPY", "元": "TWD", "¥": "JPY", "฿": "THB", "₫": "VND", "₱": "PHP", "$": "USD",
}  # fmt: skip

# The codes in use, so that "per", "Age" or "won" in a text is not taken for a currency. ALL, CUP and TOP
# are left out: they are words.
_IN_USE = """
AED AFN AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR
LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB
PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL
THB TJS TMT TND TRY TTD TWD TZS UAH UGX USD UYI UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR
ZMW
"""
_CODES = frozenset(_IN_USE.split())
MOST_MINOR = 10**15 - 1
"""Minor units: more is a slip or an attack, and would not fit a database's whole number."""

_SHARED_SIGNS = ("", "$", "¥", "元")  # a currency told beside the text knows better than these

_NUMBER = re.compile(r"[-+]?\d[\d.,' \u00a0]*")
_TYPED = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units (`minor`) of `currency` (ISO 4217 letters)."""

    minor: int
    currency: str

    def __str__(self) -> str:
        return f"{self.currency} {plain(self)}"


def digits(currency: str) -> int:
    """How many decimals ISO 4217 gives the currency: 0, 2 or 3."""
    if currency in _NO_DIGITS:
        return 0
    return 3 if currency in _THREE_DIGITS else 2


def is_currency(code: str) -> bool:
    """Whether these letters are a currency in use."""
    return code in _CODES


def plain(money: Money) -> str:
    """The amount with thousands marks and its own decimals: '49,000', '12.50'."""
    places = digits(money.currency)
    return f"{Decimal(money.minor).scaleb(-places):,.{places}f}"


def from_major(amount: Decimal, currency: str) -> Money:
    """Money from an amount in whole units, e.g. Decimal('12.50') EUR. Raises ValueError beyond any price."""
    if not amount.is_finite() or abs(amount) > MOST_MINOR:
        raise ValueError("no amount of ours")
    scaled = amount.scaleb(digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if abs(scaled) > MOST_MINOR:
        raise ValueError("no amount of ours")
    return Money(int(scaled), currency)


def typed_number(text: str) -> Decimal:
    """The number somebody typed: '49000', '49,000', '12.50', in whatever digits their keyboard writes.

    Raises ValueError for what could mean two things ('12,50', '1.342,5') and for what is no plain number ('4e3').
    """
    tidy = unicodedata.normalize("NFKC", text).strip()
    raised = any(letter.isdigit() and not letter.isdecimal() for letter in text)  # ² is a key beside the 1
    if raised or not _TYPED.fullmatch(tidy):
        raise ValueError("no number")
    return Decimal(tidy.replace(",", ""))


def parse(text: str, currency: str = "") -> Money:
    """Money from what a file says: 'TWD 3,200', '€ 147.00', 'JP¥ 9,800', '98000'.

    `currency` serves where the text names none. Raises ValueError when no amount or no currency is told.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    named = (
        _code_in(text)
        or (currency if _sign_in(text) in _SHARED_SIGNS else "")
        or currency_of(text)
        or currency
    )
    found = _NUMBER.search(text)
    if found is None or not named:
        raise ValueError("no amount")
    number = _decimal(found.group(), digits(named))
    return from_major(-number if text.startswith(("-", "(")) and number > 0 else number, named)


def currency_of(text: str) -> str:
    """The currency a text names by letters or sign, '' for none."""
    return _code_in(text) or SIGNS.get(_sign_in(text), "")


def _code_in(text: str) -> str:
    return next((code for code in _CODE.findall(text.upper()) if code in _CODES), "")


def _sign_in(text: str) -> str:
    return next((sign for sign in SIGNS if sign in text), "")


def _decimal(text: str, places: int) -> Decimal:
    digits_only = re.sub(r"[' \u00a0]", "", text).rstrip(".,")
    comma, dot = digits_only.rfind(","), digits_only.rfind(".")
    if comma > dot and (dot >= 0 or len(digits_only) - comma - 1 in (1, 2)):
        digits_only = digits_only.replace(".", "").replace(",", ".")
    elif digits_only.count(".") > 1 or (
        places < 3 and re.fullmatch(r"[-+]?[1-9]\d{0,2}\.\d{3}", digits_only)
    ):
        # 98.000 won and 1.234 euro: no price has three decimals there, so the dot marks thousands.
        digits_only = digits_only.replace(".", "")
    try:
        return Decimal(digits_only.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError("no amount") from error

"""Makes certificates for servers of the tests: a root of our own, and what it vouches for, rightly or wrongly."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Certificate:
    """A certificate and its key, as files a server reads."""

    file: Path
    key: Path


class Root:
    """An authority that exists in one test only; `file` is what a counter trusts it by."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example Root")])
        self.file = folder / "root.crt"
        made = self._sign(self._name, self._key.public_key(), -1, 30, x509.BasicConstraints(True, None))
        self.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def vouch(self, host: str, *, first: int = -1, last: int = 30) -> Certificate:
        """A certificate for a computer of this name, valid from `first` to `last` days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        made = self._sign(name, key.public_key(), first, last, names)
        told = Certificate(self._folder / f"{host}{last}.crt", self._folder / f"{host}{last}.key")
        told.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        told.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return told

    def _sign(
        self, name: x509.Name, key: ec.EllipticCurvePublicKey, first: int, last: int, more: x509.ExtensionType
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(self._name).public_key(key)
        made = made.serial_number(x509.random_serial_number())
        made = made.not_valid_before(now + first * _DAY).not_valid_after(now + last * _DAY)
        return made.add_extension(more, critical=False).sign(self._key, hashes.SHA256())

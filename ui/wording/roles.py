"""What somebody is at the desk, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.rights import Role

translate = QCoreApplication.translate


def role_word(role: str) -> str:
    """'Front desk'."""
    return {
        Role.OWNER: translate("roles", "Owner"),
        Role.MANAGER: translate("roles", "Manager"),
        Role.FRONT_DESK: translate("roles", "Front desk"),
        Role.CLERK: translate("roles", "Order clerk"),
        Role.REDEEM: translate("roles", "Redeem only"),
    }.get(Role(role), role)

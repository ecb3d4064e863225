"""Asks for copies of the database, plans them, makes them, and tries whether one could be brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controllers.backup import BackupPage
    from controllers.journal import Chain
    from models.recovery import Copied, Plan, Trial
    from ui.asking.door import DeskDoor


def backups(desk: DeskDoor) -> BackupPage:
    """The plan, the last copies and the last rehearsal."""
    from controllers import backup

    return backup.see_backups(desk=desk())


def plan_backups(
    desk: DeskDoor, *, daily: bool, at: str, keep_days: str, folder: str, seen: Plan | None = None
) -> BackupPage:
    """Keeps when and where copies are made, if nobody has changed the plan since it was seen."""
    from controllers import backup
    from models.recovery import days_of

    days = days_of(keep_days)
    backup.plan_backups(desk=desk(), daily=daily, at=at, keep_days=days, folder=folder, seen=seen)
    return backup.see_backups(desk=desk())


def keep_passphrase(desk: DeskDoor, passphrase: str, again: str) -> BackupPage:
    """Keeps the passphrase of the copies on this computer, where it was typed twice alike."""
    from controllers import backup
    from models.refusals import CannotDo

    if passphrase != again:
        raise CannotDo("passphrases-differ")
    backup.keep_passphrase(passphrase, desk=desk())
    return backup.see_backups(desk=desk())


def back_up(desk: DeskDoor) -> BackupPage:
    """Makes a copy now."""
    from controllers import backup

    backup.back_up(desk=desk())
    return backup.see_backups(desk=desk())


def rehearse_restore(desk: DeskDoor) -> Trial:
    """Tries whether the newest copy could be brought back."""
    from controllers import restoring

    return restoring.rehearse_restore(desk=desk())


def verify_end(desk: DeskDoor) -> Chain:
    """Whether the last entries of this counter's journal agree."""
    from controllers import journal

    return journal.verify_end(desk=desk())


def is_backup_due(desk: DeskDoor) -> bool:
    """Whether the daily copy is still to be made and could be made here."""
    from controllers import backup

    return backup.is_backup_due(desk=desk().by_the_clock())


def back_up_by_clock(desk: DeskDoor) -> Copied | None:
    """Makes the daily copy, unless another counter was quicker."""
    from controllers import backup

    return backup.back_up_by_clock(desk=desk().by_the_clock())

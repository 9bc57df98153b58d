"""What an office sets in ``duban.toml``: names, dates, contact, folders.

Only the shape and the checks are here; ``files.workspace`` reads the file. Every message is for the
coordinator, so the field titles are the words that stand in the file.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Section(BaseModel):
    """A table of ``duban.toml``; a misspelt name in it is an error, not a silent default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dates(Section):
    """The days that matter in the reporting year."""

    issue: date
    """下发日期: when the workbooks go out."""
    due: date
    """报送截止日期: the last day on which a return is on time."""
    data_as_of: date
    """数据截至日期: the day up to which figures count."""

    @model_validator(mode="after")
    def due_follows_issue(self) -> Self:
        """A due date before the day of issue is a slip of the pen."""
        if self.due < self.issue:
            message = f"报送截止日期（due = {self.due}）早于下发日期（issue = {self.issue}）"
            raise ValueError(message)
        return self


class OfficeContact(Section):
    """Whom departments ask: printed in every workbook and letter."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


class Folders(Section):
    """Folder names inside the workspace."""

    inbox: str = "inbox"
    outbox: str = "outbox"
    archive: str = "archive"
    templates: str = "templates"


class LedgerSettings(Section):
    """Where the book is kept: any SQLAlchemy URL; empty means ``ledger.db`` in the workspace."""

    url: str = ""


class Settings(Section):
    """The whole of ``duban.toml``. Empty ``title`` and ``issuer`` are taken from the plan."""

    title: str = ""
    year: int = Field(ge=1990, le=2100)
    issuer: str = ""
    recipient: str = ""
    """主送机关 of the year-end summary, say 市人民政府; empty leaves the line out."""
    resubmit_days: int = Field(default=5, ge=1, le=60)
    """How many days a department has to send a corrected return."""
    dates: Dates
    contact: OfficeContact = OfficeContact()
    folders: Folders = Folders()
    ledger: LedgerSettings = LedgerSettings()

    @property
    def outbox_year(self) -> str:
        """The folder of this year inside the outbox, relative to the workspace."""
        return f"{self.folders.outbox}/{self.year}"

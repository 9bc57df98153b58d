"""What an office sets in ``duban.toml``: names, dates, contact, folders.

Only the shape and the checks are here; ``office.workspace`` reads the file. Every message is for the
coordinator, so the field titles are the words that stand in the file.
"""

from datetime import date
from fractions import Fraction
from functools import partial
from math import floor
from pathlib import PurePath
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from reporting.language.dates import number_fault
from reporting.model.review import EXCELLENT, GOOD


class Section(BaseModel):
    """A table of ``duban.toml``; a misspelt name in it is an error, not a silent default."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


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
            raise ValueError(f"报送截止日期（due = {self.due}）早于下发日期（issue = {self.issue}）")
        return self


class OfficeContact(Section):
    """Whom departments ask: printed in every workbook and letter."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


class Folders(Section):
    """Folder names inside the workspace."""

    inbox: str = Field(default="inbox", min_length=1)
    outbox: str = Field(default="outbox", min_length=1)
    archive: str = Field(default="archive", min_length=1)
    templates: str = Field(default="templates", min_length=1)

    @model_validator(mode="after")
    def inbox_is_apart(self) -> Self:
        """An inbox that holds other folders would take in our own files as returns."""
        inbox = PurePath(self.inbox)
        for other in map(PurePath, (self.outbox, self.archive, self.templates)):
            if other.is_relative_to(inbox) or inbox.is_relative_to(other):
                raise ValueError(f"收件文件夹（inbox = {self.inbox}）不能与其他文件夹相同或互相包含")
        return self


class LedgerSettings(Section):
    """Where the book is kept: any SQLAlchemy URL; empty means ``ledger.db`` in the workspace."""

    url: str = ""


class Deductions(Section):
    """Marks taken off a unit's total; all in points of a hundred."""

    not_sent: float = Field(default=10, ge=0, le=100)
    """未报送（含退回后没有重报）: offices are seen to take 10."""
    late: float = Field(default=2, ge=0, le=100)
    """迟报."""
    hollow: float = Field(default=1, ge=0, le=100)
    """内容空洞: for each task of which the inspection group says that nothing of substance was reported."""
    missing_item: float = Field(default=0.1, ge=0, le=100)
    """每缺一项佐证材料: for each task reported as done without any, or as the inspection group found."""


class Grades(Section):
    """From which score a unit has which grade; 90/80/60 is the usual choice."""

    excellent: float = Field(default=90, ge=0, le=200)
    good: float = Field(default=80, ge=0, le=200)
    qualified: float = Field(default=60, ge=0, le=200)
    excellent_quota: float = Field(default=100, ge=0, le=100)
    """优秀单位最多占百分之几; 100 sets no bound."""
    good_quota: float = Field(default=100, ge=0, le=100)
    """良好单位最多占百分之几; who finds no place left is 合格."""

    @model_validator(mode="after")
    def thresholds_fall(self) -> Self:
        """A better grade asks for more."""
        if not self.excellent >= self.good >= self.qualified:
            raise ValueError(
                f"优秀（excellent = {self.excellent:g}）、良好（good = {self.good:g}）、"
                f"合格（qualified = {self.qualified:g}）的分数线应从高到低"
            )
        return self

    def places(self, units: int) -> dict[str, int | None]:
        """How many of so many graded units may be 优秀 and 良好; None is no bound.

        A quota is rounded down, but leaves one place at least; one of nought leaves none.
        """

        def bound(quota: float) -> int | None:
            if quota >= 100:
                return None
            return max(floor(units * Fraction(str(quota)) / 100), 1) if quota else 0

        return {EXCELLENT: bound(self.excellent_quota), GOOD: bound(self.good_quota)}


Weight = Annotated[float, Field(ge=0, le=1000)]

METHOD_NAMES = {"full": "完成得满分", "pro_rata": "按比例", "four_steps": "四档"}
"""How the ways of scoring are called; either word may stand in ``duban.toml``."""
QUOTE_NAMES = {"whole": "全文", "paragraph": "首段", "sentence": "首句"}
"""How much of a text the body quotes, as it may stand in ``duban.toml``; the English words may too."""


def _word_of(word: object, names: dict[str, str], what: str) -> object:
    """The English word for a choice, whichever was written; ``ValueError`` names the Chinese ones."""
    known = {name: key for key, name in names.items()} | {key: key for key in names}
    found = known.get(word.strip()) if isinstance(word, str) else None
    if found is None:
        raise ValueError(f"{what}只能写{'、'.join(f'“{name}”' for name in names.values())}，现为“{word}”")
    return found


Method = Literal["full", "pro_rata", "four_steps"]
MethodWord = Annotated[Method, BeforeValidator(partial(_word_of, names=METHOD_NAMES, what="计分方法"))]


class Scoring(Section):
    """How tasks and units are scored at the inspection (考评办法)."""

    method: MethodWord = "pro_rata"
    """full 完成得满分、否则不得分; pro_rata 按完成比例得分; four_steps 超额加分、完成满分、达到最低比例
    按比例、不足不得分."""
    task_methods: dict[str, MethodWord] = {}
    category_methods: dict[str, MethodWord] = {}
    target_methods: dict[str, MethodWord] = {}
    """Other methods by task number, category and target number; the nearest counts."""
    least_percent: float = Field(default=60, ge=0, le=100)
    """four_steps: 完成比例低于它不得分."""
    over_cap: float = Field(default=10, ge=0, le=100)
    """four_steps: 一项任务超额完成最多加几分."""
    bonus_cap: float = Field(default=5, ge=0, le=100)
    """一个单位的得分最多超过 100 分几分，检查组给的加分也以此为限."""
    lead_share: float = Field(default=1.0, ge=0, le=100)
    support_share: float = Field(default=0.5, ge=0, le=100)
    """The weight of a task for a unit that leads or supports it, beside the task's own."""
    task_weights: dict[str, Weight] = {}
    category_weights: dict[str, Weight] = {}
    """Weights by task number and by category; what is not named weighs 1."""
    deductions: Deductions = Deductions()
    grades: Grades = Grades()

    @property
    def most_points(self) -> float:
        """How many marks a task may have: more than a hundred where doing more than asked is rewarded."""
        used = {self.method, *self.task_methods.values(), *self.category_methods.values()}
        used |= set(self.target_methods.values())
        return 100 + self.over_cap if "four_steps" in used else 100.0


Quote = Literal["whole", "paragraph", "sentence"]
QuoteWord = Annotated[Quote, BeforeValidator(partial(_word_of, names=QUOTE_NAMES, what="引用方式"))]


class Quotes(Section):
    """How the body of the year-end summary quotes units (引用办法); the annex has every text whole."""

    quote: QuoteWord = "whole"
    """whole 全文, paragraph 首段, sentence 首句."""
    limit: int = Field(default=600, ge=0, le=100_000)
    """From how many characters on a text ends behind the last sentence that fits; 0 sets no bound."""
    supporters: bool = False
    """Whether the body quotes supporting units too, and not only names them."""


RuleLevel = Literal["error", "confirm", "note", "off"]


class RuleSetting(Section):
    """How much one rule weighs (规则级别): a bare word in the file, or a table with the reason."""

    level: RuleLevel
    reason: str = ""

    @model_validator(mode="before")
    @classmethod
    def bare_word_is_the_level(cls, entry: object) -> object:
        """``text_is_long_enough = "off"`` needs no table; a word that is no level is said."""
        entry = entry if isinstance(entry, dict) else {"level": entry}
        if entry.get("level") not in get_args(RuleLevel):
            raise ValueError("级别只能写 error（错误）、confirm（核实）、note（提示）或 off（不用），两边加英文引号")
        return entry


def _document_number(text: str) -> str:
    """A 发文字号 as the standard writes it, or none."""
    wrong = number_fault(text) if text else ""
    if wrong:
        raise ValueError(f"发文字号“{text}”{wrong}，应写成“×办〔2026〕3号”")
    return text


DocumentNumber = Annotated[str, AfterValidator(_document_number)]


class DocumentSettings(Section):
    """How the notice and the reports go out (公文格式)."""

    notice_number: DocumentNumber = ""
    summary_number: DocumentNumber = ""
    bulletin_number: DocumentNumber = ""
    acceptance_number: DocumentNumber = ""
    """发文字号; a letter gets its own by hand."""
    signer: str = ""
    """签发人 of the reports, which go to a superior; empty leaves him out."""
    seal: bool = True
    """加盖印章: leaves the place for it; without, name and date stand further right."""
    imprint: bool = True
    """版记 at the foot of the last page of the notice and the reports."""
    copies_to: str = ""
    """抄送机关 in the imprint; empty leaves the line out."""
    printed_by: str = ""
    """印发机关 in the imprint; empty means the issuer."""


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
    document: DocumentSettings = DocumentSettings()
    folders: Folders = Folders()
    ledger: LedgerSettings = LedgerSettings()
    scoring: Scoring = Scoring()
    summary: Quotes = Quotes()
    rules: dict[str, RuleSetting] = {}
    """Levels of rules other than their own, by code."""

    @property
    def outbox_year(self) -> str:
        """The folder of this year inside the outbox, relative to the workspace."""
        return f"{self.folders.outbox}/{self.year}"

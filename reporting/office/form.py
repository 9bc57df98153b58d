"""The return sheet as a list of fields, read from ``templates/form.toml``.

Heading, hint, drop-down, check, message and the column of every output come from this one definition.
The loader checks the file, because an office may edit it: every mistake is a Chinese sentence.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reporting.language.characters import even_width
from reporting.language.headings import Headings
from reporting.model import Role
from reporting.office.setting_errors import parse_toml, read_as

FieldType = Literal["text", "status", "percent", "number", "quantity", "date"]
Required = Literal["always", "lead", "no"]
Outcome = Literal["done", "ongoing", "behind", "void"]
ProgressRule = Literal["full", "none", "part", "any", "blank"]

CHECK_HEADING = "填报检查"
"""The column whose formula tells the department live what is missing; never read back."""
OPINION_HEADING = "校验意见"
"""The column of the correction workbook that says what is wrong in its row; never read back."""
ANSWER = "answer"
"""The key of the column beside it, in which a department answers what it was asked."""
TASK_SHEET, TARGET_SHEET = "任务填报", "量化指标"
PAST_RESULT, PAST_GOAL, PAST_VALUE = "上年完成情况（参考）", "上年目标值（参考）", "上年完成值（参考）"
"""Columns for what the unit reported a year ago; never read back."""

_LEAST_HEADINGS = 4
"""So many headings of a return make a table of it, whatever else was left out."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FormField(_Part):
    """One column of the return, or one cell of the block above it."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    heading: str = Field(min_length=1)
    filled: bool = True
    """Whether the department fills it in; otherwise it comes from the plan and is locked."""
    type: FieldType = "text"
    required: Required = "no"
    hint: str = ""
    choices: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    min_length: int = 0
    """From how many characters on a text is more than a few words; a shorter one is told, never refused."""
    max_length: int = 4000
    width: float = Field(default=14, gt=0, le=255)

    @model_validator(mode="after")
    def is_possible(self) -> Self:
        """Some value can satisfy the field."""
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"“{self.heading}”的 min 大于 max")
        if self.choices and self.type != "text":
            raise ValueError(f"“{self.heading}”有 choices，type 应写 text")
        return self

    @property
    def list_name(self) -> str:
        """The name under which the choices of a column of 任务填报 stand in the workbook."""
        return f"{self.key}_list"

    @property
    def is_figure(self) -> bool:
        """Whether the field holds a number."""
        return self.type in ("percent", "number", "quantity")

    def is_required(self, role: Role) -> bool:
        """Whether a unit in this role must fill the field, apart from what the status asks for."""
        return self.required == "always" or (self.required == "lead" and role is Role.LEAD)


class Status(_Part):
    """One word of the status list, and what goes with it."""

    name: str
    synonyms: tuple[str, ...] = ()
    outcome: Outcome
    progress: ProgressRule
    needs: tuple[str, ...] = ()


class Look(_Part):
    """Fonts and colours of the return workbook (colours as six hexadecimal digits)."""

    title_font: str = "宋体"
    heading_font: str = "黑体"
    body_font: str = "仿宋"
    title_size: float = 18
    heading_size: float = 11
    body_size: float = 11
    heading_fill: str = Field(default="1F4E79", pattern="^[0-9A-Fa-f]{6}$")
    heading_ink: str = Field(default="FFFFFF", pattern="^[0-9A-Fa-f]{6}$")
    locked_fill: str = Field(default="F2F2F2", pattern="^[0-9A-Fa-f]{6}$")
    to_fill: str = Field(default="FFFFFF", pattern="^[0-9A-Fa-f]{6}$")
    missing_fill: str = Field(default="FFF2CC", pattern="^[0-9A-Fa-f]{6}$")
    error_fill: str = Field(default="F8CBAD", pattern="^[0-9A-Fa-f]{6}$")
    confirm_fill: str = Field(default="FFE699", pattern="^[0-9A-Fa-f]{6}$")
    border: str = Field(default="BFBFBF", pattern="^[0-9A-Fa-f]{6}$")


_CONTRACT = {
    "header": ("unit", "year", "reporter", "phone", "auditor", "filled_on"),
    "task": (
        *("number", "category", "content", "role", "lead", "support", "deadline"),
        *("status", "progress", "result", "problem", "next_step", "evidence", "self_score", "remark"),
    ),
    "target": ("target", "number", "name", "goal", "measure", "value", "as_of", "remark"),
}


class Form(_Part):
    """The whole definition of the return workbook."""

    version: str
    header: tuple[FormField, ...]
    task: tuple[FormField, ...]
    target: tuple[FormField, ...]
    status: tuple[Status, ...] = Field(min_length=1)
    answer: FormField = FormField(
        key=ANSWER, heading="说明", hint="对“校验意见”中要求核实的事项，确如所填的，在这里说明", width=30
    )
    """The column of a correction's 任务填报 that other workbooks do not have."""
    look: Look = Look()

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        """Fields the program itself relies on are there, and no key or heading stands twice."""
        for part, needed in _CONTRACT.items():
            fields: tuple[FormField, ...] = getattr(self, part)
            keys = [field.key for field in fields]
            headings = [field.heading for field in fields]
            missing = [key for key in needed if key not in keys]
            if missing:
                raise ValueError(f"[[{part}]] 缺少必需的列：{'、'.join(missing)}")
            if part == "task":
                keys, headings = [*keys, self.answer.key], [*headings, self.answer.heading]
            for words in (keys, headings):
                double = sorted({word for word in words if words.count(word) > 1})
                if double:
                    raise ValueError(f"[[{part}]] 中重复：{'、'.join(double)}")
        self._check_statuses()
        return self

    def _check_statuses(self) -> None:
        """No word means two statuses, and what a status needs can be filled in."""
        meanings: dict[str, str] = {}
        for status in self.status:
            for word in (status.name, *status.synonyms):
                other = meanings.setdefault(even_width(word), status.name)
                if other != status.name:
                    raise ValueError(f"状态“{other}”和“{status.name}”都有“{word}”这个写法")
        names = [status.name for status in self.status]
        if len(set(names)) < len(names):
            raise ValueError("[[status]] 中有同名的状态")
        task_keys = {field.key for field in self.task if field.filled}
        for status in self.status:
            unknown = [key for key in status.needs if key not in task_keys]
            if unknown:
                raise ValueError(f"状态“{status.name}”的 needs 写了不存在的列：{'、'.join(unknown)}")

    @cached_property
    def statuses(self) -> dict[str, Status]:
        """The status list by name, in the order of the file."""
        return {status.name: status for status in self.status}

    def outcome(self, status: str) -> Outcome | None:
        """The group of a status; None for 未报送 and for a word that is not in the list."""
        known = self.statuses.get(status)
        return known.outcome if known else None

    def statuses_of(self, outcome: Outcome) -> list[str]:
        """The statuses of a group, in the order of the file."""
        return [status.name for status in self.status if status.outcome == outcome]

    def whole_progress(self, status: str) -> float | None:
        """The progress in % that a status leaves no choice for (已完成, 未启动); None where it leaves one."""
        known = self.statuses.get(status)
        return {"full": 100.0, "none": 0.0}.get(known.progress) if known else None

    @cached_property
    def status_words(self) -> dict[str, str]:
        """Every accepted way of writing a status, its width evened out, to the word of the list."""
        words = {even_width(word): status.name for status in self.status for word in status.synonyms}
        return words | {even_width(status.name): status.name for status in self.status}

    @cached_property
    def task_fields(self) -> dict[str, FormField]:
        """The columns of 任务填报 by key, in the order of the sheet."""
        return {field.key: field for field in self.task}

    @cached_property
    def read_fields(self) -> dict[str, FormField]:
        """The columns of 任务填报 that are read back: those of the sheet, and the answers of a correction."""
        return {**self.task_fields, self.answer.key: self.answer}

    @cached_property
    def target_fields(self) -> dict[str, FormField]:
        """The columns of 量化指标 by key, in the order of the sheet."""
        return {field.key: field for field in self.target}

    @cached_property
    def task_headings(self) -> Headings:
        """How 任务填报 is known when it comes back."""
        aside = (CHECK_HEADING, OPINION_HEADING, PAST_RESULT)
        words = self.status_words
        judges: dict[str, Callable[[str], bool]] = {
            "number": _is_number,
            "status": lambda text: even_width(text).rstrip("。") in words,
            "progress": lambda text: _PROGRESS.fullmatch(even_width(text)) is not None,
        }
        return replace(_headings(TASK_SHEET, self.read_fields, "number", aside), judges=judges)

    @cached_property
    def target_headings(self) -> Headings:
        """How 量化指标 is known when it comes back."""
        aside = (OPINION_HEADING, PAST_GOAL, PAST_VALUE)
        targets = _headings(TARGET_SHEET, self.target_fields, "target", aside)
        return replace(targets, judges={"target": _is_number})

    @cached_property
    def header_fields(self) -> dict[str, FormField]:
        """The cells of the block above the table by key."""
        return {field.key: field for field in self.header}

    @cached_property
    def _asked_by_status(self) -> frozenset[str]:
        return frozenset(key for status in self.status for key in status.needs)

    def must_fill(self, field: FormField, role: Role, status: Status | None) -> bool:
        """Whether a cell of 任务填报 must be filled, given the unit's role and the status it chose.

        A status decides about the columns that any status asks for; the field's own mark about all others.
        Without a readable status the field's own mark counts.
        """
        if status is None:
            return field.is_required(role)
        if field.key == "progress":
            return status.progress != "blank" and field.is_required(role)
        if field.key in self._asked_by_status:
            return field.key in status.needs
        return field.is_required(role)

    @cached_property
    def extra_fields(self) -> tuple[FormField, ...]:
        """Columns of 任务填报 that the office added itself."""
        return tuple(field for field in self.task if field.key not in _CONTRACT["task"])


_NUMBER = re.compile(r"\d{1,4}(?:[-.—–－]\d{1,4}){0,3}")
_PROGRESS = re.compile(r"\d{1,3}(?:\.\d+)?%?")


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _headings(sheet: str, fields: Mapping[str, FormField], key: str, aside: tuple[str, ...]) -> Headings:
    return Headings(
        name=sheet,
        words={each: field.heading for each, field in fields.items()},
        needed=(key,),
        least=_LEAST_HEADINGS,
        filled=frozenset(each for each, field in fields.items() if field.filled),
        copied=frozenset(fields),
        optional=frozenset((ANSWER,)),
        aside=aside,
    )


def load_form(text: str, name: str = "form.toml") -> Form:
    """Read a form definition from the text of a TOML file.

    Raises ``DubanError`` naming the file and the place when it cannot be used.
    """
    return read_as(Form, parse_toml(text, name), name)

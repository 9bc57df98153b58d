"""The exceptions an office granted (豁免), from ``waivers.toml``."""

from dataclasses import dataclass
from datetime import date, datetime

from reporting.model.findings import DubanError
from reporting.office.workspace import WAIVERS_FILE, Workspace, read_toml


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exception the office granted (豁免): data with its reason, never code."""

    rule: str
    unit: str
    task: str
    reason: str
    approved_by: str
    until: date | None

    def covers(self, rule: str, unit: str, task: str, on: date) -> bool:
        """Whether a finding falls under it; an empty task covers all tasks of the unit."""
        in_time = self.until is None or on <= self.until
        return in_time and rule == self.rule and unit == self.unit and self.task in ("", task)


def read_waivers(workspace: Workspace) -> tuple[Waiver, ...]:
    """The exceptions in ``waivers.toml``; raises ``DubanError`` for one without reason or approver."""
    path = workspace.root / WAIVERS_FILE
    if not path.exists():
        return ()
    words = read_toml(path, "")
    entries = words.get("waiver", [])
    if not isinstance(entries, list) or set(words) - {"waiver"}:
        raise DubanError(f"{WAIVERS_FILE} 格式有误：每条豁免以 [[waiver]] 开头。请改正后再运行。")
    return tuple(_as_waiver(number, entry) for number, entry in enumerate(entries, 1))


_WAIVER_WORDS = ("rule", "unit", "task", "reason", "approved_by", "until")


def _as_waiver(number: int, entry: object) -> Waiver:
    words = entry if isinstance(entry, dict) else {}
    unknown = [str(key) for key in words if key not in _WAIVER_WORDS]
    if unknown:
        raise DubanError(
            f"{WAIVERS_FILE} 第 {number} 条中没有 {'、'.join(unknown)} 这一项，"
            f"可以写的有 {'、'.join(_WAIVER_WORDS)}。请改正后再运行。"
        )
    missing = [key for key in ("rule", "unit", "reason", "approved_by") if not words.get(key)]
    if missing:
        raise DubanError(f"{WAIVERS_FILE} 第 {number} 条缺少 {'、'.join(missing)}。请补齐后再运行。")
    until = words.get("until")
    if until is not None and (not isinstance(until, date) or isinstance(until, datetime)):
        raise DubanError(f"{WAIVERS_FILE} 第 {number} 条的 until 应为日期，如 2026-12-31，不加引号。")
    return Waiver(
        rule=str(words["rule"]),
        unit=str(words["unit"]),
        task=str(words.get("task", "")),
        reason=str(words["reason"]),
        approved_by=str(words["approved_by"]),
        until=until,
    )

"""Whose is it: which unit a return belongs to, by the office's word, its signature, its block, its tasks.

Nothing here refuses a return for want of a signature: a table copied into a fresh workbook is a return like
any other, only the office must know. What says two different things is not decided by us.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reporting.language.characters import same_words
from reporting.language.units import UnitIndex, names_in_use
from reporting.language.units.names import is_complete
from reporting.model import Assignment, Decision, DecisionKind, Place, Return, Standing, Unit, Verdict
from reporting.model.findings import Finding, Kind, Severity
from reporting.plan.share_out import Recipient
from reporting.returns.arrivals import Arrival
from reporting.returns.rules import Attached

UNKNOWN_UNIT = Kind(
    "unit_is_known",
    Severity.ERROR,
    "无法确定是哪个单位报来的：{why}。",
    "请在表头“填报单位”填写方案中的单位全称后重新报送；或由我办核实后认定（identify 命令）。",
)
NOT_SIGNED = Kind(
    "workbook_is_ours",
    Severity.CONFIRM,
    "{why}，按表中的填报单位认定为“{expected}”。",
    "内容已照常核对。请与“{expected}”核实这份表确由其报送。",
    asks_office=True,
)
BY_TASKS = Kind(
    "unit_is_told_by_tasks",
    Severity.CONFIRM,
    "表中没有填报单位，所填{what}与下发给“{expected}”的完全一致，据此认定。",
    "请与“{expected}”核实这份表确由其报送。",
    asks_office=True,
)
DECIDED = Kind("unit_is_decided", Severity.NOTE, "经我办核实，认定由“{expected}”报送。", "不需要处理。")
TAKEN_BACK = Kind(
    "unit_is_still_decided",
    Severity.ERROR,
    "原来认定由“{expected}”报送，认定已经撤销（{why}）。",
    "请核实是哪个单位报来的，用 identify 重新认定，再运行 collect。",
)
JUDGED_AGAIN = Kind(
    "return_stands_by_itself",
    Severity.ERROR,
    "这一份原来与“{found}”一起登记，那一份的认定已经撤销，这一份需要单独核对。",
    "请再运行 collect，程序按存档的原件重新核对。",
)


@dataclass(frozen=True, slots=True)
class Identified:
    """The unit a return belongs to, empty when the office must say; and what is to be said about it."""

    unit: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Owners:
    """What a return is compared with.

    ``shares`` are the assignments of each unit that was sent a workbook; ``find`` gives the name under which
    a unit is in the plan, or nothing; ``is_signed`` tells our signature; ``plans`` are the ids of all issues;
    ``decided`` is the unit that the office named for single files, by hash.
    """

    shares: Mapping[str, Sequence[Assignment]]
    find: Callable[[str], str]
    is_signed: Callable[[Return], bool]
    plans: frozenset[str]
    decided: Mapping[str, str] = field(default_factory=dict)

    def unit(self, name: str) -> str:
        """The recipient a written name means, or nothing."""
        known = self.find(name) if name else ""
        return known if known in self.shares else ""


def decided_units(decisions: Iterable[Decision]) -> dict[str, str]:
    """The unit that the office named for single files, by hash."""
    return {each.sha256: each.unit for each in decisions if each.kind is DecisionKind.IDENTIFICATION}


def tell_owners(arrivals: Iterable[Arrival], known: Owners) -> tuple[Arrival, ...]:
    """Tell whose each return is; a second file of the same bytes goes with the first."""
    units: dict[str, str] = {}
    told = []
    for arrival in arrivals:
        sha256 = arrival.incoming.sha256
        if arrival.sent is not None:
            owned = _with_owner(arrival, identify_return(arrival.sent, known, known.decided.get(sha256, "")))
        elif arrival.verdict is Verdict.DUPLICATE and not arrival.unit:
            owned = replace(arrival, unit=units.get(sha256, ""))
        else:
            owned = arrival
        units.setdefault(sha256, owned.unit)
        told.append(owned)
    return tuple(told)


def _with_owner(arrival: Arrival, found: Identified) -> Arrival:
    if not found.unit or arrival.sent is None:
        return replace(arrival, verdict=Verdict.UNIDENTIFIED, sent=None, findings=found.findings)
    own = (replace(each, unit=found.unit) for each in arrival.findings)
    sent = replace(arrival.sent, unit=found.unit)
    return replace(arrival, unit=found.unit, sent=sent, findings=(*own, *found.findings))


def identify_return(sent: Return, known: Owners, decided: str = "") -> Identified:
    """Tell whose a return is. ``decided`` is the unit the office named for this very file."""
    place = _place(sent)
    if decided:
        return Identified(decided, (Finding(DECIDED, place, decided, values={"expected": decided}),))
    written = sent.header["unit"].raw if "unit" in sent.header else ""
    signed, named = known.unit(sent.signature.unit), known.unit(written)
    ours = bool(signed) and known.is_signed(sent)
    if signed and named and signed != named:
        why = f"表头填报单位写的是“{named}”，而这份表是下发给“{signed}”的"
        return _unknown(place, why, written)
    unit = signed or named
    if unit:
        why = "" if ours else _doubt(sent, known)
        found = (Finding(NOT_SIGNED, place, unit, values={"why": why, "expected": unit}),) if why else ()
        return Identified(unit, found)
    name = sent.signature.unit or written
    if name:
        return _unknown(place, f"“{name}”不在本次下发的单位中", name)
    unit = _by_tasks(sent, known.shares)
    if unit:
        values = {"expected": unit, "what": "任务" if sent.rows else "指标"}
        return Identified(unit, (Finding(BY_TASKS, place, unit, values=values),))
    return _unknown(place, "表中没有填报单位", "")


def _unknown(place: Place, why: str, found: str) -> Identified:
    return Identified("", (Finding(UNKNOWN_UNIT, place, values={"why": why, "found": found}),))


def _place(sent: Return) -> Place:
    return sent.header["unit"].place if "unit" in sent.header else Place(sent.file)


def _doubt(sent: Return, known: Owners) -> str:
    """Why the workbook's own words prove nothing."""
    meta = sent.signature
    if not (meta.unit or meta.signature):
        return "这份表没有本办下发时的签名，可能是复制到新文件中填写的"
    if meta.plan and meta.plan not in known.plans:
        return "这份表的签名属于另一次下发，不是本办这次下发的表"
    return "这份表的签名不符，表中的单位或任务编号可能被改动过"


def _by_tasks(sent: Return, shares: Mapping[str, Sequence[Assignment]]) -> str:
    """The only unit whose tasks, by number and words, are just those of the return; nothing if not one.

    Of a return without tasks, such as a .csv of the other table, the targets tell.
    """
    said = {row.number: row.raw("content") for row in sent.rows if row.number}
    asked = _contents if said else _names
    said = said or {row.number: row.raw("name") for row in sent.target_rows if row.number}
    fitting = [unit for unit, assignments in shares.items() if _fits(said, asked(assignments))]
    return fitting[0] if len(fitting) == 1 else ""


def _contents(assignments: Iterable[Assignment]) -> dict[str, str]:
    return {each.task.number: each.task.content for each in assignments}


def _names(assignments: Iterable[Assignment]) -> dict[str, str]:
    return {target.number: target.name for each in assignments for target in each.targets}


def _fits(rows: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    same = bool(rows) and rows.keys() == asked.keys()
    return same and all(same_words(rows[number], asked[number]) for number in rows)


def attribute_evidence(
    arrivals: Sequence[Arrival], standings: Iterable[Standing], recipients: Iterable[Recipient], known: Iterable[Unit]
) -> tuple[Arrival, ...]:
    """Tell whose proof is what came beside the returns, now or before; ``known`` are the units of the plan."""
    units = [each.unit for each in recipients]
    short = short_names(units, known)
    returned = [(each.file, each.unit) for each in standings if each.version and each.unit]
    returned += [(each.incoming.name, each.unit) for each in arrivals if each.sent is not None]

    def attributed(arrival: Arrival) -> Arrival:
        if arrival.verdict is not Verdict.IGNORED or arrival.incoming.is_leftover:
            return arrival
        unit = find_owner(arrival.incoming.name, returned, units, short)
        return replace(arrival, unit=unit, findings=tuple(replace(each, unit=unit) for each in arrival.findings))

    return tuple(attributed(each) for each in arrivals)


def attached_files(arrivals: Iterable[Arrival], standings: Iterable[Standing]) -> Attached:
    """The files that came beside returns, now or before, under the units they are kept for."""
    came = [(each.unit, each.file) for each in standings if each.verdict is Verdict.IGNORED and each.unit]
    came += [
        (each.unit, each.incoming.name)
        for each in arrivals
        if each.verdict is Verdict.IGNORED and not each.incoming.is_leftover
    ]
    by_unit: dict[str, list[str]] = {}
    for unit, name in came:
        by_unit.setdefault(unit, []).append(name)
    return by_unit


_LEVELS = ("省", "市", "州", "盟", "县", "区", "旗")


def short_names(units: Iterable[str], known: Iterable[Unit]) -> dict[str, str]:
    """The names by which people call units beside their full ones, each with the unit it means.

    The other names of the plan are among them, and what people leave out: 东岭区 of 东岭区人民政府, 公安局 of
    市公安局. What would be short for two of them is none.
    """
    index = UnitIndex(known)
    meant: dict[str, set[str]] = {}
    for unit in units:
        of_plan = index.find(unit)
        for name in (unit, *(names_in_use(of_plan) if of_plan else ())):
            area = name.removesuffix("人民政府").removesuffix("政府")
            office = name[1:] if name.startswith(_LEVELS) and is_complete(name[1:]) else name
            for short in {name, area, office}:
                if len(short) > 2:
                    meant.setdefault(short, set()).add(unit)
    return {short: of.pop() for short, of in meant.items() if len(of) == 1}


def find_owner(
    name: str, returned: Iterable[tuple[str, str]], units: Iterable[str], short: Mapping[str, str] | None = None
) -> str:
    """The unit a file goes with, or an empty text.

    ``returned`` has the name and the unit of each return, ``short`` the other names by which units are called;
    in an archive a file is ``a.zip!b.xlsx``. What lies beside a return is its proof, whatever else it may bear.
    """
    named = _named_in(name, {unit: unit for unit in units})
    if named:
        return named.pop() if len(named) == 1 else ""
    known = list(returned)
    for folder in _folders(name):
        owners = {unit for file, unit in known if file.startswith(folder)}
        if owners:
            return owners.pop() if len(owners) == 1 else ""
    named = _named_in(name, short or {})
    return named.pop() if len(named) == 1 else ""


def _named_in(name: str, units: Mapping[str, str]) -> set[str]:
    """The units whose names a file bears; a name inside a longer one is none, nor is 公安局 in 东岭区公安局."""
    said = [each for each in units if each in name and (units[each] == each or _stands_alone(each, name))]
    return {units[each] for each in said if not any(each != other and each in other for other in said)}


def _stands_alone(short: str, name: str) -> bool:
    """Whether it is not what another level's office ends with."""
    return re.search(f"(?<![{''.join(_LEVELS)}]){re.escape(short)}", name) is not None


def _folders(name: str) -> Iterator[str]:
    """The folders and archives around a file, the nearest first, without the inbox itself."""
    for end in range(len(name) - 1, 0, -1):
        if name[end] in "/!":
            yield name[: end + 1]

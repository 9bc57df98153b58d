"""Plans with everything in them that a plan can have, one written out and any number drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from reporting.files.characters import writable
from reporting.language.units import written_name
from reporting.language.values import as_text, task_number
from reporting.model import (
    Alias,
    Comparator,
    Contact,
    Deadline,
    Goal,
    Measure,
    Place,
    Plan,
    Target,
    Task,
    Unit,
    UnitKind,
)

DISTRICTS = "各区、县级市人民政府"


CREATE = "一、提升创造质量"


PROTECT = ("二、加强保护", "（一）行政保护")


def target(number: str, name: str, op: Comparator, value: float, unit: str) -> Target:
    task = number.removeprefix("Z").partition("-")[0]
    return Target(number, task, name, op, value, unit, f"{name}{value:g}{unit}")


PLAN = Plan(
    title="澜川市2026年知识产权工作要点任务分解表",
    issuer="澜川市知识产权工作领导小组办公室",
    year=2026,
    document_number="澜知领办〔2026〕5号",
    tasks=(
        Task(
            "1",
            (CREATE,),
            "引导企业建立专利挖掘机制，在新材料产业布局一批高价值专利组合，全市发明专利授权量增长8%以上，"
            "新增备案试点企业10家以上。",
            ("市市场监管局",),
            ("市科技局", DISTRICTS),
            Deadline("2026年12月底前", "date", date(2026, 12, 31)),
            (target("1-1", "发明专利授权量", "growth>=", 8, "%"), target("1-2", "备案试点企业", ">=", 10, "家")),
        ),
        Task(
            "2",
            (CREATE,),
            "=把品种权申请辅导送到制种基地",
            ("市农业农村局", "市林业局"),
            (),
            Deadline("持续推进", "ongoing"),
        ),
        Task(
            "3",
            PROTECT,
            "组织集贸市场和电商平台联合检查。\n每季度通报一次检查结果，对屡罚屡犯的商户列入名单管理。",
            ("市市场监管局",),
            ("市公安局", "各有关单位"),
            Deadline("2026年6月底前完成并持续推进", "date+ongoing", date(2026, 6, 30)),
            (target("3-1", "联合检查", ">=", 4.5, "次"),),
        ),
        Task("10", PROTECT, "发布年度保护状况白皮书。", ("市市场监管局",), (), Deadline("每年4月底前", "annual")),
    ),
    units=(
        Unit(
            "市市场监管局",
            aliases=(Alias("市知识产权局", 2004, 2018), Alias("市工商局", None, 2018), Alias("市场局")),
            contact=Contact("沈砚", "0271-6234001", "scjg@lanchuan.example"),
        ),
        Unit("市科技局", contact=Contact("", "13800000000", "")),
        Unit(
            DISTRICTS,
            UnitKind.GROUP,
            aliases=(Alias("各区、县级市政府"),),
            members=("临江区人民政府", "栖云市人民政府"),
        ),
        Unit("各有关单位", UnitKind.OPEN),
        Unit("市公安局"),
        Unit("市农业农村局"),
        Unit("市林业局"),
    ),
    goals=(Goal("1", "到年底，每万人口高价值发明专利达到6件。", (target("Z1", "拥有量", "=", 6, "件"),)),),
    unassigned=(Measure("11", ("三、优化服务",), "探索公证与调解衔接的办法。"),),
)


def without_places(plan: Plan) -> Plan:
    """The plan as such: two plans are the same when only the places differ."""
    nowhere = Place()
    return replace(
        plan,
        tasks=tuple(replace(task, place=nowhere, targets=_bare(task.targets)) for task in plan.tasks),
        units=tuple(replace(unit, place=nowhere) for unit in plan.units),
        goals=tuple(replace(goal, place=nowhere, targets=_bare(goal.targets)) for goal in plan.goals),
        unassigned=tuple(replace(measure, place=nowhere) for measure in plan.unassigned),
    )


def _bare(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    return tuple(replace(each, place=Place()) for each in targets)


TEXTS = st.text(st.characters(exclude_categories=[]) | st.sampled_from("=+-@'、；（）()“”/ \n_x000D"), max_size=30)


PROSE = TEXTS.map(writable).map(as_text)


FLAT = PROSE.map(lambda text: " ".join(text.split()))


NAMES = FLAT.map(written_name).filter(bool)


NUMBERS = st.integers(1, 99).map(str) | st.sampled_from(["一（二）3", "1.10", "007", "3-1", "１２"]) | NAMES


FIGURES = st.floats(-1e300, 1e300).map(lambda value: float(f"{value:.15g}"))  # what a spreadsheet keeps


DEADLINES = st.builds(
    Deadline,
    PROSE.filter(bool),
    st.sampled_from(["date", "ongoing", "annual", "date+ongoing"]),
    st.none() | st.dates(date(1905, 1, 1), date(2199, 12, 31)),
)


@st.composite
def drawn_targets(draw: st.DrawFn, owner: str) -> tuple[Target, ...]:
    one = st.builds(
        Target,
        NUMBERS,
        st.just(owner),
        PROSE,
        st.sampled_from(["growth>=", ">=", ">", "=", "<=", "<"]),
        FIGURES | st.integers(-(10**6), 10**6).map(float),
        PROSE,
        PROSE,
        reporter=PROSE,
    )
    return tuple(draw(st.lists(one, max_size=2)))


@st.composite
def drawn_plans(draw: st.DrawFn) -> Plan:
    numbers = draw(st.lists(NUMBERS, unique_by=task_number, max_size=5))
    numbers = [number for number in numbers if "总体目标" not in number]
    units = draw(st.lists(NAMES, unique=True, max_size=4))
    named = st.lists(NAMES | (st.sampled_from(units) if units else NAMES), max_size=3).map(tuple)
    tasks: list[Task] = []
    waiting: list[Measure] = []
    for number in numbers:
        path = tuple(draw(st.lists(PROSE.filter(bool), max_size=3)))
        lead = draw(named)
        if not lead and draw(st.booleans()):
            waiting.append(Measure(number, path, draw(PROSE)))
            continue
        lead = lead or ("市统计局",)
        deadline, targets = draw(st.none() | DEADLINES), draw(drawn_targets(number))
        tasks.append(Task(number, path, draw(PROSE), lead, draw(named), deadline, targets))
    years = st.integers(1000, 9999)
    aliases = st.builds(
        lambda name, first, last, open_: Alias(name, *sorted((first, last))) if open_ else Alias(name, first),
        NAMES,
        years,
        years,
        st.booleans(),
    ) | NAMES.map(Alias)
    goals = draw(st.lists(NUMBERS, unique_by=task_number, max_size=2))
    return Plan(
        draw(PROSE),
        draw(st.none() | PROSE.filter(bool)),
        draw(st.none() | years.filter(lambda year: year < 3000)),
        draw(st.none() | PROSE.filter(bool)),
        tuple(tasks),
        tuple(
            Unit(
                name,
                draw(st.sampled_from(UnitKind)),
                tuple(draw(st.lists(aliases, max_size=2))),
                draw(named),
                Contact(draw(FLAT), draw(FLAT), draw(FLAT)),
            )
            for name in units
        ),
        tuple(Goal(number, draw(PROSE.filter(bool)), draw(drawn_targets(number))) for number in goals),
        tuple(waiting),
    )


def with_task(plan: Plan, at: int, **fields: object) -> Plan:
    """The plan with one task edited."""
    tasks = list(plan.tasks)
    tasks[at] = replace(tasks[at], **fields)  # type: ignore[arg-type]  # fields by name
    return replace(plan, tasks=tuple(tasks))

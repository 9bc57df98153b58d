"""Texts of any length, one for each shape that a reader may take too long over: twice the text, twice the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from builders.printing import Sheet, bare_table, table
from reporting.model import Alias, Deadline, Goal, Measure, Place, Plan, Target, Task, Unit, UnitKind

Shape = Callable[[int], str]
"""A text of about so many characters."""

TASK = "{}.建设便民服务站，年内完成{}个。（牵头单位：市民政局；配合单位：市财政局、市教育局；完成时限：2026年{}月底前）"
UNIT_WORDS = "东南西北中新老大小上下金银铜铁"


def _repeated(piece: str, before: str = "", after: str = "") -> Shape:
    """One piece again and again on one line."""
    return lambda size: before + piece * max(1, size // len(piece)) + after


def _counted(piece: str, between: str = "", before: str = "") -> Shape:
    """A piece with a number in it, counted up."""

    def text(size: int) -> str:
        return before + between.join(piece.replace("#", str(at)) for at in range(1, 2 + size // len(piece)))

    return text


def _lines(piece: str, before: str = "一、重点任务\n") -> Shape:
    """A line with a number in it, counted up."""
    return _counted(piece, "\n", before)


def _unit(at: int) -> str:
    letters = ""
    while True:
        at, rest = divmod(at, len(UNIT_WORDS))
        letters += UNIT_WORDS[rest]
        if not at:
            return letters


def _units_in_one_slot(size: int) -> str:
    return (
        f"一、重点任务\n1.建设服务站。（牵头单位：{'、'.join(f'市{_unit(at)}局' for at in range(1, 2 + size // 6))}）"
    )


def _a_unit_for_each_task(size: int) -> str:
    tasks = (f"{at}.建设第{at}批便民服务站。（牵头单位：市{_unit(at)}局）" for at in range(1, 2 + size // 28))
    return "一、重点任务\n" + "\n".join(tasks)


def _tasks(size: int) -> str:
    count = 1 + size // len(TASK)
    return "一、重点任务\n" + "\n".join(TASK.format(at, at, at % 12 + 1) for at in range(1, 1 + count))


def _tasks_on_one_line(size: int) -> str:
    return _tasks(size).replace("\n", "")


def _same_tasks(size: int) -> str:
    return "一、重点任务\n" + (TASK.format(1, 5, 6) + "\n") * (size // len(TASK))


def _deep_levels(size: int) -> str:
    """1.1.1.1…, each a level below the one before."""
    lines, at = [], 1
    while size > 0:
        lines.append(f"{'.'.join(['1'] * at)} 建设服务站。（市民政局）")
        size -= len(lines[-1])
        at += 1
    return "\n".join(lines)


def _table(size: int, columns: int = 5) -> str:
    headings = ["序号", "工作内容", "牵头单位", "配合单位", "完成时限", *(f"列{at}" for at in range(6, columns + 1))]
    row = ["#", "建设便民服务站#个", "市民政局", "市财政局、市教育局", "2026年6月", *["内容"] * (columns - 5)]
    return _lines("\t".join(row), "\t".join(headings) + "\n")(size)


def _many_tables(size: int) -> str:
    piece = "\n{}、重点任务\n序号\t工作内容\t牵头单位\n1\t建设便民服务站\t市民政局\n2\t新建公园\t市园林局\n"
    return "".join(piece.format(at) for at in range(1, 2 + size // len(piece)))


def _long_cells(size: int) -> str:
    words = "建设便民服务站，完善窗口设施，" * (size // 45)
    return "\n".join(["序号\t工作内容\t牵头单位", *(f"{at}\t{words}\t市民政局" for at in (1, 2, 3))])


def _flattened(size: int) -> str:
    """A table given away one cell a line."""
    rows = (f"{at}\n建设便民服务站{at}个\n市民政局\n市财政局\n2026年6月" for at in range(1, 2 + size // 28))
    return "\n".join(["序号\n工作内容\n牵头单位\n配合单位\n完成时限", *rows])


def _drawn(size: int) -> str:
    edge = "├────┼──────────┼────────┤"
    rows = (f"│ {at:4}│建设便民服务站{at:4} │市民政局│\n{edge}" for at in range(1, 2 + size // 60))
    return "\n".join([edge, "│序号│工作内容│牵头单位│", edge, *rows])


def _headings(size: int) -> str:
    piece = "（{}）重点领域{}\n{}.建设便民服务站。（市民政局）\n"
    return "".join(piece.format(at % 9 + 1, at, at) for at in range(1, 2 + size // len(piece)))


def _bare_headings(size: int) -> str:
    return _lines("（一）加强第#项服务")(size)


SHAPES: dict[str, Shape] = {
    # one mark
    **{
        f"{mark!r} again and again": _repeated(mark)
        for mark in (
            *"（）()〔〕【】《》、，。；：:.．-—－·*★|│┃#\\/%％0９一十第条",
            "“",
            '"',
            "'",
            " ",
            "　",
            "\t",
            "\n",
            "\v",
            "\u200b",
            "\u2f00",
            "𠀀",
        )
    },
    # marks of headings on one line
    **{
        f"{mark!r} on one line": _repeated(mark, "一、重点任务\n")
        for mark in (
            "一、",
            "（一）",
            "1.",
            "1、",
            "（1）",
            "①",
            "第一条",
            "1.1",
            "1.1 建设。",
            "一、甲 （一）乙 1.丙 ",
            "一是",
            "（一）市民政局：",
            "I. ",
            "A.",
        )
    },
    "headings counted on one line": _counted("#.建设", before="一、重点任务\n"),
    "levels counted on one line": _counted("（#）建设。"),
    # brackets
    "brackets opened and never closed": _repeated("（市民政局", "1.建设服务站。"),
    "brackets closed and never opened": _repeated("市民政局）", "1.建设服务站。"),
    "brackets in each other": lambda size: "1.建设服务站。" + "（市" * (size // 4) + "局）" * (size // 4),
    "brackets with units on one line": _repeated("（市民政局）", "1.建设服务站。"),
    "labels opened in brackets": _repeated("（牵头单位：", "1.建设服务站。"),
    # labels
    **{
        f"{label} on one line": _repeated(label, "1.建设服务站。")
        for label in (
            "牵头单位：",
            "责任单位：市民政局；",
            "配合单位：市民政局，",
            "完成时限：",
            "完成时限：2026年6月；",
            "牵头单位",
            "市民政局牵头，",
            "市民政局负责",
            "由市民政局",
            "按职责分工负责",
            "下同",
            "各区人民政府",
            "市",
            "局",
            "市局、",
            "市民政、",
            "和市民政局",
            "等",
            "有关",
            "责任",
            "为",
            "牵头",
            "分别",
        )
    },
    **{
        f"{label} on lines": _lines(label)
        for label in (
            "牵头单位：市民政局",
            "责任单位：",
            "配合单位：市财政局、",
            "完成时限：2026年6月",
            "任务#",
            "任务#：建设服务站\n牵头单位：市民政局",
            "市民政局",
            "市民政局：",
            "（市民政局）",
            "（一）市民政局：负责建设#。",
            "第#条 建设。",
            "#.",
            "#、",
            "（#）",
            "附件#",
            "建设服务站",
            "某市人民政府文件 第#页",
            "各区，各部门",
            "　　建设服务站，",
            "张三 市民政局局长",
            "成员：张三 市民政局局长",
            "注：标★的为牵头单位",
            "列首位的为牵头单位",
        )
    },
    # figures
    **{
        f"figures {piece!r}": _repeated(piece, "1.建设服务站。")
        for piece in (
            "2026年",
            "2026年6月",
            "6月底前",
            "2026-6-1",
            "100%",
            "达到95%以上，",
            "增长5%，",
            "完成100个、",
            "1,000",
            "1.5",
            "十",
            "百",
            "一百",
            "万",
            "亿元",
            "其中",
            "1",
            "12 ",
            "1/",
            "个",
            "以上",
            "达到",
            "新建10个站点",
            "率",
            "数量",
        )
    },
    # words
    "one long word": _repeated("建设"),
    "one long sentence": _repeated("建设服务站，", "1."),
    "many sentences": _repeated("建设服务站。", "1."),
    "latin words": _repeated("service ", "1."),
    "one latin word": _repeated("a", "1."),
    "addresses": _repeated("http://a.b/", "1."),
    "hashes": _lines("## 一、重点"),
    "bold marks": _repeated("**1.**", ""),
    "bars on lines": _lines("|#|建设|市民政局|"),
    "bars of one line": _repeated("|建设|"),
    "tabs of one line": _repeated("建设\t"),
    "vertical tabs of one line": _repeated("建设\v"),
    "blanks between words": _repeated("建 设  "),
    "aligned columns": _lines("#     建设服务站     市民政局     市财政局"),
    # documents
    "tasks": _tasks,
    "tasks on one line": _tasks_on_one_line,
    "the same task": _same_tasks,
    "a unit for each task": _a_unit_for_each_task,
    "units in one slot": _units_in_one_slot,
    "levels deeper and deeper": _deep_levels,
    "headings with a task each": _headings,
    "headings without tasks": _bare_headings,
    "tasks without units": _lines("#.建设第#批便民服务站，完善窗口设施。"),
    "tasks without numbers": _lines("建设第#批便民服务站，完善窗口设施。（市民政局）"),
    "tasks without lead": _lines("#.建设第#批便民服务站。（配合单位：市民政局）"),
    "tasks with several figures": _lines("#.建设服务站#个，新增床位#张，覆盖率达到95%以上。（市民政局）"),
    "tasks with one number": _lines("1.建设第#批便民服务站。（市民政局）"),
    "tasks numbered downwards": lambda size: "\n".join(
        f"{at}.建设便民服务站。（市民政局）" for at in range(size // 20 + 1, 0, -1)
    ),
    "lines of a wrapped task": _lines("建设便民服务站，完善窗口设施，配齐服务人员，延长服务时间，改善", "1."),
    "short lines": _lines("建#"),
    "blank lines between": _lines("#.建设服务站。（市民政局）\n\n\n\n"),
    "a table": _table,
    "a wide table": lambda size: _table(size, 50),
    "many tables": _many_tables,
    "long cells": _long_cells,
    "a flattened table": _flattened,
    "a drawn table": _drawn,
    "a matrix": _lines(
        "#\t建设便民服务站#个" + "\t√" * 30, "序号\t任务" + "".join(f"\t市{_unit(at)}局" for at in range(30)) + "\n"
    ),
    "a table merged down": _lines("\t建设便民服务站#个\t市民政局", "序号\t工作内容\t牵头单位\n1"),
    "numbered pages": lambda size: "\n".join(f"{at}、{'建设服务站，' * 40}" for at in range(1, 2 + size // 240)),
    "clauses of the law": _lines("第#条 市民政局负责建设服务站。"),
    "persons with titles": _lines("张三#  市民政局副局长"),
    "a group with members": _lines("各区人民政府（含第#区）"),
    "page numbers": lambda size: "\n".join(f"— {at % 900 + 1} —" for at in range(1, 2 + size // 6)),
    "numbers on lines": lambda size: "\n".join(str(at % 900 + 1) for at in range(1, 2 + size // 4)),
    "pages of pages": lambda size: "\n".join(f"第{at % 900 + 1}页" for at in range(1, 2 + size // 6)),
    "running heads": _lines("某市人民政府公报\n建设服务站，完善\n#\n"),
    "traditional letters": _lines("#.建設便民服務站。（市民政局）"),
    "roles by verbs": _lines("#.市民政局统筹实施，市财政局抓好落实。"),
    "stars": _lines("#.建设。（市民政局★、市财政局）", "标★的为牵头单位，其余为配合单位。\n"),
}
"""Shapes of text by name."""


PlanShape = Callable[[int], Plan]
"""A plan of so many rows."""

CONTENT = "建设便民服务站，完善窗口设施，年内完成{}个。"


def _plan(
    count: int,
    change: Callable[[int], dict[str, Any]] = lambda _at: {},
    units: Callable[[int], Iterable[Unit]] = lambda _count: [Unit("市民政局"), Unit("市财政局")],
    **more: Any,
) -> Plan:
    tasks = []
    for at in range(1, count + 1):
        task = Task(
            number=str(at),
            path=("一、重点任务",),
            content=CONTENT.format(at),
            lead=("市民政局",),
            support=("市财政局",),
            place=Place("方案.txt", "", at + 1, 1),
        )
        tasks.append(replace(task, **change(at)))
    return Plan("某市2026年工作方案", "某市人民政府", 2026, None, tuple(tasks), tuple(units(count)), **more)


def _named(name: str) -> PlanShape:
    """A plan whose tasks each name a unit of their own."""

    def plan(count: int) -> Plan:
        return _plan(
            count,
            lambda at: {"lead": (name.format(_unit(at)),)},
            lambda count: [
                Unit(name.format(_unit(at)), place=Place("方案.txt", "", at + 1, 1)) for at in range(1, count + 1)
            ],
        )

    return plan


def _many_targets(count: int) -> Plan:
    def targets(at: int) -> dict[str, Any]:
        each = Target(f"{at}-1", str(at), "服务站", ">=", at, "个", f"完成{at}个", Place("方案.txt", "", at + 1, 9))
        return {"targets": (each, replace(each, number=f"{at}-2", name="窗口"))}

    return _plan(count, targets)


def _all_in_one_task(count: int) -> Plan:
    names = tuple(f"市{_unit(at)}局" for at in range(1, count + 1))
    targets = tuple(Target(f"1-{at}", "1", f"服务站{at}", ">=", at, "个") for at in range(1, count + 1))
    return _plan(1, lambda _: {"lead": names[:1], "support": names[1:], "targets": targets}, lambda _: map(Unit, names))


def _groups(count: int) -> Plan:
    """Groups of ten members each."""
    members = [f"市{_unit(at)}局" for at in range(1, count + 1)]
    groups = [
        Unit(f"第{at}工作组", UnitKind.GROUP, members=tuple(members[10 * at : 10 * at + 10]))
        for at in range(count // 10)
    ]
    return _plan(
        count, lambda at: {"lead": (f"第{at % (count // 10)}工作组",)}, lambda _: [*groups, *map(Unit, members)]
    )


def _aliases(count: int) -> Plan:
    units = [Unit(f"市{_unit(at)}局", aliases=(Alias(f"市{_unit(at)}委"), Alias("市办"))) for at in range(1, count + 1)]
    return _plan(count, lambda at: {"lead": (f"市{_unit(at)}委",)}, lambda _: units)


def _measures(count: int) -> Plan:
    waiting = [
        Measure(str(at), ("一、重点任务",), CONTENT.format(at), Place("方案.txt", "", at + 1, 3))
        for at in range(1, count)
    ]
    return _plan(count, unassigned=tuple(waiting))


PLANS: dict[str, PlanShape] = {
    "tasks": _plan,
    "tasks with one number": lambda count: _plan(count, lambda _: {"number": "1"}),
    "tasks with one content": lambda count: _plan(count, lambda _: {"content": CONTENT}),
    "tasks without units": lambda count: _plan(count, lambda _: {"lead": (), "support": ()}),
    "tasks without numbers": lambda count: _plan(count, lambda _: {"number": ""}),
    "tasks without content": lambda count: _plan(count, lambda _: {"content": ""}),
    "tasks at one place": lambda count: _plan(count, lambda _: {"place": Place("方案.txt", "", 3, 1)}),
    "tasks numbered downwards": lambda count: _plan(count, lambda at: {"number": str(count - at)}),
    "a heading for each task": lambda count: _plan(count, lambda at: {"path": (f"{at}、重点领域",)}),
    "deep headings": lambda count: _plan(count, lambda at: {"path": ("一、重点任务",) * (at % 40)}),
    "a unit not listed for each task": lambda count: _plan(count, lambda at: {"lead": (f"市{_unit(at)}局",)}),
    "deadlines in words": lambda count: _plan(count, lambda at: {"deadline": Deadline(f"{at}月底前", "date")}),
    "a unit for each task": _named("市{}局"),
    "units alike but for the last sign": _named("市住房城乡建设管理{}"),
    "units with brackets": _named("市民政局（市{}局）"),
    "units with commas": _named("各区、{}县人民政府"),
    "units of districts": _named("{}区人民政府"),
    "targets": _many_targets,
    "all in one task": _all_in_one_task,
    "groups": _groups,
    "other names": _aliases,
    "measures between": _measures,
    "goals": lambda count: _plan(
        1, goals=tuple(Goal(str(at), CONTENT.format(at), place=Place("方案.txt", "", at, 1)) for at in range(count))
    ),
}
"""Shapes of plans by name."""


FRAGMENTS = [
    *"（）()〔〕【】《》“”、，；：。.-—/~%★*│┃┼#甲至到十百率数目注\t\v 　\n\u200b",
    *("一、", "（一）", "1.", "1、", "(1)", "①", "第一条", "一是", "1.1", "2.3.4", "Ⅱ.", "A.", "\n\n", "：\n", "。\n"),
    *(
        "牵头单位",
        "责任单位",
        "配合单位",
        "完成时限",
        "牵头",
        "负责",
        "会同",
        "为",
        "由",
        "按职责分工",
        "列首位的",
        "下同",
    ),
    *("市", "局", "市民政局", "各区人民政府", "各有关部门", "等", "和", "与", "及", "组长：", "成员：", "张三", "局长"),
    *("2026年", "6月", "底前", "12月31日", "2026—2028", "100", "个", "95%", "以上", "增长", "达到", "万元", "其中"),
    *(
        "建设",
        "完善服务",
        "序号",
        "工作内容",
        "任务",
        "附件",
        "关于",
        "通知",
        "印发",
        "文件",
        "措施",
        "service ",
        "http://",
    ),
]
"""What plans are made of, to be put together at random."""


SheetShape = Callable[[int], list[Sheet]]
"""Pages with so many pieces of text or strokes."""


def _on_pages(count: int, each: int, draw: Callable[[Sheet, int, float], None]) -> list[Sheet]:
    """Pieces drawn from top to bottom, so many on a page."""
    sheets = [Sheet() for _ in range(-(-count // each))]
    for at in range(count):
        draw(sheets[at // each], at, 780 - (700 / each) * (at % each))
    return sheets


def _ruled(count: int) -> list[Sheet]:
    sheets = [Sheet() for _ in range(-(-count // 20))]
    for at, sheet in enumerate(sheets):
        rows = [[[str(20 * at + row)], ["建设便民服务站"], ["市民政局"]] for row in range(20)]
        table(sheet, 780, [40, 200, 120], [[["序号"], ["工作内容"], ["牵头单位"]], *rows])
    return sheets


def _bare(count: int) -> list[Sheet]:
    sheets = [Sheet() for _ in range(-(-count // 20))]
    for at, sheet in enumerate(sheets):
        rows = [[[str(20 * at + row)], ["建设便民服务站", "完善设施"], ["市民政局"]] for row in range(20)]
        bare_table(sheet, 780, (60, 100, 260), [[["序号"], ["工作内容"], ["牵头单位"]], *rows], middle=False)
    return sheets


def _in_columns(sheet: Sheet, at: int, y: float) -> None:
    sheet.write(60, y, f"{at}.建设便民服务站，完善窗口设施", 10)
    sheet.write(320, y, f"{at}.建设便民服务站，完善窗口设施", 10)


def _covered(sheet: Sheet, at: int, y: float) -> None:
    sheet.box(50, y - 3, 300, y + 12, "0.9 0.9 0.9")
    sheet.write(60, y, f"{at}.建设便民服务站", 10)


SHEETS: dict[str, SheetShape] = {
    "lines": lambda count: _on_pages(count, 40, lambda sheet, at, y: sheet.write(60, y, f"{at}.建设便民服务站", 10)),
    "lines on one page": lambda count: _on_pages(count, count, lambda sheet, _, y: sheet.write(60, y, "建设", 1.2)),
    "columns": lambda count: _on_pages(count, 40, _in_columns),
    "columns on one page": lambda count: _on_pages(count, count, _in_columns),
    "pieces of one line": lambda count: _on_pages(
        count, count, lambda sheet, at, _: sheet.write(60 + 480 * at / count, 700, "建", 1.2)
    ),
    "words at one place": lambda count: _on_pages(count, count, lambda sheet, _, __: sheet.write(60, 700, "建设", 10)),
    "boxes of colour": lambda count: _on_pages(count, 40, _covered),
    "boxes of colour on one page": lambda count: _on_pages(count, count, _covered),
    "strokes across": lambda count: _on_pages(count, count, lambda sheet, _, y: sheet.rule(60, y, 500, y)),
    "strokes down": lambda count: _on_pages(
        count, count, lambda sheet, at, _: sheet.rule(60 + 480 * at / count, 60, 60 + 480 * at / count, 700)
    ),
    "a ruled table": _ruled,
    "a table without strokes": _bare,
    "empty pages": lambda count: [Sheet() for _ in range(max(1, count // 10))],
}
"""Shapes of printed pages by name."""

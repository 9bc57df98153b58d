"""The account of a task does not say the opposite of its status.

| case | 完成状态 | 完成进度(%) | 完成情况 |
| --- | --- | --- | --- |
| passes | 已完成 | 100 | 督促尚未备案的23家企业全部备案，办结率97%。 |
| passes | 已完成 | 100 | 原定3月的培训推迟至5月，现已举办四期。下一步计划2027年完成改版。 |
| passes | 持续推进 | 60 | 上半年任务已全部完成，二期尚未开工。 |
| fails | 已完成 | 100 | 因专班人员没有到位，培训尚未开展。 |
| fails | 已完成 | 100 | 机房主体已经封顶，预计2027年6月完工。 |
| fails | 已完成 | 100 | 完成年度任务的82%，形成纪要四份。 |
| fails | 已完成 | 100 | 实施办法正在征求各区县和有关部门的意见，抓紧修改完善送审文本并按程序报审。 |
| fails | 已完成 | 100 | 已签约引进企业6家，其余4家正在洽谈。 |
| fails | 持续推进 | 60 | 改造工程已于9月全部完成并通过验收。 |
| fails | 持续推进 | 60 | 目前尚未启动，待专班人员和场地到位后实施。 |
| fails | 持续推进 | 60 | 我局无此项任务，由其他部门具体承担落实。 |
| fails | 滞后 | 60 | 已于11月全部完成，形成纪要四份。 |
| fails | 未启动 | 0 | 已培训教师120人，覆盖三个区县。 |
| fails | 不适用 | | 全年检查45次，发出整改通知12份。 |

The patterns are narrow on purpose: a question about a good account costs more than a contradiction missed. What
they let pass, and why, stands beside each.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reporting.office.form import Outcome, Status
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm

_QUOTED = re.compile(r"“[^”]{0,200}”|《[^》]{0,200}》|「[^」]{0,200}」|‘[^’]{0,200}’")
"""What is quoted is the name of something: “无欠薪”, 《未完成事项清单》."""
_CLAUSE = re.compile(r"[。；;！!？?\n]")
_PIECE = re.compile(r"[，,：:]")
_AHEAD = re.compile(r"^(?:下一?步|下阶段|接下来|今后|后续|明年|次年|下年|来年|\(?[一二三四]?\)?下一步)")
"""A clause about what comes next tells nothing of what was done."""
_SHOWN = 40
"""Characters of a piece that are quoted; of a longer one the words alone."""
_NUMBERING = re.compile(
    r"^(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）.．、]|[一二三四五六七八九十]是|[①-⑳]|其[一二三四五六])+"
)

_OBJECT_BEFORE = re.compile(
    r"对|针对|督促|督导|排查|责令|查处|指导|通报|约谈|催办|曝光|发现|清理|梳理|摸排|摸清|查找|查明|核查|建立|清单|台账"
    r"|无|没有|不存在|杜绝|避免|防止|解决|如|凡|若|逾期|年初|此前|之前|以前|原|上年|去年|以往|曾|一度|历年|处罚|处置|处理|化解|整治|追缴|关停|解决好|帮助|帮扶|推动|推进|将|把|就|关闭|取缔"
)
"""Before the words: the work was done on what was not done (督促尚未备案的…), or that was earlier."""
_OBJECT_AFTER = re.compile(
    r"的|现已|均已|已全部|已于|已经|目前已|后已|清零|归零|为零|(?:事项|问题|案件|项目|任务|名单|企业|单位|户)\S{0,6}(?:全部|均|已)"
)
_GENERIC = (
    r"(?:(?:目前|截至目前|截至\d{1,2}月底|现|现在|至今|到目前为止|我[局委办厅市区县院]|本单位|本部门)[，,]?)*"
    r"(?:(?:该|本|此|这)?(?:一?项)?(?:目标)?(?:任务|工作|项目|工程|事项)(?:建设|内容)?)?(?:目前|现|至今|均|都|仍|还)*"
)
"""A subject that is the task itself, or none: a part of it may well stand otherwise than the whole."""
_LATER = r"(?:{next}年|明年|次年|下年|来年|下一年度)"
_COUNT = r"(?:\d[\d,.]*|[一二两三四五六七八九十百千]+)\s?(?:余|多)?(?:万|亿)?"
_PARTIAL = re.compile(
    r"阶段|[一二三]期|年度|年内|全年|本年|今年|当年|持续|剩余|其余|拨付|半年|季度|前期|节点|月度|首批|第.{1,2}批|序时|招标"
    r"|征地|拆迁|设计|编制|论证|部分|主体|大部|基本|(?<!\d)\d+(?![\d月日号年%])"
)
"""A part of the whole, or what is done again every year: of a lasting task it may be finished."""
_VOID = re.compile(
    r"取消|调整|合并|并入|移交|统一|划转|划入|划出|撤销|终止|中止|不再|暂停|停止|变更|改为|纳入|整合|归并|上收|批准|批复|同意|决定|机构改革|职能"
)
_DONE_ANYWHERE = re.compile(
    rf"已|完成|建成|印发|出台|办结|举办|召开|通过|形成|建立|制定|落实了|实现|达到|开展了|组织了|签订|获[得评]|验收|发布|{_COUNT}(?:个|家|次|场|件|份|项|期|人|批|篇)|\d"
)
_WORKED = re.compile(
    r"(?:已|累计|共|先后|全年|年内|今年|完成)[^，,]{0,8}?(?:培训|建成|开展|举办|检查|发放|印发|办理|新增|改造|查处|服务|整治|签约|引进|走访|巡查|排查|完成|出动|受理|审查|拨付)"
    r"[^，,]{0,8}?\d"
    r"|(?:^|[，,])(?:培训|检查|巡查|出动|查处|发放|走访|举办|改造|建成|完成[^，,\d]{0,6})[^，,\d]{0,6}\d"
)
_BEFORE_START = re.compile(
    r"前期|调研|论证|筹备|准备|对接|方案|选址|可行性|摸底|测算|协调|会商|计划|目标|预算|编制|申报|上年|去年|征求"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What contradicts a status: the words, the clauses that may hold them, and what makes them harmless."""

    words: str
    """Searched in a clause; ``{next}`` is the year after that of the plan."""
    before: re.Pattern[str] | None = None
    """Found before the words in their piece of the clause, they are about something else."""
    after: re.Pattern[str] | None = None
    """Found behind the words in the clause, likewise."""
    clause: re.Pattern[str] | None = None
    """Found anywhere in the clause, likewise."""
    cell: re.Pattern[str] | None = None
    """Found anywhere in the account, likewise."""
    others: re.Pattern[str] | None = None
    """Found anywhere in the row, likewise."""
    holds: Callable[[re.Match[str]], bool] = lambda _: True
    """What else must be true of the words."""


def _below_hundred(match: re.Match[str]) -> bool:
    return float(match["share"]) < 100


_NOT_DONE = Pattern(
    r"(?:尚未|还未|仍未|暂未|均未|未能|没有能?|未|还没有?)(?:全部|正式|全面|完全|能|如期|按时|按期|按要求|进行|得到|真正|实质性)*"
    r"(?:完成|启动|开展|开工|动工|实施|建成|印发|出台|验收|办结|竣工|举办|召开|落实|建立|投入使用|投用|交付|到位(?=$|[，。])|组织实施)",
    before=_OBJECT_BEFORE,
    after=_OBJECT_AFTER,
    clause=re.compile(
        r"原因|二期|三期|下一批|第二批|不属于|无需|不需|应.{0,4}未|该.{0,2}未|[外省]地|配套费?资金未|历史遗留"
    ),
)
_NEXT_YEAR = Pattern(
    rf"(?:预计|计划|拟|力争|争取|将|预期|可|待|安排)[^，,]{{0,6}}{_LATER}[^，,]{{0,10}}?"
    r"(?:完成(?!率)|竣工|完工|建成|投用|投入使用|验收|印发|出台|办结|销号|交付|收尾)",
    clause=re.compile(
        r"[二三四]期|后续|下一?[批轮期]|新一[批轮]|第[二三四].|继续|持续|再|扩大|升级|推广|复制|新[增建]|其他|明年任务|20\d\d年任务"
    ),
    after=re.compile(r"产值|效益|投资|目标|任务"),
)
_SHARE = Pattern(
    r"(?:(?:形象|总体|工程|建设|整体|任务|工作|总)进度|完成(?:年度|全年|总|目标|计划)(?:目标|工作|建设)?(?:任务|计划|目标|总量|工程量)?|(?:年度|全年|目标|总)任务(?:的|完成率?))"
    r"[^，,\d]{0,6}?(?P<share>\d{1,3}(?:\.\d+)?)[%％]",
    holds=_below_hundred,
    clause=re.compile(
        r"半年|季度|(?<!1)[1-9]月|10月|11月|[一二三四五六七八九]月|年初|此前|上年|去年|全部完成|提高|提升|增长|下降|高于|超"
    ),
    after=re.compile(r"提前|超额|全部|提高|提升"),
)
_MOVING = Pattern(
    r"正在|正(?=按|由|抓紧|组织)|处于[^，,]{0,8}(?:阶段|中|期)|(?:稳步|有序|持续|扎实|加快|全力|积极|抓紧)(?:推进|办理|实施)(?=$|[，,])|(?:推进|办理|进行|实施|审批|筹备)(?:之)?中",
    cell=_DONE_ANYWHERE,
)
_REST = Pattern(
    rf"(?:尚有|还有|仍有|其余|剩余|余下|其中)[^，,]{{0,6}}?{_COUNT}[^，,]{{0,16}}?"
    r"(?:尚?未(?!来|发现|发生|出现)|待(?!遇)|正在|没有|洽谈中|办理中|推进中|审批中|在建|建设中)"
    r"|还差[^，,]{0,6}\d|(?:比|较|距)(?:年度)?(?:目标|计划|任务)(?:值|数)?(?:少|低|差|还差|尚差)",
    before=re.compile(r"此前|年初|原|去年|上年|督促|对|针对|就"),
    after=re.compile(r"现已|均已|已全部|已于|已经|全部建成|全部完成|也已|后已|已完成|目前已"),
    clause=re.compile(r"下一?批|新一[批轮]|后续|二期|明年任务|属于|不属|未要求|不在|超出|计划外|任务外"),
)
_PUT_OFF = Pattern(
    rf"(?:推迟|顺延|延期|延后|延至|推后|延迟|改期|结转)[^，,]{{0,4}}{_LATER}",
    before=re.compile(r"原|曾|此前|拟|申请"),
    after=re.compile(r"后.{0,4}(?:提前|已)|现已|均已|已于|已提前|尾款|支付|款"),
)
_OUR = r"(?:我|本)(?:局|委|办|厅|院|处|校|单位|部门|区|县|市|镇|街道|公司|中心|会|行)"
_NOT_OURS = Pattern(
    rf"{_OUR}?(?:无|没有|不涉及|不承担|未承担|无需承担)(?:此|该|本|这)(?:一?项|类)?(?:工作|任务|职责|职能|业务|事项|内容|指标)"
    r"|(?:不涉及|无)(?:此|该|本)项(?:$|[，,])"
    rf"|{_OUR}(?:无|没有|不涉及|不承担|未承担)(?:相关|有关|相应|对应)(?:工作|任务|职责|职能|业务)"
    rf"|(?:非|不属于?|不是){_OUR}(?:的)?(?:职责|职能|业务|工作|任务|承担|负责|主管)"
    r"|(?:该|此|本|这)(?:一?项)?(?:任务|工作|项目|事项)(?:目前|现)?(?:已经?|被|予以)*(?:取消|撤销|终止|停止实施|暂停|不再实施|中止|与我.{1,2}无关|不涉及我)"
    rf"|与{_OUR}(?:职责|职能)?无关|(?:任务|工作|项目)不涉及{_OUR}",
    before=re.compile(r"《|企业|反映|投诉|答复|认为|对"),
    after=re.compile(r"的(?!职责|职能|工作|任务|业务|$)|后.{0,6}恢复|现已恢复"),
)
_WHOLE = (
    rf"(?:^|[，,]){_GENERIC}(?:均|都)?已(?:经)?(?:于(?:今年|本年|20\d\d年)?\d{{1,2}}月(?:\d{{1,2}}[日号]|底|[上中下]旬|初|份)?)?"
    r"(?:全部|提前|如期|按期|按时|圆满|全面|超额|顺利|整体)+(?:高质量|保质保量)?(?:完成|竣工|完工|建成|办结|销号)"
    r"(?:(?:全部|各项)?(?:任务|工作|建设|目标任务|建设任务))?(?:并?(?:已)?(?:顺利)?(?:通过|组织|完成)?(?:竣工|综合|最终|[国省市县区]家?级)?(?:验收|销号|交付(?:使用)?|投入使用|投用))?(?:合格)?(?=$|[，,])"
)
"""The task itself, nothing of it left out: 已于9月全部完成并通过验收, 该项工作已提前完成."""
_ACCEPTED = (
    r"(?:^|[，,])[^，,]{0,16}?已(?:经)?(?:于[^，,]{2,10})?(?:全部|提前|如期|按期|圆满|全面)+(?:完成|竣工|完工|建成)"
    r"(?:建设|改造|施工)?[，,]?(?:并|且)?(?:已)?(?:全部|顺利)?(?:通过|完成)?(?:竣工|综合|[国省市县区]家?级)?(?:验收|交付(?:使用)?|投入使用)(?:合格)?(?=$|[，,])"
)
"""Something of the task, done and accepted."""
_FINISHED = Pattern(f"{_WHOLE}|{_ACCEPTED}", clause=_PARTIAL)
_NOT_BEGUN = Pattern(
    rf"(?:^|[，,]){_GENERIC}(?:尚未|仍未|还未|暂未|未|还没有)(?:正式|全面|实质性)?(?:启动|开展|开工|实施|动工)(?:建设|实施)?(?=$|[，,])",
    clause=re.compile(r"[二三四]期|第[二三四].|下一"),
)
_LATE = Pattern(
    r"(?:滞后|落后|慢)于?(?:时间|序时|计划)进度|(?:低于|未达到?|未按|欠)序时(?:进度)?|进[度展](?:较为?|比较|相对|明显)?(?:滞后|缓慢)|未达到?(?:时间|计划)进度",
    before=_OBJECT_BEFORE,
    after=re.compile(r"的|原因(?![是为在])|现已|均已|已赶上|已追|后.{0,6}赶"),
    clause=re.compile(r"问题|扭转|赶上|追[平赶]|预警"),
)
_BEGUN = Pattern(_WORKED.pattern, clause=_BEFORE_START)
_STILL_WORKED = Pattern(_WORKED.pattern, others=_VOID)
_CONCERNED = Pattern(_WORKED.pattern, cell=re.compile(r"未发现|无此类|没有此类|不涉及|无符合|不存在|无相关|调整|取消"))

_PATTERNS: tuple[tuple[tuple[Outcome, ...], tuple[str, ...], tuple[Pattern, ...]], ...] = (
    (("done",), (), (_NOT_DONE, _NEXT_YEAR, _SHARE, _MOVING, _REST, _PUT_OFF)),
    (("done", "ongoing"), (), (_NOT_OURS,)),
    (("ongoing",), (), (_FINISHED, _NOT_BEGUN, _LATE)),
    (("behind",), (), (_FINISHED,)),
    (("behind",), ("未启动",), (_BEGUN,)),
    (("void",), ("调整取消",), (_STILL_WORKED,)),
    (("void",), ("不适用",), (_CONCERNED,)),
)
"""By outcome, and where that says too little by the status, what its account does not say."""


def contradiction(account: str, status: Status, year: int, others: str = "") -> str:
    """The piece of an account that says the opposite of its status; empty where nothing plainly does.

    ``others`` is what else the row says: why a task was dropped mostly stands beside the account.
    """
    shown = _QUOTED.sub("□", account)
    clauses = list(_clauses(shown))
    for pattern in _of(status):
        if pattern.cell is not None and pattern.cell.search(shown):
            continue
        if pattern.others is not None and pattern.others.search(account + others):
            continue
        words = re.compile(pattern.words.replace("{next}", str(year + 1)))
        for clause in clauses:
            found = _contradicts(pattern, words, clause)
            if found:
                return found.strip("，,")
    return ""


def _of(status: Status) -> Iterator[Pattern]:
    for outcomes, names, patterns in _PATTERNS:
        if status.outcome in outcomes and (not names or status.name in names):
            yield from patterns


def _clauses(account: str) -> Iterator[str]:
    for each in _CLAUSE.split(account):
        clause = _NUMBERING.sub("", "".join(each.split()))
        if clause and not _AHEAD.match(clause):
            yield clause[:1000]


def _contradicts(pattern: Pattern, words: re.Pattern[str], clause: str) -> str:
    """The words in a clause with which it contradicts; empty where it does not."""
    if pattern.clause is not None and pattern.clause.search(clause):
        return ""
    for match in words.finditer(clause):
        pieces = _PIECE.split(clause[: match.start()])
        before, after = pieces[-1], clause[match.end() :]
        if any(_AHEAD.match(piece) for piece in (*pieces, match[0].lstrip("，,"))):
            continue
        if pattern.before is not None and pattern.before.search(before):
            continue
        if pattern.after is not None and pattern.after.search(after):
            continue
        if pattern.holds(match):
            piece = before + match[0].rstrip("，,") + _PIECE.split(after)[0]
            return piece if len(piece) <= _SHOWN else match[0]
    return ""


def _where(rows: Rows) -> Mask:
    return rows.typed("result", lambda raw: len(raw) > 3) & rows.where(view.status for view in rows.views)


def _check(view: RowView) -> Breaches:
    account = view.texts.get("result", "")
    if view.part != "task" or view.status is None or not account:
        return
    others = "".join(view.row.raw(key) for key in ("problem", "next_step", "remark"))
    words = contradiction(account, view.status, view.year, others)
    if words:
        yield view.breach("result", words=words, status=view.status.name)


RULE = confirm(
    "完成状态为“{status}”，{heading}中却写着“{words}”。",
    "请核对：状态不符的，请改正完成状态和完成进度；所写不准的，请改正{heading}；两者都无误的，请在“说明”栏写明。",
    row=_check,
    where=_where,
)

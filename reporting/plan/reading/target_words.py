"""The words around a number that make it something to be reached, or something else, as data."""

import re

from reporting.model import Comparator

# ---- comparators -------------------------------------------------------------------------------------

_CHANGES_DOWN = (
    *("压减", "压缩", "缩短", "缩减", "减少", "精简", "减", "降", "降低", "下降", "调减", "下调", "削减", "优化"),
)
_CHANGES_UP = (
    *("提高", "提升", "增加", "增长", "扩大", "上升", "增", "升", "恢复", "发展", "扩展", "拓展", "提", "扩", "调整"),
)

CHANGED_TO = (
    *(word + to for word in (*_CHANGES_UP, *_CHANGES_DOWN) for to in "至到为" if word != "优化" or to != "为"),
    "优化为",
)
"""From what is to what shall be: 提高到90%, 压减至5个工作日."""

AT_LEAST = (
    *("不少于", "不低于", "不小于", "至少", "达到", "到达", "达", "不得少于", "不得低于", "不得小于"),
    *(word + to for word in _CHANGES_UP for to in "至到"),
)
MORE = ("超过", "突破", "高于", "大于", "多于")
AT_MOST = (
    *("不超过", "不高于", "不大于", "不多于", "不得超过", "不得高于", "不得多于", "控制在", "低于", "少于", "控制到"),
    *(word + to for word in _CHANGES_DOWN for to in "至到为"),
)
FALL = (*("下降", "降低", "减少", "压减", "压缩", "缩短", "缩减", "削减", "下浮", "下调", "精简", "调减"),)
"""Words of what is to become less; the figure is the fall, so that more of it is better."""

SIGNS: tuple[tuple[str, Comparator], ...] = (
    *((sign, ">=") for sign in ("≥", "≧", "⩾", ">=", "＞=")),
    *((sign, "<=") for sign in ("≤", "≦", "⩽", "<=", "＜=")),
    *((sign, ">") for sign in (">", "＞")),
    *((sign, "<") for sign in ("<", "＜")),
)
"""Signs of comparison with what they mean, as cells of targets have them: ≥3万人."""

GROWTH = ("增长", "提高", "提升", "增加", "递增", "增长率为", "增幅")

COMPARATORS: tuple[tuple[str, Comparator], ...] = tuple(
    sorted(
        [
            *((word, ">=") for word in AT_LEAST),
            *((word, ">") for word in MORE),
            *((word, "<=") for word in AT_MOST),
            *((word, "growth>=") for word in GROWTH),
            *SIGNS,
        ],
        key=lambda pair: len(pair[0]),
        reverse=True,
    )
)
"""Words of comparison, longer ones first: 不低于 is no 低于."""

COMPARING = tuple(word for word, _ in COMPARATORS)

KEEPS = ("稳定在", "保持在", "维持在", "保持", "稳定")
"""Words of what is to stay as it is: 保持在95%."""

BETWEEN = re.compile(
    r"(?:每[千万百十]?(?:平方公里|平方米|公顷|[人户名个家月年日季亩]{1,2})口?(?:每?[月年日])?"
    r"|(?:20\d\d年|上年|去年)(?:同期|水平)?的?) ?$"
)
"""What may stand between a word of comparison and its number: 达到「每千人」5批次, 恢复到「2019年的」95%."""

# ---- deeds -------------------------------------------------------------------------------------------

_DEEDS = """
新建 扩建 改建 续建 筹建 共建 配建 创建 组建 搭建 建设 建成 建立 建造 设立 成立 打造 培育 培养 培训
引进 引育 引入 招引 招收 招聘 选拔 选派 选树 选聘 选择 遴选 评选 评定 认定 确定 资助 扶持 支持 帮扶
帮助 救助 表彰 开设 开办 开通 新开 开展 举办 承办 组织 实施 推进 推动 推出 推广 推荐 推选 完成 实现
恢复 新增 增设 拓展 发展 壮大 申报 争取 力争 争创 发布 出台 制定 修订 编制 形成 转化 孵化 落地 签约
储备 谋划 开工 竣工 投产 投用 投入 改造 整治 治理 修复 更新 安装 购置 配备 配置 投放 布设 铺设 种植
栽植 植树 绿化 清理 拆除 淘汰 关停 关闭 退出 化解 压减 减少 节约 输送 转移 安置 解决 提供 发放 服务 覆盖 惠及
带动 吸纳 集聚 汇聚 入驻 接入 归集 开放 共享 办理 办结 抽检 查处 走访 宣讲 演出 放映 出版 创作 拍摄
达成 巩固 提质 升级 整合 累计 调解 宣传 盘活 收储 上市 挂牌 入库 入规 上线 筹集 打通 修缮 加固 加装
产生 发动 动员 评出 选出
"""

DEED_WORDS = tuple(_DEEDS.split())
"""Verbs that make the number right after them a goal: 选派60名特派员."""

_FIRM = """
新建 扩建 改建 续建 配建 创建 组建 建成 建设 设立 成立 打造 培育 引进 招引 选派 认定 开设 举办 完成 新增 增设 实施
开工 竣工 改造 整治 治理 修复 安装 配备 种植 清理 拆除 淘汰 关停 关闭 退出 推出 筹集 修缮 加固 加装 编制 制定 启动
"""

FIRM_DEED = re.compile("|".join(_FIRM.split()))
"""Deeds that make a goal of a number that stands further on: 「新增」西门公园等9座公园."""

OF_A_PLACE = re.compile(r"(?:开展|新建|关闭|整治|改造|治理|完成|实施)[\u4e00-\u9fff]{0,6}[省市县区镇]$")
"""What may stand between a deed and its number: 整治「全市」20个积水点."""

FOR_SOME = re.compile(r"(?:^|[，、是 ）).．])(?:将?对|为)(?:全[省市区县])?$")
DOES = re.compile(r"开展|进行|实施|提供")
"""对「300户」困难家庭「进行」适老化改造."""

TAKES = re.compile(r"(?:争取|力争|推动|确保|计划|拟)[将把]$")
"""争取「将」60座公园列入名录."""

_SPELT = "新建 扩建 改建 续建 建成 新增 改造 引进 培育 举办 创建 新设 增设 开设 设立 选派 修缮 拆除 加装 开通"

SPELT_DEEDS = tuple(_SPELT.split())
"""Deeds before a number in characters: 「新建」两所学校; 推进三项制度 counts nothing."""

EXACT = (*DEED_WORDS, "占", "为", "和", "、", "有", "再", "超", "共", "共计", "合计", "总计", "各")
"""Words right before a number that make it something to be reached."""

# ---- what makes a number something else --------------------------------------------------------------

GRANT = re.compile(r"给予|奖励|奖补|补助|补贴|资助|罚款|最高|单[户笔]|额度|起付|每[家个户人名件项亩年月台张辆吨]")
"""Words before an amount of money that is paid out, no goal: 给予100万元奖励."""

EARNS = re.compile(r"产值|收入|税收|增收|营收|利润|产出|增加值")
"""What is earned is to be reached, also by head or by acre: 每亩「产值」达到5万元."""

STANDARD = re.compile(
    r"(?:标准|额度|限额|养老金|津贴)(?:由.{1,12})?.{0,6}(?:提高|提升|增加|调整)[到至为](?:每[人户].{0,4})?(?:\d[\d.]{0,8}元[、和]){0,4}$"
)
"""A standard that is to be raised, a goal all the same: 低保标准提高到每人每月850元."""

REWARD = re.compile(r"给予|返还|每(?:新?增|增加|培育|引进|成功|创建|认定|新?建|培养|获|完成|吸纳|招用)")
"""Words before any number that is given, no goal: 给予2名指标."""

RATE_OF_GRANT = re.compile(r"按|最高|不超过")
GIVES = re.compile(r"^的?.{0,8}(?:给予|予以|补助|补贴|奖励|奖补|贴息|减免|资助|返还)")
"""按设备投资额的10%「给予补助」."""

PRESENT = re.compile(r"已[有建完达成超开接]|已经|现已|目前|现有|共有|下辖|分为|原有|尚有|截至目前")
"""Words of a phrase that tells what is there already."""

PAST = re.compile(r"涉及|截至|截止|去年|上年")
"""Words before a number that tells something, unless it is compared: 比去年增长5%."""

FUTURE = re.compile(r"年内|今年|本年|到20|力争|争取|新增|再|将|确保|计划|全年|年底|目标|拟|\d年[，,]?$")
"""What turns from what is there already to what shall be."""

_START = (
    r"[从由自](?:(?:原来|原先|之前|此前|目前|现在|现有|现行|上年|去年|年)的?)?(?:人均|每人每?[月年]|每[人月年])?"
    r"(?:不得?)?(?:[少低小高多大]于|超过)? ?"
)
STARTS = re.compile(f"{_START}$")
"""What stands before the number something starts from: 由80%到90%."""

STARTED = re.compile(rf"{_START}\d[\d.,]{{0,12}}[^\d，、]{{0,8}}$")
"""The same with its number, at the end of a name: 覆盖率「由80%」."""

DESCRIBES = re.compile(
    r"(?:占地(?:面积)?|建筑面积|总投资|投资(?:总额|规模)|全长|总长度?|规划面积|规划用地|用地面积|设计[^，]{0,12}"
    r"|(?:常住|户籍|受益|服务|总|辐射|脱贫)人口|脱贫户|在校[^，]{0,4}|起付线|注册资[本金]|从业人员|职工人数|库容|合计产能|总产能|总面积"
    r"|(?:建设|处理|用地|总|生产)规模|日处理(?:能力|量)|[长宽深高]度|[路线管]长|路宽|直径|跨径|管径|面积约|长约)"
    r"(?:约|为|近|达|共|共计|合计|在|超|逾)? ?$"
)
"""What only describes a thing: 「占地」50亩, 「总投资」5亿元."""

REACHES = re.compile(r"新增|完成|建成|实现|力争|争取|扩大|达到|新建|改造|治理|修复|增加|不少于|不低于|突破|超过")
"""What makes a goal of a thing that else describes: 「完成」总投资5亿元."""

FREQUENT = re.compile(r"每(?:日|天|周|旬|月|个月|季度?|半年)[^，]{0,12}$")
"""How often something is done: 每月调度1次."""

CAPACITIES = ("千瓦", "兆瓦", "吨", "蒸吨")
ONE_PROJECT = re.compile(r"^[^，、]{0,10}(?:项目|工程|电站|基地|机组|生产线|装置)(?!\d)")
"""What has a capacity: 推进120万千瓦「抽水蓄能项目」."""

KNOWN_LIST = re.compile(r"(?:落实|推进|推动|贯彻|执行|抓好|做好|对照|围绕|按照|扎实推进)[^，]{0,24}$")
LISTED = re.compile(r"^(?:“[^”]{1,20}”)?(?:[^，、]{0,8})(?:举措|措施|政策|条款|规定|重大工程|要求|意见|任务)")
"""A list the reader knows, counted: 落实国务院20条「措施」."""

IN_TIME = re.compile(
    r"^[以之]?内?(?:[^，]{0,4})(?:响应|办结|办理|反馈|取号|接通|到达|到场|处置|回复|答复|受理|审结|送达|出证|拿证|办成|办好"
    r"|签收|上门|处理|审核|完成)(?![率数量时])"
)
PROMISES = re.compile(r"实现|确保|做到|保证|力争|达到")
"""实现1分钟「响应」: a promise to be quick."""

UNDER_RULE = re.compile(r"全部|一律|均应|应当|必须|须|不得|可以|按照")
"""What makes of a bound a rule for all: 1万平方米以上建筑「全部」达到绿色标准."""

ATTAINS = re.compile(r"达到|实现|获得|获评|完成|建成|通过|开展|建立|进入|纳入")

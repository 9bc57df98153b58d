"""Numbers with a measure, and the words around them that make them goals, as data."""

import re

from reporting.model import Comparator

_MEASURE_WORDS = """
个百分点 百分点 平方公里 平方千米 平方米 立方米 千瓦时 公里 千米 公顷 千瓦 兆瓦 公斤 千克 个工作日
微克/立方米 微克每立方米 毫克/升 吨标准煤
工作日 个月 小时 分钟 人次 人天 场次 户次 批次 班次 件次 课时 学时 学位 车位 床位 美元 元 亩 吨 斤
米 户 人 名 家 个 件 项 所 场 次 期 篇 座 条 处 台 套 部 支 对 辆 册 只 批 例 株 张 间 栋 盏 架 艘
枚 门 宗 起 路 位 款 口 眼 段 孔 幅 幢 块 轮 羽 尾 头 桩 天 % ％ ‰ 倍 条次 类 列 枝
"""

MEASURES = tuple(sorted(_MEASURE_WORDS.split(), key=len, reverse=True))
"""Measures, longer ones before those they begin with."""

_NUMBER = r"\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,4})?"
_UNIT = rf"[千百]?[万亿]?(?:{'|'.join(MEASURES)})"

AMOUNT = re.compile(
    rf"(?:(?<![\d.,])(?P<from>{_NUMBER}) ?(?:{_UNIT})? ?(?:至|到|[—–~～－-]{{1,2}}) ?)?"
    rf"(?P<value>{_NUMBER}) ?(?P<unit>{_UNIT}) ?(?P<more>以上|以下|以内|左右)?"
)
"""A number with its measure, or a range: 13万件以上, 98%, 3 亿元, 1,200户, 3至5家, 100-150户."""

SHARES = ("%", "％", "个百分点", "百分点")

STARTS = ("从", "由", "自")
"""What stands before the number something starts from: 由80%到90%."""

PERIODS = frozenset(("个月", "个工作日", "工作日", "小时", "分钟", "天"))
"""Measures of time: a goal only after a comparator, 压缩至4个工作日."""

AT_LEAST = (
    *("不少于", "不低于", "不小于", "至少", "达到", "到达"),
    *("增至", "提高到", "提升到", "提升至", "提高至", "达"),
)
MORE = ("超过", "突破", "高于", "大于", "多于")
AT_MOST = (
    "不超过",
    "不高于",
    "不大于",
    "不多于",
    "控制在",
    *(word + to for word in ("压减", "压缩", "缩短", "缩减", "减少", "精简", "减") for to in "至到"),
    *(word + to for word in ("降", "降低", "下降") for to in "至到"),
    "低于",
)
FALL = ("下降", "降低", "减少", "压减", "压缩", "缩短", "缩减", "削减", "下浮", "下调")
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

_DEEDS = """
新建 扩建 改建 续建 筹建 共建 配建 创建 组建 搭建 建设 建成 建立 建造 设立 成立 打造 培育 培养 培训
引进 引育 引入 招引 招收 招聘 选拔 选派 选树 选聘 选择 遴选 评选 评定 认定 确定 资助 扶持 支持 帮扶
帮助 救助 表彰 开设 开办 开通 新开 开展 举办 承办 组织 实施 推进 推动 推出 推广 推荐 推选 完成 实现
恢复 新增 增设 拓展 发展 壮大 申报 争取 力争 争创 发布 出台 制定 修订 编制 形成 转化 孵化 落地 签约
储备 谋划 开工 竣工 投产 投用 投入 改造 整治 治理 修复 更新 安装 购置 配备 配置 投放 布设 铺设 种植
栽植 植树 绿化 清理 拆除 淘汰 关停 化解 压减 减少 节约 输送 转移 安置 解决 提供 发放 服务 覆盖 惠及
带动 吸纳 集聚 汇聚 入驻 接入 归集 开放 共享 办理 办结 抽检 查处 走访 宣讲 演出 放映 出版 创作 拍摄
达成 巩固 提质 升级 整合 累计 调解 宣传 盘活 收储 上市 挂牌 入库 入规 上线
"""

DEED_WORDS = tuple(_DEEDS.split())
"""Verbs that make the number right after them a goal: 选派60名特派员."""

EXACT = (*DEED_WORDS, "占", "为", "和", "、", "有", "再", "超")
"""Words right before a number that make it something to be reached."""

GRANT = re.compile(r"给予|奖励|奖补|补助|补贴|罚款|最高|每[家个户人名件项亩年月]")
"""Words before an amount of money that is paid out, no goal: 给予100万元奖励."""

REWARD = re.compile(r"给予|返还|补助|补贴|每(?:增加|新增)")
"""Words before any number that is given, no goal: 给予2名指标."""

PAST = re.compile(r"已[有建完达成超]|现有|共有|涉及|下辖|分为|截至|截止|原有|去年")
"""Words of a phrase that tells what is there already."""

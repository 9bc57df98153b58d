"""The words names of units are made of, as data."""

import re


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


OPENING = "(（[［【〔〈<《“‘"
CLOSING = ")）]］】〕〉>》”’"
LISTING = "、，,；;\v"
"""Marks between units; a vertical tab is a line break inside a table cell."""

COMMAS = "，,；;"
"""Marks that also end the sharing of 市… and …局."""

GOVERNMENT_TAILS = _words(
    """
    人民政府 街道办事处 管理委员会 党工委管委会 党工委和管委会 党工委、管委会 党委和人民政府 党委和政府 党委、政府
    管委会 党工委 办事处 街道办 政府
    """
)
"""Ends that a list of areas shares: 临江区、北山区政府."""

OFFICE_TAILS = _words(
    """
    委员会 办公室 领导小组 指挥部 研究院 总公司 分公司 公司 集团 海关 大学 学院 银行 中心 支队 大队 总队
    支行 分行 协会 总局 分局 中队 局 委 办 部 厅 院 署 会 联 协 处 站 所 台 馆 社 司 校 队 行 室 庭
    """
)
"""Ends that a list of offices shares: 市知识产权、工商、版权局. The longest that fits counts."""

OWN_TAILS = ("社", "联", "协")
"""Ends of names that no list shares: 市教育、妇联、财政局 are 市教育局, 市妇联, 市财政局."""

SHORT_FORMS = ("人社",)
"""Short forms that only end like a name: 市教育、人社局."""

PLAIN_TAILS = _words(
    """
    单位 部门 机构 企业 小组 专班 组 团体 院校 高校 医院 机关 军分区 党组 组织 平台公司 科室 处室 科 股 中央
    园区
    """
)
"""Ends of complete names that are never shared out."""

FIRM_TAILS = _words(
    """
    局 委 办 部 厅 院 署 政府 管委会 委员会 公司 集团 海关 大学 办公室 领导小组 办事处 单位 部门 管理机构
    党工委 总工会 中心 总队 支队 大队 中队 工商联 妇联 残联 科协 文联 侨联 团中央
    """
)
"""Ends that make a bare list in brackets a list of units; 会, 所 or 站 alone could be anything."""

NO_ENDS = re.compile(
    r"(?:平台|舞台|柜台|后台|窗口|社会|机会|大会|晚会|[展博]览会|运动会|[推对座洽][介接谈]会|招聘会|家庭|厕所|场所|住所|部署|教室|内部|全部|自治)$"
)
"""Ends of things that only sound like those of offices: 建设平台."""

BUILT = ("中心", "大学", "学院", "研究院", "公司", "集团", "企业", "医院", "院校", "机构", "银行")
"""Ends of what is set up as often as it is told to do something: 设立监测中心."""

DOING = _words(
    """
    尽快 设立 建成 推进 完善 加强 开展 成立 打造 支持 鼓励 推动 实施 建立 落实 做好 加快 探索 依托 培育 引导
    提升 优化 强化 规范 深化 制定 出台 编制 配备 筹建 新建 扩建 改造 引进 争取 力争 积极 进一步 大力 继续
    不断 切实 组建 发挥 引育 壮大 做强 扶持 用好 建好
    """
)
"""Words a measure begins with and a name does not: 尽快设立监测中心 is no unit."""

AREA_ENDS = ("新区", "片区", "园区", "街道", "区", "县", "市", "镇", "乡", "旗", "州", "盟")

GROUP_ENDS = (*AREA_ENDS, "村", "社区", "学校", "地", "镇街", "街镇", "乡街", "村居")
"""Ends of names for several that begin with 各: 各村（社区）."""

LEVELS = _words("自治区 新区 市委 区委 县委 省委 州委 旗委 街道 市 区 县 省 州 旗 镇 乡")
NOT_LEVELS = _words(
    """
    市场 区域 市级 区级 县级 省级 区县 县区 市县 市州 市直 市属 镇街 镇级 镇直 镇村 镇域 镇属 镇区
    乡镇 乡村 乡级 街道办 街道各 镇江 镇海 镇安 镇巴 镇坪 镇平 镇原 镇宁 镇雄 镇康 镇沅 镇赉 镇远 乡宁 乡城
    """
)
"""Words that only begin like a level: 市场监管总局."""

PARTY_ORGANS = _words("组织 宣传 统战 政法 党校 社会工作 老干部 政研 巡察 网信 编 台")
"""Offices that go on with 市委 when the name before them had it: 市委宣传部、组织部."""

_DEPARTMENT_WORDS = """
发改 发展改革 发展和改革 经信 工信 工业和信息化 经贸 外经贸 科技 科学技术 教育 教体 教育体育 民宗
公安 民政 司法 财政 人社 人事 人力资源 人力资源社会保障 人力资源和社会保障 劳动保障 国土 国土资源
自然资源 自然资源和规划 规划 规划和自然资源 生态环境 环保 环境保护 住建 住房城乡建设
住房和城乡建设 建设 城建 城管 城市管理 交通 交通运输 水利 水务 农业 农业农村 农 林业 林草 园林
园林绿化 商务 粮食 文化 文旅 文化和旅游 文化广电旅游 文广新 旅游 体育 卫生 卫健 卫生健康 卫计 医保
医疗保障 药监 食药监 食品药品监管 退役军人 退役军人事务 应急 应急管理 安监 审计 国资 统计
市场监管 市场监督管理 工商 质监 知识产权 版权 新闻出版 广电 广播电视 信访 机关事务 大数据 数据
政务服务 行政审批 金融 金融工作 地方金融 地税 国税 税务 法制 编 机构编制 外事 外 侨务 侨 台 港澳
新闻 外宣 网信 法 检察 仲裁委 中级人民法 人民检察 气象 地震 人防 消防 邮政管理 通信管理 烟草专卖
烟草 公积金 供销 档案 史志 党史 红十字 总工 工 妇 残 文 科 社科 贸促 团 投资促进 招商 扶贫 乡村振兴
移民 民族宗教 民族 宗教 医改 口岸 文明 爱卫 双拥 整规 信息 信息产业 物价 安全 国家安全 监察 海洋
能源 房管 国土房管 电影 国防动员 中医药 储备 物资储备 粮食和物资储备 草原 邮政 绿化
畜牧兽医 渔业 畜牧 农机 中小企业 民营 开放 组织 宣传 统战 政法 党 社会工作 老干部 政研 巡察
"""

DEPARTMENTS = frozenset(_words(_DEPARTMENT_WORDS))
"""What stands between level and end in the names of departments; those may be written without 市."""

OPEN_WORDS = ("有关", "相关", "其他", "涉及", "各单位", "各部门", "责任单位", "各成员", "各责任")

REST = re.compile(
    r"等(?P<rest>(?:\d{1,3}个|[一二三四五六七八九十多]{1,3}个)?"
    r"(?:国务院|中央|国家|[市区县省州]级|[市区县省州]直|[市区县省州])?(?:各|有关|相关|其他){0,3}"
    r"(?:成员单位|(?:部门|单位|机构)(?:[和、及]?(?:部门|单位|机构))?|企业|地区|方面)?)$"
)
"""What closes an open list: 市教育局、市财政局「等有关部门」."""

NAMED_REST = re.compile(
    r"等(?P<rest>[\u4e00-\u9fff()（）]{2,30}(?:单位|部门|机构|企业|公司|平台|政府|管委会|委办局|街道|镇街|街镇|学校|医院|银行))$"
)
"""What a list closes with when it describes the others: 市商务局等「市直(驻市)进驻单位」."""

LEVEL_TAILS = _words(
    "局 委 委员会 办 办公室 厅 中心 社 总工会 联 站 处 部 院 台 馆 大队 支队 总队 专班 指挥部 领导小组"
)
"""Ends of offices that belong to the level which a list names once: 县发改局、「融媒体中心」."""

OF_THE_STATE = re.compile(
    r"人民银行|人行|国网|国铁|国务院|银保监|银监|证监|保监|海关|海事|铁路|民航|边检|边防|供电|电网|电力|武警|外汇|农商|农发行|水文|黄河|长江"
    r"|^(?:中国|国家|中央|全国|金融监管总|团[市区县省州旗]|珠江|淮河|海河|太湖|邮储|联通|移动|电信|铁塔|中石|中海|驻|各|有关|相关|所在)"
)
"""What offices are called that stand under no city: 银保监分局, 海关, 供电公司."""

OWN_PLACE = re.compile(
    r"^.{2,3}(?:省|市(?!场)|区(?!域)|县|州|旗|盟|镇)|街道|流域|高新|经开|开发区|园区管|新区|景区|保税"
)
"""A place in a name, which needs no other before it: 临江区教育局, 高新区经发局."""

OPEN_JOINT = re.compile(r"(?<=等)(?:和|及|与|以及)(?=[\u4e00-\u9fff]{2})")
"""A joint after an open list: 财政部等「和」各省级人民政府."""

OPERATORS = _words("移动 电信 联通 铁塔 广电 广电网络 有线 中石油 中石化")
"""Companies with a branch in every place, whose names a list ends once: 移动、电信、联通临江分公司."""

SCHOOL = re.compile(r"(?:学院|大学|研究院|医院)$")
"""Ends of names that stand for themselves, unless what is before them tells only the kind: 县人民医院, 市职业学院."""

KIND_OF_SCHOOL = re.compile(
    r"(?:第?[一二三四五六七八九十]{0,2})(?:中西?医(?:结合|药)?|中|人民|中心|妇幼|妇产|儿童|传染病|精神病|骨科|口腔|肿瘤|胸科|行政"
    r"|职业|技术|技师|师范|开放|广播|电视|卫生|农科|农业|林业|社会|科学|规划|设计|环境|标准化|质检|产业|工业|社会主义){1,3}"
)
"""What tells a school or a hospital by its kind alone."""

COMMON_AREA = re.compile(
    r"县级市|县市区|市县区|县区|区县|旗|自治区|直辖市|自治州|自治县|县[(（〔\[]|[县市区州盟乡镇](?:人民)?政府|[县市区]管委会"
    r"|[县市区]$"
)
"""How the second half of one group name begins: 各区、「县级市」政府."""

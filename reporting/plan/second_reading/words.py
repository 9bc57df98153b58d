"""The words that the second reading knows, as data: how offices are called, and what they do in a plan."""

import re


def _any(words: str) -> str:
    """An alternation of words, the longest first."""
    return "|".join(sorted(set(words.split()), key=len, reverse=True))


# ---- names --------------------------------------------------------------------------------------

LEVEL = re.compile(
    r"(?!市场|市容|市政(?=工程|设施|公用|园林|管理|建设|局|处|公司|集团|所|养护)|[省市区县州]域|省际|乡村|师范|师资)"
    r"(?:自治区|自治州|自治县|[市省区县]委|[市省区县](?:直|级)?|州委?|旗委?|盟|师|镇|乡|全[国省市区县]|国家)"
)
"""What the name of an office begins with where its place is left out: 市教育局, 县委宣传部."""

_OFFICE_ENDS = """
人民政府 管理委员会 管委会 海关 园 园区 服务商 局 委 办 厅 部 院 署 会 社 处 站 所 中心 政府
集团 公司 银行 支行 分行 支队 大队 总队 委员会 办公室 小组 指挥部 办事处 街道 党工委 党组 大学
学院 学校 医院 单位 部门 机构 企业 专班 组 团体 院校 高校 机关 军分区 馆 台 党校 园区 组织 审判庭 法庭 科
股 室 人行 农发行 农商行 央行 站 电站 妇联 侨联 残联 工商联 科协 文联 社联 人大 政协 中央 校 司 队 村 社区
平台公司 供销社 信用社 农商行 保险 电力 燃气 移动 联通 电信 铁塔 集团有限公司 有限公司 管委 街办
开发区 高新区 经开区 度假区
"""
OFFICE_ENDS = frozenset(_OFFICE_ENDS.split())
OFFICE = re.compile(rf"(?:{_any(_OFFICE_ENDS)})$")
"""How names of offices end."""

_SURE_ENDS = """
局 委 办 厅 署 政府 集团 公司 委员会 办公室 小组 指挥部 管委会 办事处 党工委 支队 大队 总队
海关 法院 检察院 工会 管理中心 服务中心 交易中心 监测中心 宣传部 组织部 统战部 银行 支行 妇联 残联
工商联 侨联 管委 街办 联社
"""
SURE = re.compile(rf"(?:{_any(_SURE_ENDS)})$")
"""Ends after which hardly anything but an office can be meant."""

WHOLE = frozenset(["海关", "妇联", "残联", "侨联", "科协", "文联", "社联", "工会", "团委", "法院", "检察院"])
"""Names of offices that a list may leave as short as that: 市总工会、妇联."""

BRANDS = ("移动", "电信", "联通", "铁塔", "广电", "网通")
"""Companies that a list may name by that word alone: 移动、电信、联通云河分公司."""

FOLLOWS_UP = re.compile(r"(?:跟进|抓好|落实|抓落实|做好|具体|实施|按要求|认真)+")
"""What those do who are named last, for all others: 各镇跟进落实."""

GENERIC = frozenset(["街道", "乡镇", "镇街", "镇乡", "社区", "政府", "党委", "村居", "园区"])
"""What stands among names of offices for all of a kind: 各乡镇、街道."""

_AREA_ENDS = "区 县 市 州 旗 镇 乡 盟 街道 新区 开发区 高新区 园区 示范区 度假区 省 片区 场"
AREA = re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:{_any(_AREA_ENDS)})")
"""A place, which may stand for its government: 临江区."""

GOVERNMENT = re.compile(r"(?:人民政府|政府|管委会|管理委员会)$")
"""What a list of places shares: 临江区、北山区「政府」."""

_EVERYBODY_ENDS = """
单位 部门 政府 机构 企业 区 县 市 州 镇 乡 街道 街镇 镇街 乡镇 镇乡 乡街 旗 盟 园区 开发区
管委会 办事处 地 高校 院校 学校 方面 公司 局 委 办 厅 村 社区 组 成员 处室 科室 平台 集团
银行 县区 区县 市州 县市区 功能区 省份 组织 团体 主体 党组 街办 场 省
"""
COLLECTIVE = re.compile(
    r"(?P<last>[\u4e00-\u9fff]{1,5}?)(?P<count>[两二三四五六七八九十])个?(?P<level>[区县市州旗镇乡]|街道)(?P<end>人民政府|政府|管委会|办事处)?"
)
"""The last of several places with what all of them are: 云溪、石桥、「白沙三镇政府」."""

EVERYBODY = re.compile(
    r"(?:[\u4e00-\u9fff“”\d]{2,16}(?=各成员单位)|国务院|中央|国家|[省市区县州镇](?:级|直|属|政府|委)?){0,3}"
    r"(?:各|有关|相关|其他|其它|所有|全[省市区县]各?|成员(?=单位))"
    rf"(?:(?![和及与]各)[\u4e00-\u9fff、]){{0,24}}?(?:{_any(_EVERYBODY_ENDS)})"
)
"""Names for several or for nobody in particular: 各区人民政府, 市级有关部门."""

NAME_ENDS = frozenset(end[-1] for end in f"{_OFFICE_ENDS} {_AREA_ENDS} {_EVERYBODY_ENDS}".split())
"""The last characters of names: whatever ends otherwise needs no second look."""

_SHORT = """
发改 发展改革 教育 教体 教科 科技 工信 经信 民宗 公安 民政 司法 财政 人社 人资 自然资源 规资
资规 生态环境 环保 住建 城建 城管 交通 交通运输 水利 水务 农业 农业农村 农牧 林业 林草 商务 商粮
文旅 文广旅 文广新旅 文体 文体旅 卫健 卫生健康 卫计 退役军人 应急 应急管理 审计 国资 市场监管 统计
医保 信访 金融 大数据 政务服务 行政审批 税务 气象 消防 邮政 烟草 供电 电力 通信 机构编制 宣传
组织 统战 政法 网信 工会 团委 红十字 供销 档案 史志 乡村振兴 扶贫 工商 质监 药监 食药监 知识产权
版权 体育 旅游 文化 人防 外事 侨务 粮食 园林 房管 规划 国土 安监 招商 投促 监察 物价 畜牧 渔业
海洋 民族宗教 机关事务 公积金 银保监 人行 地震 移民 园林绿化 城市管理 数据 广电 新闻出版 卫生 建设
交警 海事 口岸
"""
SHORT = frozenset(_SHORT.split())
"""What offices are called where a list leaves out their ends: 市发改、教育、财政局."""

_PIECES = """
管委会 居委会 村委会 办事处 指挥部 有关部门 相关部门 有关单位 相关单位 委员会 人民政府 人民银行 房屋管理 宣传部 组织部
统战部 政法委 妇儿工委 台港澳
"""
PIECES = frozenset(_PIECES.split())
"""Other words that names of offices are often made of, to know a character that was read wrongly."""

FIELD_BEGINS = re.compile(
    _any(f"{' '.join(SHORT)} 政务 政数 政策 行政 经济 绿化 绿容 建管 经 综合 退役 住房 人力 市容 房屋 营商 投资")
)
"""How the names of departments begin behind their level."""

TIDY_FIELDS = re.compile(
    r"依法治[国省市区县州]|(?:社会|医疗|住房|劳动|生活|民生)保障|(?:投资|贸易|经济|发展|产业|就业|科技|商务|合作|招商)促进|发展和改革|推进(?=办|中心|委|领导|局|小组|工作)"
    r"|(?:知识产权|权益|环境|消费者|文物|遗产|自然|资源)保护|保护(?=局|处|中心|委|区)|(?:综合|保管|开发|资源)利用|支持中心|促进(?=会|中心|局|委)|标准化|规范化"
    r"|建设(?=局|委|厅|管理|和|部|领导|指挥|办|集团|投资|发展|工程)|优化(?=办|局|营商)|保障(?=局|中心|厅|部|房|性)|围绕|提升(?=办|行动)|治理"
)
"""Words of work that names of offices do hold; taken out before one looks for ``PROSE``."""

PROSE = re.compile(
    r"依法|查处|[的是了把被将]|以及时|进行|推进|加强|建立|开展|完善|提升|加快|强化|落实|通过|为了|根据|按照|实现|制定|推动|优化|确保|力争|不断"
    r"|全面|进一步|深入|报送|印发|支持|鼓励|引导|探索|健全|深化|打造|培育|建成|完成|结合|充分|利用|提高|促进|保障|严格|做好|依托|围绕"
    r"|确定|汇报|安排|依据|具备|全量|开通|享受|办理业务|达到|布局|普及|迁建|设立|组建|成立|新建|改造"
)
"""Words that no name of an office holds."""

NO_BEGINNING = re.compile(
    r"市场$|坚持|会(?=[省市区县镇州]|办公室)|\d{1,2}个|抓好|做好|同(?!济|安|心|江|仁|德|里|泽|盟)|以[上下]|本[条项]|此项|该项|参加|参与|和(?!平|田|顺|静|龙|布|硕|政|林|县)|与|及|以及|由|请|对(?!外)|将(?!乐)|在|按|经(?!开|济|信|贸|委|侨|合)|其[中他余它]|会同|同时|包括"
    r"|以[下上]|上述|全力|.{1,2}(?:单位|部门)$|协助|配合|牵头|责任|负责|各自|分别|共同"
)
"""What no name begins with; 和平区 and 经开区 do."""

INNER_END = re.compile(
    r"(?:局|委|办|厅|部|公司|政府|中心|院|管委会)(?:和|与|及|以及|、)?"
    r"(?:省|市|区|县|各)(?!场|级|域|划|直|属|委|长|人大|政协|政府|管委|办|党|联|公司|分|区)"
)
"""Where one name ends inside a longer text and the next begins: 市教育局市财政局."""

JOINT_AFTER_END = re.compile(
    r"(?:局|委|办|厅|部|公司|政府|管委会|单位|部门|机构)(?:和|与|及|以及)|(?<=.)(?:区|县|镇|街道)(?:和|与)(?=.{2,8}(?:区|县|镇|管委会|政府|街道))"
)

LIST_END_INSIDE = re.compile(
    r"牵头|配合|协助|负责|主抓|跟进|(?<=[局办委厅院署府])(?:组织(?!部|人事)|按|建设|会(?=[省市区县镇州]))|(?<=[处科室])会(?=办公室)|(?<=[局部办厅署府])会$|(?<=.)(?<![普遍])及(?!时|其)|(?<=.)\d{1,2}个?部|(?<![高中初平优])等(?!级|教|保)|会同|(?<=.)(?<!全)各(?!族|国|类)|(?:牵头|责任|配合)(?:单位|部门)"
)
"""Words inside a text by which it is more than one name: 市水务局「等」市级部门."""

# ---- what offices do -----------------------------------------------------------------------------

_MANNER = (
    r"(?:依法)?按(?:照)?[^，、；。\n]{1,8}(?:包保|落实|分工|实施|管理|监管)"
    "|按照?(?:各自)?(?:的|工作|部门)?(?:职责|职能|职权|分工)(?:和?分工)?|职责分工|依职责|根据职责"
)
_DEEDS = """
牵头 主办 主责 主抓 抓总 统筹 会同 负责 落实 实施 承办 组织 推进 推动 办理 承担 完成 抓好
抓落实 做好 具体 属地 分别 共同 联合 各自 统一 积极 主动 协同 总 配合 协助 协办 参与 参加 支持
指导 督导 督促 监督 协调 执行 跟进 开展 分头 齐抓 抓 并 负总责 履行 工作 予以 给予 结合实际 认真 抓紧 密切 全力
负主责 主体责任 引导 编写 供稿 跟踪 监测 监管 查处 依法 保障 跟进 督办 主要 直接 等 职责 分工 各负其责 协作 齐抓共管
予以配合 部门 单位
"""
DEED = re.compile(rf"(?:{_MANNER}|等?\d{{1,2}}个(?:部门|单位)|{_any(_DEEDS)})+")
"""What names are followed by: 市教育局「按职责分工分别负责」."""

IDLE = re.compile(r"(?:等|总|抓|各|工作|主要|分工|职责|具体|部门|单位|直接|属地)+")
"""Words among these that say nothing by themselves."""

LEADS = re.compile(r"牵头|主办|主责|主抓|抓总|会同|负总责")
COORDINATES = re.compile(r"统筹")
"""Who does so leads, unless another leads by the word."""
SUPPORTS = re.compile(r"配合|协助|协办|协同|参与|参加|支持|指导|督导|协作")
DUTIES = re.compile(r"负责|落实|实施|承办|办理|承担|完成")

JOINT = re.compile(r"会(?=[省市区县镇州]|办公室)|以及|并由|会同|和|与|及|由|请|同")

OPENING_LABEL = re.compile(
    r"(?:牵头|责任|配合|协办|主办|参与|参加|承办|负责|协助)(?:责任)?(?:单位|部门|科室|处室|站所)(?:为|是)?"
)

# ---- labels --------------------------------------------------------------------------------------

_ROLE_WORDS = (
    "牵头|责任|主责|主办|主抓|负责|承办|落实|实施|承担|配合|协办|协助|协同|协作|参与|参加|支持|整改|完成|分工"
    "|监管|主体|主管"
)
OFFICE_LABEL = re.compile(
    r"(?:以上|上述|各项|工作|任务|整改|验收|主要|具体|直接|共同|属地|第一|其他|相关|[省市区县州]级?|[省市区县]直)*"
    rf"(?:{_ROLE_WORDS}|督办|督导|指导|建设|验收|项目|业主|[和及、或])*"
    r"(?:单位|部门|机构|主体|[处科股]室|分工)(?:部门|单位)?(?:[和及]?(?:分工|职责))?"
    r"|责任(?:站所|村|社区|镇街)|(?:牵头|责任|配合|主办|协办|参与|负责|承办|落实|主责)"
)
"""The words before a colon that announce offices: 市级牵头责任单位."""

LABEL_WORDS = (
    r"(?:市级|区级|县级|省级)?(?:牵头|责任|配合|主办|协办|参与|参加|承办|协助|主责|负责)(?:责任)?(?:单位|部门|领导|科室|处室)"
    r"|责任(?:站所|村|社区)|(?:包保|分管|挂点|联系)领导|(?:完成|办结)?(?:时限|期限|时间)(?:要求)?"
)
"""The labels that may stand without a colon: in brackets of their own, or before a dash."""

ENDING_LABEL = re.compile(r"(?:牵头|责任|配合|主办|协办|参与|承办|协助|主责)(?:责任)?(?:单位|部门)$")
WATCHING = re.compile(r"督办|督导|建设|验收|项目|业主|监督|考核|联系")
"""Whose label announces offices that do none of the task."""
SECTION_LABEL = re.compile(r"[处科股]室")
"""Whose label announces parts of an office, where another one announces the office itself."""
PERSON_LABEL = re.compile(r"(?:领导|责任人|负责人|联系人|电话|分管|包保|挂[钩点联]|组长|姓名)[\u4e00-\u9fff]{0,4}$")
TIME_LABEL = re.compile(r"(?:时限|期限|时间|节点|进度|日期|计划)(?:要求|安排|计划|目标)?$")
OTHER_LABEL = re.compile(
    r"(?:标准|目标|成果|备注|形式|情况|依据|来源|措施|内容|任务|举措|事项|区域|范围|对象|地区|地点|资金|投资|规模|要求)$"
)

TIME = re.compile(
    r"\d{2,4}年|\d{1,2}月|月底|季度|年底|年内|上半年|下半年|持续|长期|常年|全年|每年|每月|底前|前完成|贯穿|适时|立即|即时"
    r"|\d{1,2}[./-]\d{1,2}|年度|常态|定期|按要求|按时|[一二三四五六七八九十]+月|启动|实时|同步"
)

DAY = re.compile(r"\d{1,4}[年月日]|月底前|年底前|前完成$|(?:持续推进|长期坚持|持续实施)$")
"""Words that are surely a time and no work."""

ANY = frozenset(("管理委员会", "委员会", "人民政府", "管委会", "有限公司", "集团有限公司"))
"""Ends of names that name nobody by themselves: the rest of one that a line break cut."""

EXPLAINS = re.compile(r"依据|根据|结合|按照|视|如|若|鼓励|确保|等")
"""How a remark among offices begins that only explains: 视疫情防控要求调整."""

HOLLOW = re.compile(r"[无/—\-－]+")
"""What stands in a slot that names nobody."""

REMARK = re.compile(
    r"下同|排名第一|排在第一|首位|第一位|标[★*]|为牵头|为准|同上|如下|不再|注明|^(?:以下|简称|含|包括|不含|除)"
)
FIRST_LEADS = re.compile(
    r"(?:第一位?|首位|最前|第一个|靠前|列首)[^。；\n]{0,16}(?:牵头|主办|负责)"
    r"|[★☆△▲*＊※●○◆◎■][”\"’)）」]?(?:号|标记|标识)?(?:的|者|为|是|表示|单位)[^。；\n]{0,14}(?:牵头|主办)"
    r"|(?:加粗|黑体|粗体|下划线|划线|逗号前|分号前|[，；][”\"]前)[^。；\n]{0,14}(?:牵头|主办)"
)
"""How a document says that no word tells who leads: the first-named, those with a sign, those before a comma."""

NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,4}[、.条章节]|（[一二三四五六七八九十\d]{1,3}）|\d{1,3}[.、．)）]|\d{1,3}(?=[省市区县各])|[①-⑳])"
)
"""How numbered paragraphs begin."""

HEADING_CELL = re.compile(r"序号|工作内容|任务|内容|措施|事项|项目|目标|备注|类别|标准")


SAYS_WHO = re.compile(r"((?:牵头|责任|配合|参与|协办|主办)(?:责任)?(?:单位|部门))[为是](?=[\u4e00-\u9fff])")
"""A label in a sentence: 以上任务牵头单位「为」县水利局."""

FOOT = re.compile(r"主办单位|承办单位|版权|网站|ICP|联系电话|信息来源|发布机构")
"""Words of what stands around a page of the web."""

AROUND = re.compile(r"保障|领导|要求|附则|监督|考核|组织实施")
"""Of a chapter that says how the work is organised, and holds no tasks."""

NO_WORK = re.compile(
    r"(?:机构设置|编制(?:目的|依据)|适用范围|工作纪律|纪律要求|附则|(?:指导|工作|总体)(?:思想|思路|要求|原则)|基本原则|指挥体系|组织(?:领导|机构)"
    r"|成立[\u4e00-\u9fff]{0,20}(?:小组|团队|专班|指挥部)|提高(?:思想|政治)认识|.{2,30}(?:领导小组|委员会)(?:是|设组长))"
)
"""How paragraphs begin that say how a plan came to be and who organises it; nobody is to report on them."""

SELDOM = frozenset("曰己末士入八干千人")
"""Characters that scans give for others like them; they stand in names of offices only beside a few."""

_SELDOM_WORDS = """
人社 人大 人事 人防 人才 人力 人民 人行 人武 人口 人工 人保 人寿 人居 人员 人资 人文 老人 疾人 军人 法人 工人 个人 客人
任人 干部 干休 干校 若干 护士 战士 学士 博士 千亿 千万 千企 千名 入海 入库 入境 入学 出入 收入 八一 八路 八里 八大
第八 十八 周末 期末 自己
"""
SELDOM_WORDS = frozenset(_SELDOM_WORDS.split())
"""Words that these characters stand in."""

"""Making a folder a workspace: settings and exceptions with their explanations, folders, templates."""

from pathlib import Path

from reporting.files.disk import told_why, write_atomic
from reporting.office.workspace import SETTINGS_FILE, WAIVERS_FILE, bundled

_SETTINGS_TEXT = """\
# 督办工作台设置。以 # 开头的是说明，等号右边可以修改，改完保存即可。

title = ""            # 方案名称；留空则用 plan.xlsx“说明”表里的
year = {year}           # 填报年度
issuer = ""           # 发文机关；留空则用 plan.xlsx“说明”表里的
recipient = ""        # 年度总结的主送机关，如“市人民政府”；可留空
resubmit_days = 5     # 退回修改后，几天内重新报送

[dates]
issue = {year}-12-01      # 下发日期
due = {year}-12-20        # 报送截止日期
data_as_of = {year}-12-15 # 数据截至日期

[contact]             # 联系人，印在填报表和函件上
name = ""
phone = ""
email = ""
address = ""

[document]            # 公文格式：通知、督查通报、年度总结和检查验收报告
notice_number = ""    # 通知的发文字号，如“×办〔{year}〕3号”；留空则不印，也不留空行
summary_number = ""   # 年度总结的发文字号
bulletin_number = ""  # 督查通报的发文字号
acceptance_number = ""  # 检查验收报告的发文字号
signer = ""            # 签发人：报上级机关的年度总结和检查验收报告用；留空则不印
seal = true           # 加盖印章；不加盖时写 false，署名和日期的位置随之改变
imprint = true        # 末页底部印版记；不要时写 false
copies_to = ""        # 版记中的抄送机关，如“市委办公室，市人大常委会办公室”；留空则没有抄送一行
printed_by = ""       # 版记中的印发机关；留空则用发文机关

[folders]
inbox = "inbox"       # 收件：把各单位报来的文件原样放进去
outbox = "outbox"     # 发件：程序生成的文件都在这里
archive = "archive"   # 存档：收到的每个原件
templates = "templates"

[ledger]
url = ""              # 台账数据库；留空则用本文件夹中的 ledger.db

[scoring]                   # 检查验收的考评办法；以下都是默认值，去掉行首 # 才能修改
# method = "按比例"         # 计分方法。“按比例”按完成比例得分；“完成得满分”完成得满分、否则不得分；
#                           # “四档”超额加分、完成满分、达到最低比例的按比例、不足的不得分
# least_percent = 60        # 四档：完成比例低于百分之几不得分
# over_cap = 10             # 四档：一项任务超额完成最多加几分
# bonus_cap = 5             # 一个单位的加分以几分为限，得分也不超过 100 加这个数
# lead_share = 1.0          # 牵头的任务在单位得分中占的份量
# support_share = 0.5       # 配合的任务在单位得分中占的份量
# task_weights = {{ "3" = 2, "12" = 1.5 }}         # 个别任务的权重，不写的都是 1
# category_weights = {{ "一、夯实基础" = 2 }}      # 个别类别的权重
# task_methods = {{ "3" = "完成得满分" }}          # 个别任务的计分方法
# category_methods = {{ "一、夯实基础" = "四档" }} # 个别类别的计分方法
# target_methods = {{ "3-1" = "四档" }}            # 个别指标的计分方法
# [scoring.deductions]      # 扣分
# not_sent = 10             # 未报送
# late = 2                  # 迟报
# hollow = 1                # 检查组认为内容空洞的，每项
# missing_item = 0.1        # 缺佐证材料的，每项
# [scoring.grades]          # 等次分数线
# excellent = 90            # 优秀
# good = 80                 # 良好
# qualified = 60            # 合格，低于它为不合格
# excellent_quota = 100     # 优秀单位最多占评定等次单位的百分之几
# good_quota = 100          # 良好单位最多占评定等次单位的百分之几

[summary]                   # 年度总结正文怎样引用各单位填报的内容；附件1总有全文
# quote = "全文"            # 可写“全文”“首段”“首句”
# limit = 600               # 一段内容最多引用多少字，超过的在句末截止并注明；0 为不限
# supporters = false        # 正文是否也引用配合单位的内容；false 只列出名称
"""

_WAIVERS_TEXT = """\
# 豁免：某单位某任务确有特殊情况、经批准可以不按某条规则要求的，在这里登记，并会写入报告。
# 例（去掉行首 # 即生效）：
# [[waiver]]
# rule = "delay_is_explained"
# unit = "市教育局"
# task = "12"
# reason = "该项已由市政府专题会议调整"
# approved_by = "李主任"
# until = 2026-12-31
"""


def create_workspace(root: Path, year: int) -> list[Path]:
    """Make a folder a workspace; what is already there stays as it is. Gives back what was made."""
    made: list[Path] = []
    with told_why(f"无法在 {root} 建立工作台", "请换一个可以写入的文件夹。"):
        root.mkdir(parents=True, exist_ok=True)
        for name in ("inbox", "outbox", "archive", "templates"):
            folder = root / name
            if not folder.is_dir():
                folder.mkdir()
                made.append(folder)
        for template in sorted(bundled("templates").iterdir()):
            copy = root / "templates" / template.name
            if template.suffix in (".docx", ".html", ".toml") and not copy.exists():
                write_atomic(copy, template.read_bytes())
                made.append(copy)
    texts = {SETTINGS_FILE: _SETTINGS_TEXT.format(year=year), WAIVERS_FILE: _WAIVERS_TEXT}
    for name, text in texts.items():
        path = root / name
        if not path.exists():
            write_atomic(path, text.encode())
            made.append(path)
    return made

"""Accounts that contradict their status are asked about, and good ones are not: at most one in two hundred.

The accounts in tests/samples/returns were written by hand, each with its status, many with the words of a
contradiction about something else (督促尚未备案的…). The others are put together here of pieces, of which each
may stand in a good account of its status beside any other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders.year import office_form

from reporting.office.form import Form
from reporting.returns.rules.words_fit_status import contradiction

SAMPLES = Path(__file__).parents[1] / "samples" / "returns"
YEAR = 2026
UNASKED = 1 / 200
"""So many good accounts may be asked about without need."""

SUBJECTS = (
    *("中小学节水教育", "镇村污水治理", "公共充电设施", "文物保护单位巡查", "适老化改造", "农产品质量抽检", "城市书房"),
    *(
        "危旧房排查",
        "职业技能培训",
        "数据归集共享",
        "老年助餐点",
        "森林防火",
        "商业网点规划",
        "矿山生态修复",
        "劳动争议调解",
    ),
)
DONE = (
    *(
        "{s}年度任务全部完成，覆盖{n}个镇街。",
        "全年开展{s}{n}次，参与群众{m}人次。",
        "印发{s}工作方案，明确{n}项措施。",
    ),
    *(
        "{s}项目竣工验收，完成投资{m}万元。",
        "建成{s}示范点{n}个，超出目标{k}个。",
        "就{s}出台制度{k}项，办结群众诉求{m}件。",
    ),
    *(
        "{s}覆盖率达到{p}%，比上年提高{k}个百分点。",
        "完成{s}{n}处，占年度任务的1{k}{k}%。",
        "{s}通过省级评估，得分{p}分。",
    ),
    *(
        "组织{s}专项行动{k}轮，检查单位{m}家。",
        "{s}提前{k}个月完成，群众满意率{p}%。",
        "投入{m}万元实施{s}，惠及{n}个村。",
    ),
)
DONE_BESIDE = (
    *(
        "对未完成自查的{k}家单位进行了通报，均已补查。",
        "检查发现未落实责任人的{n}家，全部整改到位。",
        "未发生安全事故。",
    ),
    *("原计划6月完成的{k}处因汛期推迟，现已全部完工。", "督促{k}个尚未达标的镇街限期整改，目前全部达标。"),
    *("其余{k}处由县区自行实施，均已建成。", "成果正在全市推广。", "相关经验被省厅简报刊发。", "取消重复审批{k}项。"),
    *("下一步，继续加强{s}，计划2027年再建{n}处。", "2027年计划完成{s}{n}处。", "明年将启动{s}二期。"),
    *(
        "预计2027年新增产值{k}亿元。",
        "没有出现超时办理情况。",
        "年初尚未开工的{k}个点位6月底前全部开工，10月全部投用。",
    ),
    *("摸排未登记人员{m}人，全部纳入管理。", "形成《{s}未完成事项清单》并全部销号。", "“零未办结”目标如期实现。"),
    *("解决{k}个长期未办结的遗留问题。", "因{s}资金及时到位，未影响施工。", "办结率{p}%，按时办结率{p}%。"),
    *(
        "建立未达标对象动态台账，{n}户逐一销号。",
        "项目决算审计正在进行。",
        "二期方案正在论证。",
        "本年度未安排财政资金。",
    ),
    *("处理逾期未整改问题{k}个，罚款{n}万元。", "企业上云{m}家，其中正在使用平台服务的{n}家。", ""),
)
ONGOING = (
    *(
        "{s}按计划推进，完成{n}处。",
        "截至11月底，{s}完成投资{m}万元，占年度计划的{p}%。",
        "上半年{s}任务已全部完成，下半年按月推进。",
    ),
    *(
        "{s}一期已全部完成并通过验收，二期正在施工。",
        "{s}发现问题{n}个，已全部完成整改。",
        "每季度调度{s}，召开会议{k}次。",
    ),
    *("{s}常态化开展，全年{n}次。", "完成{s}设计和招标，已进场施工。", "{s}第一批{n}处已全部完成，第二批尚未启动。"),
    *("{s}{n}个点位已提前完成，其余{k}个12月底前完成。", "已全部完成{s}前期手续，主体施工至{k}层。"),
)
ONGOING_BESIDE = (
    *(
        "对进度滞后的{k}个县区进行约谈。",
        "年度目标{n}处已提前完成。",
        "群众满意率{p}%。",
        "绿化工程尚未开工。",
        "验收尚未开展。",
    ),
    *("剩余资金已全部拨付。", "针对进展缓慢的问题，建立周调度机制。", "取消不合理收费{k}项。", "辖区无新增违建。", ""),
    *("今年培训已如期完成{k}期。", "配套道路尚未实施。", "预计12月底全部完成。", "计划2027年6月完工。"),
)
BEHIND = (
    *(
        "{s}前期手续已全部完成，施工尚未启动。",
        "{s}完成{k}处，占目标{n}处的一半。",
        "{s}一标段已提前完成，二标段受阻。",
    ),
    *(
        "{s}因资金缺口进度滞后。",
        "{s}方案已印发，采购两次流标。",
        "完成{s}选址，用地手续未办结。",
        "{s}已全部完成设计。",
    ),
)
NOT_BEGUN = (
    "{s}尚未启动。",
    "完成{s}前期调研{k}次。",
    "{s}已论证{k}次，选址没有确定。",
    "{s}待资金下达后实施。",
    "已编制{s}方案。",
)
DROPPED = ("经市政府批准，{s}取消。", "{s}并入其他任务统一实施，已完成的{k}处一并移交。", "因规划调整，{s}不再实施。")
NOT_OURS = ("辖区没有{s}对象。", "我区不涉及{s}。", "经排查{k}次，未发现{s}对象。", "无此类企业。")

PIECES = {
    "已完成": (DONE, DONE_BESIDE),
    "基本完成": (ONGOING, ONGOING_BESIDE),
    "达到序时进度": (ONGOING, ONGOING_BESIDE),
    "持续推进": (ONGOING, ONGOING_BESIDE),
    "滞后": (BEHIND, ("",)),
    "未完成": (BEHIND, ("",)),
    "未启动": (NOT_BEGUN, ("",)),
    "调整取消": (DROPPED, ("",)),
    "不适用": (NOT_OURS, ("",)),
}
OFTEN = ("已完成",) * 10 + (
    "基本完成",
    "达到序时进度",
    "达到序时进度",
    "持续推进",
    "持续推进",
    "滞后",
    "未完成",
    "未启动",
)


def written(name: str) -> list[tuple[str, str]]:
    """The accounts of a file, each with its status."""
    lines = (SAMPLES / name).read_text(encoding="utf-8").splitlines()
    return [(status, account) for status, account in (line.split("\t") for line in lines)]


def made(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Good accounts put together of pieces, each with its status."""
    chance = random.Random(seed)
    for _ in range(count):
        status = chance.choice((*OFTEN, "调整取消", "不适用"))
        first, beside = PIECES[status]
        pieces = [chance.choice(first), *chance.sample(beside, min(chance.choice((0, 1, 2, 3)), len(beside)))]
        values = {"s": chance.choice(SUBJECTS), "k": chance.randrange(2, 9), "n": chance.randrange(10, 60)}
        values |= {"m": chance.randrange(100, 9000), "p": chance.randrange(80, 99)}
        yield status, "".join(pieces).format(**values)


def asked(accounts: list[tuple[str, str]], form: Form) -> list[tuple[str, str, str]]:
    """Those asked about, with the words quoted."""
    found = ((status, account, contradiction(account, form.statuses[status], YEAR)) for status, account in accounts)
    return [(status, account, words) for status, account, words in found if words]


@pytest.fixture(scope="module")
def office() -> Form:
    return office_form()


def test_of_a_thousand_good_accounts_at_most_one_in_two_hundred_is_asked_about(office: Form) -> None:
    by_hand = written("good_accounts.tsv")
    accounts = [*by_hand, *made(1000, 20261211)]
    found = asked(accounts, office)
    assert len(found) <= len(accounts) * UNASKED, "\n".join(map(str, found))
    assert not asked(by_hand, office)


def test_accounts_that_contradict_their_status_are_asked_about(office: Form) -> None:
    accounts = written("contradicting_accounts.tsv")
    assert set(accounts) - {(status, account) for status, account, _ in asked(accounts, office)} == set()


@pytest.mark.parametrize(
    ("status", "account", "words"),
    [
        ("已完成", "1.机制已建立；2.培训尚未开展，计划2027年举办。", "培训尚未开展"),
        ("已完成", "完成年度任务的 82%。", "完成年度任务的82%"),
        ("已完成", "完成年度任务的100%。", ""),
        ("已完成", "印发方案。下一步，尚未备案的企业将全部备案。", ""),
        ("持续推进", "已于9月全部完成并通过验收。", "已于9月全部完成并通过验收"),
        ("持续推进", "今年12场培训已全部完成。", ""),
        ("达到序时进度", "我局无此项任务。", "我局无此项任务"),
        ("不适用", "我局无此项任务。", ""),
        ("调整取消", "成果已移交。", ""),
    ],
)
def test_words_that_contradict_are_quoted(status: str, account: str, words: str, office: Form) -> None:
    assert contradiction(account, office.statuses[status], YEAR) == words


def test_why_a_task_was_dropped_may_stand_beside_its_account(office: Form) -> None:
    status = office.statuses["调整取消"]
    assert contradiction("全年举办活动12场。", status, YEAR) == "全年举办活动12场"
    assert contradiction("全年举办活动12场。", status, YEAR, "经市政府同意，并入任务18。") == ""


def test_a_long_account_takes_no_longer_than_its_length(office: Form) -> None:
    for piece in ("尚未", "已于9月全部", "其余3个", "完成年度任务的", "我局无", "1，", "正在"):
        assert contradiction(piece * 4000, office.statuses["已完成"], YEAR) in (
            "",
            contradiction(piece * 50, office.statuses["已完成"], YEAR),
        )
        contradiction(piece * 4000, office.statuses["持续推进"], YEAR)

"""What stands below the plan on a web page: an interpretation of it, links, who runs the site."""

import re
from collections.abc import Sequence

from reporting.model import Line
from reporting.plan.reading.markers import find_marker
from reporting.plan.reading.text import tidy

BELOW = re.compile(
    r"(?:(?:政策|相关|文字|图文|图片|专家|媒体|视频|部门)解读|解读(?:材料|文件)|一图读懂.{0,60}|相关(?:链接|文件|文档|附件|信息|新闻|稿件|阅读)"
    r"|附件下载|打印(?:本页)?|关闭(?:窗口|本页)?|分享到?|上一[篇条].{0,80}|下一[篇条].{0,80}|扫一扫.{0,40}|友情链接|网站地图|返回顶部"
    r"|关于我们)[:：]?.{0,2}"
)
"""Lines that open what is no part of the document: 政策解读, 相关链接, 上一篇：…."""

IMPRINT = re.compile(r"[Ii][Cc][Pp]备|网站标识码|公网安备|版权所有|[Cc]opyright|政府网站.{0,4}找错")
"""What only the foot of a page says."""

RUN_BY = re.compile(r"(?:主办|承办|主管|协办|技术支持|运行维护|运维|维护|地址|联系电话|电话|邮编|邮箱|备案|网站)")
"""How the lines around it begin: 主办单位：…人民政府办公室."""

CLAUSE = re.compile(
    r"[(（\[【〔][^()（）]{2,200}(?:[局委办部厅院府会司]|公司|中心|负责|落实|配合|牵头|完成|推进)[)）\]】〕][。；;]?$"
    r"|^(?:牵头|责任|负责|主办|承办|配合|参与|完成)(?:单位|部门|科室|处室|时限|时间)[:：]"
)
"""Words that name units or a deadline, so that the plan goes on here."""


def part_foot(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the document, and those of the page below it."""
    texts = ["".join(tidy(line.text[-400:]).split()) if line.text else "" for line in lines]
    site = _site_lines(texts)
    last = max(
        (
            index
            for index, text in enumerate(texts)
            if index not in site and (CLAUSE.search(text) or "\t" in lines[index].text or text[:1] in "│|┌├└")
        ),
        default=-1,
    )
    numbered = next((index for index, line in enumerate(lines) if find_marker(line.text.strip())), len(lines))
    start = next(
        (
            index
            for index in range(max(last, numbered) + 1, len(lines))
            if index in site or BELOW.fullmatch(texts[index])
        ),
        len(lines),
    )
    return list(lines[:start]), [line for line in lines[start:] if line.text.strip()]


def _site_lines(texts: Sequence[str]) -> set[int]:
    """Lines about the site: those that say so themselves, and those like them within four lines of one."""
    sure = [index for index, text in enumerate(texts) if IMPRINT.search(text)]
    near = {
        index
        for place in sure
        for index in range(max(0, place - 4), min(len(texts), place + 5))
        if RUN_BY.match(texts[index])
    }
    return near | set(sure)

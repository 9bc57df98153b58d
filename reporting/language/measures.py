"""Measures as plans write them, and a measure in a bracket behind what is measured: 任务数（户）."""

import re

_MEASURE_WORDS = """
个百分点 百分点 平方公里 平方千米 平方米 立方米 千瓦时 公里 千米 公顷 千瓦 兆瓦 公斤 千克 个工作日
微克/立方米 微克每立方米 毫克/升 吨标准煤 标准立方米 标准箱 标箱 蒸吨 吨公里
架次 车次 艘次 台次 台套 站次 例次 笔次
工作日 个月 小时 分钟 人次 人天 场次 户次 批次 班次 件次 项次 家次 课时 学时 学位 学分 车位 床位 泊位 点位
美元 元 亩 吨 斤 米 户 名 家 个 件 项 所 场 次 期 篇 座 条 处 台 套 部 支 对 辆 册 只 批 例 株 张 间 栋 盏 架 艘
枚 门 宗 起 路 位 款 口 眼 段 孔 幅 幢 块 轮 羽 尾 头 桩 天 % ％ ‰ 倍 条次 类 列 枝 笔 单 把 盆 组 班 平米 立方 升
秒 周 周岁 岁 人年 平方 ㎡ 公顷 段次 个班
"""

MEASURES = tuple(sorted(_MEASURE_WORDS.split(), key=len, reverse=True))
"""Measures, longer ones before those they begin with."""

_BEHIND = re.compile(
    rf"[（(](?:计量)?(?:单位)?[:：]?(?P<measure>(?:万亿|[千百]?[万亿]?)(?:{'|'.join(map(re.escape, MEASURES))}|人)"
    r"(?:/[年月日天人户亩]|、[\u4e00-\u9fff]{1,3})?)[)）]$"
)


def part_measure(words: str) -> tuple[str, str]:
    """What is measured, and its measure: 任务数（户） → 任务数, 户; the words alone where no bracket holds one."""
    match = _BEHIND.search(words.strip())
    return (words.strip()[: match.start()].rstrip(), match["measure"]) if match else (words, "")

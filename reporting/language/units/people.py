"""Names of people written beside a unit: 市民政局 张大山, 市水务局（赵某某）."""

from reporting.language.units.names import bare, is_area, is_complete, is_firm, rank_of

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚樊兰殷施陶洪翟颜倪严牛温芦季俞章"
    "鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛左涂谷祁耿牟卜路詹关苗凌费纪靳盛童欧甄项曲鲍裴柯阮吉邬冉卓闫褚娄窦"
)
"""Common surnames, without those that more often begin a word: 文、金、商、安、方、常、管."""

NEAREST = "某"
"""A given name that was made unreadable: 李某某."""


def split_person(written: str) -> tuple[str, str]:
    """市民政局张大山 → 市民政局, 张大山; a name that is that of a unit stays whole."""
    stem = bare(written)
    inner = written[len(stem) :].strip()[1:-1]
    if inner and is_person(inner) and is_complete(stem):
        return stem, inner
    if inner or is_complete(written):
        return written, ""
    for length in (3, 2):
        unit, person = written[:-length], written[-length:]
        if (is_firm(unit) or (is_complete(unit) and rank_of(unit))) and is_person(person):
            return unit, person
    return written, ""


def is_person(words: str) -> bool:
    """Whether words can be the name of a person and no unit."""
    if not 2 <= len(words) <= 3 or words[0] not in SURNAMES:
        return False
    return words[1] == NEAREST or not (is_complete(words) or is_area(words))

"""Traditional characters: read as simplified ones, written back as they were printed.

Only the characters of our own word lists matter for reading (牽頭單位 is 牽头单位); all of them are exchanged
one for one, so that every text found can be traced back to the words of the document.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from reporting.model import Line
from reporting.plan.reading.places import rewritten

_PAIRS = """
牽牵 頭头 單单 責责 參参 與与 協协 辦办 負负 實实 處处 區区 縣县 廳厅 會会 總总 據据 務务 財财 發发
黨党 組组 織织 統统 戰战 檢检 業业 農农 衛卫 關关 銀银 環环 護护 資资 產产 權权 監监 質质 藥药 險险
應应 規规 劃划 設设 級级 鄉乡 鎮镇 條条 導导 長长 時时 間间 際际 隊队 團团 議议 門门 職职 標标 題题
類类 內内 項项 計计 審审 電电 訊讯 訂订 點点 號号 開开 員员 聯联 專专 備备 註注 階阶 進进 續续 強强
達达 億亿 萬万 個个 臺台 廣广 視视 聞闻 網网 僑侨 國国 對对 貿贸 學学 術术 報报 評评 無无 營营 場场
經经 濟济 勞劳 動动 復复 擴扩 舉举 築筑 範范 優优 壓压 縮缩 減减 過过 遠远 運运 輸输 傳传 歷历 齊齐
領领 機机 構构 園园 館馆 衆众 眾众 軍军 師师 婦妇 殘残 羣群 誌志 檔档 書书 從从 結结 確确 緊紧 準准
預预 償偿 儲储 糧粮 漁渔 獎奖 勵励 補补 貼贴 繼继 連连 創创 認认 證证 選选 擇择 樹树 種种 綠绿 養养
訓训 薦荐 獲获 約约 擔担 層层 為为 於于 將将 讓让 還还 後后 來来 們们 頒颁 貫贯 徹彻 執执 請请 現现
給给 見见 圖图 圓圆 萊莱 蘭兰 東东 陽阳 陰阴 龍龙 鳳凤 鳥鸟 馬马 魚鱼 麥麦 黃黄
"""

SIMPLE = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split() if pair[0] != pair[1]})
"""Traditional characters and the simplified ones they are read as."""


def simplify(lines: Sequence[Line]) -> tuple[list[Line], Callable[[Any], Any] | None]:
    """The lines in simplified characters, and what writes texts found in them as they were printed."""
    simple = [replace(line, text=line.text.translate(SIMPLE)) for line in lines]
    if simple == list(lines):
        return simple, None
    restorer = _Restorer(lines)
    return simple, lambda found: rewritten(found, str, restorer.text)


_NEAR = 20_000
"""Characters after the last text found, and of the beginning, in which the next is looked for."""


class _Restorer:
    """Writes texts back as printed: found again in the document where it prints a character in two ways."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.printed = "".join("".join(line.text.split()) for line in lines)
        self.simple = self.printed.translate(SIMPLE)
        forms = _printed_forms(self.printed, self.simple)
        self.usual = {ord(char): counted.most_common(1)[0][0] for char, counted in forms.items()}
        self.unsure = frozenset(char for char, counted in forms.items() if len(counted) > 1)
        self.last = 0
        self.known: dict[str, str] = {}

    def text(self, simple: str) -> str:
        """One text as printed."""
        if self.unsure.isdisjoint(simple):
            return simple.translate(self.usual)
        if simple not in self.known:
            self.known[simple] = self._find(simple)
        return self.known[simple]

    def _find(self, simple: str) -> str:
        wanted = "".join(simple.split())
        at = self.simple.find(wanted, self.last, self.last + len(wanted) + _NEAR)
        at = at if at >= 0 else self.simple.find(wanted, 0, len(wanted) + _NEAR)
        if at < 0:
            return simple.translate(self.usual)
        if len(wanted) > 12:
            self.last = at
        printed = iter(self.printed[at : at + len(wanted)])
        return "".join(char if char.isspace() else next(printed) for char in simple)


def _printed_forms(printed: str, simple: str) -> dict[str, Counter[str]]:
    """How often the document prints each of the characters that it prints in the traditional form at all."""
    counts: dict[str, Counter[str]] = {}
    for (one, other), count in Counter(zip(printed, simple, strict=True)).items():
        counts.setdefault(other, Counter())[one] += count
    return {char: forms for char, forms in counts.items() if set(forms) != {char}}

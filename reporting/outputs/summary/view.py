"""The year as the summary looks at it: with its annexes."""

from __future__ import annotations

from reporting.outputs.year_view import YearView


class SummaryView(YearView):
    """The year with the annexes of the summary, which its sentences point to."""

    @property
    def annexes(self) -> dict[str, str]:
        """The annexes of this year by key, in order; there is none on targets when the plan has none."""
        titles = {
            "tasks": f"{self.all.year}年度任务完成情况表",
            "targets": f"{self.all.year}年度量化指标完成情况表",
            "units": "未按时报送单位名单",
            "evidence": "佐证材料目录",
        }
        return {key: title for key, title in titles.items() if key != "targets" or self.all.targets}

    def annex(self, key: str) -> str:
        """The label of an annex, say 附件1."""
        return f"附件{list(self.annexes).index(key) + 1}"

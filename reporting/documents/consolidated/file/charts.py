"""Charts for the spreadsheet program to draw, made with openpyxl.

Each keeps the figures and labels that it shows beside the cells they stand in, so that a viewer which works
out nothing shows it too; Excel and WPS draw it anew from the cells.
"""

from typing import Any

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import Series as Bars
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet

from reporting.documents.consolidated.file.layout import Addresses
from reporting.documents.consolidated.records import Chart, Charts, Series

_TEXT_INK, _AXIS_INK = "404040", "BFBFBF"
_NO_ZERO = "#,##0;;"
"""A number that is not shown where it is nought."""
_MOST_LABEL = 250
"""Characters of one label; beyond, a chart cannot be read anyway."""


def add_charts(worksheet: Worksheet, charts: Charts, rows: tuple[int, int], columns: int, addresses: Addresses) -> None:
    """Put charts side by side over these rows, from the first to the last, and all columns of the sheet."""
    parts = len(charts.charts)
    # the first column of 概况 is as wide as three others, so that the halves are not of the same number
    ends = [0, *(round((columns + 2) * part / parts) - 2 for part in range(1, parts)), columns]
    for number, chart in enumerate(charts.charts):
        drawn = _draw(chart, addresses)
        drawn.anchor = _anchor(ends[number], ends[number + 1], rows)
        worksheet.add_chart(drawn)


def _anchor(left: int, right: int, rows: tuple[int, int]) -> Any:
    """From the left edge of a column to that of another, over the rows; columns count from 0."""
    gap = 40_000  # a millimetre, in English metric units
    return TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=left, colOff=gap, row=rows[0] - 1, rowOff=gap),
        to=AnchorMarker(col=right, colOff=0, row=rows[1], rowOff=0),
    )


def _draw(chart: Chart, addresses: Addresses) -> Any:
    drawn = BarChart()
    drawn.type = "bar"
    drawn.gapWidth = max(45, 300 // len(chart.names))  # a single bar would be as thick as the chart is high
    stacked = len(chart.series) > 1
    if stacked:
        drawn.grouping, drawn.overlap = "stacked", 100
    drawn.series = [_series(number, each, chart, addresses) for number, each in enumerate(chart.series)]
    drawn.title = _title(chart.title)
    drawn.legend.position = "b"
    if stacked:
        drawn.legend.txPr = _text(900)
    else:
        drawn.legend = None
    drawn.roundedCorners = False
    drawn.x_axis.delete = False
    drawn.x_axis.scaling.orientation = "maxMin"  # the first label on top, as in its table
    drawn.x_axis.majorTickMark = "none"
    drawn.x_axis.txPr = _text(900)
    drawn.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=_AXIS_INK))
    drawn.y_axis.delete = True  # the figures stand on the bars
    drawn.y_axis.majorGridlines = None
    drawn.y_axis.scaling.min = 0
    drawn.y_axis.number_format = "General"
    drawn.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=_AXIS_INK))
    bars = len(chart.names)
    top = min(0.16, 30 / (66 + 17 * bars))
    room = ManualLayout(layoutTarget="outer", xMode="edge", yMode="edge", x=0.01, y=top + 0.02, w=0.97, h=0.95 - top)
    drawn.layout = None if stacked else Layout(manualLayout=room)
    return drawn


def _series(number: int, series: Series, chart: Chart, addresses: Addresses) -> Any:
    names = [name.replace("\n", " ")[:_MOST_LABEL] for name in chart.names]
    labels = StrData(ptCount=len(names), pt=[StrVal(idx=at, v=name) for at, name in enumerate(names)])
    figures = NumData(
        formatCode="General",
        ptCount=len(series.values),
        pt=[NumVal(idx=at, v=f"{value:g}") for at, value in enumerate(series.values)],
    )
    made = Bars(
        idx=number,
        order=number,
        tx=SeriesLabel(v=series.name),
        cat=AxDataSource(strRef=StrRef(f=addresses.span(chart.labels), strCache=labels)),
        val=NumDataSource(numRef=NumRef(f=addresses.span(series.figures), numCache=figures)),
        spPr=_fill(series.ink),
        invertIfNegative=False,
        dLbls=_figures_on_bars(stacked=len(chart.series) > 1),
    )
    made.dPt = [DataPoint(idx=at, invertIfNegative=False, spPr=_fill(ink)) for at, ink in enumerate(series.inks)]
    return made


def _fill(ink: str) -> Any:
    """A bar in a colour, without an edge."""
    return GraphicalProperties(solidFill=ink, ln=LineProperties(noFill=True))


def _figures_on_bars(*, stacked: bool) -> Any:
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.position = "ctr" if stacked else "outEnd"
    labels.numFmt = _NO_ZERO if stacked else "General"
    labels.txPr = _text(900)
    return labels


def _title(text: str) -> Any:
    properties = _characters(1100, bold=True)
    run = RegularTextRun(rPr=properties, t=text)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=properties), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _text(size: int) -> Any:
    """The look of all text of a part of a chart, in hundredths of a point."""
    properties = ParagraphProperties(defRPr=_characters(size))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=_characters(size))])


def _characters(size: int, *, bold: bool = False) -> Any:
    font = Font(typeface="宋体")
    return CharacterProperties(sz=size, b=bold, solidFill=_TEXT_INK, latin=font, ea=font)

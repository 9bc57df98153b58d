"""The pictures of the guide, made by the program itself: ``python docs/pictures.py [NAME…]``.

Plays the bundled example in a temporary folder, opens copies of what it wrote in LibreOffice or Chromium
without a window, and keeps the interesting part of each page as a small PNG in docs/images. Needs both,
pdftoppm (poppler-utils) and ImageMagick's convert; nothing of this is needed to use the program.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reporting.shell.demo.departments import fill_in, read_sendings
from reporting.shell.demo.year import run

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
LARGEST = 250_000
"""Bytes a picture may have; a guide is opened over slow lines too."""

DOUBTFUL_PLAN = """\
澜川市2026年优化营商环境任务分解表
一、便利企业开办
1.推行企业开办“一件事”联办，完善线上专区。（牵头单位：市市场监管局；配合单位：市公安局、市税务局；完成时限：2026年6月底前）
2.编制企业变更登记规范。（责任单位：各区县人民政府；完成时限：2026年9月底前）
3.清理规范涉企收费，公布目录清单。（牵头单位：市发展改革委、市财政局；完成时限：尽快完成）
4.建设企业服务热线知识库。
"""
"""A plan with places the program cannot be sure of; the bundled example has none."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: which file, which part of it, how wide.

    ``source`` is a pattern below the demo folder. For a workbook ``sheet`` and ``area`` choose the cells and
    ``hidden`` the columns left out, ``hidden_rows`` the rows; ``tall`` are rows whose text needs the height
    that Excel gives it while one types. ``comment`` is the cell whose comment is shown open. For a document
    ``top`` is the share of the first page, in percent of its height, that is kept.
    """

    name: str
    source: str
    sheet: str = ""
    area: str = ""
    hidden: str = ""
    hidden_rows: tuple[int, ...] = ()
    tall: tuple[int, ...] = ()
    top: int = 100
    comment: str = ""
    width: int = 1100


PICTURES = (
    Picture("plan-comments", "doubtful/plan.xlsx", "任务", "A1:H9", comment="A4"),
    Picture("plan-tasks", "plan.xlsx", "任务", "A1:I9"),
    Picture("plan-units", "plan.xlsx", "单位", "A1:G8", tall=(5,)),
    Picture("issued-instructions", "outbox/2026/下发/2026_02_*.xlsx", "填报说明", "B1:C26"),
    Picture("issued-tasks", "outbox/2026/下发/2026_02_*.xlsx", "任务填报", "A1:P9", hidden="KLNO"),
    Picture("filled-tasks", "half/2026_02_*.xlsx", "任务填报", "A1:P11", hidden="DLMNO", tall=(7, 8, 9)),
    Picture("correction-problems", "outbox/2026/退回/2026_02_*.xlsx", "问题清单", "A1:I5"),
    Picture(
        "correction-tasks",
        "outbox/2026/退回/2026_02_*.xlsx",
        "任务填报",
        "A1:Q9",
        hidden="BDEFGKLNOP",
        hidden_rows=(2, 3, 4, 5),
    ),
    Picture("return-letter", "outbox/2026/退回/2026_02_*.docx", width=820),
    Picture("reminder", "outbox/2026/催报/2026_19_*.docx", top=78, width=820),
    Picture("report-overview", "outbox/2026/汇总/*.xlsx", "概况", "A1:L22"),
    Picture("report-tasks", "outbox/2026/汇总/*.xlsx", "任务汇总", "A1:J6", hidden="BEF"),
    Picture("dashboard", "outbox/2026/汇总/*.html", top=72),
    Picture("summary", "outbox/2026/汇总/*.docx", width=820),
)


def main(names: Sequence[str]) -> None:
    """Make all pictures, or only those that are named."""
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo, work = Path(folder, "demo"), Path(folder, "work")
        work.mkdir()
        play_demo(demo)
        pages = [_copy_source(picture, demo, work) for picture in wanted]
        _convert_to_pdf([page for page in pages if page.suffix != ".html"], work)
        for picture, page in zip(wanted, pages, strict=True):
            made = _draw(picture, _photograph(page) if page.suffix == ".html" else _first_page(page))
            print(f"{made.relative_to(ROOT)}  {made.stat().st_size // 1024} kB")


def play_demo(root: Path) -> None:
    """The year of the example, a plan with doubtful places, and a workbook that is half filled in."""
    sys.path.insert(0, str(ROOT))
    from reporting.commands.plan_import import plan_import
    from reporting.office.outbox import OUT_ISSUED
    from reporting.office.workspace import Workspace, bundled

    run(root, lambda _: None)
    doubtful = root / "doubtful"
    doubtful.mkdir()
    document = doubtful / "方案.txt"
    document.write_text(DOUBTFUL_PLAN, encoding="utf-8")
    plan_import(document, doubtful / "plan.xlsx")

    workspace = Workspace(root)
    returns = (bundled("examples") / "returns.toml").read_text(encoding="utf-8")
    sending = read_sendings(returns)["市科技局"]
    issued = next(workspace.outbox(OUT_ISSUED).glob("2026_02_*.xlsx"))
    tasks = list(sending.words["task"])
    tasks[1] |= {"progress": 80}
    tasks[2] |= {"status": "滞后", "progress": 60}
    half = type(sending)(sending.unit, {**sending.words, "auditor": "", "task": tasks[:4]})
    data = fill_in(issued.read_bytes(), half, workspace.form, with_mistakes=False)
    (root / "half").mkdir()
    (root / "half" / issued.name).write_bytes(data)


def _copy_source(picture: Picture, demo: Path, work: Path) -> Path:
    source = next(iter(sorted(demo.glob(picture.source))))
    copy = work / f"{picture.name}{source.suffix}"
    shutil.copyfile(source, copy)
    if picture.sheet:
        _frame_sheet(picture, copy)
    if picture.comment:
        _open_comment(copy)
    return copy


def _frame_sheet(picture: Picture, path: Path) -> None:
    """Leave one sheet to print, only the chosen cells of it, with row numbers and column letters."""
    from openpyxl import load_workbook
    from openpyxl.worksheet.properties import PageSetupProperties

    book = load_workbook(path)
    for other in book.worksheets:
        other.sheet_state = "visible" if other.title == picture.sheet else "hidden"
        other.print_area = None
    sheet = book[picture.sheet]
    book.active = sheet
    for cells in sheet.iter_rows():
        for cell in cells:
            if picture.comment and cell.coordinate != picture.comment:
                cell.comment = None
    for letter in picture.hidden:
        sheet.column_dimensions[letter].hidden = True
    for row in picture.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for row in picture.tall:
        sheet.row_dimensions[row].height = 88
    sheet.print_area = picture.area
    sheet.print_title_rows = None
    sheet.print_options.headings = True
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    for part in (sheet.oddHeader, sheet.oddFooter):
        for words in (part.left, part.center, part.right) if part is not None else ():
            if words is not None:
                words.text = None
    book.save(path)


_OPEN = (
    b'<x:Visible xmlns:x="urn:schemas-microsoft-com:office:excel"/>'
    b'<x:Anchor xmlns:x="urn:schemas-microsoft-com:office:excel">1, 60, 5, 12, 3, 30, 7, 10</x:Anchor>'
)
"""Column, offset, row, offset of both corners: below the table, right of the marked cell."""


def _open_comment(path: Path) -> None:
    """Show the one comment that is left, as it is seen when the mouse points at its cell."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            if name.endswith(".vml"):
                shown = data.replace(b"visibility:hidden", b"visibility:visible")
                parts[name] = shown.replace(b"</ns2:ClientData>", _OPEN + b"</ns2:ClientData>")
            book.writestr(name, parts[name])


def _convert_to_pdf(pages: Sequence[Path], work: Path) -> None:
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work)]
    if pages:
        subprocess.run([*command, *map(str, pages)], check=True, stdout=subprocess.DEVNULL, timeout=300)


def _first_page(page: Path) -> Path:
    """The first page of the PDF made of a copy, drawn as a PNG."""
    stem = page.with_suffix("")
    command = ["pdftoppm", "-r", "220", "-f", "1", "-l", "1", "-singlefile", "-png"]
    subprocess.run([*command, f"{stem}.pdf", str(stem)], check=True, timeout=120)
    return stem.with_suffix(".png")


def _photograph(page: Path) -> Path:
    """What a browser on a desk shows of a page before anybody scrolls, on a tall screen, as a PNG."""
    drawn = page.with_suffix(".png")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
    command += [f"--user-data-dir={page.parent / 'browser'}", "--force-device-scale-factor=1.5"]
    command += ["--window-size=1240,1700", f"--screenshot={drawn}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return drawn


def _draw(picture: Picture, drawn: Path) -> Path:
    made = IMAGES / f"{picture.name}.png"
    crop = ["-gravity", "north", "-crop", f"100%x{picture.top}%+0+0", "+repage"] if picture.top < 100 else []
    trim = ["-trim", "+repage", "-resize", f"{picture.width}x", "-bordercolor", "white", "-border", "16"]
    small = ["-colorspace", "sRGB", "+dither", "-colors", "64", "-strip", "-define", "png:compression-level=9"]
    frame = ["-bordercolor", "#bfbfbf", "-border", "1"]
    subprocess.run(["convert", str(drawn), *crop, *trim, *frame, *small, f"PNG8:{made}"], check=True, timeout=120)
    if made.stat().st_size > LARGEST:
        raise SystemExit(f"{made.name} has {made.stat().st_size} bytes; show less of it")
    return made


if __name__ == "__main__":
    main(sys.argv[1:])

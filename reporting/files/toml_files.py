"""Reading the text and TOML files that an office may edit: a fault is a sentence with the place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from reporting.files.os_errors import explain_os_error
from reporting.model.findings import DubanError

_TOML_LINE = re.compile(r"at line (\d+), column (\d+)")


def read_text(path: Path, missing: str) -> str:
    """A UTF-8 text file; raises ``DubanError`` with the sentence ``missing`` where there is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise DubanError(missing) from error
    except UnicodeDecodeError as error:
        raise DubanError(
            f"{path.name} 不是 UTF-8 编码。请用记事本打开，另存为 UTF-8 编码后再运行。"
        ) from error
    except OSError as error:
        raise DubanError(f"无法读取 {path}：{explain_os_error(error)}。请改正后再运行。") from error


def read_toml(path: Path, missing: str) -> dict[str, object]:
    """A TOML file; raises ``DubanError`` saying where it breaks off, or ``missing``."""
    try:
        return tomllib.loads(read_text(path, missing))
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        where = f"第 {found[1]} 行第 {found[2]} 个字符附近" if found else "文件末尾"
        raise DubanError(
            f"{path.name} 格式有误，在{where}。请检查等号、引号和方括号，改正后再运行。"
        ) from error

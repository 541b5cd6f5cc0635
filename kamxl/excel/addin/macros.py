"""The generated files of the folder `macros`: VBA modules to import by hand, and an example configuration."""

from __future__ import annotations

from pathlib import Path

from kamxl.excel.addin.bas import encoded, help_module, wrapper_module
from kamxl.excel.addin.install import as_text, configuration

_EXAMPLE_INTERPRETER = r"C:\Program Files\kamxl\.venv\Scripts\python.exe"


def macro_files() -> dict[str, bytes]:
    """The generated files by name; the modules are those for a workbook of one's own (.xlsm)."""
    return {
        "xlwings_udfs.bas": encoded(wrapper_module()),
        "kamxl_help.bas": encoded(help_module()),
        "kamxl.conf.example": as_text(configuration(_EXAMPLE_INTERPRETER)).encode(
            "cp1252"
        ),
    }


def write_macros(folder: Path) -> list[Path]:
    """Write the generated files into `folder`; returns their paths."""
    written = []
    for name, content in macro_files().items():
        path = folder / name
        path.write_bytes(content)
        written.append(path)
    return written

"""What lies in the folder `macros`: VBA modules to import by hand, an example configuration, and two guides.

The guides, how to install and what administrators want to know, are part of the package: whoever has kamxl has them,
and the doctor can point to them.
"""

from __future__ import annotations

from pathlib import Path

from kamxl.excel.addin.bas import encoded, help_module, wrapper_module
from kamxl.excel.addin.install import as_text, configuration
from kamxl.texts import Text

GUIDES = Path(__file__).with_name("guides")
"""The guides as they are installed, in German and English."""
INSTALLATION = Text(str(GUIDES / "INSTALLATION.md"), str(GUIDES / "INSTALLATION-en.md"))
_EXAMPLE_INTERPRETER = r"C:\Program Files\kamxl\Scripts\python.exe"


def macro_files() -> dict[str, bytes]:
    """The files by name; the modules are those for a workbook of one's own (.xlsm)."""
    example = as_text(configuration(_EXAMPLE_INTERPRETER))
    return {
        "xlwings_udfs.bas": encoded(wrapper_module()),
        "kamxl_help.bas": encoded(help_module()),
        "kamxl.conf.example": example.encode("cp1252"),
        **{path.name: path.read_bytes() for path in sorted(GUIDES.glob("*.md"))},
    }


def write_macros(folder: Path) -> list[Path]:
    """Write the files into `folder`; returns their paths."""
    written = []
    for name, content in macro_files().items():
        path = folder / name
        path.write_bytes(content)
        written.append(path)
    return written

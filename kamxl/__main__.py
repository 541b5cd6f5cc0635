"""``python -m kamxl`` is the command ``kamxl``."""

from __future__ import annotations

import sys

from kamxl.cli import main

if __name__ == "__main__":
    sys.exit(main())

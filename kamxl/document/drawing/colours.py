"""The house's colours: one palette derived from the company's accent colour, and a few that never change."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

WHITE = "FFFFFF"
INK = "1F2933"
MUTED = "5B6770"
FAINT = "A0A7AE"
LINE = "C9D1DA"
COMPUTED = "EEF1F5"
REQUIRED = "FFE9B8"
RED = "B3261E"
RED_FILL = "FBE3E1"
GREEN = "1E7B4F"
GREEN_FILL = "DDF1E6"
AMBER = "9A6700"
AMBER_FILL = "FFF3D1"

ACCENT, SOFT, RIM = "accent", "soft", "rim"
"""Colours that a palette works out: the accent, its lightest tint for backgrounds, its edge between two heads."""

_SERIES = (
    *("4A90A4", "E09F3E", "7B9E5B", "9E5B7B", "6C757D", "C8553D"),
    *("3D5A80", "B8B042", "8D6A9F", "5FA8A0", "A26769"),
)


@dataclass(frozen=True)
class Palette:
    """Colours (RRGGBB) around one accent colour."""

    accent: str

    def tint(self, lightness: float) -> str:
        """The accent's hue at a lightness of 0 (black) to 1 (white)."""
        red, green, blue = (int(self.accent[i : i + 2], 16) / 255 for i in (0, 2, 4))
        hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
        mixed = colorsys.hls_to_rgb(hue, lightness, min(saturation, 0.75))
        return "".join(f"{round(part * 255):02X}" for part in mixed)

    def __getitem__(self, colour: str) -> str:
        """A colour by its name (`ACCENT`, `SOFT`, `RIM`); any other is one already."""
        own = {ACCENT: self.accent, SOFT: self.tint(0.95), RIM: self.tint(0.45)}
        return own.get(colour, colour)

    def series(self, count: int) -> list[str]:
        """Colours for the series of a chart: distinguishable, the accent first."""
        return [self.accent, *(_SERIES * (count // len(_SERIES) + 1))][:count]

"""Where the names stand in the portfolio chart, so that no two of them overlap.

Each bubble is named on one of its four sides, the most important bubble first; one without room for its name is given
its number in the list of accounts, inside it or beside it, and one without room even for that stays unnamed. Programs
draw bubbles at sizes of their own: a label keeps free the room that it takes beside the smallest and beside the largest
of them. Lengths are points, from the upper left corner of the plot.

>>> plot = Plot(width=400, height=300)
>>> bubbles = [Spotted("Norvesta", "1", 50, 50, 1.0), Spotted("Veridon", "2", 51, 50, 0.8)]
>>> [label.text for label in place_labels(bubbles, plot)]
['Norvesta', 'Veridon']
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kamxl.document.layout.grid import TEXT_SIZE
from kamxl.document.layout.metrics import text_width

_LARGEST, _SMALLEST = 0.125, 0.1
"""The radius of the largest bubble, as a part of the plot's shorter side."""
_LINE_HEIGHT, _AIR = 1.3 * TEXT_SIZE, 3.0


class Side(StrEnum):
    """Where a label stands beside its bubble, as charts call it."""

    RIGHT = "r"
    LEFT = "l"
    ABOVE = "t"
    BELOW = "b"
    INSIDE = "ctr"


class Plot(NamedTuple):
    """The area between the axes, both of which reach from 0 to 100."""

    width: float
    height: float


class Spotted(NamedTuple):
    """A bubble: name, number in its place, how far it lies across and up (0–100), size against the largest (0–1)."""

    name: str
    number: str
    across: float
    up: float
    size: float


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a label takes."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def within(self, plot: Plot) -> bool:
        """Whether it lies in the plot."""
        across = self.left >= 0 and self.right <= plot.width
        return across and self.top >= 0 and self.bottom <= plot.height


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside a bubble, and where; nothing where the text is empty."""

    text: str
    side: Side
    box: Box

    @property
    def inside(self) -> bool:
        """Whether it stands upon its bubble."""
        return self.side is Side.INSIDE


_UNNAMED = Label("", Side.RIGHT, Box(0, 0, 0, 0))


def place_labels(bubbles: Sequence[Spotted], plot: Plot) -> list[Label]:
    """A label for each bubble, in their order, the most important one first; no two of them overlap."""
    circles = [_circle(bubble, plot) for bubble in bubbles]
    labels: list[Label] = []
    for bubble in bubbles:
        free = _free(bubble, bubble.number, plot, _boxes(labels))
        labels.append(next(iter([*_clear(free, circles), *free]), _UNNAMED))
    # Now that each has a place, those with room for more have their name instead.
    for index, bubble in enumerate(bubbles):
        others = _boxes([*labels[:index], *labels[index + 1 :]])
        named = _clear(_free(bubble, bubble.name, plot, others), circles)
        labels[index] = next(iter(named), labels[index])
    return labels


def _boxes(labels: Iterable[Label]) -> list[Box]:
    """The room that is taken."""
    return [label.box for label in labels if label.text]


def _free(bubble: Spotted, text: str, plot: Plot, taken: Sequence[Box]) -> list[Label]:
    """The labels with a text that lie in the plot and overlap none of the others."""
    inside = (label for label in _labels(bubble, text, plot) if label.box.within(plot))
    return [label for label in inside if not _meets(label.box, taken)]


def _clear(labels: Iterable[Label], circles: Sequence[Box]) -> list[Label]:
    """Those of the labels that lie on white, or upon their own bubble."""
    return [label for label in labels if label.inside or not _meets(label.box, circles)]


def _meets(box: Box, others: Iterable[Box]) -> bool:
    return any(map(box.overlaps, others))


def _labels(bubble: Spotted, text: str, plot: Plot) -> Iterator[Label]:
    """A label on each side of a bubble, and upon it if it is large enough."""
    x, y = _middle(bubble, plot)
    near, far = _radius(bubble, plot, _SMALLEST), _radius(bubble, plot, _LARGEST)
    width, height = text_width(text, TEXT_SIZE) / 2 + _AIR, _LINE_HEIGHT / 2
    if math.hypot(width, height) <= near:
        inside = Box(x - width, y - height, x + width, y + height)
        yield Label(text, Side.INSIDE, inside)
    right = Box(x + near, y - height, x + far + 2 * width, y + height)
    yield Label(text, Side.RIGHT, right)
    left = Box(x - far - 2 * width, y - height, x - near, y + height)
    yield Label(text, Side.LEFT, left)
    above = Box(x - width, y - far - 2 * height, x + width, y - near)
    yield Label(text, Side.ABOVE, above)
    below = Box(x - width, y + near, x + width, y + far + 2 * height)
    yield Label(text, Side.BELOW, below)


def _circle(bubble: Spotted, plot: Plot) -> Box:
    """The room of a bubble, inside its edge: what touches a corner of it does not lie upon it."""
    x, y = _middle(bubble, plot)
    inner = _radius(bubble, plot, _LARGEST) * 0.7
    return Box(x - inner, y - inner, x + inner, y + inner)


def _middle(bubble: Spotted, plot: Plot) -> tuple[float, float]:
    return bubble.across / 100 * plot.width, (1 - bubble.up / 100) * plot.height


def _radius(bubble: Spotted, plot: Plot, part: float) -> float:
    """Areas are in proportion to sizes."""
    return float(bubble.size**0.5 * part * min(plot))

"""What people do to a plan, each as an edit of a `Plan` at a random place; what was done is returned in words.

An edit that finds nothing to do returns an empty text.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from kamxl.document.layout.blocks import FormBlock, MatrixBlock, TableBlock
from kamxl.document.layout.grid import FIRST_COLUMN, KEYS_COLUMN
from kamxl.document.layout.layout import Layout, SheetLayout
from kamxl.document.paths import pattern_of
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind
from tests.mutation.sheets import FORMATS, STRUCK, Page, Place, Plan, SeenCell, column

_RIGHT = 60  # columns of the widest sheet


@dataclass
class Scene:
    """A plan under somebody's hands; `other` is the plan of another account."""

    plan: Plan
    other: Plan
    layout: Layout
    random: random.Random

    def page(self) -> tuple[Page, SheetLayout]:
        """A sheet of the plan that is still there."""
        found = [(p, s) for p in self.plan.pages for s in self.layout.sheets if s.name == p.key]  # fmt: skip
        return self.random.choice(found)

    def fields(self, page: Page) -> dict[Place, FieldSpec]:
        """The field for which each cell of a sheet was generated."""
        own = self.layout.spec.fields
        return {
            (spot.row, spot.column): own[pattern_of(path)]
            for path, (sheet, spot) in self.layout.spots.items()
            if sheet.name == page.key and pattern_of(path) in own
        }

    def inputs(self, page: Page) -> list[Place]:
        """Where the entries of a sheet are now."""
        drawn, cells = self.fields(page), page.cells.items()
        found = [(place, c.origin) for place, c in cells if c.origin]
        return [
            place
            for place, (key, *at) in found
            if key == page.key and tuple(at) in drawn
        ]

    def filled(self, page: Page) -> list[Place]:
        """The entries that are not empty."""
        cells = page.cells
        return [place for place in self.inputs(page) if cells[place].value is not None]

    def table(self, *, last: bool = False) -> tuple[Page, TableBlock] | None:
        """A table and its sheet."""
        page, sheet = self.page()
        found = [block for block in sheet.blocks if isinstance(block, TableBlock)]
        if last:
            found = [block for block in found if block is sheet.blocks[-1]]
        return (page, self.random.choice(found)) if found else None

    def value(self) -> float | str:
        """What somebody may type."""
        number = self.random.randrange(1, 90_000)
        kinds = (float(number), number / 100, f"Notiz {number}", f"Werk {number}")
        return self.random.choice(kinds)


def type_over(scene: Scene) -> str:
    """Another value in a field."""
    page, _ = scene.page()
    return _put(scene, page, scene.random.choice(scene.inputs(page)))


def _put(scene: Scene, page: Page, place: Place, formula: str | None = None) -> str:
    value = scene.value()
    page.put(place, value, formula)
    return f"{page.name}!{_at(place)} := {formula or ''} {value!r}"


def _at(place: Place) -> str:
    return f"{column(place[1])}{place[0]}"


def clear(scene: Scene) -> str:
    """An entry is deleted."""
    page, _ = scene.page()
    filled = scene.filled(page)
    if not filled:
        return ""
    place = scene.random.choice(filled)
    page.put(place, None)
    return f"{page.name}!{_at(place)} cleared"


def formula_in_field(scene: Scene) -> str:
    """An entry is worked out."""
    page, _ = scene.page()
    return _put(scene, page, scene.random.choice(scene.inputs(page)), "1+Z99")


def beside(scene: Scene) -> str:
    """Something stands in a cell that is no field: a value, a formula, a link."""
    page, _ = scene.page()
    place = (scene.random.randrange(1, 120), scene.random.randrange(2, 30))
    if page.cells.get(place, SeenCell(None)).value is not None or place in page.covered():  # fmt: skip
        return ""
    formula = scene.random.choice((None, "SUM(D5:D9)", "'[Liste.xlsx]Tabelle1'!C3"))
    return _put(scene, page, place, formula)


def row_below(scene: Scene) -> str:
    """A record below the last row of a table."""
    found = scene.table(last=scene.random.random() < 0.7)
    if found is None:
        return ""
    page, block = found
    row = block.end_row + scene.random.randrange(4)
    formula = scene.random.choice((None, "'[Liste.xlsx]Tabelle1'!C3"))
    columns = [block.columns[field.key] for field in block.section.fields]
    empty = SeenCell(None)
    free = [c for c in columns[:4] if page.cells.get((row, c), empty).formula is None]
    done = [_put(scene, page, (row, col), formula) for col in free]
    return "; ".join(done)


def insert_rows(scene: Scene) -> str:
    """Rows are inserted, and one of them filled in."""
    page, _ = scene.page()
    row, count = scene.random.randrange(2, 100), scene.random.randrange(1, 4)
    scene.plan.moved(page, lambda r, c: (r + count if r >= row else r, c))
    done = f"{page.name}: {count} rows inserted at {row}"
    if scene.random.random() < 0.5:
        return done
    columns = sorted({place[1] for place in scene.inputs(page)})
    for col in columns[:3]:
        done += "; " + _put(scene, page, (row, col))
    return done


def delete_rows(scene: Scene) -> str:
    """Rows are deleted."""
    page, _ = scene.page()
    row, count = scene.random.randrange(5, 90), scene.random.randrange(1, 3)
    gone = range(row, row + count)
    scene.plan.moved(page, lambda r, c: None if r in gone else (r - count if r > row else r, c))  # fmt: skip
    return f"{page.name}: rows {row} to {row + count - 1} deleted"


def move_row(scene: Scene) -> str:
    """A whole row is cut and inserted elsewhere in its table."""
    found = scene.table()
    if found is None or found[1].section.count < 2:
        return ""
    page, block = found
    rows = list(range(block.first_row, block.end_row))
    old, new = scene.random.sample(rows, 2)
    order = [row for row in rows if row != old]
    order.insert(rows.index(new), old)
    places = dict(zip(order, rows, strict=True))
    scene.plan.moved(page, lambda r, c: (places.get(r, r), c))
    return f"{page.name}: row {old} moved to {new}"


def sort(scene: Scene) -> str:
    """What can be seen of a table is sorted; the hidden keys stay."""
    found = scene.table()
    return _sorted(scene, *found) if found else ""


def _sorted(scene: Scene, page: Page, block: TableBlock) -> str:
    now = {cell.origin: place for place, cell in page.cells.items() if cell.origin}
    at = [now.get((page.key, row, FIRST_COLUMN)) for row in range(block.first_row, block.end_row)]  # fmt: skip
    rows = [place[0] for place in at if place]
    mixed = rows[:]
    scene.random.shuffle(mixed)
    new = dict(zip(rows, mixed, strict=True))
    columns = range(FIRST_COLUMN, block.last_column + 1)
    # A sort moves the cells alone: names stay where they are.
    page.cells = {
        (new.get(row, row) if col in columns else row, col): cell
        for (row, col), cell in page.cells.items()
    }
    page.changed = True
    return f"{page.name}: {block.section.pattern} sorted {mixed}"


def sort_groups(scene: Scene) -> str:
    """One of the tables with product groups is sorted, now and then after all were renamed."""
    sheet = scene.layout.sheet("revenue")
    page = next((p for p in scene.plan.pages if p.key == sheet.name), None)
    if page is None:
        return ""
    tables = [block for block in sheet.blocks if isinstance(block, TableBlock)]
    origin = next(block for block in tables if block.section.editable)
    done = ""
    if scene.random.random() < 0.3:
        done = _renamed(scene, page, origin, tables)
    chosen = origin if scene.random.random() < 0.5 else scene.random.choice(tables)
    return done + _sorted(scene, page, chosen)


def _renamed(scene: Scene, page: Page, origin: TableBlock, tables: list[TableBlock]) -> str:  # fmt: skip
    """Every product group gets a new name, which the other tables repeat."""
    names: dict[str, str] = {}
    col = origin.columns[origin.section.editable or ""]
    number = scene.random.randrange(1, 1_000)
    for row in range(origin.first_row, origin.end_row):
        old = page.cells[row, col].value
        if isinstance(old, str):
            names[old] = f"Gruppe {number}-{row}"
            page.put((row, col), names[old])
    for block in tables:
        for row in range(block.first_row, block.end_row):
            cell = page.cells.get((row, block.label_column or 0))
            if cell is not None and str(cell.value) in names:
                page.put((row, block.label_column or 0), names[str(cell.value)], cell.formula)  # fmt: skip
    return "all groups renamed; "


def swap_rows(scene: Scene) -> str:
    """Two rows of a table change places by cut and paste of what can be seen."""
    found = scene.table()
    if found is None or found[1].section.count < 2:
        return ""
    page, block = found
    one, two = scene.random.sample(range(block.first_row, block.end_row), 2)
    columns = range(FIRST_COLUMN, block.last_column + 1)
    new = {one: two, two: one}
    scene.plan.moved(page, lambda r, c: (new.get(r, r) if c in columns else r, c))
    return f"{page.name}: rows {one} and {two} changed places"


def copy_row(scene: Scene) -> str:
    """A row is copied, its key too, and inserted below itself."""
    page, _ = scene.page()
    row = scene.random.randrange(8, 80)
    scene.plan.moved(page, lambda r, c: (r + 1 if r > row else r, c))
    copies = {(row + 1, c): cell for (r, c), cell in page.cells.items() if r == row}
    page.cells |= copies
    return f"{page.name}: row {row} copied"


def paste_block(scene: Scene) -> str:
    """Cells are copied over others."""
    page, _ = scene.page()
    places = scene.inputs(page)
    source, target = scene.random.choice(places), scene.random.choice(places)
    down, right = target[0] - source[0], target[1] - source[1]
    pasted = {}
    for row in range(source[0], source[0] + scene.random.randrange(1, 4)):
        for col in range(source[1], source[1] + scene.random.randrange(1, 4)):
            place = (row + down, col + right)
            if (row, col) in places and place in places:
                pasted[place] = page.cells[row, col]
    for place, cell in pasted.items():
        page.cells[place] = replace(page.cells[place], value=cell.value, formula=cell.formula)  # fmt: skip
    page.changed = True
    return f"{page.name}: {_at(source)} and more pasted to {_at(target)}"


def cut_cells(scene: Scene) -> str:
    """A few cells are cut and pasted elsewhere."""
    page, _ = scene.page()
    filled = scene.filled(page)
    if not filled:
        return ""
    place = scene.random.choice(filled)
    block = {
        (place[0] + down, place[1] + right)
        for down in range(scene.random.randrange(1, 3))
        for right in range(scene.random.randrange(1, 3))
    }
    down, right = scene.random.randrange(-6, 12), scene.random.randrange(-3, 6)
    if place[0] + down < 1 or place[1] + right < FIRST_COLUMN:
        return ""
    block = {one for one in block if one in page.cells}
    scene.plan.cut(page, block, down, right)
    return f"{page.name}: {', '.join(map(_at, sorted(block)))} cut to {_at((place[0] + down, place[1] + right))}"


def cut_table(scene: Scene) -> str:
    """All that can be seen of the last table of a sheet is cut and pasted lower, without the hidden column."""
    found = scene.table(last=True)
    if found is None:
        return ""
    page, block = found
    first = block.header_row if scene.random.random() < 0.5 else block.heading_row
    down = scene.random.randrange(1, 12)
    rows = range(first, block.last_row + 1)
    places = {(r, c) for r, c in page.cells if r in rows and c > KEYS_COLUMN}
    scene.plan.cut(page, places, down, 0)
    return f"{page.name}: {block.section.pattern} from row {first} cut and pasted {down} lower"


def insert_column(scene: Scene) -> str:
    """A column is inserted."""
    page, _ = scene.page()
    col = scene.random.randrange(1, 16)
    scene.plan.moved(page, lambda r, c: (r, c + 1 if c >= col else c))
    return f"{page.name}: column inserted at {column(col)}"


def delete_column(scene: Scene) -> str:
    """A column is deleted, the hidden one of the keys too."""
    page, _ = scene.page()
    col = scene.random.randrange(1, 16)
    scene.plan.moved(page, lambda r, c: None if c == col else (r, c - (c > col)))
    return f"{page.name}: column {column(col)} deleted"


def move_column(scene: Scene) -> str:
    """A whole column is cut and inserted elsewhere."""
    page, _ = scene.page()
    old, new = scene.random.sample(range(FIRST_COLUMN, 16), 2)
    order = [col for col in range(1, _RIGHT) if col != old]
    order.insert(new - 1, old)
    places = {col: number for number, col in enumerate(order, 1)}
    scene.plan.moved(page, lambda r, c: (r, places.get(c, c)))
    return f"{page.name}: column {column(old)} moved to {column(new)}"


def delete_key_rows(scene: Scene) -> str:
    """A hidden row of keys is deleted."""
    page, sheet = scene.page()
    blocks = [b for b in sheet.blocks if isinstance(b, FormBlock | TableBlock | MatrixBlock)]  # fmt: skip
    row = scene.random.choice(blocks).keys_row
    scene.plan.moved(page, lambda r, c: None if r == row else (r - (r > row), c))
    return f"{page.name}: row {row} with keys deleted"


def merge(scene: Scene) -> str:
    """Cells are merged over what stands in them; the range begins in a field or above it."""
    page, _ = scene.page()
    filled = scene.filled(page)
    if not filled:
        return ""
    row, col = scene.random.choice(filled)
    top, left = max(1, row - scene.random.randrange(3)), max(2, col - scene.random.randrange(2))  # fmt: skip
    area = (top, left, row + scene.random.randrange(2), col + scene.random.randrange(2))
    if any(_meet(area, other) for other in page.merged) or area[:2] == area[2:]:
        return ""
    page.merged.append(area)
    page.changed = True
    return f"{page.name}: {_at(area[:2])}:{_at(area[2:])} merged"


def _meet(one: tuple[int, int, int, int], two: tuple[int, int, int, int]) -> bool:
    rows = one[0] <= two[2] and two[0] <= one[2]
    return rows and one[1] <= two[3] and two[1] <= one[3]


def number_format(scene: Scene) -> str:
    """An amount is shown in another format."""
    return _styled(scene, scene.random.choice(list(FORMATS)), amounts=True)


def strike(scene: Scene) -> str:
    """An entry is struck through."""
    return _styled(scene, STRUCK, amounts=False)


def _styled(scene: Scene, style: str, *, amounts: bool) -> str:
    page, _ = scene.page()
    places = scene.filled(page)
    if amounts:
        money = {at for at, one in scene.fields(page).items() if one.kind is Kind.MONEY}
        origins = {place: page.cells[place].origin or ("", 0, 0) for place in places}
        places = [place for place in places if origins[place][1:] in money]
    if not places:
        return ""
    place = scene.random.choice(places)
    page.cells[place] = replace(page.cells[place], style=scene.plan.styles[style])
    page.changed = True
    return f"{page.name}!{_at(place)} formatted {style}"


def hide_rows(scene: Scene) -> str:
    """Rows are hidden, as a filter does; they stay entries."""
    page, _ = scene.page()
    row = scene.random.randrange(8, 60)
    page.hidden_rows |= set(range(row, row + 3))
    page.changed = True
    return f"{page.name}: rows {row} to {row + 2} hidden"


def swap_heads(scene: Scene) -> str:
    """Two heads of a table change places, without their columns."""
    found = scene.table()
    if found is None:
        return ""
    page, block = found
    keys = [field.key for field in block.section.fields]
    if len(keys) < 2:
        return ""
    one, two = (block.columns[key] for key in scene.random.sample(keys, 2))
    new, row = {one: two, two: one}, block.header_row
    scene.plan.moved(page, lambda r, c: (r, new.get(c, c) if r == row else c))
    return f"{page.name}: heads {column(one)} and {column(two)} changed places"


def rename_sheet(scene: Scene) -> str:
    """A sheet gets another name."""
    page, _ = scene.page()
    old, new = page.name, f"Blatt {scene.random.randrange(1, 1_000)}"
    scene.plan.rename(page, new)
    return f"{old} renamed {new}"


def swap_sheets(scene: Scene) -> str:
    """Two sheets exchange their names."""
    (one, _), (two, _) = scene.page(), scene.page()
    if one is two:
        return ""
    first, second = one.name, two.name
    scene.plan.rename(one, "x")
    scene.plan.rename(two, first)
    scene.plan.rename(one, second)
    return f"{first} and {second} exchanged their names"


def reorder_sheets(scene: Scene) -> str:
    """The sheets stand in another order."""
    scene.random.shuffle(scene.plan.pages)
    return "sheets in another order"


def delete_sheet(scene: Scene) -> str:
    """A sheet is deleted."""
    page, _ = scene.page()
    scene.plan.remove(page)
    return f"{page.name} deleted"


def copy_sheet(scene: Scene) -> str:
    """A sheet is copied within the plan, before or behind the others."""
    page, _ = scene.page()
    copied = page.copy()
    copied.name, copied.changed = f"{page.name[:25]} (2)", True
    names = [n for n in scene.plan.names if n.page == page.name and not n.local]
    if any(other.name == copied.name for other in scene.plan.pages):
        return ""
    scene.plan.pages.append(copied)
    scene.plan.names += [replace(n, page=copied.name, local=copied.name) for n in names]
    return f"{page.name} copied"


def hide_sheet(scene: Scene) -> str:
    """A sheet is hidden."""
    page, _ = scene.page()
    page.state, page.changed = "hidden", True
    return f"{page.name} hidden"


def foreign_sheet(scene: Scene) -> str:
    """The sheet of another account stands in place of the own one."""
    page, _ = scene.page()
    copied = next(other for other in scene.other.pages if other.name == page.key).copy()
    place = scene.plan.pages.index(page)
    if scene.random.random() < 0.5:
        scene.plan.remove(page)
        scene.plan.pages.insert(place, copied)
    else:
        scene.plan.pages[place] = copied
    copied.name, copied.changed = page.name, True
    return f"{page.name} is that of another account"


def foreign_identity(scene: Scene) -> str:
    """The hidden identity of another plan."""
    for number, page in enumerate(scene.plan.pages):
        if page.name == "_kamxl":
            other = next(p for p in scene.other.pages if p.name == "_kamxl").copy()
            other.changed, other.owner = True, scene.plan.owner
            scene.plan.pages[number] = other
            return "the identity of another plan"
    return ""


def another_account(scene: Scene) -> str:
    """The cover names another account or year."""
    cover = scene.layout.sheets[0].name
    page = next((p for p in scene.plan.pages if p.key == cover), None)
    if page is None:
        return ""
    key, value = scene.random.choice((("account_id", "99999"), ("plan_year", 2031.0)))
    path = f"cover.{key}"
    if path not in scene.layout.spots:
        return ""
    spot = scene.layout.spots[path][1]
    places = [p for p, c in page.cells.items() if c.origin == (cover, spot.row, spot.column)]  # fmt: skip
    for place in places:
        page.put(place, value)
    return f"{path} := {value}" if places else ""


def spoil_figure(scene: Scene) -> str:
    """A computed figure is typed over, deleted or replaced by another formula."""
    page, _ = scene.page()
    figures = scene.layout.spec.figures
    drawn = {
        (sheet.name, spot.row, spot.column)
        for path, (sheet, spot) in scene.layout.spots.items()
        if pattern_of(path) in figures
    }
    found = [p for p, c in page.cells.items() if c.origin in drawn and c.formula]
    if not found:
        return ""
    place = scene.random.choice(found)
    content, says = scene.random.choice(((None, None), (7_654_321.0, None), (7_654_321.0, "7654000+321")))  # fmt: skip
    page.put(place, content, says)
    scene.plan.owed.append(page.cells[place].origin or ("", 0, 0))
    return f"{page.name}!{_at(place)}: figure := {says or content}"


def no_names(scene: Scene) -> str:
    """All defined names are deleted."""
    scene.plan.names.clear()
    scene.page()[0].changed = True
    return "all names deleted"


EDITS: tuple[tuple[Callable[[Scene], str], int], ...] = (
    (type_over, 6), (clear, 2), (formula_in_field, 2), (beside, 6), (row_below, 5), (insert_rows, 5),
    (delete_rows, 3), (move_row, 4), (sort, 5), (sort_groups, 7), (swap_rows, 5), (copy_row, 3), (paste_block, 4),
    (cut_cells, 7), (cut_table, 4), (insert_column, 3), (delete_column, 3), (move_column, 3), (delete_key_rows, 2),
    (merge, 5), (number_format, 6), (strike, 3), (hide_rows, 2), (swap_heads, 3), (rename_sheet, 3),
    (swap_sheets, 2), (reorder_sheets, 1), (delete_sheet, 2), (copy_sheet, 2), (hide_sheet, 1), (foreign_sheet, 4),
    (foreign_identity, 2), (another_account, 3), (no_names, 2), (spoil_figure, 5),
)  # fmt: skip
"""Every kind of edit, and how often it is chosen."""

"""Finding each field of the specification in the blocks of a workbook, with a remark on all that is unusual."""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.plan.schema import FieldSpec, SectionKind, SectionSpec, SheetSpec
from kamxl.workbook.blocks import FormBlock, MatrixBlock, TableBlock
from kamxl.workbook.blocks_found import FoundBlock, block_by_name, find_blocks, plan_sheets, row_of_key
from kamxl.workbook.book import Book, SheetCells, State, address
from kamxl.workbook.extract import Entry, Remark, Structure
from kamxl.workbook.keys import BETWEEN, field_name
from kamxl.workbook.layout import PlanLayout, SheetLayout
from kamxl.workbook.printed import printed_texts

__all__ = ["Finder"]

_MOST_LEFTOVERS = 40


class Finder:
    """One workbook being searched for the fields of its plan."""

    def __init__(self, book: Book, layout: PlanLayout) -> None:
        self.book = book
        self.layout = layout
        self.language = layout.language
        self.remarks: list[Remark] = []
        self._blocks = find_blocks(book)
        self._sheets = {sheet.name: sheet for sheet in book.sheets}
        self._used: dict[str, set[tuple[int, int]]] = {}
        self._keys: dict[str, tuple[set[int], set[int]]] = {}  # key rows and key columns by sheet
        self._moved: set[str] = set()
        self._doubled: set[str] = set()

    def entries(self) -> Iterator[Entry]:
        """Every input field of the plan that was found, in plan order."""
        for sheet in self.layout.sheets:
            found_on: str | None = None
            for section in sheet.spec.sections:
                block = self._block(section, sheet)
                if block is not None:
                    found_on = found_on or block.sheet.name
                    rows, columns = self._keys.setdefault(block.sheet.name, (set(), set()))
                    rows.add(block.marker[0])
                    columns.add(block.marker[1])
                    self._compare_place(block, section, sheet)
                yield from self._section(section, block, sheet)
            self._compare_name(sheet, found_on)

    def _section(self, section: SectionSpec, block: FoundBlock | None, sheet: SheetLayout) -> Iterator[Entry]:
        if section.kind is SectionKind.FORM:
            yield from self._form(section, block)
        elif block is None:
            self.remarks.append(Remark(Structure.TABLE_MISSING, sheet.name, "", section.pattern))
        elif section.kind is SectionKind.TABLE:
            yield from self._table(section, block)
        else:
            yield from self._matrix(section, block, sheet.spec)

    def _block(self, section: SectionSpec, sheet: SheetLayout) -> FoundBlock | None:
        """The block of a section; of several (a copied sheet) the one that the names point to, else by tab name."""
        matrix = section.kind is SectionKind.MATRIX
        pattern = section.pattern.rsplit(".", 1)[0] if matrix else section.pattern
        found = self._blocks.get(pattern, [])
        if not found:
            return block_by_name(self.book, section, self.language) if section.kind is SectionKind.TABLE else None
        if len(found) > 1:
            is_form = section.kind is SectionKind.FORM
            name = self.book.names.get(field_name(section.fields[0].pattern if is_form else section.pattern))
            named = name.reference[0] if name and name.reference else None
            found = sorted(found, key=lambda b: (b.sheet.name != named, b.sheet.name != sheet.name))
            for other in found[1:]:
                if other.sheet.name != found[0].sheet.name and other.sheet.name not in self._doubled:
                    self._doubled.add(other.sheet.name)
                    details = {"original": found[0].sheet.name}
                    self.remarks.append(Remark(Structure.SHEET_DOUBLED, other.sheet.name, "", "", details))
        return found[0]

    def _compare_name(self, sheet: SheetLayout, found_on: str | None) -> None:
        if found_on is None and not any(self._named(f) for s in sheet.spec.sections for f in s.fields):
            self.remarks.append(Remark(Structure.SHEET_MISSING, sheet.name))
        elif found_on is not None and found_on != sheet.name:
            self.remarks.append(Remark(Structure.SHEET_RENAMED, found_on, "", "", {"expected": sheet.name}))

    def _compare_place(self, block: FoundBlock, section: SectionSpec, sheet: SheetLayout) -> None:
        """One remark per sheet where rows or columns are not where they were generated."""
        drawn = next(
            b for b in sheet.blocks if isinstance(b, FormBlock | TableBlock | MatrixBlock) and b.section is section
        )
        moved = block.marker[1] and block.marker != (drawn.keys_row, 1)
        if isinstance(drawn, TableBlock):
            moved = moved or any(block.columns.get(k, c) != c for k, c in drawn.columns.items())
        if moved and block.sheet.name not in self._moved:
            self._moved.add(block.sheet.name)
            cell = address(block.marker[0] + 1, max(block.marker[1], 1))
            details = {"expected": address(drawn.keys_row + 1, 1)}
            self.remarks.append(Remark(Structure.FIELD_MOVED, block.sheet.name, cell, section.pattern, details))

    def _entry(self, path: str, sheet: SheetCells, row: int, column: int) -> Entry:
        place = (row, column)
        self._used.setdefault(sheet.name, set()).add(place)
        cell = sheet.cells.get(place)
        if cell is None:
            return Entry(path, sheet.name, address(row, column), State.EMPTY)
        return Entry(
            path, sheet.name, address(row, column), cell.state, cell.value, cell.raw, cell.reason, cell.is_date,
            cell.is_formula,
        )  # fmt: skip

    # Forms

    def _named(self, field: FieldSpec) -> tuple[SheetCells, int, int] | None:
        """The cell that the field's defined name points to."""
        name = self.book.names.get(field_name(field.pattern))
        area = name.reference if name else None
        if area is None or area[0] not in self._sheets:
            return None
        return self._sheets[area[0]], area[1], area[2]

    def _form(self, section: SectionSpec, block: FoundBlock | None) -> Iterator[Entry]:
        keyed: dict[str, tuple[SheetCells, int, int]] = {}
        if block is not None:
            for row, key in block.keys.items():
                for slot, pattern in enumerate(key.split(BETWEEN), start=1):
                    if str(slot) in block.columns:
                        keyed.setdefault(pattern, (block.sheet, row, block.columns[str(slot)]))
        owners = {(sheet.name, row, column): pattern for pattern, (sheet, row, column) in keyed.items()}
        for field in section.fields:
            by_key, by_name = keyed.get(field.pattern), self._named(field)
            place = self._agree(field, by_key, by_name, owners)
            if place is None:
                self.remarks.append(Remark(Structure.FIELD_NOT_FOUND, "", "", field.pattern))
            else:
                yield self._entry(field.pattern, *place)

    def _agree(
        self,
        field: FieldSpec,
        by_key: tuple[SheetCells, int, int] | None,
        by_name: tuple[SheetCells, int, int] | None,
        owners: dict[tuple[str, int, int], str],
    ) -> tuple[SheetCells, int, int] | None:
        """The cell both signals name, or the one that is left; else the one beside the printed label."""
        if by_key is None or by_name is None:
            return by_key or by_name
        if by_key[0].name == by_name[0].name and by_key[1:] == by_name[1:]:
            return by_key
        elsewhere = by_name[0].at(*by_name[1:])
        if by_name[0].name in self._doubled or elsewhere.state is State.EMPTY:
            return by_key
        label = field.printed(self.language)
        near = [_label_left_of(*place) == label for place in (by_key, by_name)]
        chosen = by_name if near == [False, True] else by_key
        lost = owners.get((by_name[0].name, *by_name[1:])) is None or chosen is by_name
        if near[0] == near[1] or (chosen is by_key and lost):
            structure = Structure.FIELD_CONTRADICTORY
        else:
            structure = Structure.FIELD_MOVED
        details = {"other": f"{by_name[0].name}!{address(*by_name[1:])}"}
        self.remarks.append(Remark(structure, chosen[0].name, address(*chosen[1:]), field.pattern, details))
        return chosen

    # Tables

    def _table(self, section: SectionSpec, block: FoundBlock) -> Iterator[Entry]:
        for field in section.fields:
            if field.key not in block.columns:
                self.remarks.append(Remark(Structure.FIELD_NOT_FOUND, block.sheet.name, "", field.pattern))
        fields = [field for field in section.fields if field.key in block.columns]
        rows = self._named_rows(section, block, fields) if section.rows else self._free_rows(section, block, fields)
        for index, row in rows:
            for field in fields:
                path = f"{section.pattern}[{index}].{field.key}"
                yield self._entry(path, block.sheet, row, block.columns[field.key])

    def _header_row(self, section: SectionSpec, block: FoundBlock) -> int:
        """The row of the printed labels: the one above the first row key, or of those between, the best match."""
        first = min((row for row, key in block.keys.items() if key.startswith(f"{block.pattern}[")), default=None)
        if first is None:
            return block.marker[0] + 1
        labels = {block.columns[c.key]: c.printed(self.language) for c in section.columns if c.key in block.columns}
        candidates = range(block.marker[0] + 1, first)
        scores = {row: sum(block.sheet.at(row, c).raw == text for c, text in labels.items()) for row in candidates}
        best = max(scores, key=lambda row: scores[row], default=first - 1)
        return best if scores.get(best) else first - 1

    def _free_rows(self, section: SectionSpec, block: FoundBlock, fields: list[FieldSpec]) -> Iterator[tuple[int, int]]:
        """Rows in the order in which they stand; inserted rows count once they hold an entry."""
        index = 0
        for row, key in block.entry_rows(self._header_row(section, block)):
            held = any((row, block.columns[field.key]) in block.sheet.cells for field in fields)
            if key is None and not held and block.marker[1]:
                continue
            yield index, row
            index += 1
        if index > section.count:
            cell = address(block.last_row, min(block.columns.values()))
            details = {"rows": str(index), "drawn": str(section.count)}
            self.remarks.append(Remark(Structure.TABLE_EXTENDED, block.sheet.name, cell, section.pattern, details))

    def _named_rows(
        self, section: SectionSpec, block: FoundBlock, fields: list[FieldSpec]
    ) -> Iterator[tuple[int, int]]:
        """Rows by their key; a row that is there twice or not at all is remarked on."""
        places: dict[int, int] = {}
        names = {row.key: index for index, row in enumerate(section.rows)}
        for row, key in block.entry_rows(self._header_row(section, block)):
            if key is None:
                continue  # what stands in an inserted row is among the leftovers
            number, name = row_of_key(key)
            index = names.get(name, number) if name else number
            if index in places or not 0 <= index < len(section.rows):
                cell = address(row, min(block.columns[field.key] for field in fields)) if fields else ""
                self.remarks.append(Remark(Structure.ROW_DOUBLED, block.sheet.name, cell, section.pattern))
            else:
                places[index] = row
        for index in range(len(section.rows)):
            if index in places:
                yield index, places[index]
            else:
                path = f"{section.pattern}[{index}]"
                self.remarks.append(Remark(Structure.FIELD_NOT_FOUND, block.sheet.name, "", path))

    # The contact matrix

    def _matrix(self, section: SectionSpec, block: FoundBlock, sheet: SheetSpec) -> Iterator[Entry]:
        rows = {key: row for row, key in sorted(block.keys.items(), reverse=True)}
        inputs = {
            name: [c for c in columns if isinstance(c, FieldSpec)]
            for name, columns in (("people", section.people), ("team", section.team), ("matrix", section.columns))
        }
        numbers = [f.key for f in inputs["matrix"] if f.key in self._number_keys(section)]
        for person in range(section.people_count):
            column = block.columns.get(f"[{person}].{numbers[0]}")
            for field in inputs["people"]:
                row = rows.get(f"{sheet.key}.people.{field.key}")
                yield from self._at(f"{sheet.key}.people[{person}].{field.key}", block, row, column)
        for own in range(section.team_count):
            row = rows.get(f"{sheet.key}.team[{own}]")
            for field in inputs["team"]:
                column = block.columns.get(f"team.{field.key}")
                yield from self._at(f"{sheet.key}.team[{own}].{field.key}", block, row, column)
        for own in range(section.team_count):
            for person in range(section.people_count):
                for field in inputs["matrix"]:
                    if field.key in numbers:
                        row = rows.get(f"{sheet.key}.team[{own}]")
                        column = block.columns.get(f"[{person}].{field.key}")
                    else:
                        row = rows.get(f"{sheet.key}.team[{own}].{field.key}")
                        column = block.columns.get(f"[{person}].{numbers[0]}")
                    path = f"{section.pattern}[{own}][{person}].{field.key}"
                    yield from self._at(path, block, row, column)

    @staticmethod
    def _number_keys(section: SectionSpec) -> set[str]:
        """Keys of the crossing's fields that have a sheet column each; texts share the row below."""
        return {field.key for field in section.fields if field.kind not in ("text", "note")}

    def _at(self, path: str, block: FoundBlock, row: int | None, column: int | None) -> Iterator[Entry]:
        if row is None or column is None:
            self.remarks.append(Remark(Structure.FIELD_NOT_FOUND, block.sheet.name, "", path))
        else:
            yield self._entry(path, block.sheet, row, column)

    # What is left

    def leftovers(self) -> Iterator[Remark]:
        """Entries that stand beside the fields, and sheets that are not part of a plan."""
        printed = printed_texts(self.layout)
        found = 0
        for sheet in plan_sheets(self.book):
            used = self._used.get(sheet.name)
            if used is None:
                if sheet.visible and sheet.cells and sheet.name not in self._doubled:
                    yield Remark(Structure.SHEET_UNKNOWN, sheet.name)
                continue
            key_rows, key_columns = self._keys.get(sheet.name, (set(), set()))
            for place, cell in sorted(sheet.cells.items()):
                if place in used or cell.is_formula or cell.raw in printed:
                    continue
                if place[0] in key_rows or place[1] in key_columns:
                    continue
                found += 1
                if found <= _MOST_LEFTOVERS:
                    yield Remark(Structure.ENTRY_OUTSIDE, sheet.name, cell.address, "", {"value": cell.raw[:80]})
        if found > _MOST_LEFTOVERS:
            yield Remark(Structure.ENTRY_OUTSIDE, "", "", "", {"more": str(found - _MOST_LEFTOVERS)})


def _label_left_of(sheet: SheetCells, row: int, column: int) -> str:
    for left in range(column - 1, 0, -1):
        cell = sheet.cells.get((row, left))
        if cell is not None and isinstance(cell.value, str):
            return cell.value
    return ""

"""A company's own standard (`kamxl.toml`), read by a pydantic model; every key has a default."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from kamxl.plan.vocabulary import Language, Profile

if TYPE_CHECKING:
    from kamxl.plan.schema import Option, RowSpec


class Settings(BaseModel):
    """Skeleton: the interface that `schema` relies on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Language = Language.DE
    profile: Profile = Profile.FULL
    plan_year: int | None = None
    collect_motives: bool = False
    rows: dict[str, int] = {}
    minimum_rows: dict[str, int] = {}
    team: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """The plan year; next calendar year where the settings name none."""
        return self.plan_year or datetime.date.today().year + 1

    def rows_of(self, source: str) -> tuple[RowSpec, ...]:
        raise NotImplementedError

    def added_options(self, name: str) -> tuple[Option, ...]:
        raise NotImplementedError

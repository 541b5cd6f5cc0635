"""The account plan: twelve sheets, in the order in which the workbook shows them.

``AccountPlan()`` is an empty plan; every value in it is missing until somebody enters it.
"""

from __future__ import annotations

from pydantic import Field

from kamxl.document.vocabulary import Record
from kamxl.plan.competition import Competition
from kamxl.plan.contacts import Contacts
from kamxl.plan.controlling import Controlling
from kamxl.plan.cooperation import Cooperation
from kamxl.plan.cover import Cover
from kamxl.plan.measures import Measures
from kamxl.plan.opportunities import Opportunities
from kamxl.plan.profile import AccountProfile
from kamxl.plan.projects import Projects
from kamxl.plan.revenue import Revenue
from kamxl.plan.strategy import Strategy
from kamxl.plan.summary import Summary

__all__ = ["AccountPlan"]


class AccountPlan(Record):
    """All that is known and intended for one account in one plan year."""

    cover: Cover = Field(default_factory=Cover)
    summary: Summary = Field(default_factory=Summary)
    profile: AccountProfile = Field(default_factory=AccountProfile)
    revenue: Revenue = Field(default_factory=Revenue)
    projects: Projects = Field(default_factory=Projects)
    opportunities: Opportunities = Field(default_factory=Opportunities)
    competition: Competition = Field(default_factory=Competition)
    cooperation: Cooperation = Field(default_factory=Cooperation)
    strategy: Strategy = Field(default_factory=Strategy)
    measures: Measures = Field(default_factory=Measures)
    controlling: Controlling = Field(default_factory=Controlling)
    contacts: Contacts = Field(default_factory=Contacts)

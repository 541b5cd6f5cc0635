"""The account plan: twelve sheets, in the order in which the workbook shows them.

``AccountPlan()`` is an empty plan; every value in it is missing until somebody enters it.
"""

from __future__ import annotations

from pydantic import Field

from kamxl.document.vocabulary import Document
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
from kamxl.texts import Text


class AccountPlan(Document):
    """All that is known and intended for one account in one plan year."""

    title = Text(de="Key-Account-Plan {year}", en="Key account plan {year}")
    steps = Text(
        de="1.  Prüfen Sie die Stammdaten, dann bearbeiten Sie die Blätter von 2 bis 10 und die Kontaktmatrix.\n"
        "2.  Gelbe Felder sind Pflicht und verlieren ihre Farbe, sobald sie gefüllt sind; graue Felder rechnet Excel.\n"
        "3.  Schreiben Sie die Management-Summary (Blatt 1) zuletzt, speichern Sie und geben Sie die Datei ab.",
        en="1.  Check the master data, then work through sheets 2 to 10 and the contact matrix.\n"
        "2.  Yellow cells are required and lose their colour once they are filled; Excel works out the grey ones.\n"
        "3.  Write the management summary (sheet 1) last, save and hand the file in.",
    )
    about = "cover.company"

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

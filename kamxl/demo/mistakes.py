"""What goes wrong when people fill in plans, for three of the accounts: raw cell values by path.

The values are poured over those of the plan as somebody would have typed them: an amount with thousands separators and
a euro sign stays a text, 65 stands where 65 % is meant, a choice is worded freely, ``4/6`` has become the 4 June.
`None` empties a cell.
"""

from __future__ import annotations

import datetime as dt

Raw = str | float | dt.date | None


def mistakes(account_id: str, today: dt.date | None = None) -> dict[str, Raw]:
    """Typical mistakes for one account; none for nine of the twelve.

    Args:
        account_id: account number.
        today: the day of the plans, around which wrong dates lie; the current day by default.
    """
    today = today or dt.datetime.now().astimezone().date()
    made = {"10072": _weserauen, "10085": _brandis, "10124": _brunsholm}
    return made[account_id](today) if account_id in made else {}


def _weserauen(today: dt.date) -> dict[str, Raw]:
    """A plan that was copied from last year in a hurry."""
    return {
        "cover.updated_on": today - dt.timedelta(days=90),
        "profile.decision_process": None,
        "revenue.revenue[0].forecast": "880.000,00 €",
        "revenue.revenue[4].target": 1_960_000.0,
        "revenue.revenue[4].comment": None,
        "strategy.attractiveness[0].weight": 0.4,
        "measures.measures[2].responsible": None,
        "measures.measures[3].due": _german(today + dt.timedelta(days=50)),
        "contacts.people[2].influence": 12.0,
        "contacts.matrix[0][0].actual": dt.date(today.year, 6, 4),
        "contacts.matrix[0][0].planned": None,
    }


def _brandis(today: dt.date) -> dict[str, Raw]:
    """A pipeline typed on the train."""
    return {
        "cover.currency": None,
        "cover.next_review": "nach der Messe",
        "projects.lost[0].lost_to": "Bharat Pump Works Ltd.",
        "opportunities.open[0].value": "2,4 Mio. €",
        "opportunities.open[1].value": "560.000,00 €",
        "opportunities.open[1].probability": 65.0,
        "opportunities.open[1].stage": "so gut wie sicher",
        "opportunities.open[2].close_date": None,
        "opportunities.open[3].close_date": today - dt.timedelta(days=47),
        "measures.measures[3].start": today + dt.timedelta(days=80),
        "contacts.matrix[0][0].actual": "7/8",
        "contacts.matrix[0][0].planned": None,
    }


def _brunsholm(today: dt.date) -> dict[str, Raw]:
    """A plan filled in from memory."""
    return {
        "cover.key_account_manager": "Mathias Röhrig",
        "summary.top_contacts[2].contact": "Jan Hinrichs",
        "projects.lost[1].lost_to": "Sun Yat Marine Pumps",
        "opportunities.open[0].close_date": today - dt.timedelta(days=12),
        "opportunities.open[1].probability": 1.4,
        "competition.competitors[0].revenue": "ca. 2 Mio.",
        "competition.gaps[0].action": None,
        "cooperation.satisfaction[0].performance": 6.0,
        "measures.measures[0].status": "läuft",
        "measures.measures[4].responsible": None,
        "contacts.people[3].role": None,
        "contacts.matrix[0][1].planned": "4x",
    }


def _german(day: dt.date) -> str:
    """A date as it is written by hand: ``3.2.2027``."""
    return f"{day.day}.{day.month}.{day.year}"

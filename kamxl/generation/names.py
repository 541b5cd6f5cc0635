"""What the file of a plan is called: ``ALFKI_Alfreds-Futterkiste_2000.xlsx``, account number, company, plan year."""

from __future__ import annotations

from collections.abc import Collection

from kamxl.document.file_names import file_part, free_name


def plan_name(
    account_id: str, company: str, year: int, taken: Collection[str] = ()
) -> str:
    """The file name of an account's plan.

    Args:
        account_id: account number; may be empty.
        company: its name; may be empty.
        year: the plan year.
        taken: names given already, in lower case.

    >>> plan_name("ALFKI", "Alfreds Futterkiste", 2000)
    'ALFKI_Alfreds-Futterkiste_2000.xlsx'
    >>> plan_name("4/711", "Müller & Söhne: Öl?", 2027, {"4-711_müller-söhne-öl_2027.xlsx"})
    '4-711_Müller-Söhne-Öl_2027-2.xlsx'
    """
    known = filter(None, map(file_part, (account_id, company)))
    return free_name(f"{'_'.join(known) or 'Plan'}_{year}", ".xlsx", taken)

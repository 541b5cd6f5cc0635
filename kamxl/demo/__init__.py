"""Twelve key accounts of a supplier that does not exist, with complete plans, for ``kamxl demo`` and the examples.

Harkendorf Pumpentechnik makes pumps and seals; four key account managers look after accounts from the chemical
industry to a shipyard. Every company and person is invented. What is particular to an account stands in
``accounts/<name>.toml``; `kamxl.demo.notation` says how such a file is read. Dates hang on the plan year and on today,
so that the plans do not age.
"""

from kamxl.demo.company import plans, settings
from kamxl.demo.lists import accounts_table, revenue_table
from kamxl.demo.mistakes import mistakes

__all__ = ["accounts_table", "mistakes", "plans", "revenue_table", "settings"]

"""Whether a plan is right: typed values, rules, and findings with sheet and cell.

`check.check` judges one workbook that was read, `across.check_across` several together; `files` speaks for those that
are no plans, `condense` draws together what untouched sheets lack, `catalogue` prints the rules. Nothing here knows a
spreadsheet library.
"""

"""Whether a document is right: typed values, rules, and findings with sheet and cell.

`check.check` judges one workbook that was read, `across.check_across` several together; `files` speaks for those that
are no plans, `condense` draws together what untouched sheets lack, `catalogue` prints the rules. A rule is declared
once, in a module of `rules`, with its texts and what finds it; `rule` says how. Nothing here knows a spreadsheet
library.
"""

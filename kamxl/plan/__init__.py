"""What an account plan is: the one declaration that workbook, checks and portfolio are derived from.

`vocabulary` holds the words, one module per sheet declares the plan in them, `account_plan` puts the twelve
sheets together, `settings` adds a company's own standard, and `compiling.compile_document` turns all of that into
the frozen specification that everything else reads. Nothing here knows Excel.
"""

"""New plans: lists of a company → workbooks that hold what is known already.

`generate` reads the account list and the revenue history and writes the files, `write.PlanWriter` turns one
`AccountPlan` into one workbook, whoever made the plan; import the modules, not the package.
"""

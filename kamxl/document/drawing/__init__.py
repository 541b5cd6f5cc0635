"""Documents become workbooks: drawn once with openpyxl, filled for each account as XML."""

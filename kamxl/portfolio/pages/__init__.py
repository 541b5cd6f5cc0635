"""The portfolio and the findings as workbooks, page by page."""

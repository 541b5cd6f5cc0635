"""Fields are found again in a workbook, whatever people did to it."""

"""Where everything stands in a workbook: from a specification to cells."""

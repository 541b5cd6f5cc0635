"""All plans together: collected from a folder, laid out as tables, drawn as one portfolio workbook.

Collecting and checking (`collect`) need neither pandas nor openpyxl, so worker processes start fast; import the
modules, not the package.
"""

"""Inside Excel: worksheet functions, the VBA that calls them, the add-in, and its doctor.

Nothing is imported here: Excel loads `kamxl.excel.udf` for a single cell and should not wait for the rest.
"""

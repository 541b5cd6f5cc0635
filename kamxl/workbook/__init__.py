"""Excel files, out and in: where each cell is, how a plan is drawn and filled, how it is found again.

Nothing is imported here, so that reading a workbook never loads a library that writes one.
"""

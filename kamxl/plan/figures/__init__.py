"""Values and formulas of the larger figures, each pair for a `Computed` of the sheet of the same name.

Where a sheet's module has the room they stand there, beside the declaration. Three rules hold everywhere:

- Where no weight at all is entered, all items count the same; otherwise an item without a weight takes no part.
- Projects that are won, lost or on hold belong to neither figure of the pipeline.
- A contact counts once it has a name (see `kamxl.plan.figures.contacts`).
"""

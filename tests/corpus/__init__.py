"""Foreign and damaged workbooks: read by kamxl, and compared with what other readers make of them."""

"""Excel files, whatever they hold: bytes in, cells out; cells in, bytes out."""

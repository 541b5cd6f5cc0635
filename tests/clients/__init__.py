"""Foreign programs as users and judges of our workbooks: LibreOffice, the Open XML SDK, our own lint."""

"""What a document is, and what every document does: laid out, drawn, filled in, found again."""

"""A company's own standard: what kamxl.toml may say."""

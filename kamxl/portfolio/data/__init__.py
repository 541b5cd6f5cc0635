"""What the plans of a folder say together: collected, as tables, as figures."""

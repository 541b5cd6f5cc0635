"""What files from anybody may try: to hold very much, to break a report, to be left behind."""

"""How a report leaves the program: one file a format, found by discovery."""

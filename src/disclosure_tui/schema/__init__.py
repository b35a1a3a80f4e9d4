"""Schema files: where they are, how they are read, and how they become a form."""

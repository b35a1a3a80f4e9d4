"""Fill in, check, review and publish statutory tabular reports in a terminal."""

__version__ = "0.1.0"

"""The command line: one file a command, one owner for each of stdout and stderr."""

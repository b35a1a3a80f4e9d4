"""The commands, one file each, found by discovery.

A module offers `SUMMARY`, one line of help, and `build(program)`, the click command.
"""

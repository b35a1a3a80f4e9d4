"""How findings leave the program: one file a format, found by discovery.

A module offers `NAME` and `write(batch, language)`, which returns the text.
"""

"""How findings leave the program: one file a format, found by discovery.

A module offers what `render.finding_writing.FindingFormat` says.
"""

"""One file per type of document: NAME, SUFFIXES, SUMMARY and `read`, found by discovery.

A reader gives the blocks of a document in order and guesses nothing; the standard library is
enough for all of them, so that a copy can be proved on a bare server.
"""

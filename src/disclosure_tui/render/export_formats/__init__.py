"""How a report leaves the program: one file a format, found by discovery.

A module offers:

- `NAME`: what is typed, `html`;
- `SUFFIX`: the ending of the file, `.html`;
- `SUMMARY`: what it is for, in both languages;
- `write(copy)`: the bytes of the file; the same copy gives the same bytes;
- where several reports can go into one file, `write_many(copies)`;
- where a library is needed that may be absent, `EXTRA`: the extra that installs it.
"""

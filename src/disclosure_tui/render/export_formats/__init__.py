"""How a report leaves the program: one file a format, found by discovery.

A module offers:

- `NAME`: what is typed, `html`;
- `SUFFIX`: the ending of the file, `.html`;
- `SUMMARY`: what it is for, in both languages;
- `write(copy)`: the bytes of the file; the same copy gives the same bytes;
- where several reports can go into one file, `write_many(copies)`;
- where a document can be the pattern, `write_like(copy, template)`: the bytes of the file with
  the pages and styles of that one;
- where libraries are needed that may be absent, `LIBRARIES`: their import names, and `EXTRA`:
  the extra that installs them; they are imported in `write`;
- where the look depends on the machine, `remark()`: what to tell about it.
"""

"""Reading official prose: sentences, numbers, templates, and what they say beside the tables.

Nothing here knows a report: what words to look for stands in the schema. What is known here is
the language: where sentences end, how numbers are written, what is only about right.
"""

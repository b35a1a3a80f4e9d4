"""What goes over the line: of every picture only the cells that differ from what is shown.

Textual writes whole widgets and lines again; over a slow line that is what a person waits for.
Here its output is read into a picture (`frames`), compared with what the terminal shows, and the
difference is said in as few bytes as a terminal understands (`encoder`).
"""

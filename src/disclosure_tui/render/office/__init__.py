"""Pages and sheets for office programs and printers: the parts that several formats share.

python-docx, XlsxWriter and typst are used here and in `render.export_formats` only, and are
imported when something is written: the program runs without them.
"""

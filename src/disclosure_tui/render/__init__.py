"""What is shown: views, grids, the painter, character widths and the wording of findings."""

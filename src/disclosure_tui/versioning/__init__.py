"""Reports in version control: older versions of a file, what is staged, what git is set up with."""

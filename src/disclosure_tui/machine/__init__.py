"""What the program meets on a machine: terminal, locale, rights, space, clock; for `doctor`."""

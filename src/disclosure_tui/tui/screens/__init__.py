"""Screens, one file each. One that can be opened from another declares `ENTRY`."""

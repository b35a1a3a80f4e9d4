"""Changing a schema: what a new version says otherwise, whom it concerns, and its installation."""

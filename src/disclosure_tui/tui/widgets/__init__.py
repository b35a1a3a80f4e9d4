"""Widgets: drawn from values they are given; they know no session, form or rule."""

"""Readers of documents that come from outside: what a page shows, and which figure is where."""

"""Report files: YAML text that is read, changed in place by splicing, and saved safely."""

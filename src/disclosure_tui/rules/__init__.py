"""The rules engine: conformance to the schema, rule kinds, and the check of a report."""

"""Plain data that every part shares: addresses, forms, reports, edits and findings."""

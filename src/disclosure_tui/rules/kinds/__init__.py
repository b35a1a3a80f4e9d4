"""Rule kinds: one file each, found by discovery; each says what it checks and how to fix it."""

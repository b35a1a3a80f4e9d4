"""What `disclosure schema check` looks for in a sound schema, one module each."""

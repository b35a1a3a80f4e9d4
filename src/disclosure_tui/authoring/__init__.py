"""A rule author's tools: rule cases, samples, and what there is to say about a sound schema."""

"""Timed things. They print ratios of one run; no test ever asserts seconds."""

"""A query photo to ranked hits."""

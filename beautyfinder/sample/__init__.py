"""Draws the sample catalogue and its phone photos."""

"""The match inspector: a photo and a hit side by side, and every detail that they have in common."""

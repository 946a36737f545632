"""The match inspector: a photo and a hit side by side, and the details they have in common."""

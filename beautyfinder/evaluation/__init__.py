"""Labelled queries to AP@7, mAP@7 and the paper's tables."""

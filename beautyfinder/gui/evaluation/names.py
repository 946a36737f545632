"""What people call poolings, distances and re-rankings, in the window's language."""

from __future__ import annotations

from beautyfinder.gui.translation import tr

POOLINGS = {"mac": "MAC", "r-mac": "R-MAC", "ra-mac": "RA-MAC", "spoc": "SPoC"}
METRICS = {"l1": "L1", "l2": "L2", "cosine": "Cosine"}
RERANKS = ("none", "sift", "verified", "hybrid")


def pooling_name(name: str) -> str:
    """MAC and so on."""
    more = {"gem": "GeM", "cls": tr("class token")}
    return POOLINGS.get(name) or more.get(name, name)


def metric_name(name: str) -> str:
    """The distance."""
    return tr("Cosine") if name == "cosine" else METRICS.get(name, name)


def rerank_name(name: str) -> str:
    """The re-ranking, short."""
    words = {
        "none": tr("none"),
        "sift": tr("SIFT"),
        "verified": tr("verified"),
        "hybrid": tr("hybrid"),
    }
    return words.get(name, name)


def rerank_title(name: str) -> str:
    """The re-ranking as a heading over the strips."""
    words = {
        "none": tr("Without re-ranking"),
        "sift": tr("With SIFT re-ranking"),
        "verified": tr("With verified matches"),
        "hybrid": tr("With all evidence (hybrid)"),
    }
    return words.get(name, name)

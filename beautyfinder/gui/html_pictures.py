"""Which pictures a piece of HTML shows: read as it comes in, addresses made absolute."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

# What pages name their picture for others by, best first.
_TOLD = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_SMALL = 64  # pixels: icons, flags and counting pixels are smaller than products
_PLACEHOLDER = 2000  # characters: what stands in a page until the picture itself has come
_MOST = 40  # no page has its product further down


class HtmlPictures(HTMLParser):
    """Feed it a page or a dragged fragment, piece by piece; `addresses` may be asked any time.

    `base`: the page's own address, for relative ones; without it these are left out.
    """

    def __init__(self, base: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self._base = base
        self._told: dict[str, str] = {}
        self._shown: list[str] = []
        self._small: list[str] = []

    def addresses(self) -> list[str]:
        """http, https, file and data addresses, the likeliest to be the product first."""
        told = [self._told[name] for name in _TOLD if name in self._told]
        return list(dict.fromkeys([*told, *self._shown, *self._small]))

    def told(self) -> bool:
        """Whether the page has said which its picture is: the rest need not be read."""
        return "og:image" in self._told

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value.strip() for name, value in attrs if value}
        if tag == "base" and "href" in values:
            self._base = urljoin(self._base, values["href"])
        elif tag == "meta":
            name = (values.get("property") or values.get("name") or "").lower()
            address = self._absolute(values.get("content", ""))
            if name in _TOLD and address:
                self._told.setdefault(name, address)
        elif tag == "img" and len(self._shown) < _MOST:
            self._take(values)

    def _take(self, values: dict[str, str]) -> None:
        small = any(_is_small(values.get(side, "")) for side in ("width", "height"))
        # A page that loads its pictures late has the picture itself in another attribute.
        for name in ("src", "data-src", "data-original"):
            address = self._absolute(values.get(name, ""))
            if address:
                stands_in = address.startswith("data:") and len(address) < _PLACEHOLDER
                drawing = urlsplit(address).path.lower().endswith((".svg", ".svgz"))
                (self._small if small or stands_in or drawing else self._shown).append(address)

    def _absolute(self, address: str) -> str:
        if address[:5].lower() == "data:":
            return address
        try:
            whole = urljoin(self._base, address)
            there = urlsplit(whole).scheme in ("http", "https", "file")
        except ValueError:  # what is no address at all, such as http://[
            return ""
        return whole if there and address else ""


def _is_small(length: str) -> bool:
    digits = length.lower().removesuffix("px").strip()
    return digits.isdecimal() and int(digits[:6]) < _SMALL

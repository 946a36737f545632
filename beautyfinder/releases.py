"""Which version of the program is the newest: one request, when a person asks, and its answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from beautyfinder import __version__
from beautyfinder.errors import UserError
from beautyfinder.features.backbones import is_trustworthy

ADDRESS = ""
"""Where the newest version is told, https only, as JSON: `version`, and `page` to get it from.

Empty: this build has no such place, and the action says so. Whoever gives installers away sets it.
"""

_MOST_BYTES, _SECONDS = 64 * 1024, 15.0
_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")


@dataclass(frozen=True)
class Release:
    """The newest version, and the page to get it from ("" where that is not told)."""

    version: str
    page: str

    @property
    def is_newer(self) -> bool:
        """Than this program."""
        return _numbers(self.version) > _numbers(__version__)


def newest_release(address: str) -> Release:
    """Ask `address`; nothing of this computer is told but the version of the program.

    Raises UserError: it does not answer, or not with a version.
    """
    if not is_trustworthy(address):
        raise UserError("Updates are asked for over https only; this address is not.")
    import urllib.request

    class NoRedirects(urllib.request.HTTPRedirectHandler):
        """One request means one."""

        def redirect_request(self, *_: Any) -> None:
            return None

    request = urllib.request.Request(
        address, headers={"User-Agent": f"BeautyFinder/{__version__}", "Accept": "application/json"}
    )
    try:
        with urllib.request.build_opener(NoRedirects).open(request, timeout=_SECONDS) as response:
            told = json.loads(response.read(_MOST_BYTES))
        version, page = str(told["version"]), str(told.get("page", ""))
        _numbers(version)
    except OSError as error:
        raise UserError(
            "Whether there is a newer version cannot be told: the server does not answer. "
            "Check the connection and try again."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            "Whether there is a newer version cannot be told: the server's answer is none. "
            "Try again later."
        ) from error
    return Release(version, page if is_trustworthy(page) else "")


def _numbers(version: str) -> tuple[int, ...]:
    match = _VERSION.fullmatch(version)
    if match is None:
        raise ValueError(f"no version: {version[:20]!r}")
    return tuple(map(int, match.groups()))

"""What is inside the program: licences of every library as texts, and a list of them (SBOM)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import uuid
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path

from version import ROOT, VERSION

_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_ALSO = ("pyinstaller", "pybind11")  # whose bootloader is the executable; part of our kernels
_KEPT_CHARACTERS = 80  # a licence field longer than that is the text itself


def gather(python: Path, folder: Path, sbom: Path) -> None:
    """Into `folder`/licences, one folder for a library; `sbom`: CycloneDX 1.5, JSON."""
    target = folder / "licences"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    site = _site_packages(python)
    parts = inside(site)
    rows = []
    for part in parts:
        rows.append(f"{part.name} {part.version}: {licence_of(part) or 'see its texts'}")
        for file in part.files or ():
            source = Path(str(part.locate_file(file)))
            if _LICENCE_FILE.match(source.name) and source.is_file() and source.suffix != ".py":
                own = target / part.name
                own.mkdir(exist_ok=True)
                shutil.copyfile(source, own / source.name)
    shutil.copyfile(ROOT / "LICENSE", target / "BeautyFinder.txt")
    shutil.copyfile(ROOT / "THIRD_PARTY.md", target / "THIRD_PARTY.md")
    for name in (
        "LICENSE.txt",
        f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/LICENSE.txt",
    ):
        text = Path(sys.base_prefix) / name
        if text.is_file():
            shutil.copyfile(text, target / "Python.txt")
    (target / "contents.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    sbom.parent.mkdir(parents=True, exist_ok=True)
    sbom.write_text(json.dumps(bill(parts), indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(sbom, target / "sbom.cdx.json")
    print(f"{len(parts)} libraries, {sum(f.is_file() for f in target.rglob('*'))} texts")


def inside(site: Path) -> list[Distribution]:
    """What beautyfinder[timm] needs, directly or not, of what is installed in `site`; by name."""
    installed = {_key(one.name): one for one in distributions(path=[str(site)])}
    waiting, found = ["beautyfinder", "timm", *_ALSO], {}
    while waiting:
        name = _key(waiting.pop())
        if name in found or name not in installed:
            continue
        found[name] = installed[name]
        for needed in installed[name].requires or ():
            match = _NAME.match(needed)
            if match and "extra ==" not in needed:
                waiting.append(match[0])
    del found["beautyfinder"]
    return [found[name] for name in sorted(found)]


def licence_of(part: Distribution) -> str:
    """Its licence in a few words, as it tells it; empty where it does not."""
    told = part.metadata.get("License-Expression") or part.metadata.get("License") or ""
    if told and "\n" not in told and len(told) < _KEPT_CHARACTERS:
        return told
    kinds = part.metadata.get_all("Classifier") or []
    return ", ".join(kind.split(" :: ")[-1] for kind in kinds if kind.startswith("License ::"))


def bill(parts: list[Distribution]) -> dict[str, object]:
    """The list in CycloneDX's form."""
    components = [
        {
            "type": "library",
            "name": part.name,
            "version": part.version,
            "purl": f"pkg:pypi/{_key(part.name)}@{part.version.split('+')[0]}",
            "licenses": [{"license": {"name": licence_of(part) or "see its texts"}}],
        }
        for part in parts
    ]
    python = ".".join(map(str, sys.version_info[:3]))
    components.append({"type": "platform", "name": "Python", "version": python,
                       "licenses": [{"license": {"id": "Python-2.0"}}]})  # fmt: skip
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "name": "BeautyFinder",
                "version": VERSION,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": components,
    }


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _site_packages(python: Path) -> Path:
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.run([str(python), "-c", asked], check=True, capture_output=True, text=True)
    return Path(told.stdout.strip())

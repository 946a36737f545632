"""`python packaging/icons.py FOLDER`: the program's icon in the forms that systems want.

Needs PySide6 and Pillow, hence runs in the environment that the program is frozen from.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parents[1] / "resources" / "icons" / "app.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def main(folder: Path) -> None:
    """Write `beautyfinder-SIZE.png`, `beautyfinder.ico` and `beautyfinder.icns`."""
    app = QGuiApplication([])
    renderer = QSvgRenderer(str(SOURCE))
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {size: _drawn(renderer, size) for size in SIZES}
    for size, picture in pictures.items():
        picture.save(folder / f"beautyfinder-{size}.png", optimize=True)
    small = [pictures[size] for size in SIZES if size <= 256]
    small[-1].save(folder / "beautyfinder.ico", sizes=[p.size for p in small], append_images=small)
    pictures[512].save(folder / "beautyfinder.icns", append_images=list(pictures.values()))
    app.quit()


def _drawn(renderer: QSvgRenderer, size: int) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    picture = Image.open(io.BytesIO(bytes(data.data())))
    picture.load()
    return picture


if __name__ == "__main__":
    main(Path(sys.argv[1]))

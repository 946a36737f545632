"""The row under the photo: turn it, take the box away, and a hint while there is no box."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from beautyfinder.gui.query import Region
from beautyfinder.gui.theme import tinted_icon


class PhotoTools(QWidget):
    """Hidden until there is a photo. The owner connects `left`, `right` and `remove`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left = _tool("turn-left", self.tr("Turn left"))
        self.right = _tool("turn-right", self.tr("Turn right"))
        self.remove = _tool("box-remove", self.tr("Remove box"))
        self.remove.setText(self.tr("Remove box"))
        self.remove.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.remove.setToolTip(self.tr("Look up the whole photo again (Escape)"))
        self._hint = QLabel(self.tr("Drag a box round the product"))
        self._hint.setProperty("role", "muted")
        self._hint.setToolTip(
            self.tr("Where there is more than one thing in the photo, only what is in the box is "
                    "looked up. With the keyboard: B, then arrows and Shift with arrows.")
        )  # fmt: skip
        # In a narrow pane its end is cut off rather than the pane made wider.
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.left)
        row.addWidget(self.right)
        row.addWidget(self._hint, 1)
        row.addWidget(self.remove, 1, Qt.AlignmentFlag.AlignRight)
        self.remove.hide()
        self.hide()

    def roomy_width(self) -> int:
        """The least width in which no words are cut off."""
        words = max(self._hint.sizeHint().width(), self.remove.sizeHint().width())
        return self.left.sizeHint().width() + self.right.sizeHint().width() + words + 4

    def show_region(self, region: Region) -> None:
        """There is a photo, and this is what of it is looked up."""
        self.remove.setVisible(region.box is not None)
        self._hint.setVisible(region.box is None)
        self.show()


def _tool(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "tool")
    button.setIcon(tinted_icon(icon))
    button.setIconSize(QSize(20, 20))
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button

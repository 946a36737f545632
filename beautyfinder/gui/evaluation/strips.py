"""The best seven of each method for one photo, in rows; a green frame round right answers."""

from __future__ import annotations

from base64 import b64decode

from PySide6.QtCore import QByteArray, QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.evaluation.names import pooling_name, rerank_title
from beautyfinder.gui.evaluation.results import Results, Strip
from beautyfinder.gui.theme import current_theme, scaled_font

_TOP = 7
_LABEL = 84  # pixels for the name and AP@7
_GAP = 6
_LARGEST, _SMALLEST = 84, 40  # side of a picture
_FRAME = 3


class Pictures:
    """Decodes the pictures of an evaluation, each when it is first shown."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._known: dict[int, QImage] = {}

    def image(self, number: int) -> QImage:
        """Null where the evaluation has none."""
        if number not in self._known:
            jpeg = b64decode(self._results.pictures[number].jpeg)
            self._known[number] = QImage.fromData(QByteArray(jpeg))
        return self._known[number]

    def name(self, number: int) -> str:
        """What the catalogue calls it."""
        return self._results.pictures[number].name


class StripRow(QWidget):
    """One method's best seven, best first."""

    def __init__(self, label: str, precision: float, strip: Strip, pictures: Pictures) -> None:
        super().__init__()
        self._label, self._precision = label, precision
        self.strip, self._pictures = strip, pictures
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        names = [
            self.tr("{name} (right)").format(name=pictures.name(number)) if right
            else pictures.name(number)
            for number, right in zip(strip.pictures, strip.hits, strict=True)
        ]  # fmt: skip
        self.setAccessibleName(
            self.tr("{method}, AP@7 {precision}: {names}").format(
                method=label, precision=self._number(), names=", ".join(names)
            )
        )

    def frames(self) -> list[bool]:
        """Of each picture, whether its frame is green."""
        return list(self.strip.hits)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LABEL + _TOP * (_SMALLEST + _GAP), _SMALLEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._side() + _GAP)  # as high as its width lets pictures be

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        middle = self._side() // 2
        painter.setPen(theme.text)
        painter.drawText(QRect(0, middle - 22, _LABEL - 8, 20), Qt.AlignmentFlag.AlignBottom,
                         self._label)  # fmt: skip
        painter.setPen(theme.muted)
        painter.setFont(scaled_font(self.font(), 0.88))
        painter.drawText(QRect(0, middle, _LABEL - 8, 20), Qt.AlignmentFlag.AlignTop,
                         self.tr("AP {number}").format(number=self._number()))  # fmt: skip
        for place, (number, right) in enumerate(
            zip(self.strip.pictures, self.strip.hits, strict=True)
        ):
            box = QRectF(self._box(place))
            inside = box.adjusted(_FRAME / 2, _FRAME / 2, -_FRAME / 2, -_FRAME / 2)
            painter.setPen(QPen(theme.good if right else theme.border, _FRAME if right else 1.0))
            painter.setBrush(QColor("white"))  # product pictures are on white
            painter.drawRoundedRect(inside, 7, 7)
            image = self._pictures.image(number)
            room = box.adjusted(5, 5, -5, -5)
            if image.isNull():
                painter.setPen(QColor("#444"))
                painter.drawText(room, Qt.TextFlag.TextWordWrap, self._pictures.name(number))
                continue
            size = QSize(image.size())
            size.scale(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRectF(0, 0, size.width(), size.height())
            target.moveCenter(room.center())
            painter.drawImage(target, image)
            if right:
                _tick(painter, box, theme.good)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for place, number in enumerate(self.strip.pictures):
                if self._box(place).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), self._pictures.name(number), self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    def _number(self) -> str:
        return self.locale().toString(self._precision, "f", 3)

    def _side(self) -> int:
        return max(_SMALLEST, min(_LARGEST, (self.width() - _LABEL) // _TOP - _GAP))

    def _box(self, place: int) -> QRect:
        side = self._side()
        return QRect(_LABEL + place * (side + _GAP), _GAP // 2, side, side)


class StripsView(QScrollArea):
    """Every pooling and re-ranking of one photo, as the paper's Table 5 has them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strips")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("The best seven of each method"))
        self._rows: list[StripRow] = []
        self.clear()

    def rows(self) -> list[StripRow]:
        """What is shown, from the top."""
        return self._rows

    def clear(self) -> None:
        """Show nothing."""
        self._rows = []
        self.setWidget(QWidget())

    def show_query(self, results: Results, pictures: Pictures, query: int, cell: int) -> None:
        """The strips of that photo by `cell` and what is compared with it."""
        self._rows = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(0)
        column.addLayout(self._head(results, pictures, query))
        cells = results.compared(cell)
        for rerank in dict.fromkeys(results.cells[number].rerank for number in cells):
            title = QLabel(rerank_title(rerank))
            title.setProperty("role", "strong")
            title.setContentsMargins(0, 10, 0, 4)
            column.addWidget(title)
            for number in cells:
                one = results.cells[number]
                if one.rerank == rerank:
                    row = StripRow(
                        pooling_name(one.pooling), results.precision(query, number),
                        results.strip(query, number), pictures,
                    )  # fmt: skip
                    self._rows.append(row)
                    column.addWidget(row)
        column.addStretch(1)
        self.setWidget(inside)

    def _head(self, results: Results, pictures: Pictures, query: int) -> QHBoxLayout:
        """The photo itself, its name, how many right answers there are."""
        asked = results.asked[query]
        photo = QLabel()
        photo.setFixedSize(_LARGEST, _LARGEST)
        photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        photo.setAccessibleName(self.tr("The photo {name}").format(name=asked.name))
        image = pictures.image(asked.picture)
        if not image.isNull():
            ratio = self.devicePixelRatioF()
            shown = QPixmap.fromImage(image).scaled(
                photo.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
            shown.setDevicePixelRatio(ratio)
            photo.setPixmap(shown)
        answers = (
            self.tr("1 right answer in the catalogue")
            if asked.right == 1
            else self.tr("{count} right answers in the catalogue")
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        for text, role in (
            (asked.name, "strong"),
            (answers.format(count=self.locale().toString(asked.right)), "muted"),
        ):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", role)
            label.setMinimumWidth(1)
            words.addWidget(label)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(photo)
        head.addLayout(words, 1)
        return head


def _tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Right answers are told by more than a colour."""
    badge = QRectF(box.right() - 19, box.bottom() - 19, 17, 17)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(badge)
    painter.setPen(QPen(QColor("white"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    left, middle = badge.left(), badge.center().y()
    painter.drawLine(round(left + 4), round(middle), round(left + 7), round(middle + 3))
    painter.drawLine(round(left + 7), round(middle + 3), round(left + 13), round(middle - 4))

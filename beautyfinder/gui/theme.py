"""The look: colours derived from the palette, type sizes, the style sheet, tinted icons."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from beautyfinder.paths import resource

BASE_POINTS = 10.0
# Where no desktop names a font, Qt takes whatever is called "Sans Serif"; these read better.
_BETTER_FONTS = ("Inter", "Noto Sans", "Cantarell", "Ubuntu", "Open Sans", "Roboto")


@dataclass(frozen=True)
class Theme:
    """Every colour that the window is drawn in, by its job."""

    dark: bool
    window: QColor
    surface: QColor
    well: QColor
    hover: QColor
    border: QColor
    border_strong: QColor
    text: QColor
    muted: QColor
    accent: QColor
    accent_hover: QColor
    accent_text: QColor
    accent_soft: QColor
    good: QColor
    warning: QColor
    warning_soft: QColor
    warning_border: QColor


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of `other` in `one`."""
    return QColor(
        *(round(a + (b - a) * share) for a, b in zip(_rgb(one), _rgb(other), strict=True))
    )


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def theme_of(palette: QPalette) -> Theme:
    """The colours that go with `palette`, whichever it is: light, dark, or a user's own."""
    window = palette.color(QPalette.ColorRole.Window)
    surface = palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.WindowText)
    accent = palette.color(QPalette.ColorRole.Highlight)
    dark = window.lightness() < text.lightness()
    warning = QColor("#f0b24a" if dark else "#a86400")
    return Theme(
        dark=dark,
        window=window,
        surface=surface,
        well=mix(surface, text, 0.05 if dark else 0.035),
        hover=mix(surface, text, 0.07),
        border=mix(surface, text, 0.13),
        border_strong=mix(surface, text, 0.28),
        text=text,
        muted=mix(text, window, 0.36 if dark else 0.38),
        accent=accent,
        accent_hover=mix(accent, text, 0.14),
        accent_text=palette.color(QPalette.ColorRole.HighlightedText),
        accent_soft=mix(surface, accent, 0.2 if dark else 0.1),
        good=QColor("#4cc38a" if dark else "#18794e"),
        warning=warning,
        warning_soft=mix(surface, warning, 0.14 if dark else 0.1),
        warning_border=mix(surface, warning, 0.4),
    )


def current_theme() -> Theme:
    """The colours of the application's palette as it is now."""
    return theme_of(QGuiApplication.palette())


def own_palette(dark: bool) -> QPalette:
    """BeautyFinder's light or dark palette."""
    window, surface, text, accent, accent_text = (
        ("#14161a", "#1d2026", "#eceef2", "#7c97ff", "#0d1020")
        if dark
        else ("#f4f5f8", "#ffffff", "#1b1e25", "#3d5af1", "#ffffff")
    )
    muted = mix(QColor(text), QColor(window), 0.45)
    palette = QPalette(QColor(surface), QColor(window))
    role = QPalette.ColorRole
    for roles, colour in (
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), QColor(text)),
        ((role.Base, role.Button, role.ToolTipBase), QColor(surface)),
        ((role.Window,), QColor(window)),
        ((role.AlternateBase,), mix(QColor(surface), QColor(text), 0.04)),
        ((role.Highlight, role.Link, role.Accent), QColor(accent)),
        ((role.HighlightedText,), QColor(accent_text)),
        ((role.PlaceholderText,), muted),
    ):
        for one in roles:
            palette.setColor(one, colour)
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, muted)
    return palette


class StyleKeeper(QObject):
    """Gives the application its look, and again whenever the desktop turns light or dark."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        # Kept: asked for a second time, PySide 6.12 gives the wrapper of a deleted object.
        self._hints = app.styleHints()
        self._accessibility = self._hints.accessibility()
        self._chosen = Qt.ColorScheme.Unknown
        app.setStyle("Fusion")
        self._font = _font(app.font())
        app.setFont(self._font)
        self._hints.colorSchemeChanged.connect(self._on_scheme_changed)
        self._on_scheme_changed(self._hints.colorScheme())

    def set_appearance(self, name: str) -> None:
        """ "light", "dark", or as the desktop is."""
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._chosen = schemes.get(name, Qt.ColorScheme.Unknown)
        self._hints.setColorScheme(self._chosen)
        self._on_scheme_changed(self._hints.colorScheme())

    def set_text_size(self, percent: int) -> None:
        """All type so large, in hundredths of the desktop's."""
        self._app.setFont(scaled_font(self._font, percent / 100))
        self.restyle()

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._chosen != Qt.ColorScheme.Unknown:  # not every platform takes the choice over
            scheme = self._chosen
        contrast = self._accessibility.contrastPreference()
        if contrast != Qt.ContrastPreference.HighContrast:  # else the desktop's own colours stay
            self._app.setPalette(own_palette(scheme == Qt.ColorScheme.Dark))
        self.restyle()

    def restyle(self) -> None:
        """The application's palette may have changed: fill the style sheet in again."""
        sheet = style_sheet(theme_of(self._app.palette()), self._app.font())
        if sheet != self._app.styleSheet():
            self._app.setStyleSheet(sheet)


def style_keeper() -> StyleKeeper | None:
    """The application's, if it has one."""
    app = QApplication.instance()
    return app.findChild(StyleKeeper) if app is not None else None


def restyle() -> None:
    """For a window whose palette changed, see StyleKeeper; nothing where there is none."""
    keeper = style_keeper()
    if keeper is not None:
        keeper.restyle()


def style_sheet(theme: Theme, font: QFont) -> str:
    """resources/style/app.qss with its names filled in."""
    points = font.pointSizeF()
    names = {
        "headline_pt": f"{points * 1.55:.1f}pt",
        "title_pt": f"{points * 1.2:.1f}pt",
        "chevron": resource("style/chevron.svg").as_posix(),
        "tick": resource(f"style/tick-{'dark' if theme.dark else 'light'}.svg").as_posix(),
    }
    for one in fields(theme):
        value = getattr(theme, one.name)
        if isinstance(value, QColor):
            names[one.name] = value.name()
    text = _sheet_text()
    return re.sub(r"@([a-z_]+)", lambda found: names.get(found[1], found[0]), text)


def _font(font: QFont) -> QFont:
    """The desktop's font, not smaller than is comfortable; a better one where it named none."""
    generic = font.family().lower().replace(" ", "") in {"sansserif", "sans", ""}
    if generic and QFontInfo(font).family() == "DejaVu Sans":
        there = set(QFontDatabase.families())
        better = next((name for name in _BETTER_FONTS if name in there), None)
        if better:
            font.setFamily(better)
    font.setPointSizeF(max(font.pointSizeF(), BASE_POINTS))
    return font


def scaled_font(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """`font` times `factor`."""
    result = QFont(font)
    result.setPointSizeF(max(font.pointSizeF(), 1.0) * factor)
    if weight is not None:
        result.setWeight(weight)
    return result


def paint_icon(painter: QPainter, name: str, place: QRectF, colour: QColor) -> None:
    """Draw resources/icons/NAME.svg with its `currentColor` being `colour`."""
    _icon_renderer(name, colour.name()).render(painter, place)


@cache
def _icon_renderer(name: str, colour: str) -> QSvgRenderer:
    """Read and parsed once for each colour: cards draw their icons at every paint."""
    svg = resource(f"icons/{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(svg.replace(b"currentColor", colour.encode())))


@cache
def _sheet_text() -> str:
    return resource("style/app.qss").read_text(encoding="utf-8")


def icon_pixmap(name: str, side: int, colour: QColor, ratio: float) -> QPixmap:
    """The icon as a square pixmap of `side` device-independent pixels."""
    image = QImage(QSize(side, side) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(0, 0, side, side), colour)
    painter.end()
    return QPixmap.fromImage(image)


class _TintedEngine(QIconEngine):
    """Draws the icon in a colour of the theme as it is at that moment."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        theme = current_theme()
        colour = theme.muted if mode == QIcon.Mode.Disabled else getattr(theme, self._colour)
        side = min(rect.width(), rect.height())
        top = rect.top() + (rect.height() - side) / 2
        paint_icon(painter, self._name, QRectF(rect.left(), top, side, side), colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        image = QImage(size * scale, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(scale)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return QPixmap.fromImage(image)

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._colour)


def tinted_icon(name: str, colour: str = "text") -> QIcon:
    """resources/icons/NAME.svg in the theme's colour of that name, light or dark alike."""
    resource(f"icons/{name}.svg")  # a missing one must not pass silently
    return QIcon(_TintedEngine(name, colour))


def app_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resource("icons/app.svg")))

"""What light, lens and sensor of a phone do to a scene: cast, glare, blur, noise."""

import cv2
import numpy as np

from beautyfinder.sample.lettering import Pixels
from beautyfinder.sample.surfaces import Floats, cloud


def _light(height: int, width: int, rng: np.random.Generator) -> Floats:
    """Uneven light, float32 (H, W, 1) about 1: a slope, soft shadows, vignetting."""
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    angle = float(rng.uniform(0, 2 * np.pi))
    light = 1 + float(rng.uniform(0.05, 0.24)) * (x * np.cos(angle) + y * np.sin(angle))
    light += float(rng.uniform(0, 0.10)) * cloud(height, width, rng, (2, 4))
    if rng.random() < 0.3:  # the shadow of whoever takes the picture, or of a window frame
        edge = x * np.cos(angle + 1) + y * np.sin(angle + 1) - float(rng.uniform(0.0, 0.6))
        light *= 1 - float(rng.uniform(0.14, 0.32)) / (
            1 + np.exp(-edge * float(rng.uniform(9, 30)))
        )
    light *= 1 - float(rng.uniform(0.03, 0.16)) * (x**2 + y**2) / 2
    bright: Floats = light[..., None].astype(np.float32)
    return bright


def _glare(image: Pixels, rng: np.random.Generator) -> None:
    """A lamp's reflection across the middle of the frame, in place."""
    height, width = image.shape[:2]
    mask = np.zeros((height // 4, width // 4), np.float32)
    centre = (int(rng.uniform(0.36, 0.64) * width / 4), int(rng.uniform(0.25, 0.7) * height / 4))
    axes = (int(rng.uniform(5, 16)), int(rng.uniform(18, 58)))
    cv2.ellipse(mask, centre, axes, float(rng.uniform(-40, 40)), 0, 360, (1.0,), -1)
    mask = cv2.GaussianBlur(mask, (0, 0), float(rng.uniform(4, 9))).astype(np.float32)
    whole = cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR)[..., None]
    strength = float(rng.uniform(0.25, 0.60))
    image[:] = (image + (255 - image.astype(np.float32)) * whole * strength).astype(np.uint8)


def _motion(image: Pixels, length: int, angle: float) -> Pixels:
    size = length | 1
    kernel = np.zeros((size, size), np.float32)
    kernel[size // 2] = 1
    matrix = cv2.getRotationMatrix2D((size / 2 - 0.5, size / 2 - 0.5), angle, 1)
    kernel = cv2.warpAffine(kernel, matrix, (size, size)).astype(np.float32)
    return cv2.filter2D(image, -1, kernel / max(float(kernel.sum()), 1e-6)).astype(np.uint8)


def develop(image: Pixels, rng: np.random.Generator) -> Pixels:
    """Take uint8 (H, W, 3) RGB `image` with a phone: the same size, worse in an ordinary way."""
    if rng.random() < 0.45:
        _glare(image, rng)
    height, width = image.shape[:2]
    warm, green = float(rng.uniform(-0.08, 0.11)), float(rng.uniform(-0.025, 0.025))
    if rng.random() < 0.2:
        warm += 0.08  # lamplight
    cast = np.array([1 + warm, 1 + green, 1 - warm * 1.3])
    exposure = float(rng.uniform(0.78, 1.12))
    light = (
        image.astype(np.float32) * _light(height, width, rng) * (cast * exposure).astype(np.float32)
    )
    image = np.clip(light, 0, 255).astype(np.uint8)
    how = float(rng.random())
    if how < 0.45:
        image = cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.6, 2.0))).astype(np.uint8)
    elif how < 0.65:
        image = _motion(image, int(rng.integers(4, 11)), float(rng.uniform(0, 180)))
    else:
        image = cv2.GaussianBlur(image, (0, 0), 0.6).astype(np.uint8)
    level = float(rng.uniform(1.5, 7.0))
    fine = rng.standard_normal((height, width, 1), dtype=np.float32) * level
    coarse = (
        rng.standard_normal((height // 2 + 1, width // 2 + 1, 3), dtype=np.float32) * level * 0.6
    )
    blotch = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.clip(image + fine + blotch, 0, 255).astype(np.uint8)

"""Letters: every face draws, sizes are kept, nothing is cut off."""

import numpy as np
import pytest

from beautyfinder.sample.brands import BRANDS
from beautyfinder.sample.emblems import emblem_mask
from beautyfinder.sample.glyphs import SKELETON
from beautyfinder.sample.lettering import FACES, LINE_BOX, fitted_mask, stamp, text_mask


@pytest.mark.parametrize("face", list(FACES))
def test_every_face_draws_at_the_asked_size(face: str) -> None:
    mask = text_mask("HEM", face, 40.0)
    assert mask.dtype == np.uint8
    assert mask.shape[0] == round(40 * LINE_BOX)
    inked = np.flatnonzero(mask.max(axis=1) > 128)
    assert 36 <= inked[-1] - inked[0] + 1 <= 44
    assert text_mask("HEM", face, 40.0, 0.5).shape[1] > mask.shape[1] * 1.15
    assert text_mask("HEMHEMHEM", face, 40.0).shape[1] > mask.shape[1] * 2.6


def test_text_is_fitted_to_a_width() -> None:
    assert fitted_mask("Extraordinary Body Lotion", "bold", 30, 0.1, 90).shape[1] <= 92
    assert fitted_mask("", "sans", 12, 0, 50).size > 0


def test_drawn_faces_know_every_letter_of_the_brands() -> None:
    for brand in BRANDS:
        assert brand.face in FACES
        assert brand.text_face in FACES
        assert emblem_mask(brand.emblem, 32, brand.name[0]).max() > 200
        if FACES[brand.face].engine == "drawn":
            assert set(brand.name.upper()) <= set(SKELETON)


def test_stamping_over_an_edge_is_clipped() -> None:
    board = np.zeros((20, 20, 3), np.uint8)
    mask = np.full((10, 10), 255, np.uint8)
    stamp(board, mask, 15, -5, (200, 100, 50))
    assert board[:5, 15:].tolist() == [[[200, 100, 50]] * 5] * 5
    assert board[5:].max() == 0
    stamp(board, mask, 40, 40, (1, 1, 1))

"""Inner loops in C++: operations that NumPy, torch and OpenCV lack, or take too long for."""

from beautyfinder.errors import UserError

try:
    from beautyfinder.kernels._native import (
        Cells,
        QueryDescriptors,
        denormals_as_zero,
        distances,
        instruction_sets,
        sift,
    )
except ImportError as error:
    raise UserError(
        f"The compiled part of BeautyFinder is missing or does not load ({error}); install "
        "BeautyFinder anew: in a checkout, `make` or `pip install -e .` compiles it."
    ) from error

__all__ = [
    "Cells",
    "QueryDescriptors",
    "denormals_as_zero",
    "distances",
    "instruction_sets",
    "sift",
]

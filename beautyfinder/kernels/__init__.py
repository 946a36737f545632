"""Inner loops in C++, for which neither NumPy nor torch nor OpenCV has the operation."""

from beautyfinder.kernels._native import QueryDescriptors, instruction_sets

__all__ = ["QueryDescriptors", "instruction_sets"]

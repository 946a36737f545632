"""Inner loops in C++: operations that NumPy, torch and OpenCV lack, or take too long for."""

from beautyfinder.kernels._native import QueryDescriptors, instruction_sets, sift

__all__ = ["QueryDescriptors", "instruction_sets", "sift"]

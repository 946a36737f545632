"""What the compiled module offers; see native.cpp."""

import numpy as np
from numpy.typing import NDArray

def instruction_sets() -> list[str]:
    """Instruction sets that this processor has and this build has loops for, the best first."""

def denormals_as_zero(as_zero: bool) -> bool:
    """Whether floats below the normal range count as zero in this thread, from now on.

    Returns what was so before. Threads that it starts take it over. Only x86 processors know this;
    for others nothing changes.
    """

def distances(
    query: NDArray[np.float32],
    rows: NDArray[np.float16],
    metric: str,
    places: NDArray[np.int64] | None = None,
    instructions: str = "",
) -> NDArray[np.float32]:
    """Distances of `rows` (N, D), C-contiguous, to `query` (D,), of all or of those at `places`.

    metric: "cosine", "l1" or "l2" (paper, eq. 8, 6, 7); summed in float32. A row of zeros is at
    cosine distance 1 from everything. ValueError for shapes and for rows of a type other than
    these, and for places that are none. Other Python threads run meanwhile. `instructions`: as for
    QueryDescriptors.
    """

def sift(
    grey: NDArray[np.uint8], limit: int, instructions: str = ""
) -> tuple[
    NDArray[np.float32],
    NDArray[np.float32],
    NDArray[np.float32],
    NDArray[np.float32],
    NDArray[np.uint8],
]:
    """The `limit` strongest SIFT keypoints of `grey` (H, W), as OpenCV's SIFT finds them.

    Points (K, 2), x and y in pixels, the centre of the top-left pixel being (0, 0); diameters (K,)
    in pixels; angles (K,), degrees clockwise; responses (K,); descriptors (K, 128). Strongest
    first, ties by y, x, angle. Other Python threads run meanwhile; each thread keeps the memory of
    its pyramid, 32 MB for 512 x 512. `instructions`: as for QueryDescriptors.
    """

class QueryDescriptors:
    """A photo's SIFT descriptors, uint8 (Q, 128), prepared to be matched many times.

    `instructions`: one of instruction_sets(), the best where it is empty; ValueError for others.
    """

    def __init__(self, descriptors: NDArray[np.uint8], instructions: str = "") -> None: ...
    def match(
        self, candidate: NDArray[np.uint8], ratio: float
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """Query indices, candidate indices (ascending) and distances of the mutual RootSIFT matches
        with `candidate` (K, 128) that pass the ratio test. Other Python threads run meanwhile.
        """
    def neighbours(
        self, candidate: NDArray[np.uint8]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.bool_]]:
        """Of each of `candidate` (K, 128): its nearest query keypoint (K,), distances to the two
        nearest (K, 2), whether it is the nearest of its nearest, too (K,). All pairs are compared.
        ValueError where the query has fewer than two keypoints.
        """

class Cells:
    """Centroids, uint8 (C, 128), that descriptors are to be compared with; whole numbers, exact.

    Where there are inner cells, uint8 (c, 128) or (0, 128), a centroid lies in that of the nearest,
    and a descriptor is compared with the centroids in its `probes` nearest inner cells; else with
    all. `instructions`: as for QueryDescriptors. May be used from several threads.
    """

    def __init__(
        self,
        centroids: NDArray[np.uint8],
        inner: NDArray[np.uint8],
        probes: int,
        instructions: str = "",
    ) -> None: ...
    def nearest(self, descriptors: NDArray[np.uint8]) -> NDArray[np.int32]:
        """The number of the nearest centroid of each of descriptors (K, 128): (K,).

        Of equally near ones that in the inner cell of the lower number, within a cell that of the
        lower number; 0 where the inner cells asked are all empty. Other Python threads run
        meanwhile.
        """

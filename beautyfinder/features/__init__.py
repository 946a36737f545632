"""One picture to numbers: deep descriptors and local features."""

"""ProductImage: what the catalogue says of one picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProductImage:
    """One picture of one product. `path` is absolute; texts are empty where nothing is known.

    `image_id` is unique within a store; several images may share a `product_id`.
    """

    image_id: str
    product_id: str
    path: str
    title: str = ""
    brand: str = ""
    price: str = ""
    url: str = ""
    description: str = ""

    @property
    def name(self) -> str:
        """The title, or the product's id where there is none."""
        return self.title or self.product_id

"""beautyfinder match: what of a photo is found on a catalogue picture, drawn and in numbers."""

from __future__ import annotations

from pathlib import Path

import click

from beautyfinder import console
from beautyfinder.commands.options import json_option
from beautyfinder.errors import UserError


@click.command()
@click.argument("photo", metavar="PHOTO")
@click.argument("catalogue_image", metavar="CATALOGUE_IMAGE")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="OUT.png",
              help="The picture to draw: .png, .jpg or .svg.")  # fmt: skip
@click.option("--rule", type=click.Choice(("verified", "paper")), default="verified",
              show_default=True, help="Matching as of --rerank verified or sift.")  # fmt: skip
@click.option("--ratio", type=click.FloatRange(0, 1, min_open=True), default=None, metavar="R",
              help="Greatest nearest-to-second-nearest distance of a match. "
              "[default: 0.9 for verified, 0.8 for paper]")  # fmt: skip
@json_option
def match(
    photo: str, catalogue_image: str, out: Path, rule: str, ratio: float | None, as_json: bool
) -> int:
    """Draw how a photo matches a catalogue picture: keypoints, matches, where the product lies.

    Both pictures stand side by side at their own size in pixels, their middles level.
    """
    from beautyfinder.photo import read_photo

    query, picture = read_photo(photo), read_photo(catalogue_image)
    from beautyfinder.search.inspection import DEFAULT_RATIO, inspect, outline, pairing_at
    from beautyfinder.search.match_caption import caption
    from beautyfinder.search.match_picture import check_target, write_match

    check_target(out)
    for given in (photo, catalogue_image):
        if out.exists() and out.samefile(given):
            raise UserError(f"{out} is one of the two pictures; choose another name to draw into.")
    inspection = inspect(query.pixels, picture.pixels, rule)
    pairing = pairing_at(inspection, DEFAULT_RATIO[rule] if ratio is None else ratio)
    write_match(out, query.pixels, picture.pixels, inspection, pairing)
    if not as_json:
        console.out.print(f"{photo}: {caption(inspection, pairing)[0]}. Drawn into {out}.",
                          markup=False)  # fmt: skip
        return 0
    geometry = pairing.geometry
    corners = outline(pairing, inspection.catalogue_size)
    console.say_json(
        {
            "query": photo,
            "image": catalogue_image,
            "rule": rule,
            "ratio": pairing.ratio,
            "keypoints": {"query": len(inspection.query), "catalogue": len(inspection.catalogue)},
            "matches": pairing.match_count,
            "inliers": pairing.inlier_count,
            "reprojection_error_px": None if geometry is None else geometry.error,
            "homography": None if geometry is None else geometry.homography.tolist(),
            "outline": None if corners is None else corners.tolist(),
            "out": str(out),
        }
    )
    return 0

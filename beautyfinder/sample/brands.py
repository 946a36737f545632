"""The invented brands: name, mood, lettering, emblem and colours of each."""

from dataclasses import dataclass

from beautyfinder.sample.lettering import Colour
from beautyfinder.sample.palette import from_hex


@dataclass(frozen=True)
class Brand:
    """A house style. `colours`: body, ink, accent, deep, second; `metal` names its hardware."""

    name: str
    mood: str
    face: str
    tracking: float
    capitals: bool
    text_face: str
    emblem: str
    metal: str
    colours: tuple[Colour, ...]


# name | mood | brand face, tracking, case (U upper, M mixed) | text face | emblem | metal | colours
# colours: body ink accent deep second
_TABLE = """
Aurelle|luxe|didone|.22|U|aileron|sun|gold|f6ece2 2b2326 c9a227 5a1f2b e8c9b9
Velmora|luxe|didone|.30|U|thin|moon|rose gold|1f1b24 f3e6dc d4a5a5 3b1f36 8d5a6b
Nuvessa|clinical|thin|.34|U|humanist|drop|silver|fbfcfd 23405c 2f86c1 16314a cfe6f2
Tansyloe|botanical|serif|.12|U|humanist|leaf|pale gold|f3f0e3 34422c 7d9a4f 3f5a36 d9c98a
Kaldrin|men|condensed|.10|U|humanist-narrow|hexagon|gunmetal|23272b f0f1f2 d9772b 14171a 5d6770
Pomarine|fun|black|.00|M|sans|citrus|silver|ffd9c7 5b1a3a ff6b4a c2185b ffb13d
Lisenne|classic|didone-slant|.10|U|aileron|flower|pale gold|f9e9ea 5a2a3c c86b85 7a2f49 f1c8cf
Orvanta|modern|wide|.16|M|aileron|circle|silver|e9e4f0 3a3350 8d7bb8 4c3f73 c9bfe0
Mirellune|luxe|hairline|.44|U|thin|moon|silver|10182b dfe6f5 9fb4dd 0a1020 3d4f7c
Brindlewick|natural|slab|.14|U|humanist|sprig|copper|e7d9c1 43301f 9a5b2e 5f3d22 b99a6b
Solvanne|classic|serif|.20|U|italic|sun|gold|fff3d6 6b3e12 e39a2d a6561a f7d58b
Huldra & Fenn|botanical|didone|.08|U|humanist|fern|copper|233a30 efe9d8 b7c48a 152720 6f8b5e
Cassivel|luxe|didone-narrow|.26|U|aileron|crown|gold|6d0f24 f7e9d4 d8b06a 3c0713 a93a4a
Ondarine|clinical|wide|.12|M|sans|wave|silver|eef7f9 0f4c5c 2a9db0 0b3440 a8dde4
Thistlemere|botanical|italic|.04|M|humanist|thistle|silver|efeaf4 4a3560 8e6bb0 3b2a4d c7b2dd
Zephrine|modern|geometric-wide|.30|U|aileron|wave|silver|dff1ec 1f4f4a 49a894 20605a f5b8a5
Eskadal|natural|geometric|.18|U|humanist|mountain|gunmetal|dcdcd2 333a35 6c8074 39463f b7bfae
Quillora|fun|italic-bold|.00|M|sans|star|rose gold|ffc6e0 6a0f4d ff2f8e b0126b 8de0e6
Dermavanta|clinical|bold|.02|M|humanist|cross|silver|ffffff 1a2f4f e0453a 1d3f73 d9e3ee
Noirelle|luxe|hairline|.36|U|thin|diamond|gold|18171a e9dcc3 c6a15b 0c0c0e 4a4339
Sablemoss|natural|serif|.10|U|humanist|leaf|copper|cfc8b2 2f3326 7a7a45 3d4228 a48f5f
Pinkadilly|fun|black|.02|U|sans|heart|silver|ff9ec4 ffffff f7e04b d81b72 5fc9c4
Aquavere|clinical|thin|.20|U|humanist|drop|silver|d8eefb 0d3a66 1587d6 0b2a4a 8ecbf2
Ferrowick|men|slab|.12|U|humanist-narrow|anchor|copper|1d2a3a efe6d5 b5803e 101a26 56708c
Liltana|modern|sans|.40|U|aileron|flower|rose gold|fbe3d6 5c2f2b e2725b 8f3b31 f4b9a2
Verbelle|botanical|didone|.14|U|italic|flower|pale gold|eef3e4 2e4a35 a3b86c 2f5a3c e9b7c0
Ostriana|luxe|didone|.40|U|aileron|shell|pale gold|efe7dd 3a322c a58b6f 5b4a3c d6c4ad
Bublik Lane|fun|condensed|.04|U|sans|dots|silver|ffe45c 222222 ff5a36 1f6feb 35c2a0
Maristelle|classic|serif|.24|U|humanist-slant|shell|silver|e6f0f4 1e3d52 3f86a8 1b4a66 f0d9b5
Tolvane|men|wide|.26|U|thin|triangle|gunmetal|3a3d3f f4f4f2 8fb04a 1c1e1f 7c8285
Honeymarsh|natural|italic-bold|.00|M|humanist|comb|gold|ffe9b0 5b3710 e8a010 8a5412 fff6df
Cyrenelle|luxe|serif|.28|U|aileron|eye|gold|0f3d3a f2e7cf d2ad63 07221f 2f7a70
Plumbria|modern|geometric|.08|U|aileron|circle|rose gold|ddc5d8 40203f 8a4a86 4a1d49 f0e2ee
Sundrift|fun|black|.00|M|humanist|sun|silver|ffedc2 7a3c00 ff8a1f e5531b 37b5d8
Alderwyn|botanical|slab|.08|U|humanist|tree|copper|e3e8d7 26352a 5c7f55 22402d c7b07a
Opaline Row|modern|thin|.26|M|aileron|diamond|silver|f1eef8 363247 a89ad4 57508a bfe3e0
Rosavelle|classic|didone-slant|.06|U|italic|rose|gold|fdeef0 7a1f3a d2486e 8f1d42 f6c7d0
Skandivy|clinical|sans|.10|M|humanist|cross|silver|f4f6f3 1f3b33 3f8f6f 17352c c4e0d0
Mirrabelle|fun|geometric-wide|.06|U|sans|star|rose gold|cdb8ff 2b1055 7b3ff2 40158f ffd23f
Oudasha|luxe|didone|.18|U|thin|arch|gold|2c1810 f0dcb8 d09a45 180c06 7b4a25
Tidewren|natural|humanist|.16|U|humanist|bird|silver|d9e5e3 26424a 4f8a8b 1e3a42 eadfc8
Calydene|classic|serif|.16|U|humanist|crown|pale gold|eceaf6 2f2f63 6a6ab5 24245a c9b98a
Barberlane|men|slab|.20|U|condensed|anchor|gunmetal|7b1e1e f4ead6 e0c48a 3d0d0d c9b79c
Mossa Verde|botanical|wide|.20|M|humanist|fern|pale gold|c9dbb8 23402a 4f8a4a 1d4a2c f4efdc
Petalune|classic|italic|.10|M|aileron|rose|rose gold|f7dfe6 653047 b9577d 6b2341 fff4ee
Kinjara|modern|condensed|.30|U|humanist|arch|copper|f0d9c0 3b2417 c4622d 7a3418 3d6b63
Glowmade|fun|bold|.00|M|sans|spark|rose gold|ffe0ef 8a0f5a ff5fa8 a5147a ffd86b
Vitrelle Lab|clinical|aileron-wide|.14|M|aileron|molecule|silver|f7f8fa 2a2d34 6f5bd6 2b2550 d8d3f5
Sorrelbrook|natural|didone-narrow|.10|U|humanist|sprig|copper|f1e4d3 5a2d1c b5502f 6a2c18 8da47e
Halcyra|clinical|hairline|.30|U|humanist|wave|silver|e9f3f1 1d4d4f 3fa7a0 113638 f7c9a9
Duskara|luxe|geometric|.34|U|thin|moon|copper|3a2436 f3dfd0 d98c6a 1f121d 7d4a68
Windermoor|men|serif|.14|U|humanist|mountain|silver|d8dde0 1c2b36 46708c 16242e a8b7a2
Cottonella|natural|italic|.00|M|humanist|cotton|silver|fbf9f4 4a5a6a 8fb1c9 3d5468 f3d9cf
Zestrina|fun|black|.00|M|humanist|citrus|silver|e4f58a 1f4a1c 8ac926 2f7d1e ffca3a
Amberline|natural|wide|.22|U|aileron|comb|gold|f4e3c4 4b2c12 cc7f25 7a4517 b8c4a0
Seraphelle|luxe|didone-slant|.16|U|aileron|feather|pale gold|fbf7f1 4d443b bfa06a 7a6a55 e9dfcf
Ivorine|classic|didone|.28|U|aileron|monogram|silver|fdfbf5 2c2c34 9a8f7c 40404c d9d2c2
Tamariska|botanical|serif|.06|U|italic|thistle|copper|f8e6d8 5f2a35 cf6f62 7a2a3e 9db08a
Luxandre|luxe|monogram|.20|U|thin|monogram|gold|0d0d10 f2ead8 cdb27a 000000 3a3a40
Pebblecraft|modern|bold|.00|M|humanist|circle|silver|d7d3cb 3a3833 d96c4f 55514a f0ece3
"""


def _parse(line: str) -> Brand:
    name, mood, face, tracking, case, text_face, emblem, metal, colours = line.split("|")
    return Brand(
        name=name,
        mood=mood,
        face="didone" if face == "monogram" else face,
        tracking=float(tracking),
        capitals=case == "U",
        text_face=text_face,
        emblem=emblem,
        metal=metal,
        colours=tuple(from_hex(colour) for colour in colours.split()),
    )


BRANDS: tuple[Brand, ...] = tuple(_parse(line) for line in _TABLE.strip().splitlines())

"""The vocabulary of the labels: lines, product types, shades, claims, small print."""

from beautyfinder.sample.lettering import Colour
from beautyfinder.sample.palette import from_hex

_LINES = """
Velvet Radiance Hydra Pure Silk Bloom Nocturne Essential Calm Luminous Botanica Cashmere Aqua
Ritual Glow Renew Satin Dew Vital Soft Mineral Intense Atlas Serene Opal Cloud Ember Wild
Balance Crystal Halo Origin Breeze Amber Cocoon Prism Lagoon Meadow Fresh Orchid Sunlit
Midnight Pearl Harmony Solstice Verdant Feather Lumen Garden Nectar Drift Repair Comfort Zen
Alba Charm Muse Sonata Tonic Elan Reverie Clarity Aura Tender Vivid Grove Rosewater Marine
Coral Bare Lustre Melody Petal Infusion Oasis Terra Sublime
"""
LINES: tuple[str, ...] = tuple(_LINES.split())

SECOND_LINES: tuple[str, ...] = ("", "Nuit", "Plus", "Prime", "Reserve", "Edition", "Duo", "Neo")

# kind -> product types, each "type|grammar" where the type goes on the pack and in the title
TYPES: dict[str, tuple[str, ...]] = {
    "pump": ("Body Lotion", "Hand Wash", "Body Milk", "Hand Cream", "Cleansing Milk", "Bath Gel"),
    "flip": ("Shampoo", "Conditioner", "Shower Gel", "Body Wash", "Micellar Water", "Hair Balm"),
    "dropper": ("Face Serum", "Facial Oil", "Vitamin C Serum", "Night Elixir", "Hyaluron Drops"),
    "tube": ("Hand Cream", "Face Scrub", "Sun Cream SPF 50", "Day Cream", "Gel Cleanser", "Mask"),
    "jar": ("Day Cream", "Night Cream", "Body Butter", "Hair Mask", "Sugar Scrub", "Eye Balm"),
    "lipstick": ("Lipstick", "Matte Lipstick", "Lip Colour", "Creme Lipstick"),
    "gloss": ("Lip Gloss", "Liquid Lipstick", "Lip Oil", "Lip Tint"),
    "mascara": ("Mascara", "Volume Mascara", "Lash Primer", "Brow Gel"),
    "polish": ("Nail Polish", "Gel Nail Colour", "Nail Lacquer"),
    "flacon": ("Eau de Parfum", "Eau de Toilette", "Extrait de Parfum", "Cologne"),
    "carton": ("Face Serum", "Night Cream", "Hair Colour", "Eye Cream", "Ampoules", "Lift Serum"),
    "soap": ("Bar Soap", "Solid Shampoo", "Hand Soap", "Shaving Soap"),
    "spray": ("Hair Spray", "Deodorant Spray", "Shaving Foam", "Dry Shampoo", "Body Mist"),
    "stick": ("Deodorant Stick", "Antiperspirant", "Sun Stick"),
    "rollon": ("Roll-On Deodorant", "Roll-On Perfume", "Eye Roll-On"),
    "compact": ("Blush", "Pressed Powder", "Bronzer", "Highlighter"),
    "palette": ("Eyeshadow Palette", "Face Palette", "Contour Palette"),
    "sachet": ("Sheet Mask", "Clay Mask", "Hair Treatment", "Bath Salts"),
    "foundation": ("Foundation", "Skin Tint", "Fluid Concealer"),
    "airless": ("Day Fluid", "Eye Serum", "Retinol Cream", "Anti-Age Fluid"),
}

WORDINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "hair": (
        ("for dry hair", "for fine hair", "for coloured hair", "for curly hair"),
        ("repair & care", "volume & lift", "smooth & shine", "anti-dandruff"),
    ),
    "skin": (
        ("for dry skin", "for oily skin", "for sensitive skin", "for mature skin"),
        ("lavender & sage", "rose & lychee", "orange & neroli", "mint & eucalyptus"),
        ("hydrating", "soothing", "firming", "brightening"),
    ),
}

VOLUMES: dict[str, tuple[int, ...]] = {
    "pump": (250, 300, 400),
    "flip": (200, 250, 300),
    "dropper": (30, 20),
    "tube": (75, 100, 50),
    "jar": (50, 75),
    "flacon": (50, 75),
    "spray": (150, 200),
    "airless": (50, 30),
    "rollon": (50, 40),
    "carton": (30, 50),
    "sachet": (25, 30),
}

SIZE_STEPS: dict[str, tuple[int, ...]] = {
    "pump": (150, 300, 500),
    "flip": (75, 250, 400),
    "dropper": (15, 30, 60),
    "tube": (30, 75, 150),
    "jar": (30, 50, 200),
    "flacon": (30, 50, 100),
    "spray": (50, 150, 250),
    "airless": (15, 30, 75),
}

_SHADES: dict[str, str] = {
    "lip": """Rouge Opera b3122b|Dusty Rose b8606b|Coral Kiss e5604d|Plum Noir 5b1433|
    Nude Silk c08a73|Fuchsia Pop d21873|Brick Lane 9a3324|Mauve Mood 8e5a74|Cherry Lake c4102a|
    Peach Sorbet ef8c6e|Berry Wine 7a1338|Toffee 9c5f42|Hot Pink f03c8d|Terracotta b5523a""",
    "cheek": """Peony e58fa0|Apricot f0a57e|Rosewood b5686a|Golden Hour d9a066|Petal f2b5bd|
    Sienna b9714d|Champagne ead2b5|Mocha 8f5d43|Mauve b07a92|Sunkissed cf8a5a""",
    "nail": """Ruby Lights b0132d|Lagoon 1c8c9e|Midnight 1c2450|Lilac Haze b39ad6|Mint Leaf 8fd0b5|
    Lemon Zest f3d447|Ballet f4c9cf|Graphite 4a4d55|Tangerine f26b2c|Emerald 0f6b4c|Fig 4f1d3d|
    Sky 7db8e8|Sand d8bf9f|Coral ff6f61|Orchid a4418f|Snow f2f0ee""",
    "skin": """Porcelain f3d9c4|Ivory efd0b1|Sand e3b98f|Honey d09c6a|Almond b98256|Caramel a06a42|
    Chestnut 7d4c30|Espresso 55311f""",
}


def _shade_list(text: str) -> tuple[tuple[str, Colour], ...]:
    entries = [entry.strip().rsplit(" ", 1) for entry in text.replace("\n", " ").split("|")]
    return tuple((name.strip(), from_hex(code)) for name, code in entries)


SHADES: dict[str, tuple[tuple[str, Colour], ...]] = {
    group: _shade_list(text) for group, text in _SHADES.items()
}

SHADE_GROUP: dict[str, str] = {
    "lipstick": "lip",
    "gloss": "lip",
    "polish": "nail",
    "compact": "cheek",
    "foundation": "skin",
}

CLAIMS: dict[str, tuple[str, ...]] = {
    "luxe": ("lasting elegance", "precious oils", "eclat absolu", "couture finish", "rare essence"),
    "clinical": (
        "dermatologically tested",
        "fragrance free",
        "pH 5.5",
        "5 % urea",
        "24 h moisture",
    ),
    "botanical": ("with organic aloe", "98 % natural origin", "cold-pressed oils", "vegan formula"),
    "fun": ("oh so juicy!", "big glow energy", "smells like summer", "no bad days", "so fresh"),
    "natural": ("handmade in small batches", "no parabens", "zero waste", "plant based", "vegan"),
    "men": (
        "all day power",
        "no nonsense care",
        "cool recharge",
        "extra strong",
        "for beard & face",
    ),
    "classic": ("since 1926", "the original recipe", "with rose extract", "gentle daily care"),
    "modern": ("clean formula", "skin first", "less is more", "refillable", "cruelty free"),
}

ACTIVES: tuple[str, ...] = (
    "argan oil", "aloe vera", "hyaluronic acid", "shea butter", "niacinamide", "green tea",
    "rose water", "almond milk", "sea minerals", "calendula", "coconut", "vitamin E", "bamboo",
    "jojoba", "white lily", "fig extract", "oat milk", "honey", "sea buckthorn", "peptides",
)  # fmt: skip

INGREDIENTS: tuple[str, ...] = (
    "Aqua", "Glycerin", "Cetearyl Alcohol", "Sodium Laureth Sulfate", "Parfum", "Limonene",
    "Linalool", "Citric Acid", "Panthenol", "Tocopherol", "Xanthan Gum", "Caprylyl Glycol",
    "Butyrospermum Parkii Butter", "Aloe Barbadensis Leaf Juice", "Sodium Benzoate", "Squalane",
    "Coco-Glucoside", "Phenoxyethanol", "Helianthus Annuus Seed Oil", "Citronellol", "Geraniol",
)  # fmt: skip

STORIES: dict[str, tuple[str, ...]] = {
    "face": ("Absorbs quickly and leaves the skin supple.", "A light texture for every day."),
    "hair": ("Cleans gently and leaves a soft shine.", "Makes hair easy to comb, wet or dry."),
    "body": ("A caring formula with a fresh, mild scent.", "Skin feels smooth from the first use."),
    "colour": ("Even colour that lasts through the day.", "Glides on and stays comfortable."),
    "scent": ("A warm trail of woods and flowers.", "Bright citrus over a quiet musk."),
}

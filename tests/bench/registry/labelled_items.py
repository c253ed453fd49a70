"""A seeded file of items in which some are registered twice, and what an import must say of each row."""

import csv
import random

HEADER = ("name_fa", "name_en", "class", "gtin", "supplier_part", "attr.brand", "attr.model")
# Goods of the first class are told apart by brand and model, those of the second by nothing but their names.
CLASSES = """key_code,name_fa,name_en,attributes
97,قطعات,Parts,brand:text:required:fa=نام تجاری:en=Brand;model:text:required:fa=مدل:en=Model
9701,قطعات شناسنامه‌دار,Parts with papers,brand:text:required:identifying;model:text:required:identifying
9702,قطعات ساده,Plain parts,
"""
IDENTIFIED, PLAIN = "9701", "9702"

THINGS = (("پیچ", "bolt"), ("مهره", "nut"), ("واشر", "washer"), ("بلبرینگ", "bearing"), ("تسمه", "belt"), ("زنجیر", "chain"),
          ("فیلتر", "filter"), ("شیر", "valve"), ("پمپ", "pump"), ("لوله", "pipe"), ("زانویی", "elbow"), ("سه‌راهی", "tee"),
          ("کابل", "cable"), ("کلید", "switch"), ("فیوز", "fuse"), ("رله", "relay"), ("حسگر", "sensor"), ("موتور", "motor"))
KINDS = (("فولادی", "steel"), ("برنجی", "brass"), ("پلاستیکی", "plastic"), ("لاستیکی", "rubber"), ("آلومینیومی", "aluminium"),
         ("گالوانیزه", "galvanised"), ("استنلس", "stainless"), ("چدنی", "castiron"), ("مسی", "copper"), ("سرامیکی", "ceramic"))
USES = (("خودرو", "car"), ("ساختمان", "building"), ("کشاورزی", "farming"), ("صنعتی", "industrial"), ("خانگی", "household"),
        ("دریایی", "marine"), ("هیدرولیک", "hydraulic"), ("پنوماتیک", "pneumatic"), ("برقی", "electric"), ("حرارتی", "thermal"))

# Of a hundred rows so many are each kind of duplicate of an earlier row.
SHARE_OF_KIND = 2
DUPLICATE_KINDS = ("gtin", "supplier_part", "identity", "similar")


def gtin13(number):
    digits = f"626{number:09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def fresh_item(draw, number):
    """A new item; its number stands in its names, so that no two of them are like each other."""
    thing, kind, use = draw.choice(THINGS), draw.choice(KINDS), draw.choice(USES)
    return {"name_fa": f"{thing[0]} {kind[0]} {use[0]} {number}", "name_en": f"{kind[1]} {thing[1]} for {use[1]} use {number}",
            "class": draw.choice((IDENTIFIED, PLAIN)), "gtin": gtin13(number), "supplier_part": f"P-{number:07d}",
            "attr.brand": f"Brand {draw.randrange(500)}", "attr.model": f"M{number}"}


def misspelt(draw, name):
    """One letter of the longest word twice."""
    words = name.split()
    longest = max((at for at in range(len(words)) if words[at].isalpha()), key=lambda at: len(words[at]))
    word = words[longest]
    place = draw.randrange(2, len(word) - 1)
    words[longest] = word[:place] + word[place] + word[place:]
    return " ".join(words)


def duplicate_of(draw, kind, earlier, number):
    """A row that is new but in what makes it a duplicate of `earlier`."""
    item = fresh_item(draw, number)
    if kind in ("gtin", "supplier_part"):
        item[kind] = earlier[kind]
    elif kind == "identity":
        item |= {key: earlier[key] for key in ("class", "attr.brand", "attr.model")}
    else:
        item |= {"name_fa": misspelt(draw, earlier["name_fa"]), "name_en": misspelt(draw, earlier["name_en"]),
                 "class": earlier["class"], "attr.brand": earlier["attr.brand"], "attr.model": earlier["attr.model"], "gtin": ""}
    return item


def write_items(path, count, seed):
    """Writes the file. Answers a label a row: None, or (kind, number of the row it is a duplicate of), from 0."""
    draw = random.Random(seed)
    labels, bearers = [], {kind: [] for kind in DUPLICATE_KINDS}  # rows that may still be duplicated
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, HEADER)
        rows.writeheader()
        for number in range(count):
            drawn = draw.randrange(100) // SHARE_OF_KIND
            kind = DUPLICATE_KINDS[drawn] if drawn < len(DUPLICATE_KINDS) else None
            if kind is None or not bearers[kind]:
                item, label = fresh_item(draw, number), None
                suits = ("gtin", "supplier_part", "identity" if item["class"] == IDENTIFIED else "similar")
                bearers[draw.choice(suits)].append((number, item))
            else:
                row, earlier = bearers[kind].pop(draw.randrange(len(bearers[kind])))
                item, label = duplicate_of(draw, kind, earlier, number), (kind, row)
            rows.writerow(item)
            labels.append(label)
    return labels

"""Reads a folder of real photographs with `radyab scan` and counts the right texts.

The folder holds manifest.tsv: path, symbology, kind ("positive" counts), expected text, with tabs between.
"""

import json
from collections import Counter

# The symbologies that the reader of the reference machine knows.
KNOWN = {
    "Aztec", "Codabar", "Code39", "Code93", "Code128", "DataBar", "DataBarExpanded", "DataMatrix", "EAN8", "EAN13",
    "ITF", "MaxiCode", "PDF417", "QRCode", "UPCA", "UPCE",
}
RATE_MIN = 80.0
ESCAPES = {"t": "\t", "r": "\r", "n": "\n", "0": "\0", "\\": "\\"}


def unescaped(text):
    plain, at = "", 0
    while at < len(text):
        if text.startswith("<GS>", at):
            plain, at = plain + "\x1d", at + 4
        elif text[at] == "\\" and at + 1 < len(text):
            plain, at = plain + ESCAPES.get(text[at + 1], text[at + 1]), at + 2
        else:
            plain, at = plain + text[at], at + 1
    return plain


def expanded_upce(text):
    """The UPC-A number that an eight-digit UPC-E number stands for."""
    if len(text) != 8 or not text.isdigit():
        return text
    system, body, kind, check = text[0], text[1:6], text[6], text[7]
    if kind in "012":
        return system + body[:2] + kind + "0000" + body[2:] + check
    if kind == "3":
        return system + body[:3] + "00000" + body[3:] + check
    if kind == "4":
        return system + body[:4] + "00000" + body[4:] + check
    return system + body + "0000" + kind + check


def normal(symbology, text):
    """The text without what is only a convention of writing."""
    text = text.replace("\r\n", "\n")
    if symbology == "UPCE":
        text = expanded_upce(text)
    if symbology in ("UPCE", "UPCA", "EAN13", "EAN8"):
        text = text.lstrip("0")
    if symbology.startswith("DataBar"):
        text = text.translate({ord(c): None for c in "()\x1d"})
    return text


def read_photos(cli, folder):
    """Reads the folder; answers (right, all, lines that tell of it)."""
    with open(folder / "manifest.tsv", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t", 3) for line in file][1:]
    photos = [row for row in rows if row[2] == "positive" and row[1] in KNOWN]
    answered = cli.try_out("scan", "--no-resolve", *[str(folder / row[0]) for row in photos])
    readings = [json.loads(line) for line in answered.out.splitlines()]
    by_file = {reading["file"]: reading for reading in readings}
    right, total = Counter(), Counter()
    for path, symbology, _, expected in photos:
        total[symbology] += 1
        symbols = by_file.get(str(folder / path), {"symbols": []})["symbols"]
        wanted = normal(symbology, unescaped(expected))
        right[symbology] += any(normal(symbol["symbology"], symbol["text"]) == wanted for symbol in symbols)
    lines = [f"{name}: {right[name]} of {total[name]}" for name in sorted(total)]
    return sum(right.values()), sum(total.values()), lines

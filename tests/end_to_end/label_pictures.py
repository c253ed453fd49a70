"""Labels as a camera sees them: printed dots, turned, blurred, under poor light."""

from PIL import Image, ImageFilter

PRINTER_DPI = 203
CAMERA_DOTS_A_PRINTER_DOT = 2
PAPER, TABLE, INK = 232, 150, 18  # grey, 0 to 255
TILT_DEGREES_MAX = 3


def printed(path):
    """The label as the printer makes it: one bit a dot at 203 dots an inch. Refuses anything else."""
    picture = Image.open(path)
    dots = picture.info.get("dpi", (0, 0))
    if picture.mode != "1" or any(abs(axis - PRINTER_DPI) > 1 for axis in dots):
        raise ValueError(f"{path}: {picture.mode} at {dots} dots an inch, want 1 bit at {PRINTER_DPI}")
    return picture


def photographed(label, random):
    """A photograph of a printed label: any side up, a little askew, blurred, grainy, unevenly lit."""
    width, height = label.size
    paper = label.convert("L").point(lambda dot: PAPER if dot else INK)
    paper = paper.resize((width * CAMERA_DOTS_A_PRINTER_DOT, height * CAMERA_DOTS_A_PRINTER_DOT), Image.NEAREST)
    margin = 60
    table = Image.new("L", (paper.width + 2 * margin, paper.height + 2 * margin), TABLE)
    table.paste(paper, (margin, margin))
    angle = random.choice([0, 90, 180, 270]) + random.uniform(-TILT_DEGREES_MAX, TILT_DEGREES_MAX)
    table = table.rotate(angle, resample=Image.BICUBIC, expand=True, fillcolor=TABLE)
    table = table.filter(ImageFilter.GaussianBlur(random.uniform(0.6, 1.3)))
    grain = Image.effect_noise(table.size, random.uniform(8, 20))
    table = Image.blend(table, grain, 0.08)
    light = Image.linear_gradient("L").resize(table.size)
    return Image.blend(table, light, random.uniform(0.0, 0.12))

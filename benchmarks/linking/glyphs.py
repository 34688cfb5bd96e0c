"""Make `embeddings/data/shapes.csv`: characters that look alike, by comparing how a font draws them.

    python -m benchmarks.linking.glyphs FONT GRAPH

FONT is any Chinese font file (the committed table was made with WenQuanYi Zen Hei, Debian's fonts-wqy-zenhei); GRAPH is `build/certkg.nt`.
"""

import csv
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from embeddings.names import read_nodes
from embeddings.text import half_width, is_chinese

SIZE = 48
#: Similarity of whole glyphs from which two characters are alike, and how many are kept a character.
ALIKE, KEPT = 0.56, 12


def common_characters() -> list[str]:
    """The 6,763 characters of GB 2312, in its order."""
    return [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) if (high, low) < (0xD7, 0xFA) or high > 0xD7]


def draw(char: str, font: ImageFont.FreeTypeFont) -> np.ndarray:
    """A character as a blurred grey image: mean 0, length 1."""
    image = Image.new("L", (SIZE, SIZE), 0)
    ImageDraw.Draw(image).text((2, 0), char, font=font, fill=255)
    small = np.asarray(image.resize((24, 24), Image.Resampling.BILINEAR), dtype=np.float32).reshape(-1)
    small = small - small.mean()
    return np.asarray(small / (np.linalg.norm(small) or 1.0))


def main() -> None:
    """Write the table."""
    font = ImageFont.truetype(sys.argv[1], SIZE - 6)
    names = sorted({char for node in read_nodes(Path(sys.argv[2])) for label in node.labels for char in half_width(label.text) if is_chinese(char)})
    others = common_characters()
    drawn = np.stack([draw(char, font) for char in others])
    with (Path(__file__).parents[2] / "embeddings/data/shapes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("character", "alike"))
        for char in names:
            likeness = drawn @ draw(char, font)
            order = np.argsort(-likeness, kind="stable")[: KEPT + 1]
            alike = "".join(others[at] for at in order if others[at] != char and likeness[at] >= ALIKE)
            if alike:
                writer.writerow((char, alike))


if __name__ == "__main__":
    main()

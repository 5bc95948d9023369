"""Makes static/fonts from the fonts that npm has: fewer characters, only the weights that the stylesheet uses, and no ligatures
in code, where ``!=`` must look like what is typed. Run by "make fonts"; what it makes is committed.
"""

from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
MADE_FROM = ROOT / "frontend" / "node_modules" / "@fontsource-variable"
FONTS = ROOT / "static" / "fonts"

CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ŒœŠšŽžıˆ˚˜\u2009\u200a\u200b\u202f–—‘’‚“”„†•…‹›€™↑↓−∕"),
]


@dataclass(frozen=True, slots=True)
class Font:
    package: str
    weights: tuple[int, int]
    features: tuple[str, ...]


ALL = (
    Font("bricolage-grotesque", (650, 760), ("kern", "mark", "ccmp")),
    Font("inter", (400, 700), ("kern", "mark", "ccmp", "tnum", "calt")),
    Font("jetbrains-mono", (400, 700), ("mark", "ccmp")),
)


def main() -> None:
    FONTS.mkdir(exist_ok=True)
    for font in ALL:
        made = make(font)
        print(f"{made.name:28} {made.stat().st_size / 1024:5.1f} KB")


def make(font: Font) -> Path:
    package = MADE_FROM / font.package
    source = TTFont(package / "files" / f"{font.package}-latin-wght-normal.woff2", recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=list(font.features), hinting=False, name_IDs=[0, 1, 2, 13, 14]))
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(source)
    instantiateVariableFont(source, {"wght": font.weights}, inplace=True)
    source.flavor = "woff2"
    target = FONTS / f"{font.package}.woff2"
    source.save(target)
    (FONTS / f"{font.package}-OFL.txt").write_text((package / "LICENSE").read_text())
    return target


if __name__ == "__main__":
    main()

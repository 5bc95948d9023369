"""A module's one flat colour, and what has to be read on it or beside it."""

import re
from collections.abc import Iterable

from lessons.catalogue.types import Course, Module

CONTRAST = 4.5
PAPER = {"light": (255, 255, 255), "dark": (22, 26, 27)}
EXTREMES = ((255, 255, 255), (0, 0, 0))
INKS = ((255, 255, 255), (18, 23, 26))
PLAIN = "#56616a"
"""For a colour that is none: a broken course.yaml must not break a page."""

type Colour = tuple[int, int, int]


def stylesheet(course: Course) -> str:
    """One rule for each module: ``[data-module="models"] { --sleeve: …; --sleeve-ink: …; --sleeve-small: …; … }``.

    The ink is for titles, which are large; what is small on a sleeve needs more contrast than some colours leave for it.
    """
    rules = (_rule(module) for module in course.modules if re.fullmatch(r"[a-z0-9-]+", module.slug))
    return "@layer tokens {\n" + "".join(rules) + "}\n"


def _rule(module: Module) -> str:
    sleeve = parse(module.colour)
    ink = best(INKS, sleeve)
    small = ink if contrast(ink, sleeve) >= CONTRAST else best(EXTREMES, sleeve)
    light, dark = readable(sleeve, "light"), readable(sleeve, "dark")
    return (
        f'  [data-module="{module.slug}"] {{\n'
        f"    --sleeve: {text(sleeve)};\n"
        f"    --sleeve-ink: {text(ink)};\n"
        f"    --sleeve-small: {text(small)};\n"
        f"    --module: light-dark({text(light)}, {text(dark)});\n"
        f"    --module-wash: light-dark({text(wash(light, 'light'))}, {text(wash(dark, 'dark'))});\n"
        "  }\n"
    )


def best(inks: Iterable[Colour], ground: Colour) -> Colour:
    return max(inks, key=lambda ink: contrast(ink, ground))


def readable(colour: Colour, theme: str) -> Colour:
    """The colour, darkened or lightened until it can be read as text on the theme's paper and on its own wash."""
    towards = (0, 0, 0) if theme == "light" else (255, 255, 255)
    for share in range(101):
        mixed = mix(colour, towards, share / 100)
        if min(contrast(mixed, PAPER[theme]), contrast(mixed, wash(mixed, theme))) >= CONTRAST:
            return mixed
    return towards


def wash(colour: Colour, theme: str) -> Colour:
    """The theme's paper with a breath of the colour."""
    return mix(PAPER[theme], colour, 0.08 if theme == "light" else 0.14)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """The relative luminance of WCAG 2.2."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def parse(colour: str) -> Colour:
    """``"#2446e8"`` as its three parts."""
    digits = (colour if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else PLAIN)[1:]
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def text(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)

"""How far colors are from each other: of a screen, and of the four inks on coated paper."""

from itertools import product
from math import atan2, cos, degrees, exp, hypot, prod, radians, sin, sqrt
from typing import Final

Lab = tuple[float, float, float]
Xyz = tuple[float, float, float]

#: sRGB to XYZ relative to its white, D65 (IEC 61966-2-1).
_SRGB: Final = (
    (0.4124, 0.3576, 0.1805),
    (0.2126, 0.7152, 0.0722),
    (0.0193, 0.1192, 0.9505),
)
_D65: Final = (0.9505, 1.0, 1.089)
_D50: Final = (0.9642, 1.0, 0.8249)
#: CIELAB of paper, solid inks and what they give over each other, by cyan, magenta, yellow: ISO
#: 12647-2:2004/Amd 1:2007, paper types 1 and 2 (coated), on black backing.
_SOLIDS: Final[dict[tuple[int, int, int], Lab]] = {
    (0, 0, 0): (92, 0, -3),
    (1, 0, 0): (54, -36, -49),
    (0, 1, 0): (46, 72, -5),
    (0, 0, 1): (87, -6, 90),
    (0, 1, 1): (46, 67, 47),
    (1, 0, 1): (49, -66, 24),
    (1, 1, 0): (24, 16, -45),
    (1, 1, 1): (22, 0, 0),
}
#: Black alone is of lightness 16; over other inks, which it covers, it is darker.
_BLACK: Final[Lab] = (16, 0, 0)
_COVERED: Final[Lab] = (10, 0, 0)
#: By how much a tint of a half prints darker: curves A and B of that standard, 13 to 16 %.
_GAIN: Final = 0.145


def screen_lab(colour: str) -> Lab:
    """CIELAB of an sRGB color, `#rrggbb`."""
    light = [_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    x, y, z = (sum(one * part for one, part in zip(row, light, strict=True)) for row in _SRGB)
    return _lab((x, y, z), _D65)


def print_lab(inks: tuple[int, int, int, int]) -> Lab:
    """CIELAB, relative to the paper, of cyan, magenta, yellow and black in percent on coated paper:
    by Neugebauer's equations, with the gain of tints. A profile is nearer to one press; this is the
    same on every computer.
    """
    shares = [_printed(ink / 100) for ink in inks]
    mixed = [0.0, 0.0, 0.0]
    for solid in product((0, 1), repeat=4):
        part = prod(
            share if there else 1 - share for share, there in zip(shares, solid, strict=True)
        )
        for at, one in enumerate(_xyz(_solid(solid))):
            mixed[at] += part * one
    return _lab((mixed[0], mixed[1], mixed[2]), _xyz(_SOLIDS[0, 0, 0]))


def _solid(solid: tuple[int, ...]) -> Lab:
    cyan, magenta, yellow, black = solid
    if not black:
        return _SOLIDS[cyan, magenta, yellow]
    return _COVERED if cyan or magenta or yellow else _BLACK


def _printed(share: float) -> float:
    return share + 4 * _GAIN * share * (1 - share)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _lab(xyz: Xyz, white: Xyz) -> Lab:
    """CIELAB (CIE 015:2018)."""
    x, y, z = (
        part ** (1 / 3) if part > (6 / 29) ** 3 else part * 841 / 108 + 4 / 29
        for part in (one / full for one, full in zip(xyz, white, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _xyz(lab: Lab) -> Xyz:
    """The inverse, relative to D50, which printing is measured under."""
    y = (lab[0] + 16) / 116
    found = (
        (part**3 if part > 6 / 29 else (part - 4 / 29) * 108 / 841) * full
        for part, full in zip((y + lab[1] / 500, y, y - lab[2] / 200), _D50, strict=True)
    )
    x, y, z = found
    return x, y, z


def difference(one: Lab, other: Lab) -> float:
    """CIEDE2000 (CIE 142-2001), in the steps of Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    stretch = 1 + (1 - sqrt(mean / (mean + 25**7))) / 2
    c1, c2 = hypot(a1 * stretch, b1), hypot(a2 * stretch, b2)
    h1 = degrees(atan2(b1, a1 * stretch)) % 360
    h2 = degrees(atan2(b2, a2 * stretch)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    chroma = (c1 + c2) / 2
    hue = h1 + turn / 2 if c1 * c2 else h1 + h2
    hues = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    weight = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    middle = ((l1 + l2) / 2 - 50) ** 2
    light = (l2 - l1) / (1 + 0.015 * middle / sqrt(20 + middle))
    chromas = (c2 - c1) / (1 + 0.045 * chroma)
    hues /= 1 + 0.015 * chroma * weight
    angle = 60 * exp(-((((hue % 360) - 275) / 25) ** 2))
    rotation = -2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * sin(radians(angle))
    return sqrt(light**2 + chromas**2 + hues**2 + rotation * chromas * hues)


def nearest_inks(colour: str, most: int) -> tuple[int, int, int, int]:
    """The inks in percent, at most so many together, that print nearest to a color of the screen: a
    descent by ever smaller steps from the inks that replace its grey by black.
    """
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    full = max(red, green, blue, 1 / 255)
    start = [*(round((full - one) / full * 80) for one in (red, green, blue)), 0]
    start[3] = round((1 - full) * 70)
    wanted = screen_lab(colour)

    def away(inks: list[int]) -> float:
        cyan, magenta, yellow, black = inks
        return difference(wanted, print_lab((cyan, magenta, yellow, black)))

    inks, step = start, 16
    least = away(inks)
    while step:
        tries = [
            [*inks[:at], inks[at] + change, *inks[at + 1 :]]
            for at in range(4)
            for change in (-step, step)
            if 0 <= inks[at] + change <= 100
        ]
        nearer = [(away(one), one) for one in tries if sum(one) <= most]
        found, one = min(nearer, default=(least, inks))
        if found < least:
            least, inks = found, one
        else:
            step //= 2
    cyan, magenta, yellow, black = inks
    return cyan, magenta, yellow, black

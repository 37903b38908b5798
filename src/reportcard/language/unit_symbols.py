"""Signs and symbols of units, which are the same in every language."""

from collections.abc import Mapping
from typing import Final

PERCENT: Final = "percent"
PER_MILLE: Final = "per-mille"
#: Signs and symbols that are the same in every language, by their unit (BIPM, The International
#: System of Units, 9th edition, tables 2 to 8).
UNIT_SYMBOLS: Final[Mapping[str, str]] = {
    "%": PERCENT,
    "‰": PER_MILLE,
    "km²": "square-kilometre",
    "km2": "square-kilometre",
    "m²": "square-metre",
    "m2": "square-metre",
    "m³": "cubic-metre",
    "m3": "cubic-metre",
    "ha": "hectare",
    "km": "kilometre",
    "m": "metre",
    "cm": "centimetre",
    "mm": "millimetre",
    "t": "tonne",
    "kg": "kilogram",
    "g": "gram",
    "mg": "milligram",
    "µg": "microgram",
    "μg": "microgram",
    "l": "litre",
    "L": "litre",
    "ppm": "part-per-million",
    "ppb": "part-per-billion",
    "oz": "ounce",
    "lb": "pound",
    "°C": "degree-celsius",
    "°F": "degree-fahrenheit",
}

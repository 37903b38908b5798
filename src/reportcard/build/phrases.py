"""The sentences of a new workspace that depend on its framework, by language. The words that do
not are in `wording/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class NeutralPhrases:
    """What is said in one language. `countries` is what is assessed where nothing else is given,
    one and many. `formulas` say how scores become a total. `lower_in` names the categories of which
    a lower score is better, unlike of others. `assesses` and `listed` have a form for
    one and a form for several. `whose` says whose results they are, of a country and of another
    unit, whose grammar nobody knows.
    """

    countries: tuple[str, str]
    formulas: Mapping[str, str]
    lower: str
    lower_in: str
    assesses: tuple[str, str]
    listed: tuple[str, str]
    whose: tuple[str, str] = ("{{ country.of }}", "{{ country.of }}")


#: By language; these are the languages of the files in `wording/`.
PHRASES: Final[Mapping[str, NeutralPhrases]] = {
    "en": NeutralPhrases(
        countries=("country", "countries"),
        formulas={
            "sum": "Scores are added up to the total.",
            "mean": "The total is the mean of the dimensions, and these are means of categories.",
            "weighted": "Dimensions and categories count by their weights.",
        },
        lower="A lower score is better.",
        lower_in="In {names}, a lower score is better.",
        assesses=(
            "The dimension **{name}** has the category below.",
            "The dimension **{name}** has the categories below.",
        ),
        listed=("The only dimension is {names}.", "The dimensions are {names}."),
    ),
    "es": NeutralPhrases(
        countries=("país", "países"),
        formulas={
            "sum": "Los puntajes se suman hasta el total.",
            "mean": "El total es el promedio de las dimensiones, y cada una, el de sus categorías.",
            "weighted": "Las dimensiones y las categorías cuentan según su peso.",
        },
        lower="Un puntaje más bajo es mejor.",
        lower_in="En {names}, un puntaje más bajo es mejor.",
        assesses=(
            "La dimensión **{name}** comprende la categoría siguiente.",
            "La dimensión **{name}** comprende las categorías siguientes.",
        ),
        listed=("La única dimensión es {names}.", "Las dimensiones son {names}."),
    ),
    "fr": NeutralPhrases(
        countries=("pays", "pays"),
        formulas={
            "sum": "Les scores s’additionnent pour former le total.",
            "mean": "Le total est la moyenne des dimensions, et chacune celle de ses catégories.",
            "weighted": "Les dimensions et les catégories comptent selon leur poids.",
        },
        lower="Un score plus bas est meilleur.",
        lower_in="Pour {names}, un score plus bas est meilleur.",
        assesses=(
            "La dimension **{name}** comprend la catégorie suivante.",
            "La dimension **{name}** comprend les catégories suivantes.",
        ),
        listed=("La seule dimension est {names}.", "Les dimensions sont {names}."),
        whose=("{{ country.of }}", "obtenus par {{ country.name }}"),
    ),
    "pt": NeutralPhrases(
        countries=("país", "países"),
        formulas={
            "sum": "As pontuações somam-se até o total.",
            "mean": "O total é a média das dimensões, e cada uma, a das suas categorias.",
            "weighted": "As dimensões e as categorias contam conforme o seu peso.",
        },
        lower="Uma pontuação mais baixa é melhor.",
        lower_in="Em {names}, uma pontuação mais baixa é melhor.",
        assesses=(
            "A dimensão **{name}** compreende a categoria a seguir.",
            "A dimensão **{name}** compreende as categorias a seguir.",
        ),
        listed=("A única dimensão é {names}.", "As dimensões são {names}."),
        whose=("{{ country.of }}", "obtidos por {{ country.name }}"),
    ),
    "de": NeutralPhrases(
        countries=("Land", "Länder"),
        formulas={
            "sum": "Die Wertungen werden zur Gesamtpunktzahl addiert.",
            "mean": "Die Gesamtpunktzahl ist das Mittel der Dimensionen, jede davon das Mittel "
            "ihrer Kategorien.",
            "weighted": "Dimensionen und Kategorien zählen nach ihrem Gewicht.",
        },
        lower="Eine niedrigere Wertung ist besser.",
        lower_in="Bei {names} ist eine niedrigere Wertung besser.",
        assesses=(
            "Die Dimension **{name}** hat die folgende Kategorie.",
            "Die Dimension **{name}** hat die folgenden Kategorien.",
        ),
        listed=("Die einzige Dimension ist {names}.", "Die Dimensionen sind {names}."),
    ),
    "nl": NeutralPhrases(
        countries=("land", "landen"),
        formulas={
            "sum": "De scores worden opgeteld tot het totaal.",
            "mean": "Het totaal is het gemiddelde van de dimensies, en elke dimensie dat van haar "
            "categorieën.",
            "weighted": "Dimensies en categorieën tellen mee volgens hun gewicht.",
        },
        lower="Een lagere score is beter.",
        lower_in="Bij {names} is een lagere score beter.",
        assesses=(
            "De dimensie **{name}** omvat de volgende categorie.",
            "De dimensie **{name}** omvat de volgende categorieën.",
        ),
        listed=("De enige dimensie is {names}.", "De dimensies zijn {names}."),
    ),
}

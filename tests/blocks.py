"""A copy of the Peru card with every block of prose in both languages."""

from dataclasses import dataclass
from typing import Final

from .conftest import Copy

FIGURE: Final = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 162 70"
 width="162mm" height="70mm">
<rect width="162" height="70" fill="var(--tint-1)"/>
<path d="M8 60C40 20 70 66 100 30S150 12 156 8" fill="none" stroke="var(--dimension-1)"
 stroke-width="2"/>
<text x="10" y="14" font-family="Source Sans Pro" font-size="5"
 fill="var(--ink)">Madre de Dios</text>
</svg>
"""
DATA: Final = "year,area,limit\n2019,9.5,8\n2020,10.25,8\n2021,7,8\n2022,,6\n2023,5.75,6\n"
EXPORTS: Final = """country,share
Switzerland,31.5
India,28.25
United Arab Emirates,17
Canada,12.75
Italy,3.5
United States of America,1.25
"""

EN: Final = """
### A register without machines
The register of mining machinery has **{{ score.machinery }} points**[^dl-1100],
as {{ table.steps }} shows.
A reader finds in it who may mine, and not with what.

1. Owners declare each machine within 30 days:
   - dredges and suction pumps, with their **power**;
   - loaders and excavators.
2. The regional government checks the declaration.
3. The ministry publishes it.

- Two agencies share the work:
  - one of them inspects;
  - the other taxes.
- Neither publishes what it finds.

| Step | Days allowed | Days taken | Share in time |
| :--- | ---: | ---: | ---: |
| Declaration | 30 | 41.5 | 38.25% |
| Inspection by the **regional** government | 60 | 118 | 12.5% |
| Publication | 15 | – | – |
: Steps of a register of machinery, in days {#steps}
: Source: own calculation with data of the registry

::: box What is ASGM?
Artisanal and small-scale gold mining[^mining-law]. Its limits in the law are:

- up to 1,000 hectares;
- up to 350 metric tons per day.
:::

::: quote
Anyone can look up a concession. Nobody can look up an excavator.
: A miner of Madre de Dios
:::

![A river from its source to its mouth, in dark blue](figures/river.svg){width=half}
: The river and its **fronts of mining**[^dl-1107] {#river}
: Source: own drawing

The area of {{ figure.river }} lost forest in each year of {{ figure.forest }}.

::: chart bars data=forest.csv
: Forest lost to mining, in thousand hectares {#forest}
: Source: invented for a test
year = Year
area = Area lost
limit = Limit
:::
"""
ES: Final = """
### Un registro sin máquinas
El registro de maquinaria minera tiene **{{ score.machinery }} puntos**[^dl-1100],
como muestra el cuadro {{ table.steps | number }}.
Quien lo lee encuentra quién puede extraer, y no con qué.

1. Los propietarios declaran cada máquina en 30 días:
   - dragas y bombas de succión, con su **potencia**;
   - cargadores y excavadoras.
2. El gobierno regional revisa la declaración.
3. El ministerio la publica.

- Dos entidades comparten el trabajo:
  - una inspecciona;
  - la otra cobra.
- Ninguna publica lo que encuentra.

| Paso | Días previstos | Días usados | Parte a tiempo |
| :--- | ---: | ---: | ---: |
| Declaración | 30 | 41.5 | 38.25 % |
| Inspección del gobierno **regional** | 60 | 118 | 12.5 % |
| Publicación | 15 | – | – |
: Pasos de un registro de maquinaria, en días {#steps}
: Fuente: cálculo propio con datos del registro

::: box ¿Qué es la MAPE?
Minería artesanal y de pequeña escala[^mining-law]. Sus límites en la ley son:

- hasta 1,000 hectáreas;
- hasta 350 toneladas por día.
:::

::: quote
Cualquiera puede consultar una concesión. Nadie puede consultar una excavadora.
: Un minero de Madre de Dios
:::

![Un río desde su fuente hasta su boca, en azul oscuro](figures/river.svg){width=half}
: El río y sus **frentes de minería**[^dl-1107] {#river}
: Fuente: dibujo propio

El área de la {{ figure.river }} perdió bosque en cada año de la {{ figure.forest }}.

::: chart bars data=forest.csv
: Bosque perdido por la minería, en miles de hectáreas {#forest}
: Fuente: inventada para una prueba
year = Año
area = Área perdida
limit = Límite
:::
"""
CONTEXT_EN: Final = """
### Where the gold goes

| Country | Tons in 2023 | Tons in 2024 | Change | Main refinery | Known since |
| --- | ---: | ---: | ---: | --- | ---: |
| Switzerland | 51.2 | 49.75 | −1.45 | The canton of Geneva | 2001 |
| India | 39 | 41.5 | +2.5 | A city in the north | 2014 |
| United Arab Emirates | 18.5 | 27 | +8.5 | A port on the Gulf | 2009 |
: Exports of gold by country
: Source: invented for a test

::: chart dots data=exports.csv width=full
: Shares of the gold exported, in percent
share = Share
country = Country
Switzerland = Switzerland
United Arab Emirates = United Arab Emirates
Canada = Canada
Italy = Italy
United States of America = United States of America
:::

::: chart lines data=forest.csv width=full
: Forest lost to mining, as a line
: Source: invented for a test
year = Year
area = Area lost
limit = Limit
:::
"""
CONTEXT_ES: Final = """
### Adónde va el oro

| País | Toneladas en 2023 | Toneladas en 2024 | Cambio | Refinería principal | Conocida desde |
| --- | ---: | ---: | ---: | --- | ---: |
| Suiza | 51.2 | 49.75 | −1.45 | El cantón de Ginebra | 2001 |
| India | 39 | 41.5 | +2.5 | Una ciudad del norte | 2014 |
| Emiratos Árabes Unidos | 18.5 | 27 | +8.5 | Un puerto del Golfo | 2009 |
: Exportaciones de oro por país
: Fuente: inventada para una prueba

::: chart dots data=exports.csv width=full
: Partes del oro exportado, en porcentaje
share = Parte
country = País
Switzerland = Suiza
United Arab Emirates = Emiratos Árabes Unidos
Canada = Canadá
Italy = Italia
United States of America = Estados Unidos de América
:::

::: chart lines data=forest.csv width=full
: Bosque perdido por la minería, como línea
: Fuente: inventada para una prueba
year = Año
area = Área perdida
limit = Límite
:::
"""


@dataclass(frozen=True)
class Added:
    """Where a text is added: after a line of a file, with its indentation."""

    file: str
    after: str
    text: str


def with_blocks(copy: Copy) -> Copy:
    """A copy with every block in the findings of the first dimension, and charts and a wide table
    in the context, in both languages.
    """
    (copy.root / "content/peru/data").mkdir()
    (copy.root / "content/peru/data/forest.csv").write_text(DATA)
    (copy.root / "content/peru/data/exports.csv").write_text(EXPORTS)
    (copy.root / "figures/river.svg").write_text(FIGURE)
    for language, findings, context in (("en", EN, CONTEXT_EN), ("es", ES, CONTEXT_ES)):
        path = copy.root / f"content/peru/{language}.yaml"
        text = path.read_text()
        before, policies, after = text.partition("\n  policies:\n    quote:")
        assert policies, "the findings of the first dimension end where the second begins"
        text = before.rstrip("\n") + "\n" + _indented(findings, 6) + policies + after
        before, key, after = text.partition("\ncontext_quotes:")
        assert key, "the quotes are after the context"
        text = before.rstrip("\n") + "\n" + _indented(context, 2) + key + after
        path.write_text(text)
    return copy


def _indented(text: str, indent: int) -> str:
    return "".join(
        f"{' ' * indent}{line}\n" if line else "\n" for line in text.rstrip().split("\n")
    )

"""How a language writes: numbers, dates, lists, dictionaries, and the terms of the glossary."""

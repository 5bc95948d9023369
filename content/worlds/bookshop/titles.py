"""Makes up titles that nobody has written yet."""

from . import words
from .dice import Dice

PLURALS = {
    "Estuary": "Estuaries", "Observatory": "Observatories", "Quarry": "Quarries", "Ferryman": "Ferrymen",
}  # fmt: skip


def title(dice: Dice) -> str:
    noun = dice.pick(words.NOUNS)
    other = dice.pick([word for word in words.NOUNS if word != noun])
    adjective = dice.pick(words.ADJECTIVES)
    shape = dice.pick(words.TITLE_SHAPES)
    made = shape.format(
        noun=noun,
        other=other,
        adjective=adjective,
        place=dice.pick(words.PLACES),
        a_noun=with_article(noun),
        a_adjective=with_article(adjective),
        nouns=PLURALS.get(noun, f"{noun}s"),
    )
    return made[:1].upper() + made[1:]


def with_article(word: str) -> str:
    return f"{'an' if word[0] in 'AEIOU' else 'a'} {word}"


def titles(dice: Dice, count: int) -> list[str]:
    """As many titles, no two the same."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[title(dice)] = None
    return list(found)

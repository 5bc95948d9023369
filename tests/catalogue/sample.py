"""A small course that nothing is wrong with, for tests to break."""

import re
from collections.abc import Mapping
from pathlib import Path

from lessons.catalogue import lint
from lessons.catalogue.load import load
from lessons.catalogue.rules import Rule
from lessons.catalogue.types import Finding

PATH = "content/models/04-one-query.md"

LESSON = """\
---
title: One query, not twenty-one
summary: Follow a foreign key without a query per row.
world: bookshop
minutes: 12
requires: [models/first-querysets]
formerly: [models/joins]
---

Reading `book.author` on a fresh `Book` sends **another** query, as in [the lesson before](03-first-querysets.md#laziness).

## Counting

> [!TIP]
> Watch the query counter, not the clock.

```python
for book in Book.objects.all():  # an ordinary fence
    print(book.author.name)
```

- a list

    ~~~text
    with a fence in it
    ~~~

```python try
Book.objects.select_related("author")[:3]
```

### Quiz: When does the database hear about it?

```yaml quiz
id: lazy
```

Think of the last lesson.

- [ ] When `.filter()` is called
  > Not yet: a QuerySet is only a plan.
- [x] When the loop asks for the first row
  > Yes. Iterating evaluates it.

### Exercise: Titles with their authors

List every book in print as `(title, author's name, price)`, cheapest first.

```yaml exercise
id: titles-authors
observe: rows
columns: [title, author, price]
order: [price]
queries: 1
must_use: [select_related]
forbid: [raw]
difficulty: 2
waive:
  drop-order: the seed is sorted already
formerly: [titles]
```

```python setup
cheap = 10
```

```python starter
Book.objects.filter(in_print=True)
```

```python solution
[(b.title, b.author.name, b.price) for b in
 Book.objects.filter(in_print=True).order_by("price").select_related("author")]
```

```python accept
list(Book.objects.select_related("author").values_list("title", "author__name", "price"))
```

#### Hint

Which attribute in your loop leaves the `book` table?

#### Hint

`select_related("author")` fetches both in one statement.

#### Wrong: N+1

```python wrong expect=queries
[(b.title, b.author.name, b.price) for b in Book.objects.filter(in_print=True)]
```

Right rows, but every `b.author` is its own query.

#### Wrong: dearest first

```python wrong expect=order
Book.objects.order_by("-price")
```

The minus sign turns the order round.

#### Why it works

`select_related` follows foreign keys in the same statement.
"""

BEFORE = """\
---
title: First QuerySets
summary: A plan that runs when you look.
world: bookshop
---

## Laziness

Nothing happens yet.
"""

COURSE = """\
title: Woodshed
modules:
  - slug: models
    title: Models
    promise: Fields and QuerySets.
    colour: "#2446e8"
    motif: discs
  - slug: routing
    title: Routing
    promise: Paths and views.
    colour: "#123456"
    motif: lines
"""

FILES: Mapping[str, str] = {
    "course.yaml": COURSE,
    "models/03-first-querysets.md": BEFORE,
    "models/04-one-query.md": LESSON,
    "worlds/bookshop/models.py": "from django.db import models\n",
    "worlds/bookshop/seed.py": "def seed(rng, size): ...\n",
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The content folder with these files in it."""
    root = folder / "content"
    root.mkdir(exist_ok=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def findings(root: Path) -> tuple[Finding, ...]:
    """Everything that is reported about the course: by loading, by the linter, and as advice."""
    course = load(root)
    return (*course.findings, *lint.check(course), *lint.advice(course))


def says(rule: Rule, message: str) -> bool:
    """Whether the message is this rule's, whatever stands in its places."""
    words = re.split(r"\{[a-z]+\}", rule.value)
    return re.fullmatch(".*".join(map(re.escape, words)), message) is not None

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.sandbox.conftest import WORLDS

LESSON = """---
title: Counting
summary: Count rows.
world: library
---

Ask for a number.

```python try
Author.objects.all()[:2]
```

### Exercise: The born

List the authors whose year of birth is known.

```yaml exercise
id: born
observe: rows
order: [name]
queries: 1
```

```python starter
Author.objects.all()
```

```python solution
Author.objects.exclude(born=None).order_by("name")
```

```python accept
Author.objects.filter(born__isnull=False).order_by("name")
```

#### Hint

Who has no year?

#### Hint

Leave out `born=None`.

#### Wrong: the other ones

```python wrong expect=rows
Author.objects.filter(born=None).order_by("name")
```

These are the **others**.

#### Wrong: backwards

```python wrong expect=order
Author.objects.exclude(born=None).order_by("-name")
```

Turn it round.

#### Why it works

NULL is no value.
"""


@dataclass(frozen=True)
class Outcome:
    code: int
    text: str
    words: str

    @property
    def data(self) -> Any:
        return json.loads(self.text)


@pytest.fixture(autouse=True)
def content_put_back(settings: Any) -> None:
    """A command that is told --content changes the setting for its process."""
    settings.WOODSHED_CONTENT = settings.WOODSHED_CONTENT


@pytest.fixture
def course(tmp_path: Path, settings: Any) -> Path:
    """A small course outside the project, served by nothing: its content folder."""
    root = tmp_path / "elsewhere"
    shutil.copytree(WORLDS / "library", root / "worlds" / "library", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "basics").mkdir()
    (root / "basics" / "01-counting.md").write_text(LESSON)
    module = "  - slug: basics\n    title: Basics\n    promise: First steps.\n    colour: '#2446e8'\n    motif: discs\n"
    (root / "course.yaml").write_text("title: Small\nmodules:\n" + module)
    settings.WOODSHED_DATA = tmp_path / "data"
    return root


@pytest.fixture
def command() -> Callable[..., Outcome]:
    """``command("grade", …)``: its exit code, its stdout and its stderr."""

    def command(*arguments: object) -> Outcome:
        out, err = StringIO(), StringIO()
        try:
            call_command(*map(str, arguments), stdout=out, stderr=err)
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Outcome(code, out.getvalue(), err.getvalue())

    return command


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def file(text: str) -> Path:
        path = tmp_path / "answer.py"
        path.write_text(text)
        return path

    return file

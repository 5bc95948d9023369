"""Deliberately broken lessons: for each rule, a change to the good lesson and the finding it must give."""

from dataclasses import dataclass

from lessons.catalogue.rules import Advice, Lint, Rule, Structure

from .sample import LESSON


@dataclass(frozen=True)
class Broken:
    """Where the good lesson has ``old``, this one has ``new``.

    ``rule`` must then speak, in ``words``, about the first line that holds ``at`` (left out: the first line of ``new``).
    """

    rule: Rule
    old: str
    new: str
    words: str
    at: str = ""

    @property
    def text(self) -> str:
        assert self.old in LESSON, f"{self.old!r} is not in the lesson"
        return LESSON.replace(self.old, self.new, 1)

    @property
    def line(self) -> int:
        sought = self.at or self.new.strip("\n").split("\n")[0]
        return next(number for number, line in enumerate(self.text.split("\n"), 1) if sought in line)

    def __str__(self) -> str:
        return f"{self.rule.name}: {self.new.strip()[:30]}"


def prose(rule: Rule, new: str, words: str, at: str = "") -> Broken:
    """Something added before the lesson's first paragraph."""
    return Broken(rule, "Reading `book.author`", f"{new}\n\nReading `book.author`", words, at)


def prompt(rule: Rule, new: str, words: str, at: str = "") -> Broken:
    """Something added before the exercise's prompt."""
    return Broken(rule, "List every book", f"{new}\n\nList every book", words, at)


TRY = "```python try\n"
STARTER = "```python starter\n"
SOLUTION = "```python solution\n"
ACCEPT = "```python accept\n"
HINT = "#### Hint\n\nWhich"
WRONG_BODY = '\nBook.objects.order_by("-price")\n'
WHY = "\n#### Why it works\n\n`select_related` follows foreign keys in the same statement.\n"
OPTION = "- [ ] When `.filter()` is called\n"
EXPLANATION = "  > Not yet: a QuerySet is only a plan.\n"
SECOND = "- [x] When the loop asks for the first row\n  > Yes. Iterating evaluates it.\n"
QUIZ_BLOCK = "```yaml quiz\nid: lazy\n```\n"
S = Structure

FILE = [
    prose(S.CONTROL, "a \x07 bell", "control character U+0007"),
    prose(S.CONTROL, "turned \u202e round", "control character U+202E"),
    Broken(S.NO_FRONT, "---\ntitle", "title", "a lesson starts with front matter"),
    Broken(S.OPEN_FRONT, "joins]\n---", "joins]\n", "not closed by a line of ---", at="---"),
]

YAML = [
    Broken(S.YAML_SYNTAX, "world: bookshop", "world: [bookshop", "this YAML cannot be read: ", at="minutes"),
    Broken(S.YAML_SYNTAX, "id: lazy", "\tid: lazy", "this YAML cannot be read: "),
    Broken(S.YAML_SYNTAX, "id: lazy", "id: lazy\n--- # more\nid: two", "this YAML cannot be read: ", at="--- #"),
    Broken(S.YAML_FANCY, "id: lazy", "id: &a lazy", "anchors, aliases and tags"),
    Broken(S.YAML_FANCY, "columns: [title", "columns: [*a", "anchors, aliases and tags"),
    Broken(S.YAML_FANCY, "id: lazy", "id: !!python/name:os.system", "anchors, aliases and tags"),
    Broken(S.YAML_DEEP, "id: lazy", "id: [[[[[[[lazy]]]]]]]", "nested too deeply"),
    Broken(S.YAML_KEYS, "id: lazy", "lazy", '"key: value" lines are needed'),
    Broken(S.KEY_NOT_A_WORD, "id: lazy", "1: one\nid: lazy", "a plain word"),
    Broken(S.KEY_TWICE, "minutes: 12", "title: Again", '"title" is given twice'),
    Broken(S.UNKNOWN_KEY, "minutes: 12", "minute: 12", 'unknown key "minute" in the front matter; did you mean "minutes"?'),
    Broken(S.UNKNOWN_KEY, "id: lazy", '"a\\nb": 1\nid: lazy', 'unknown key "a b" in a quiz'),
    Broken(S.UNKNOWN_KEY, "id: lazy", f"{'k' * 999}: 1\nid: lazy", f'unknown key "{"k" * 200}…" in a quiz'),
    Broken(S.UNKNOWN_KEY, "id: lazy", "columns: [a]\nid: lazy", 'unknown key "columns" in a quiz'),
    Broken(S.MISSING_KEY, "summary: Follow a foreign key without a query per row.\n", "", 'needs "summary"', at="title:"),
    Broken(S.MISSING_KEY, "observe: rows\n", "", 'an exercise needs "observe"', at="id: titles-authors"),
    Broken(S.BAD_VALUE, "title: One query, not twenty-one", "title: 3", '"title" must be one line of text'),
    Broken(S.BAD_VALUE, "title: One query, not twenty-one", "title: null", '"title" must be one line of text'),
    Broken(S.BAD_VALUE, "minutes: 12", "minutes: true", "must be a whole number from 1 to 60"),
    Broken(S.BAD_VALUE, "minutes: 12", "minutes: 1:30", "must be a whole number"),
    Broken(S.BAD_VALUE, "minutes: 12", f"minutes: {'9' * 5000}", "must be a whole number"),
    Broken(S.BAD_VALUE, "id: lazy", "id: Lazy one", '"id" must be lower-case words joined by hyphens'),
    Broken(S.BAD_VALUE, "requires: [models/first-querysets]", "requires: first", '"requires" must be a list of lessons'),
    Broken(S.BAD_VALUE, "requires: [models/first-querysets]", "requires: [2026-01-31]", "must be a module and a lesson"),
    Broken(S.BAD_VALUE, "columns: [title, author", "columns: [title, title", '"columns" names the same thing twice'),
    Broken(S.BAD_VALUE, "order: [price]", "order: [--price]", '"order" must be a column\'s name'),
    Broken(S.BAD_VALUE, "queries: 1", "queries: 1.5", "must be a whole number from 0 to 100"),
    Broken(S.BAD_VALUE, "difficulty: 2", "difficulty: 4", "must be a whole number from 1 to 3"),
    Broken(S.BAD_VALUE, "  drop-order: the seed is sorted already", "  drop-order:", "its reason", at="waive"),
    Broken(S.BAD_VALUE, "formerly: [titles]", "formerly: [Models#x]", "must be an id"),
]

FENCES = [
    Broken(S.OPEN_FENCE, "in the same statement.\n", "in it.\n\n````python\n```\n", "this fence is not closed", at="````python"),
    Broken(S.FENCE_LEFT, "    with a fence in it", "  with a fence in it", "leaves the list or quote"),
    prose(S.FENCE_LEFT, "> ```python\nplain", "leaves the list or quote in which the fence of line 10 stands", at="plain"),
    prose(S.FENCE_INLINE, "- ```python solution", "a fence starts on a line of its own"),
    prose(S.FENCE_INLINE, "1. ~~~python solution", "a fence starts on a line of its own"),
    prose(S.FENCE_INLINE, "So: ```python solution", "a fence starts on a line of its own"),
    Broken(S.UNKNOWN_LANGUAGE, TRY, "```pyhton\n", 'unknown fence language "pyhton"'),
    Broken(S.UNKNOWN_LANGUAGE, SOLUTION, "```soluton\n", 'did you mean "python solution"?'),
    Broken(S.UNKNOWN_LANGUAGE, TRY, "```{.python onclick='x'}\n", "unknown fence language"),
    Broken(S.UNKNOWN_ROLE, SOLUTION, "```python soluton\n", 'unknown fence role "soluton"; did you mean "solution"?'),
    Broken(S.UNKNOWN_ROLE, TRY, "```python linenums=1\n", 'unknown fence role "linenums=1"'),
    Broken(
        S.ROLE_LANGUAGE, SOLUTION, "```text solution\n", 'a "solution" fence is written in python or html or yaml, not "text"'
    ),
    Broken(S.ROLE_LANGUAGE, "```yaml exercise\n", "```python exercise\n", 'written in yaml, not "python"'),
    prose(S.ROLE_INDENTED, "    ```python try\n    1\n    ```", 'a fence with a role ("try") starts at the beginning'),
    prose(S.ROLE_INDENTED, "> ~~~python solution\n> 1\n> ~~~", "outside lists and quotes"),
    Broken(S.ROLE_MISPLACED, TRY, SOLUTION, "does not belong in the lesson's prose"),
    Broken(S.ROLE_MISPLACED, "Which attribute", "```python keys\n1\n```\n\nWhich attribute", "does not belong in a hint"),
    Broken(S.ROLE_MISPLACED, "Right rows", "```python given path=a.py\n1\n```\n\nRight rows", 'in a "Wrong" part'),
    Broken(S.ROLE_MISPLACED, "Think of", "```python probe\n1\n```\n\nThink of", "does not belong in a quiz"),
    prompt(S.ROLE_MISPLACED, "```python try \n1\n```", "does not belong in an exercise"),
    Broken(S.UNKNOWN_OPTION, SOLUTION, "```python solution pth=a.py\n", 'on a "solution" fence; did you mean "path="?'),
    Broken(S.UNKNOWN_OPTION, TRY, "```python try path=a.py\n", 'unknown option "path=a.py" on a "try" fence'),
    Broken(S.UNKNOWN_OPTION, SOLUTION, "```python solution hidden\n", 'unknown option "hidden"'),
    Broken(S.UNKNOWN_OPTION, "wrong expect=order", "wrong  expect=", 'unknown option "expect="'),
    Broken(S.OPTION_TWICE, "expect=order", "expect=order expect=rows", '"expect" is given twice'),
    Broken(S.BAD_PATH, SOLUTION, "```python solution path=../answer.py\n", '"path=../answer.py" must be a relative path'),
    Broken(S.BAD_PATH, SOLUTION, "```python solution path=/etc/passwd\n", "must be a relative path"),
    Broken(S.BAD_PATH, SOLUTION, "```python solution path=a\\b.py\n", "must be a relative path"),
    Broken(S.BAD_PATH, SOLUTION, "```python solution path=./a.py\n", "must be a relative path"),
    Broken(S.NO_PATH, STARTER, f"```python given\n1\n```\n\n{STARTER}", 'a "given" fence needs a path='),
    Broken(S.PATH_TWICE, STARTER, f"```python setup \n1\n```\n\n{STARTER}", '"setup.py" is given twice'),
    Broken(S.PATH_TWICE, ACCEPT, "```python solution \n", '"answer.py" is given twice'),
    Broken(S.PATH_TWICE, "Right rows", "```python wrong expect=queries \n1\n```\n\nRight rows", '"answer.py" is given twice'),
    Broken(S.PATHS_DIFFER, ACCEPT, "```python accept path=b.py\n", "this answer consists of b.py, but the starter of answer.py"),
    Broken(S.NO_EXPECT, "wrong expect=order", "wrong  ", 'a "wrong" fence needs expect=', at="wrong  "),
    Broken(
        S.EXPECT_DIFFERS,
        "Right rows",
        "```python wrong expect=rows path=b.py\n1\n```\n\nRight rows",
        'must expect the same, not "queries" and "rows"',
    ),
    Broken(S.UNKNOWN_EXPECT, "expect=order", "expect=ordre", 'timeout; did you mean "order"?'),
    Broken(S.EMPTY_FENCE, WRONG_BODY, "\n", 'this "wrong" fence is empty', at="wrong expect=order"),
    Broken(S.EMPTY_FENCE, '\nBook.objects.select_related("author")[:3]\n', "\n", 'this "try" fence is empty', at="python try"),
    Broken(S.EMPTY_FENCE, "\ncheap = 10\n", "\n", 'this "setup" fence is empty', at="python setup"),
]

HEADINGS = [
    Broken(S.HEADING_SPACE, "## Counting", "##Counting", "a heading needs a space after its # signs"),
    Broken(S.HEADING_PLACE, "## Counting", " ## Counting", "a heading starts at the beginning of its line"),
    prose(S.HEADING_PLACE, "- ### Exercise: hidden in a list", "outside lists and quotes"),
    prose(S.HEADING_PLACE, "> ## Quoted", "outside lists and quotes"),
    Broken(S.HEADING_LEVEL, "## Counting", "# Counting", "headings go from ## to ####"),
    Broken(S.HEADING_LEVEL, "#### Hint", "##### Hint", "headings go from ## to ####"),
    prose(S.HEADING_UNDERLINED, "Counting\n=====", "write a heading with # signs", at="====="),
    Broken(S.HEADING_UNDERLINED, "sends **another** query", "sends\n-----\n**another** query", "a blank line before", at="-----"),
    Broken(S.HEADING_EMPTY, "## Counting", "## ##", "this heading is empty"),
    Broken(S.UNKNOWN_ITEM, "### Exercise: T", "### Excercise: T", 'opens nothing; did you mean "### Exercise: a title"?'),
    Broken(S.UNKNOWN_ITEM, "### Exercise: T", "### exercise: T", 'did you mean "### Exercise: a title"?'),
    Broken(S.UNKNOWN_ITEM, "### Exercise: T", "## Exercise: T", 'did you mean "### Exercise: a title"?'),
    Broken(S.UNKNOWN_ITEM, "### Quiz: When does the database hear about it?", "### Quiz", 'did you mean "### Quiz: a title"?'),
    Broken(S.UNKNOWN_ITEM, "## Counting", "#### Quiz: how many", 'did you mean "### Quiz: a title"?'),
    Broken(
        S.UNKNOWN_PART,
        "#### Wrong: N+1",
        "#### Worng: N+1",
        '"Wrong: a title" and "Why it works"; did you mean "Wrong"?',
    ),
    Broken(S.UNKNOWN_PART, "#### Wrong: N+1", "#### Wrong", 'unknown heading part "Wrong"'),
    Broken(S.UNKNOWN_PART, "#### Why it works", "#### Why", 'unknown heading part "Why"'),
    Broken(S.PART_LEVEL, "#### Why it works", "### Why it works", 'is written "#### Why it works"'),
    Broken(S.PART_MISPLACED, "## Counting", "#### Hint", '"#### Hint" does not belong in the lesson\'s prose'),
    Broken(S.PART_MISPLACED, "Think of", "#### Thinking\n\nThink of", "does not belong in a quiz"),
    Broken(S.PART_TWICE, WHY, f"{WHY}\n#### Why it works \n\nAgain.\n", '"#### Why it works" is given twice', at="it works "),
    Broken(
        S.EMPTY_PART,
        "\n\nWhich attribute in your loop leaves the `book` table?",
        "\n",
        '"#### Hint" says nothing',
        at="#### Hint",
    ),
]

LINES = [
    prose(S.LONG_LINE, "x" * 2001, "a line outside code has at most 2000 characters"),
    prose(S.LONG_LINE, f"```{'x' * 2001}\n1\n```", "a line outside code has at most 2000 characters"),
    prose(S.TOO_MANY_SIGNS, "[" * 1001, 'more than 1000 "[" signs'),
    prose(S.TAB, "\tindented", "indent with spaces"),
    prose(S.COMMENT, "<!-- not for learners -->", "an HTML comment would not be hidden"),
    Broken(
        S.UNKNOWN_CALLOUT, "> [!TIP]", "> [!TPI]", 'unknown callout "TPI", there are NOTE, TIP and WARNING; did you mean "TIP"?'
    ),
    Broken(S.UNKNOWN_CALLOUT, "> [!TIP]", "> [!tip]", 'did you mean "TIP"?'),
    Broken(S.CALLOUT_PLACE, "> [!TIP]", "> [!TIP] Watch", "a callout's marker stands alone"),
    Broken(S.CALLOUT_PLACE, "> [!TIP]", "> Look\n> [!TIP]", "on the first line of its quote", at="> [!TIP]"),
    Broken(S.OPTION_SHAPE, OPTION, "- [] When `.filter()` is called\n", 'an option of a quiz starts with "- [ ] "'),
    Broken(S.OPTION_SHAPE, OPTION, "* [ ] When `.filter()` is called\n", 'an option of a quiz starts with "- [ ] "'),
    Broken(S.OPTION_SHAPE, OPTION, "- [y] When `.filter()` is called\n", 'an option of a quiz starts with "- [ ] "'),
    prose(S.OPTION_MISPLACED, "- [x] Yes", "options belong in a quiz"),
    prompt(S.OPTION_MISPLACED, "- [ ] No", "options belong in a quiz"),
    prose(S.RENDER, "1. " * 600, "this text cannot be turned into HTML"),
]

ITEMS = [
    Broken(S.NO_BLOCK, QUIZ_BLOCK, "", 'a quiz needs a "yaml quiz" fence', at="### Quiz"),
    Broken(
        S.BLOCK_TWICE, QUIZ_BLOCK, f"{QUIZ_BLOCK}\n```yaml  quiz\nid: two\n```\n", 'the second "yaml quiz" fence', at="yaml  quiz"
    ),
    Broken(S.NO_FENCE, STARTER, "```python given path=a.py\n", 'this exercise has no "starter" fence', at="### Exercise"),
    Broken(S.NO_FENCE, SOLUTION, "```python\n", 'this exercise has no "solution" fence', at="### Exercise"),
    Broken(S.TEXT_AMONG_FENCES, SOLUTION, f"One more thing.\n\n{SOLUTION}", "text and fences without a role stand before"),
    Broken(S.TEXT_AMONG_FENCES, ACCEPT, "```python3\n", "text and fences without a role stand before"),
    Broken(
        S.NO_WRONG,
        "```python wrong expect=order",
        "```python",
        '"#### Wrong: dearest first" has no "wrong" fence',
        at="#### Wrong: d",
    ),
    Broken(S.NO_PROBE, "observe: rows", "observe: calls", 'of the kind "calls" needs a "probe" fence', at="### Exercise"),
    Broken(
        S.PROBE_UNASKED,
        STARTER,
        f"```python probe\n1\n```\n\n{STARTER}",
        'in an exercise of the kind "rows"',
        at="### Exercise",
    ),
    Broken(S.NO_OPTIONS, f"{OPTION}{EXPLANATION}{SECOND}", "", "this quiz has no options", at="### Quiz"),
    Broken(S.NO_RIGHT, "- [x]", "- [ ]", "no option of this quiz is right", at="### Quiz"),
    Broken(S.EMPTY_OPTION, OPTION, "- [ ]  \n", "this option says nothing"),
    Broken(S.AFTER_OPTIONS, EXPLANATION, "> Not yet.\n", "nothing but options"),
    Broken(S.AFTER_OPTIONS, SECOND, f"{SECOND}\nThat was easy.\n", "nothing but options", at="That was easy"),
    Broken(S.ID_TWICE, "id: titles-authors", "id: lazy ", '"lazy" is already the id of the item on line', at="id: lazy "),
    Broken(S.UNKNOWN_KIND, "observe: rows", "observe: row", 'unknown kind "row"; did you mean "rows"?'),
    Broken(S.UNKNOWN_WORLD, "world: bookshop", "world: bokshop", 'unknown world "bokshop"; did you mean "bookshop"?'),
    Broken(S.UNKNOWN_WORLD, "observe: rows", "world: cafe\nobserve: rows", 'unknown world "cafe"'),
    Broken(
        S.FORMERLY_TAKEN,
        "formerly: [models/joins]",
        "formerly: [models/first-querysets]",
        '"models/first-querysets" is formerly of models/one-query, but models/first-querysets has that name',
        at="---",
    ),
    Broken(
        S.FORMERLY_TAKEN, "formerly: [titles]", "formerly: [lazy]", "but models/one-query#lazy has that name", at="### Exercise"
    ),
]

STRUCTURE = [*FILE, *YAML, *FENCES, *HEADINGS, *LINES, *ITEMS]

LINT = [
    Broken(Lint.FEW_HINTS, HINT + " attribute in your loop leaves the `book` table?\n\n", "", "it has 1", at="### Exercise"),
    Broken(
        Lint.FEW_WRONGS,
        LESSON[LESSON.index("#### Wrong: N+1") : LESSON.index("#### Wrong: d")],
        "",
        "it has 1",
        at="### Exercise",
    ),
    Broken(Lint.NO_WHY, WHY, "", 'this exercise has no "#### Why it works"', at="### Exercise"),
    Broken(
        Lint.NO_PROMPT,
        "List every book in print as `(title, author's name, price)`, cheapest first.\n",
        "",
        "does not say what is asked",
        at="### Exercise",
    ),
    Broken(Lint.FEW_OPTIONS, f"{OPTION}{EXPLANATION}", "", "a quiz needs at least two options", at="### Quiz"),
    Broken(Lint.NO_EXPLANATION, EXPLANATION, "", "this option has no explanation", at="- [ ] When"),
    Broken(Lint.TOO_LONG, "minutes: 12", "minutes: 13", "a lesson takes at most 12 minutes, this one 13"),
    Broken(
        Lint.REQUIRES,
        "[models/first-querysets]",
        "[models/first-queryset]",
        'did you mean "models/first-querysets"?',
        at="requires:",
    ),
    Broken(
        Lint.DEAD_LINK,
        "(03-first-querysets.md#laziness)",
        "(03-first.md)",
        'dead link "03-first.md": no lesson has',
        at="Reading",
    ),
    Broken(Lint.DEAD_LINK, "#laziness)", "#lazyness)", "the lesson has no such heading", at="Reading"),
    prose(Lint.DEAD_LINK, "[up](#nowhere)", 'dead link "#nowhere": the lesson has no such heading'),
    prose(Lint.DEAD_LINK, "[out](../../README.md)", "no lesson has this file"),
    prose(Lint.DEAD_LINK, "[run](javascript:alert)", "no lesson has this file"),
    prose(Lint.DEAD_LINK, "![a plan](plan.svg)", "there is no such file in the content folder"),
    prose(Lint.DEAD_LINK, "![a plan](https://example.com/plan.svg)", "there is no such file"),
    prose(Lint.DEAD_LINK, "![a seed](../worlds/bookshop/seed.py)", "a picture is a file beside the lesson"),
    prose(Lint.NO_ALT, "![](plan.svg)", "this picture needs a few words"),
    Broken(Lint.LIST_INDENT, "- a list\n", "- a list\n  - a nested one\n", "by four spaces a level", at="  - a nested"),
    Broken(Lint.LIST_INDENT, "- a list\n", "- a list\n\n  a paragraph of it\n", "by four spaces a level", at="  a paragraph"),
    prose(Lint.LIST_INDENT, "- a list\n\n  ```python\n  1\n  ```", "by four spaces a level", at="  ```python"),
    prose(Lint.LIST_BLANK, "Two things:\n- one\n- two", "a list needs a blank line before it", at="- one"),
    prompt(Lint.LIST_BLANK, "Two things:\n1. one\n2. two", "a list needs a blank line before it", at="1. one"),
    Broken(Lint.LIST_BLANK, "Think of", "Two things:\n* one\n\nThink of", "a list needs a blank line before it", at="* one"),
    prose(Lint.LIST_BLANK, "> Two things:\n> - one", "a list needs a blank line before it", at="> - one"),
    prose(Lint.LIST_NUMBER, "1) one", 'number a list with "1."'),
    prose(Lint.REFERENCE_LINK, "[docs]: https://example.com", "write the address where the link stands"),
    prose(Lint.REFERENCE_LINK, "[^1]: a note", "footnotes are lost"),
    prose(Lint.RAW_HTML, "<details>more</details>", 'the HTML tag "details" is taken out'),
    prose(Lint.RAW_HTML, "Filter by <name>.", 'the HTML tag "name" is taken out'),
    Broken(
        Lint.NOT_PYTHON,
        WRONG_BODY,
        "\nBook.objects.order_by(\n",
        "this is not Python: '(' was never closed",
        at="Book.objects.order_by(",
    ),
    Broken(Lint.NOT_PYTHON, "cheap = 10", "cheap =", "this is not Python: ", at="cheap ="),
    Broken(Lint.UNUSED, "must_use: [select_related]", "must_use: [only]", 'must_use names "only"', at="python solution"),
    Broken(Lint.UNUSED, 'select_related("author").values_list', "values_list", 'names "select_related"', at="python accept"),
    Broken(Lint.FORBIDDEN, "forbid: [raw]", "forbid: [values_list]", 'forbid names "values_list"', at="python accept"),
    Broken(Lint.ORDER_COLUMN, "order: [price]", "order: [-cost]", '"order" names "cost", which is not one of the columns'),
    Broken(
        Lint.EXPECT_UNSET,
        "queries: 1\n",
        "",
        'expect=queries cannot fail: the exercise does not say "queries"',
        at="expect=queries",
    ),
    Broken(Lint.EXPECT_UNSET, "order: [price]\n", "", "expect=order cannot fail", at="expect=order"),
]

ADVICE = [
    prose(Advice.LATE_EXERCISE, "word " * 200, "the first exercise comes after ", at="### Exercise"),
    Broken(Advice.FEW_EXERCISES, "minutes: 12", "minutes: 11", "this one has 1", at="---"),
    Broken(Advice.NO_QUIZ, LESSON[LESSON.index("### Quiz") : LESSON.index("### Ex")], "", "a lesson has a quiz", at="---"),
]

"""Every rule of the catalogue and the words it uses: the one place where findings are made.

A rule's class says how grave it is; its value is the message, with the places to fill in between braces.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum

from lessons.catalogue.types import Finding

LONGEST_FIELD = 200


def _short(words: str) -> str:
    """On one line of bearable length: what stands in a message may be anything that stood in a file."""
    flat = " ".join(words.split()) if "\n" in words else words
    return flat if len(flat) <= LONGEST_FIELD else f"{flat[:LONGEST_FIELD]}…"


class Rule(Enum):
    """What a finding can be about."""

    def at(self, path: str, line: int, /, **fields: object) -> Finding:
        return Finding(path, line, self.value.format(**{name: _short(str(value)) for name, value in fields.items()}))


class Structure(Rule):
    """Breaks the lesson: what the author meant is unclear, so the lesson is not shown."""

    # The file
    OUTSIDE = "leads out of the content folder"
    NOT_A_FILE = "is not a plain file"
    TOO_BIG = "is larger than {limit} KB"
    NOT_UTF8 = "is not UTF-8 text"
    CONTROL = "holds the control character {char}; delete it"
    SLUG_TWICE = '"{slug}" is already the lesson in {other}'
    NO_FRONT = "a lesson starts with front matter: a line of ---, keys, another line of ---"
    OPEN_FRONT = "this front matter is not closed by a line of ---"

    # YAML
    YAML_SYNTAX = "this YAML cannot be read: {why}"
    YAML_FANCY = "anchors, aliases and tags of YAML are not used here"
    YAML_DEEP = "this YAML is nested too deeply"
    YAML_KEYS = '"key: value" lines are needed here'
    KEY_NOT_A_WORD = "a key must be a plain word"
    KEY_TWICE = '"{key}" is given twice'
    UNKNOWN_KEY = 'unknown key "{key}" in {block}{near}'
    BAD_VALUE = '"{key}" {why}'
    MISSING_KEY = '{block} needs "{key}"'

    # Fences
    OPEN_FENCE = "this fence is not closed"
    FENCE_LEFT = "this line leaves the list or quote in which the fence of line {opened} stands"
    FENCE_INLINE = "a fence starts on a line of its own"
    UNKNOWN_LANGUAGE = 'unknown fence language "{language}"{near}'
    UNKNOWN_ROLE = 'unknown fence role "{role}"{near}'
    ROLE_LANGUAGE = 'a "{role}" fence is written in {languages}, not "{language}"'
    ROLE_INDENTED = 'a fence with a role ("{role}") starts at the beginning of its line, outside lists and quotes'
    ROLE_MISPLACED = 'a "{role}" fence does not belong in {place}'
    UNKNOWN_OPTION = 'unknown option "{option}" on a "{role}" fence{near}'
    OPTION_TWICE = '"{option}" is given twice on this fence'
    BAD_PATH = '"path={path}" must be a relative path of plain names, like shop/urls.py'
    NO_PATH = 'a "{role}" fence needs a path='
    PATH_TWICE = '"{path}" is given twice'
    PATHS_DIFFER = "this answer consists of {paths}, but the starter of {starter}"
    NO_EXPECT = 'a "wrong" fence needs expect=<the check that must fail>'
    EXPECT_DIFFERS = 'the fences of one wrong answer must expect the same, not "{first}" and "{second}"'
    UNKNOWN_EXPECT = 'unknown check "{expect}", this exercise has {checks}{near}'
    EMPTY_FENCE = 'this "{role}" fence is empty'

    # Headings
    HEADING_SPACE = "a heading needs a space after its # signs"
    HEADING_PLACE = "a heading starts at the beginning of its line, outside lists and quotes (code belongs in a fence)"
    HEADING_LEVEL = "headings go from ## to ####; the lesson's title is in the front matter"
    HEADING_UNDERLINED = "write a heading with # signs, and a blank line before a dividing line"
    HEADING_EMPTY = "this heading is empty"
    UNKNOWN_ITEM = '"{heading}" opens nothing; did you mean "### {word}: a title"?'
    UNKNOWN_PART = 'unknown heading part "{heading}", an exercise has "Hint", "Wrong: a title" and "Why it works"{near}'
    PART_MISPLACED = '"#### {heading}" does not belong in {place}'
    PART_LEVEL = 'a part of an exercise is written "#### {heading}"'
    PART_TWICE = '"#### {heading}" is given twice'
    EMPTY_PART = '"#### {heading}" says nothing'

    # Lines of prose
    LONG_LINE = "a line outside code has at most {limit} characters"
    TOO_MANY_SIGNS = 'more than {limit} "{sign}" signs in the prose of one lesson; code belongs in fences'
    TAB = "indent with spaces, not with tabs"
    COMMENT = "an HTML comment would not be hidden everywhere; delete it"
    UNKNOWN_CALLOUT = 'unknown callout "{name}", there are NOTE, TIP and WARNING{near}'
    CALLOUT_PLACE = "a callout's marker stands alone on the first line of its quote"
    OPTION_SHAPE = 'an option of a quiz starts with "- [ ] " or "- [x] "'
    OPTION_MISPLACED = "options belong in a quiz"
    RENDER = "this text cannot be turned into HTML"

    # Exercises and quizzes
    NO_BLOCK = '{item} needs a "yaml {role}" fence'
    BLOCK_TWICE = 'this is the second "yaml {role}" fence here'
    NO_FENCE = 'this exercise has no "{role}" fence'
    TEXT_AMONG_FENCES = "text and fences without a role stand before the exercise's fences, or below a #### heading"
    NO_PROBE = 'an exercise of the kind "{kind}" needs a "probe" fence and a "probe hidden" fence'
    PROBE_UNASKED = 'nothing is asked by probes in an exercise of the kind "{kind}"'
    NO_WRONG = '"#### {heading}" has no "wrong" fence'
    NO_OPTIONS = "this quiz has no options"
    NO_RIGHT = "no option of this quiz is right"
    EMPTY_OPTION = "this option says nothing"
    AFTER_OPTIONS = "nothing but options, indented by two spaces where they go on, may follow the first option"
    ID_TWICE = '"{id}" is already the id of the item on line {other}'
    UNKNOWN_KIND = 'unknown kind "{kind}"{near}'
    UNKNOWN_WORLD = 'unknown world "{world}"{near}'
    LONG_KEY = "the names of module, lesson and item have at most {limit} characters together, former ones too"
    FORMERLY_TAKEN = '"{slug}" is formerly of {this}, but {other} has that name'


class Whole(Rule):
    """About the course, not one lesson: reported, breaks nothing that can be shown."""

    NO_COURSE = "the content folder has no course.yaml"
    MODULE_TWICE = 'the module "{slug}" is listed twice'
    RESERVED = '"worlds" is the worlds\' folder and cannot be a module'
    NO_ENTRY = 'the folder "{folder}" has no entry in course.yaml'
    FILE_NAME = 'a lesson\'s file is named like "04-lower-case-words.md"'
    STRAY_LESSON = "no lesson is looked for here; lessons stand directly in a module's folder"
    WORLD_NAME = 'a world\'s folder is named in lower-case letters, digits and _, not "{name}"'
    WORLD_FILE = 'the world "{world}" has no {file}'


class Lint(Rule):
    """Worse than it could be, but shown."""

    FEW_HINTS = "this exercise needs at least two hints, from a nudge to nearly the answer; it has {count}"
    FEW_WRONGS = "this exercise needs at least two wrong answers that learners give; it has {count}"
    NO_WHY = 'this exercise has no "#### Why it works"'
    NO_PROMPT = "this item does not say what is asked"
    FEW_OPTIONS = "a quiz needs at least two options"
    NO_EXPLANATION = 'this option has no explanation ("  > Because …" below it)'
    TOO_LONG = "a lesson takes at most 12 minutes, this one {minutes}"
    NUMBER_TWICE = "{other} has the same number"
    REQUIRES = 'there is no lesson "{slug}" to require{near}'
    DEAD_LINK = 'dead link "{target}": {why}'
    NO_ALT = "this picture needs a few words between its brackets for those who do not see it"
    LIST_INDENT = "indent what belongs to a list item, nested lists too, by four spaces a level"
    LIST_BLANK = "a list needs a blank line before it"
    LIST_NUMBER = 'number a list with "1." and not "1)"'
    REFERENCE_LINK = "write the address where the link stands: reference links and footnotes are lost between the lesson's parts"
    RAW_HTML = 'the HTML tag "{tag}" is taken out'
    NOT_PYTHON = "this is not Python: {why}"
    UNUSED = 'must_use names "{name}", which this answer does not call'
    FORBIDDEN = 'forbid names "{name}", which this answer calls'
    ORDER_COLUMN = '"order" names "{name}", which is not one of the columns'
    EXPECT_UNSET = 'expect={check} cannot fail: the exercise does not say "{check}"'


class Advice(Rule):
    """Worth a thought, never an error."""

    LATE_EXERCISE = "the first exercise comes after {words} words; within 200 is better"
    FEW_EXERCISES = "a lesson has four to six exercises; this one has {count}"
    NO_QUIZ = "a lesson has a quiz that asks for a prediction"


class Findings:
    """Collects what is found in one file. Calling it reports: ``report(Structure.TAB, line)``."""

    def __init__(self, path: str, found: list[Finding] | None = None) -> None:
        self.path = path
        self.found: list[Finding] = [] if found is None else found

    def beside(self, name: str) -> "Findings":
        """For a file in the folder ``path``, into the same collection."""
        return Findings(f"{self.path}/{name}", self.found)

    def __call__(self, rule: Rule, line: int, /, **fields: object) -> None:
        self.found.append(rule.at(self.path, line, **fields))


def near(word: str, known: Iterable[str], form: str = "{}") -> str:
    """``; did you mean "solution"?``, or nothing when no known word is near."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{form.format(close[0])}"?' if close else ""

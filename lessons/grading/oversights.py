"""Slips that a wrong answer's text shows by itself, whatever it did: code that has no effect, a hook that nobody calls.

Each rule looks at one parsed file and yields sentences that are true of it; none guesses what was meant beyond a name that is
nearly another. They are told of wrong answers only, and behind what an author says.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches

from lessons.grading.source import name_called, parse
from lessons.grading.words import code
from sandbox.protocol import File

NEAR = 0.84

HOOKS = (
    "process_request", "process_response", "process_view", "process_exception", "process_template_response",
    "get_queryset", "get_context_data", "get_object", "get_absolute_url", "get_success_url", "get_template_names", "form_valid",
    "form_invalid", "as_view", "dispatch", "to_python", "to_url", "full_clean", "clean_fields", "validate_unique", "save_model",
    "setUp", "setUpTestData", "setUpClass", "tearDown", "tearDownClass", "__init__", "__str__", "__call__", "__repr__", "__eq__",
)  # fmt: skip
"""Methods that Django, unittest and Python call by their name."""
ORDERS = {"process_exception": ("request", "exception"), "process_template_response": ("request", "response")}
"""What a hook is called with, in order."""
SETTINGS = (
    "ALLOWED_HOSTS", "AUTH_USER_MODEL", "CACHES", "CSRF_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS", "DATABASES", "DEBUG",
    "DEFAULT_AUTO_FIELD", "DEFAULT_FROM_EMAIL", "INSTALLED_APPS", "INTERNAL_IPS", "LANGUAGE_CODE", "LOGGING",
    "LOGIN_REDIRECT_URL", "LOGIN_URL", "MEDIA_ROOT", "MEDIA_URL", "MIDDLEWARE", "ROOT_URLCONF", "SECRET_KEY",
    "SECURE_CONTENT_TYPE_NOSNIFF", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD", "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER", "SECURE_REDIRECT_EXEMPT", "SECURE_REFERRER_POLICY", "SECURE_SSL_HOST",
    "SECURE_SSL_REDIRECT", "SESSION_COOKIE_AGE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SECURE", "SESSION_ENGINE",
    "STATICFILES_DIRS", "STATIC_ROOT", "STATIC_URL", "STORAGES", "TASKS", "TEMPLATES", "TIME_ZONE", "USE_I18N", "USE_TZ",
    "WSGI_APPLICATION", "X_FRAME_OPTIONS",
)  # fmt: skip
GIVE_NOTHING = frozenset({"append", "extend", "insert", "remove", "sort", "clear", "save", "full_clean", "refresh_from_db"})
SAVING = frozenset({"save", "asave", "update", "aupdate", "bulk_update", "abulk_update", "update_or_create", "save_base"})
ENVIRONMENT = frozenset({"getenv", "environ"})

type Rule = Callable[[File, ast.Module, bool], Iterator[str]]


def oversight(files: Sequence[File], *, answers: bool, unsaved: bool) -> str:
    """The first slip; empty where there is none.

    ``answers``: a file's last expression is the answer, and so has an effect. ``unsaved``: the database is not as it should be.
    """
    rules = (*RULES, never_saved) if unsaved else RULES
    parsed = [(file, parse(file.text)) for file in files if file.path.endswith(".py")]
    return next((said for rule in rules for file, tree in parsed for said in rule(file, tree, answers)), "")


def calls(tree: ast.Module, *names: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_called(node) in names)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def compares_for_nothing(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    """``book.in_print == False`` on a line of its own."""
    last = tree.body[-1] if tree.body and answers else None
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Compare(ops=[ast.Eq()]) as compared) if node is not last:
                text = code(ast.unparse(compared))
                yield f"Line {node.lineno}, {text}, compares and does nothing with it: one `=` sets a value, two compare."


def hook_that_nobody_calls(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    for node in functions(tree):
        if node.name not in HOOKS and (near := nearly(node.name, HOOKS)):
            yield f"Nothing calls {code(node.name)}. Did you mean {code(near)}?"


def nearly(name: str, known: Sequence[str]) -> str:
    """The known name that it was probably meant to be; empty where it is like none."""
    other_case = next((one for one in known if one.lower() == name.lower()), "")
    return other_case or next(iter(get_close_matches(name, known, n=1, cutoff=NEAR)), "")


def swapped_parameters(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    for node in functions(tree):
        names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
        wanted = ORDERS.get(node.name, ())
        if sorted(names) == sorted(wanted) and names != list(wanted):
            yield f"{code(node.name)} is called with {code(', '.join(wanted))}, in that order: its arguments are swapped here."


def setting_that_nobody_reads(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    if "settings" not in file.path:
        return
    for node in tree.body:
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Name) and target.id not in SETTINGS:
                near = nearly(target.id, SETTINGS)
                if near and near not in file.text.replace(target.id, ""):
                    yield f"Django reads no setting {code(target.id)}. Did you mean {code(near)}?"


def environment_is_text(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    """``os.environ.get("DEBUG") == 1``"""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and len(node.comparators) == 1:
            sides = (node.left, node.comparators[0])
            for one, other in (sides, sides[::-1]):
                if from_environment(one) and isinstance(other, ast.Constant) and isinstance(other.value, int):
                    given = f'"{int(other.value)}"'
                    yield (
                        f"What comes from the environment is a text, and never equal to {code(str(other.value))}: "
                        f"compare with a text, such as {code(given)}."
                    )


def from_environment(node: ast.expr) -> bool:
    named = isinstance(node, ast.Call | ast.Subscript) and ast.unparse(node.func if isinstance(node, ast.Call) else node.value)
    return bool(named) and any(part in ENVIRONMENT for part in str(named).split("."))


def result_of_nothing(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    """``apps = apps.remove("x")``"""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.Return) and isinstance(node.value, ast.Call):
            name = name_called(node.value)
            if name in GIVE_NOTHING and isinstance(node.value.func, ast.Attribute):
                yield f"{code(f'.{name}()')} on line {node.lineno} gives `None`: call it on a line of its own."


def letters_for_a_list(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    """``filter(format__in="ebook")``"""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=str(name), value=ast.Constant(value=str())) if name.endswith("__in"):
                yield f"{code(name)} is given one text, and takes each of its letters for a value: `in` wants a list."


def second_argument(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    """``assertTrue(a, b)``: the second argument is only a message."""
    for call in calls(tree, "assertTrue", "assertFalse"):
        if len(call.args) > 1 and not is_text(call.args[1]):
            name = code(name_called(call))
            yield f"{name} on line {call.lineno} looks at its first argument only; `assertEqual` compares two."


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def callbacks_not_run(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    for call in calls(tree, "captureOnCommitCallbacks"):
        if not any(each.arg == "execute" for each in call.keywords):
            yield "`captureOnCommitCallbacks()` collects what waits for the commit and, without `execute=True`, runs none of it."


def tests_nothing(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    for node in functions(tree):
        if node.name.startswith("test") and not any(asserts(inside) for inside in ast.walk(node)):
            yield f"{code(node.name)} asserts nothing, so nothing can make it fail but an exception."


def asserts(node: ast.AST) -> bool:
    name = name_called(node) if isinstance(node, ast.Call) else ""
    return isinstance(node, ast.Assert) or name.startswith(("assert", "fail", "raises", "check"))


def never_saved(file: File, tree: ast.Module, answers: bool) -> Iterator[str]:
    """An attribute is set, and nothing in the file writes to the database."""
    if any(isinstance(node, ast.Call) and name_called(node) in SAVING for node in ast.walk(tree)):
        return
    for node in ast.walk(tree):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AugAssign) else None
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id not in ("self", "cls"):
            name = code(ast.unparse(target))
            yield f"{name} is changed in memory only, and nothing saves it: the row stays as it was until `.save()`."


RULES: tuple[Rule, ...] = (
    hook_that_nobody_calls,
    swapped_parameters,
    setting_that_nobody_reads,
    compares_for_nothing,
    result_of_nothing,
    environment_is_text,
    letters_for_a_list,
    second_argument,
    callbacks_not_run,
    tests_nothing,
)

"""What common exceptions mean, as data: the first row whose type and pattern fit is used.

Types (one or more), pattern of the message, headline, detail. ``{0}`` is the pattern's first group as code. The learner's code
makes messages too, so no pattern has `.*` in its middle: one that can match in many ways can be made to try them all.
"""

# ruff: noqa: E501 - a table is read by the row

type Meaning = tuple[str, str, str, str]

MISSING = "A value is missing in some row: leave such rows out first."

BY_MESSAGE: tuple[Meaning, ...] = (
    ("NoAnswer", "", "The last line gives no answer", "End with an expression, or give the answer a name: `answer = …`."),
    # Lookups
    ("FieldError", r"Related Field got invalid lookup: (\w+)", "A relation has no lookup {0}", "Go on to one of its fields first."),
    ("FieldError", r"Unsupported lookup '(\w+)' for (\w+)", "A {1} has no lookup {0}", "Look for a typing error after the `__`."),
    ("FieldError", r"Cannot resolve keyword '(\w+)' into field", "There is no field {0} here", "Names after `__` follow relations."),
    ("FieldError", r"select_related: '(\w+)'", "{0} cannot be selected", "`select_related` follows foreign keys and one-to-one fields only."),
    ("FieldError", r"mixed types", "Two types of field are mixed", "Say which one comes out: `output_field=…` in an `ExpressionWrapper`."),
    ("FieldError", r"unknown output_field", "The type of an expression is unknown", "Name it with `output_field=…`."),
    ("FieldError", r"is an aggregate", "An aggregate is taken of an aggregate", "Annotate first, and aggregate over that annotation."),
    ("FieldError", r"Cannot aggregate over the '(\w+)' alias", "{0} is only an alias", "Use `.annotate()` for what is aggregated later."),
    ("FieldError", r"[Jj]oined field references", "An `F()` across a relation is not possible here", "An update cannot join: use a `Subquery`."),
    # QuerySets
    ("TypeError", r"once a slice has been taken", "A sliced QuerySet cannot be changed any more", "Filter and order first, slice last."),
    ("TypeError", r"two different base models", "Two QuerySets of different models cannot be combined", "Combine QuerySets of one model."),
    ("TypeError", r"require an alias", "An expression needs a name", "Give it one: `total=…`."),
    ("TypeError", r"non-conditional expression", "This is not a condition", "`filter` takes `field=value`, `Q(…)` or a lookup."),
    ("TypeError", r"received non-expression", "A plain value stands where an expression is asked for", "Wrap it: `Value(…)`, or `F(…)` for a field."),
    ("TypeError", r"indices must be integers or slices", "Rows are asked for by number", "With a place or a slice: `[0]`, `[:5]`."),
    ("ValueError", r"Negative indexing", "A QuerySet cannot be counted from its end", "Turn the order round, and count from the start."),
    ("ValueError", r"Cannot use None as a query value", "`None` cannot be compared", "`__isnull=True` finds what is empty."),
    ("ValueError", r'Must be "(\w+)" instance', "A {0} object is asked for", "Give an object or its primary key."),
    ("ValueError", r'Cannot use QuerySet for "(\w+)": Use a QuerySet for "(\w+)"', "A QuerySet of {0} stands where one of {1} is asked for", ""),
    ("ValueError", r"annotation '(\w+)' conflicts with a field", "{0} is already a field's name", "Call the annotation something else."),
    ("ValueError", r'must be an? "(\w+)" instance', "A {0} object is asked for", "Give an object, or use the field that ends in `_id`."),
    ("ValueError", r"[Uu]nsaved", "This object is not in the database yet", "Save it first."),
    ("NotSupportedError", r"Calling QuerySet\.(\w+)\(\) after (\w+)\(\)", "{0} cannot follow {1}", "Do it before, on each part."),
    ("NotSupportedError", "", "The database cannot do that", ""),
    ("DoesNotExist ObjectDoesNotExist", "", "`.get()` found no row", "Nothing matches the conditions."),
    ("MultipleObjectsReturned", "", "`.get()` found more than one row", "Make the conditions narrower, or use `.filter()`."),
    ("ValidationError", r"“” value", "An empty text is no value here", "`__isnull=True` finds what is empty."),
    ("ValidationError", "", "A value has the wrong form", "{message}"),
    # Routes, views and templates
    ("NoReverseMatch", r"Reverse for '([^']*)' not found", "No route is called {0}", "A route's name is what `name=` says, behind its namespace."),
    ("NoReverseMatch", r"Reverse for '([^']*)' with no arguments not found", "The route {0} needs arguments", "What its path has in angle brackets has to be given."),
    ("NoReverseMatch", r"Reverse for '([^']*)' with (?:keyword )?arguments", "The route {0} does not take these arguments", "They have to fit what its path has in angle brackets."),
    ("NoReverseMatch", r"'([^']*)' is not a registered namespace", "There is no namespace {0}", "A namespace comes from `app_name` in the included URLconf."),
    ("ImproperlyConfigured", r"uses invalid converter '([^']*)'", "There is no converter {0}", "Django has `str`, `int`, `slug`, `uuid` and `path`."),
    ("ImproperlyConfigured", r"does not appear to have any patterns", "A URLconf has no `urlpatterns`", "Its module needs a list of that name."),
    ("ImproperlyConfigured", r"without providing an app_name", "`include()` is given a namespace without an `app_name`", "Set `app_name` in the included URLconf."),
    ("ImproperlyConfigured", r"Middleware factory ([\w.]+) returned None", "{0} gives no middleware", "Return the inner function."),
    ("ValueError", r"The (?:view|middleware) ([\w.]+) didn't return an HttpResponse object\. It returned None", "{0} returns `None`", "Every way through it has to return a response."),
    ("ValueError", r"The view ([\w.]+) didn't return an HttpResponse object\. It returned an unawaited", "{0} returns a coroutine", "Await it."),
    ("TemplateDoesNotExist", r"^(\S+)", "There is no template {0}", "Its name is the path behind the `templates` folder."),
    ("TemplateSyntaxError", r"(?:Invalid|Unknown) filter: '([^']*)'", "There is no filter {0}", "A filter of your own needs `{{% load %}}` first."),
    ("TemplateSyntaxError", r"Invalid block tag on line (\d+): '(end\w+)'", "Line {0} of the template has {1} where it ends nothing", ""),
    ("TemplateSyntaxError", r"Invalid block tag on line (\d+): '([^']*)'", "Line {0} of the template has a tag {1} that there is not", "A tag of your own needs `{{% load %}}` first."),
    ("TemplateSyntaxError", r"Unclosed tag on line (\d+): '([^']*)'", "The tag {1} on line {0} of the template is not closed", ""),
    ("TemplateSyntaxError", "", "The template has a mistake", "{message}"),
    # The database
    ("IntegrityError", r"UNIQUE constraint failed: (.+)", "{0} must be unique, and that value is taken", ""),
    ("IntegrityError", r"NOT NULL constraint failed: (.+)", "{0} must have a value", ""),
    ("IntegrityError", r"FOREIGN KEY", "A row that others point to would be missing", ""),
    ("IntegrityError", r"CHECK constraint failed: (.+)", "The rule {0} is broken", ""),
    ("ProtectedError", r"instances of model '(\w+)' because they are referenced through protected foreign keys: ([^\"]+)\.", "A {0} that others point to cannot be deleted", "It is protected by {1}."),
    ("RestrictedError", r"instances of model '(\w+)' because they are referenced through restricted foreign keys: ([^\"]+)\.", "A {0} that others point to cannot be deleted", "It is protected by {1}."),
    ("TransactionManagementError", r"until the end of the 'atomic' block", "A statement failed inside `atomic()`", "After that, nothing more can be asked before the block ends."),
    ("TransactionManagementError", "", "A transaction is used in a way that does not work", "{message}"),
    ("OperationalError DatabaseError", r"not authorized|prohibited", "The sandbox does not let SQL do that", ""),
    ("OperationalError ProgrammingError", r"no such \w+: (.+)", "{0} is not in the database", ""),
    ("SynchronousOnlyOperation", "", "A query was sent from asynchronous code", "Use the methods that start with `a`, and await them."),
    # Python
    ("AttributeError", r"'NoneType' object has no attribute '(\w+)'", "{0} is asked of `None`", "`.first()` and empty relations give `None`."),
    ("AttributeError", r"Manager isn't accessible via (\w+) instances", "`objects` is asked of one {0}", "It belongs to the class: `Model.objects`."),
    ("TypeError", r"^([\w.]+)\(\) got an unexpected keyword argument '(\w+)'", "{0} takes no argument called {1}", ""),
    ("TypeError", r"^([\w.]+)\(\) got unexpected keyword arguments: (.+)", "{0} takes no argument called {1}", ""),
    ("TypeError", r"^([\w.]+)\(\) missing \d+ required [\w-]+ arguments?: (.+)", "{0} is called without {1}", "What calls it has to give every argument that it asks for."),
    ("TypeError", r"^([\w.]+)\(\) takes [\w ]+ but \d+ (?:was|were) given", "{0} is given too many arguments", "{message}"),
    ("TypeError", r"got '?(?:builtin_function_or_method|function|method)'?", "A function stands where its value is asked for", "Call it: add `()` after its name."),
    ("TypeError", r"'NoneType' object is not (\w+)", "`None` stands where something else is needed", "Some methods give nothing back."),
    ("TypeError", r"'(?:method|function)' object is not", "A method is not called", "Add `()` after its name."),
    ("TypeError", r"'(?:\w+\.)*(\w+)' object is not callable", "A {0} cannot be called", "Take away the brackets after it."),
    ("TypeError", r"'(?:\w+\.)*(\w+)' object is not iterable", "A {0} cannot be looped over", ""),
    ("TypeError", r"'(?:\w+\.)*(\w+)' object is not subscriptable", "A {0} has no places to ask for with `[…]`", "Its attributes are read with a dot."),
    ("TypeError", r"unsupported operand type\(s\) for (\S+): (?:'NoneType'|'[\w.]+' and 'NoneType')", "{0} does not work with `None`", MISSING),
    ("TypeError", r"'([^'\s]+)' not supported between instances of (?:'NoneType'|'[\w.]+' and 'NoneType')", "{0} does not work with `None`", MISSING),
    ("TypeError", r"unsupported operand type\(s\) for (\S+): '(?:\w+\.)*(\w+)' and '(?:\w+\.)*(\w+)'", "{0} does not work between {1} and {2}", ""),
    ("TypeError", r"'([^'\s]+)' not supported between instances of '(?:\w+\.)*(\w+)' and '(?:\w+\.)*(\w+)'", "{0} does not work between {1} and {2}", ""),
    ("TypeError", r"unhashable type: '(\w+)'", "A {0} cannot be in a set or be a dict's key", ""),
    ("ValueError", r"(?:too many|not enough) values to unpack", "The places do not fit the names", "{message}"),
    ("ValueError", r"invalid literal for int\(\) with base \d+: (.+)", "{0} is not a number", ""),
    ("IndexError", "", "There is no such place", "A list of three has the places 0, 1 and 2."),
    ("KeyError", r"^(.+)$", "There is no key {0}", ""),
    ("ZeroDivisionError", "", "Something is divided by zero", ""),
    ("RecursionError", "", "A function calls itself without an end", ""),
    ("StopIteration", "", "`next()` found nothing more", "`next(…, None)` then gives `None`."),
    ("AssertionError", "", "An `assert` does not hold", "{message}"),
    ("SystemExit KeyboardInterrupt", "", "The code ended itself", "The last line is never reached: leave `exit()` out."),
    # The sandbox
    ("PermissionError", "", "The sandbox is closed", "It does not let code open files, start programs or reach the network."),
    ("FileNotFoundError ConnectionError ConnectionRefusedError BlockingIOError gaierror OSError", "", "The sandbox is closed", "There are no files, no other programs and no network in it."),
    ("ModuleNotFoundError", r"No module named '([\w.]+)'", "{0} cannot be imported", "There is no such module in the sandbox."),
    ("ImportError", "", "That cannot be imported", "{message}"),
)  # fmt: skip

ON_HIDDEN = {
    "DoesNotExist": "`.get()` finds no row",
    "MultipleObjectsReturned": "`.get()` finds more than one row",
    "IndexError": "there are fewer rows than it takes for granted",
    "AttributeError": "something is `None`",
    "TypeError": "a value is `None` or of another type",
    "ZeroDivisionError": "something is divided by zero",
    "StopIteration": "there is nothing to take",
    "KeyError": "a key is missing",
}
"""What can be said of an exception on hidden data without telling any of it."""

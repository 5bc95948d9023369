"""Wrong answers to middleware/writing-one."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import Answer, one, word


def middleware(text: str) -> tuple[File, ...]:
    return one(text, "shop/middleware.py")


ANSWERS = (
    Answer(
        "the header on the request",
        "middleware/writing-one#stamp",
        middleware("""
            def stamp(get_response):
                def middleware(request):
                    request["X-Shop"] = "open"
                    return get_response(request)

                return middleware
        """),
        "The header is set on the request, which cannot be used like a dict; it belongs on the response.",
        (("item assignment", "wsgirequest", "the request", "response["),),
    ),
    Answer(
        "the middleware is not given back",
        "middleware/writing-one#stamp",
        middleware("""
            def stamp(get_response):
                def middleware(request):
                    response = get_response(request)
                    response["X-Shop"] = "open"
                    return response
        """),
        "stamp() ends without a return, so Django gets None for a middleware.",
        (("return", "gave none", "gives none", "factory"),),
    ),
    Answer(
        "another value",
        "middleware/writing-one#stamp",
        middleware("""
            def stamp(get_response):
                def middleware(request):
                    response = get_response(request)
                    response["X-Shop"] = "opened"
                    return response

                return middleware
        """),
        "The header says opened, and open was asked for.",
        (("x-shop",),),
    ),
    Answer(
        "another header",
        "middleware/writing-one#stamp",
        middleware("""
            def stamp(get_response):
                def middleware(request):
                    response = get_response(request)
                    response["X_Shop"] = "open"
                    return response

                return middleware
        """),
        "The header is called X_Shop, with an underscore, and not X-Shop.",
        (("x-shop", "x_shop"),),
    ),
    Answer(
        "another status",
        "middleware/writing-one#closed",
        middleware("""
            from django.http import HttpResponse


            def closed(get_response):
                def middleware(request):
                    if request.path.startswith("/status/"):
                        return get_response(request)
                    return HttpResponse("Back soon", status=500)

                return middleware
        """),
        "The status is 500, and 503 was asked for.",
        (("503", "500"),),
    ),
    Answer(
        "a pair for a response",
        "middleware/writing-one#closed",
        middleware("""
            def closed(get_response):
                def middleware(request):
                    if request.path.startswith("/status/"):
                        return get_response(request)
                    return "Back soon", 503

                return middleware
        """),
        "It returns a tuple, and a middleware has to return a response.",
        (("tuple", "httpresponse", "not a response", "no response"),),
    ),
    Answer(
        "a response that nobody returns",
        "middleware/writing-one#closed",
        middleware("""
            from django.http import HttpResponse


            def closed(get_response):
                def middleware(request):
                    if not request.path.startswith("/status/"):
                        HttpResponse("Back soon", status=503)
                    return get_response(request)

                return middleware
        """),
        "The refusal is made and not returned, so every request gets through.",
        (("return", "through", "200", "ran all the same", "reach", "let in", "turned back"),),
    ),
    Answer(
        "a path without its first slash",
        "middleware/writing-one#closed",
        middleware("""
            from django.http import HttpResponse


            def closed(get_response):
                def middleware(request):
                    if request.path.startswith("status/"):
                        return get_response(request)
                    return HttpResponse("Back soon", status=503)

                return middleware
        """),
        "request.path begins with a slash, so no path starts with status/ and everything is refused.",
        (("/status/",), ("503", "refused", "turned", "closed", "slash", "through", "reach")),
    ),
    Answer(
        "the condition turned round",
        "middleware/writing-one#closed",
        middleware("""
            from django.http import HttpResponse


            def closed(get_response):
                def middleware(request):
                    if request.path.startswith("/status/"):
                        return HttpResponse("Back soon", status=503)
                    return get_response(request)

                return middleware
        """),
        "It refuses what begins with /status/ and lets everything else through.",
        (("/status/", "/books/"), ("503", "200", "refused", "through", "turned", "other way", "opposite")),
    ),
    Answer(
        "a name that there is not",
        "middleware/writing-one#in-order",
        one(
            """
            MIDDLEWARE = [
                "shop.middleware.stmap",
                "shop.middleware.reader",
                "shop.middleware.members_only",
            ]
            """,
            "settings.py",
        ),
        "stamp is written stmap.",
        (("stmap",),),
    ),
    Answer(
        "two names in one",
        "middleware/writing-one#in-order",
        one(
            """
            MIDDLEWARE = [
                "shop.middleware.stamp"
                "shop.middleware.reader",
                "shop.middleware.members_only",
            ]
            """,
            "settings.py",
        ),
        "A comma is missing, so Python joins two names into one.",
        (("comma", "stampshop"),),
    ),
    Answer(
        "the setting of another name",
        "middleware/writing-one#in-order",
        one(
            """
            MIDDLEWARES = [
                "shop.middleware.stamp",
                "shop.middleware.reader",
                "shop.middleware.members_only",
            ]
            """,
            "settings.py",
        ),
        "The setting is called MIDDLEWARE; MIDDLEWARES is none, so there is no middleware at all.",
        (("middlewares", "called middleware", "no middleware", "none of the"),),
    ),
    Answer(
        "the arguments swapped",
        "middleware/writing-one#no-such-row",
        middleware("""
            from django.core.exceptions import ObjectDoesNotExist
            from django.http import JsonResponse


            class NoSuchRow:
                def __init__(self, get_response):
                    self.get_response = get_response

                def __call__(self, request):
                    return self.get_response(request)

                def process_exception(self, exception, request):
                    if isinstance(exception, ObjectDoesNotExist):
                        return JsonResponse({"error": "not found"}, status=404)
                    return None
        """),
        "process_exception gets the request first and the exception second, so the request is held for the exception.",
        (("swapped", "argument", "parameter", "order of", "exception, request", "request, exception", "request first"),),
    ),
    Answer(
        "a misspelt method",
        "middleware/writing-one#no-such-row",
        middleware("""
            from django.core.exceptions import ObjectDoesNotExist
            from django.http import JsonResponse


            class NoSuchRow:
                def __init__(self, get_response):
                    self.get_response = get_response

                def __call__(self, request):
                    return self.get_response(request)

                def process_exeption(self, request, exception):
                    if isinstance(exception, ObjectDoesNotExist):
                        return JsonResponse({"error": "not found"}, status=404)
                    return None
        """),
        "The method process_exception is written process_exeption, so Django never calls it.",
        (("process_exception", "process_exeption"),),
    ),
    Answer(
        "another JSON",
        "middleware/writing-one#no-such-row",
        middleware("""
            from django.core.exceptions import ObjectDoesNotExist
            from django.http import JsonResponse


            class NoSuchRow:
                def __init__(self, get_response):
                    self.get_response = get_response

                def __call__(self, request):
                    return self.get_response(request)

                def process_exception(self, request, exception):
                    if isinstance(exception, ObjectDoesNotExist):
                        return JsonResponse({"error": str(exception)}, status=404)
                    return None
        """),
        "The JSON holds the exception's own words, and not found was asked for.",
        ((*word("error"), "not found", "exception's"),),
    ),
    Answer(
        "the exception's class is compared",
        "middleware/writing-one#no-such-row",
        middleware("""
            from django.core.exceptions import ObjectDoesNotExist
            from django.http import JsonResponse


            class NoSuchRow:
                def __init__(self, get_response):
                    self.get_response = get_response

                def __call__(self, request):
                    return self.get_response(request)

                def process_exception(self, request, exception):
                    if type(exception) is ObjectDoesNotExist:
                        return JsonResponse({"error": "not found"}, status=404)
                    return None
        """),
        "Each model's DoesNotExist is a class of its own below ObjectDoesNotExist, so none is exactly that class.",
        (("isinstance", "subclass", "class of its own", "stands above", "exactly", "type("),),
    ),
)

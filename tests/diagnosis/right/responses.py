"""Right answers to exercises on requests."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import one, several
from tests.diagnosis.right.answer import Right


def urls(text: str) -> tuple[File, ...]:
    return one(text, "shop/urls.py")


def middleware(text: str) -> tuple[File, ...]:
    return one(text, "shop/middleware.py")


RIGHT = (
    Right(
        "routing/paths-and-converters#shops-page",
        "a pattern from the beginning to the end",
        urls(r"""
            from django.urls import path, re_path

            from shop import views

            urlpatterns = [
                re_path(r"^shops/\Z", views.shops),
                path("books/", views.books),
            ]
        """),
    ),
    Right(
        "routing/paths-and-converters#shops-page",
        "routes in a list of their own",
        urls("""
            from django.urls import include, path

            from shop import views

            shops = [path("", views.shops)]
            urlpatterns = [path("books/", views.books), path("shops/", include(shops))]
        """),
    ),
    Right(
        "routing/paths-and-converters#book-by-number",
        "a pattern of digits",
        urls("""
            from django.urls import re_path

            from shop import views

            urlpatterns = [re_path("^books/(?P<pk>[0-9]+)/$", views.detail)]
        """),
    ),
    Right(
        "routing/paths-and-converters#books-of-a-year",
        "a class for the view",
        several(
            shop__urls="""
                from django.urls import path

                from shop.views import Year

                urlpatterns = [path("years/<int:year>/", Year.as_view())]
            """,
            shop__views="""
                from bookshop.models import Book
                from django.http import JsonResponse
                from django.views import View


                class Year(View):
                    def get(self, request, year):
                        titles = Book.objects.filter(published__year=year).values_list("title", flat=True)
                        return JsonResponse({"year": year, "titles": sorted(titles)})
            """,
        ),
    ),
    Right(
        "middleware/writing-one#stamp",
        "Django's own base class",
        middleware("""
            from django.utils.deprecation import MiddlewareMixin


            class stamp(MiddlewareMixin):
                def process_response(self, request, response):
                    response.headers["X-Shop"] = "open"
                    return response
        """),
    ),
    Right(
        "middleware/writing-one#closed",
        "two middlewares, each with its way",
        middleware("""
            from django.http import HttpResponse


            def closed(get_response):
                def refuse(request):
                    response = HttpResponse("Back soon")
                    response.status_code = 503
                    return response

                return lambda request: (get_response if request.path[:8] == "/status/" else refuse)(request)
        """),
    ),
    Right(
        "middleware/writing-one#no-such-row",
        "Django's own base class",
        middleware("""
            from django.core.exceptions import ObjectDoesNotExist
            from django.http import JsonResponse
            from django.utils.deprecation import MiddlewareMixin


            class NoSuchRow(MiddlewareMixin):
                def process_exception(self, request, exception):
                    if issubclass(type(exception), ObjectDoesNotExist):
                        return JsonResponse(data={"error": "not found"}, status=404)
        """),
    ),
    Right(
        "middleware/writing-one#closed",
        "plain text is text",
        middleware("""
            from http import HTTPStatus

            from django.http import HttpResponse


            def closed(get_response):
                def middleware(request):
                    if request.path.startswith("/status/"):
                        return get_response(request)
                    return HttpResponse("Back soon", status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain")

                return middleware
        """),
    ),
    Right(
        "routing/paths-and-converters#books-of-a-year",
        "an asynchronous view",
        several(
            shop__urls="""
                from django.urls import path

                from shop import views

                urlpatterns = [path("years/<int:year>/", views.of_year)]
            """,
            shop__views="""
                from bookshop.models import Book
                from django.http import JsonResponse


                async def of_year(request, year):
                    books = Book.objects.filter(published__year=year).order_by("title")
                    return JsonResponse({"year": year, "titles": [book.title async for book in books]})
            """,
        ),
    ),
    Right(
        "routing/paths-and-converters#book-by-number",
        "a converter of one's own",
        urls("""
            from django.urls import path, register_converter

            from shop import views


            class Number:
                regex = "[0-9]+"

                def to_python(self, value):
                    return int(value)

                def to_url(self, value):
                    return str(value)


            register_converter(Number, "number")

            urlpatterns = [path("books/<number:pk>/", views.detail)]
        """),
    ),
)

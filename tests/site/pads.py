"""What the tests of the playground and of what is shared from it have in common."""

from sandbox.protocol import Result
from tests.site.conftest import seen

PAGE = "/playground/"
WORLD = "/playground/?world=bookshop"
KEY = "playground#bookshop"
ACTIONS = ("run", "chain", "draft", "keep", "take", "reset", "share")


def pad(action: str, place: str = "bookshop") -> str:
    return f"/playground/{place}/{action}/"


def text(response):
    return response.content.decode()


def saw(**what):
    return seen(results=(Result(label="visible", seen=what),))

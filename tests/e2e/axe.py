"""axe-core, in the page: what keeps somebody out that a machine can find."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e import live

SOURCE = live.ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True, slots=True)
class Violation:
    rule: str
    places: tuple[str, ...]


def violations(page: Page, within: str = "html") -> list[Violation]:
    """What axe finds on the page as it stands, inside the selector."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE.read_text())  # through the debugger, which our policy on scripts does not bind
    found = page.evaluate("([within, rules]) => axe.run(within, {runOnly: rules, resultTypes: ['violations']})", [within, RULES])
    return [Violation(one["id"], tuple(node["html"][:200] for node in one["nodes"])) for one in found["violations"]]

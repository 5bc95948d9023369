"""What axe, the accessibility checker, finds in a page."""

from typing import Any

from playwright.sync_api import Page

from tests.e2e import live

SOURCE = live.ROOT / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, within: str = "html") -> list[str]:
    """One line for each rule that is broken at each place inside the selector."""
    page.evaluate(SOURCE.read_text())
    found: list[dict[str, Any]] = page.evaluate(
        "([within, values]) => axe.run(within, { runOnly: { type: 'tag', values } }).then(({ violations }) => violations)",
        [within, RULES],
    )
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]

"""What axe finds on a page, and other rules that hold for each page whatever it shows."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_NODES = 1500


def violations(page: Page) -> list[str]:
    """Each broken rule with the elements that break it.

    The script comes by the debugging protocol, which the policy of the page has no say in.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations'], preload: false})"
        ".then(report => report.violations)",
        RULES,
    )
    return [
        f"{rule['id']} ({len(rule['nodes'])}): {node['html'][:300]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def overflow(page: Page) -> list[str]:
    """A page that is wider than its window, and what sticks out."""
    wide, window = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    if wide <= window:
        return []
    culprits = page.evaluate(
        """[...document.querySelectorAll("body *")]
            .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1)
            .filter(element => !element.closest(".scroll, .strip, .main-menu ul, .off-page"))
            .slice(0, 3).map(element => element.outerHTML.slice(0, 160))"""
    )
    return [f"too-wide ({wide} pixels in {window}): {culprits}"]


def too_many_nodes(page: Page) -> list[str]:
    number = page.evaluate("document.querySelectorAll('*').length")
    return [f"{number} elements, {MOST_NODES} at most"] if number > MOST_NODES else []

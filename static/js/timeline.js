// What htmx leaves open: where the focus goes, what a slow or failed request does.
// Without this file every control still works as a link or a form.
"use strict";

// On a narrow screen the filters would push the results out of sight.
const filters = document.getElementById("filters");
if (filters && window.matchMedia("(max-width: 59.99rem)").matches) {
  filters.removeAttribute("open");
}
filters?.classList.add("is-ready");

// An answer to what was chosen before would undo what has been chosen since: the next one, which
// waits in the queue, is put in instead.
let isOutdated = false;

// Heard on its way down, before htmx begins the request that it asks for.
document.addEventListener(
  "change",
  ({ target }) => {
    const results = document.getElementById("results");
    isOutdated ||= target.closest("#filters") && results.getAttribute("aria-busy") === "true";
  },
  true,
);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (isOutdated && detail.target.id === "results") {
    detail.shouldSwap = false;
  }
});

document.addEventListener("htmx:beforeRequest", () => {
  isOutdated = false;
  document.getElementById("results")?.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", () => {
  document.getElementById("results")?.removeAttribute("aria-busy");
});

// "Show 50 more": reading goes on at the first of the new entries.
let lastEntry = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  lastEntry = target.id === "entries" ? target.lastElementChild : null;
});

document.addEventListener("htmx:afterSettle", () => {
  const heading = lastEntry?.nextElementSibling?.querySelector("h2");
  lastEntry = null;
  heading?.focus({ preventScroll: true });
});

// The history keeps a page as its markup, which a typed or picked value is no part of.
document.addEventListener("htmx:afterSettle", () => {
  for (const input of document.querySelectorAll("#filters input")) {
    if (input.type === "checkbox" || input.type === "radio") {
      input.toggleAttribute("checked", input.checked);
    } else {
      input.setAttribute("value", input.value);
    }
  }
  for (const option of document.querySelectorAll("#filters option")) {
    option.toggleAttribute("selected", option.selected);
  }
});

// A request that failed is made again in the plain way, which shows what is wrong.
function goPlainly(event) {
  const { elt } = event.detail;
  if (elt.tagName === "FORM") {
    elt.submit();
  } else if (elt.href) {
    window.location.assign(elt.href);
  }
}

document.addEventListener("htmx:responseError", goPlainly);
document.addEventListener("htmx:sendError", goPlainly);

// Back and forward between the states of one page: htmx puts the markup back, but not the focus,
// nor the place at the very top, and moves there slowly where scrolling is smooth.
document.addEventListener("htmx:beforeHistorySave", () => {
  document.querySelector("[data-focused]")?.removeAttribute("data-focused");
  if (document.activeElement !== document.body) {
    document.activeElement?.setAttribute("data-focused", "");
  }
});

document.addEventListener("htmx:historyRestore", ({ detail }) => {
  document.querySelector("[data-focused]")?.focus({ preventScroll: true });
  const top = detail.item?.scroll ?? 0;
  window.setTimeout(() => window.scrollTo({ top, behavior: "instant" }));
});

// Back to a page that the browser did not keep: what "Show 50 more" had brought is brought again,
// and the link by which the page was left has the focus, at the height where it was in the window.
// (How far the page was scrolled would not do: heights above may not have been final.)
function countEntries() {
  return document.querySelectorAll("#entries .card").length;
}

document.addEventListener("click", (event) => {
  const link = event.isTrusted && event.target.closest("a[href]");
  if (link) {
    const { top } = link.getBoundingClientRect();
    const left = { href: link.getAttribute("href"), entries: countEntries(), top };
    window.history.replaceState({ ...window.history.state, left }, "");
  }
});

function bringBack(left) {
  const more = document.getElementById("more-link");
  if (more && countEntries() < left.entries) {
    document.addEventListener("htmx:afterSettle", () => bringBack(left), { once: true });
    more.click();
    return;
  }
  const link = document.querySelector(`main a[href="${CSS.escape(left.href)}"]`);
  if (link) {
    link.focus({ preventScroll: true });
    window.scrollBy({ top: link.getBoundingClientRect().top - left.top, behavior: "instant" });
  }
}

// Months below the first screen are laid out one at a time, so that no reader waits for it.
const whenIdle = window.requestIdleCallback ?? window.setTimeout;
const months = [...document.querySelectorAll(".month")];

function layOutTheNext() {
  const month = months.shift();
  if (month) {
    month.classList.add("is-laid-out");
    whenIdle(layOutTheNext);
  } else {
    layOutAll();
  }
}

function layOutAll() {
  months.length = 0;
  document.documentElement.classList.add("is-laid-out");
}

// Keys lead to entries out of sight (Tab, End, the browser's own search): before it scrolls to one,
// every height must be final.
document.addEventListener("keydown", layOutAll, { capture: true, once: true });

window.addEventListener("load", () => {
  const [{ type }] = window.performance.getEntriesByType("navigation");
  const { left } = window.history.state ?? {};
  if (type === "navigate") {
    whenIdle(layOutTheNext);
  } else {
    // The place that the browser goes back to is right only where every height is.
    layOutAll();
  }
  if (left && type === "back_forward") {
    // The browser would scroll after this, to how far down the page had been.
    window.history.scrollRestoration = "manual";
    window.addEventListener("pagehide", () => {
      window.history.scrollRestoration = "auto";
    });
    bringBack(left);
  }
});

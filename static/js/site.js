// What htmx leaves open: where the focus goes, what a slow or failed request does.
// Without this file every control still works as a link or a form.
"use strict";

// On a narrow screen the filters would push the results out of sight.
if (window.matchMedia("(max-width: 59.99rem)").matches) {
  document.getElementById("filters")?.removeAttribute("open");
}

document.addEventListener("htmx:beforeRequest", () => {
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

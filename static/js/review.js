// Shortcuts of the review pages: a key does what a click on the element with that data-key does.
// Without this file every one of them is still a link, a button or a field.
"use strict";

const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
// A second press while the page is being left would decide the same thing twice.
let isLeaving = false;
// Reasons to reject are numbers, which count only right after the key that opens them.
let opened = "";

function rows() {
  return [...document.querySelectorAll(".review-queue tbody th a")];
}

function goToRow(step) {
  const links = rows();
  const here = links.indexOf(document.activeElement);
  const start = here < 0 && step < 0 ? links.length : here;
  links[Math.min(Math.max(start + step, 0), links.length - 1)]?.focus();
}

function tickRow() {
  const row = document.activeElement?.closest(".review-queue tr");
  row?.querySelector("input[type=checkbox]")?.click();
}

function reach(element) {
  const target = element.hash && document.getElementById(element.hash.slice(1));
  if (target) {
    const section = target.closest(".part") ?? target;
    section.scrollIntoView();
    const first = section.querySelector("form input:not([type=hidden]), form button, form select");
    (first ?? target).focus({ preventScroll: true });
  } else if (element.matches("select")) {
    element.focus();
  } else {
    element.click();
    if (element.matches("summary")) {
      element.focus();
    }
  }
}

function press(key) {
  const element = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(
    ({ dataset }) => !dataset.after || dataset.after === opened,
  );
  if (element) {
    reach(element);
  }
  opened = element?.hash ? key : "";
  return Boolean(element);
}

// The letter on the key, also where a Korean or Japanese input method makes another of it.
function letterOf({ key, code }) {
  const isLatin = key.length === 1 && key.charCodeAt(0) < 128;
  return isLatin ? key.toLowerCase() : (/^Key([A-Z])$/.exec(code)?.[1] ?? "").toLowerCase();
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  const key = letterOf(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) {
    return;
  }
  if (isLeaving || !key || target.closest?.(TYPED)) {
    return;
  }
  const list = { j: () => goToRow(1), k: () => goToRow(-1), x: tickRow };
  if (rows().length && key in list) {
    list[key]();
    event.preventDefault();
  } else if (press(key)) {
    event.preventDefault();
  }
});

document.addEventListener("submit", () => {
  isLeaving = true;
});

// Back to a page that the browser has kept as it was left.
window.addEventListener("pageshow", () => {
  isLeaving = false;
});

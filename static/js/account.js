// Keeping the changes of an account at once: a decision waits for the last of them, and the editor
// is told when one was not kept. Without this file the button below the account keeps them.
"use strict";

let underWay = 0;
let decision = null;

function carryOut() {
  if (underWay === 0 && decision) {
    const { form, button } = decision;
    decision = null;
    form.requestSubmit(button);
  }
}

function tellNotKept({ target }) {
  decision = null;
  const form = target.closest(".review-account");
  const note = document.createElement("p");
  note.className = "note";
  note.setAttribute("role", "alert");
  note.textContent = form?.dataset.notKept ?? "";
  document.getElementById("account-matrix")?.prepend(note);
}

document.addEventListener("htmx:beforeRequest", () => {
  underWay += 1;
});

document.addEventListener("htmx:responseError", tellNotKept);
document.addEventListener("htmx:sendError", tellNotKept);

document.addEventListener("htmx:afterRequest", () => {
  underWay -= 1;
  carryOut();
});

document.addEventListener(
  "submit",
  (event) => {
    if (underWay > 0 && !event.target.matches(".review-account")) {
      event.preventDefault();
      decision = { form: event.target, button: event.submitter };
    }
  },
  true,
);

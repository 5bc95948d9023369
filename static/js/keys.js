// By keyboard. In an editor, Ctrl or ⌘ with Enter checks and, once the answer has passed, goes on; Shift with Enter runs. Elsewhere
// single keys lead about, unless somebody has switched them off. /keys/ lists them all.

const SWITCH = "single-keys";
const EDITOR = ".cm-content, textarea";
const BELOW_THE_TOP = 90;

const seen = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

const focusEditor = (bench) => [...bench.querySelectorAll(EDITOR)].find(seen)?.focus();

// In an editor

const text = (form) => JSON.stringify([...form.querySelectorAll("textarea")].map((editor) => editor.value));

// By form: the text that was last sent, and the text that has passed.
const sent = new WeakMap();
const passed = new WeakMap();

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt.closest(".bench form");
  if (form && !event.detail.elt.matches("textarea")) sent.set(form, text(form));
});
document.addEventListener("htmx:afterSwap", (event) => {
  const form = event.detail.target.matches(".result") && event.detail.target.closest(".bench")?.querySelector("form");
  if (!form) return;
  if (event.detail.target.querySelector(".verdict.passed")) passed.set(form, sent.get(form));
  else passed.delete(form);
});

const goOn = (form) => {
  const link = form.closest(".bench").querySelector(".verdict .next a");
  link?.click();
  const bench = link?.hash && document.getElementById(link.hash.slice(1));
  if (bench) focusEditor(bench);
  return Boolean(link);
};

const inEditor = (event) => {
  const form = event.target.closest(EDITOR)?.closest("form");
  if (event.key !== "Enter" || !form) return;
  const checks = event.ctrlKey || event.metaKey;
  if (!checks && !event.shiftKey) return;
  const button = form.querySelector(checks ? '[type="submit"]' : '[data-does="run"]');
  if (!button) return;
  event.preventDefault();
  if (checks && passed.has(form) && passed.get(form) === text(form) && goOn(form)) return;
  button.click();
};

// Single keys

const on = () => localStorage.getItem(SWITCH) !== "off";

const benches = () => [...document.querySelectorAll(".bench")];
const top = (bench) => bench.getBoundingClientRect().top;

// Where the focus is or, failing that, what has come to the top of the window.
const at = () => {
  const focused = document.activeElement.closest(".bench");
  const place = benches().indexOf(focused);
  return place < 0 ? benches().findLastIndex((bench) => top(bench) < BELOW_THE_TOP) : place;
};

const visit = (bench) => {
  const title = bench?.querySelector("header h2");
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  bench.scrollIntoView();
};

const follow = (selector) => document.querySelector(selector)?.click();

const search = () => {
  const input = document.getElementById("search");
  if (input && seen(input)) {
    input.focus();
    input.select();
  } else follow(".search-link");
};

const list = async () => {
  const { href } = document.querySelector('[data-does="keys"]');
  try {
    const answer = await fetch(href, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.statusText);
    show(await answer.text());
  } catch {
    location.assign(href);
  }
};

const show = (html) => {
  const dialog = document.createElement("dialog");
  dialog.className = "keys-list";
  dialog.setAttribute("aria-labelledby", "keys-title");
  dialog.innerHTML = `<h2 id="keys-title">Keyboard shortcuts</h2>${html}<form method="dialog"><button class="btn">Close</button></form>`;
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  offerSwitch(dialog);
  dialog.showModal();
};

const SINGLE = {
  "/": search,
  "?": list,
  "[": () => follow('.onward [rel="prev"]'),
  "]": () => follow('.onward [rel="next"]'),
  n: () => visit(benches()[at() + 1]),
  p: () => visit(benches()[at() - 1]),
  e: () => focusEditor(benches()[Math.max(at(), 0)] ?? document.body),
};

const single = (event) => {
  const act = Object.hasOwn(SINGLE, event.key) && SINGLE[event.key];
  // On many keyboards the brackets are typed with AltGr, which says that Ctrl and Alt are held down.
  const held = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]") || event.isComposing;
  if (!act || held || typing || document.querySelector("dialog[open]") || !on()) return;
  event.preventDefault();
  act();
};

// Their switch, in the list

const offerSwitch = (place) => {
  for (const box of place.querySelectorAll('[data-does="single-keys"]')) {
    box.checked = on();
    box.closest("[hidden]").hidden = false;
    box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  }
};

// Before CodeMirror, which would make a new line of either.
document.addEventListener("keydown", inEditor, { capture: true });
document.addEventListener("keydown", (event) => {
  if (!event.defaultPrevented) single(event);
});
offerSwitch(document);

// What a draft needs besides htmx, which posts the form 0.8 s after the last key: quiet words, another try when a save did not
// arrive, and the last words typed before the page is left.

const RETRY_MS = 5000;

// Editors whose text is not known to have been answered for, and of those the ones whose save did not arrive.
const edited = new Set();
const lost = new Set();
const sent = new WeakMap();

const isEditor = (element) => element.matches(".bench textarea");
const address = (editor) => editor.getAttribute("hx-post");
const fields = (editor) => editor.form.elements;

const say = (editor, words) => {
  const place = editor.form?.querySelector(".saved .words");
  if (place) place.textContent = words;
};

document.addEventListener("input", (event) => {
  if (!isEditor(event.target)) return;
  edited.add(event.target);
  say(event.target, "Edited");
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const editor = event.detail.elt;
  if (isEditor(editor)) sent.set(editor, editor.value);
});
document.addEventListener("htmx:afterOnLoad", (event) => {
  const editor = event.detail.elt;
  if (!isEditor(editor) || event.detail.xhr.status >= 500) return;
  lost.delete(editor);
  if (sent.get(editor) !== editor.value) return;
  edited.delete(editor);
  sessionStorage.removeItem(key(editor));
});

const failed = (words) => (event) => {
  const editor = event.detail.elt;
  if (!isEditor(editor)) return;
  say(editor, words);
  if (!event.detail.xhr.status || event.detail.xhr.status >= 500) lost.add(editor);
};
document.addEventListener("htmx:sendError", failed("Not saved: offline"));
document.addEventListener("htmx:timeout", failed("Not saved: the site is slow"));
document.addEventListener("htmx:responseError", failed("Not saved"));

const retry = () => {
  for (const editor of lost) {
    if (editor.isConnected) htmx.trigger(editor, "retry");
    else lost.delete(editor);
  }
};
window.addEventListener("online", retry);
setInterval(retry, RETRY_MS);

// A conflict that is already shown stays as it is: its buttons keep the focus, and it is not read out at every pause.
document.addEventListener("htmx:beforeSwap", (event) => {
  const editor = event.detail.requestConfig.elt;
  if (isEditor(editor) && event.detail.xhr.status === 409 && editor.form.querySelector(".conflict")) {
    event.detail.shouldSwap = false;
  }
});

// Leaving: the browser sends this on although the page is gone. A reload may be answered before it arrives, so the text is also
// put aside, and taken up again when the site knows of nothing newer. The new page then speaks for the old one, whose save may
// still be on its way: under another name the two would be in conflict.
const key = (editor) => `${address(editor)} ${editor.name}`;

const leave = () => {
  for (const editor of edited) {
    if (!editor.isConnected) continue;
    sessionStorage.setItem(key(editor), JSON.stringify([fields(editor).version.value, fields(editor).tab.value, editor.value]));
    const body = new FormData(editor.form);
    body.delete("csrfmiddlewaretoken"); // stale, see token.js
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
    const headers = { "X-CSRFToken": token, "HX-Request": "true" };
    fetch(address(editor), { method: "POST", body, headers, keepalive: true }).catch(() => edited.add(editor));
  }
  edited.clear();
};
window.addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leave();
});

const takeUp = (editor) => {
  const [version, tab, text] = JSON.parse(sessionStorage.getItem(key(editor)) ?? "[]");
  sessionStorage.removeItem(key(editor));
  if (version !== fields(editor).version.value || text === editor.value) return;
  fields(editor).tab.value = tab;
  editor.value = text;
  editor.dispatchEvent(new Event("input", { bubbles: true }));
};
for (const editor of document.querySelectorAll(".bench textarea")) takeUp(editor);

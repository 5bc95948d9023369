// An editor for every textarea that asks for one, fetched when the first of them comes near or is typed in. Where it does not
// arrive, the textarea goes on as it is.

const { bundle, completions } = document.querySelector("script[data-bundle]").dataset;

const PLACES = "textarea[data-editor]:enabled";
const NEAR = "100% 0px"; // one window's height above and below

const editors = new Map(); // by the textarea's id, under which a form's new files take the place of its old ones
let composing = null; // where an accent or a character of several keys is being put together

const places = (root) => root.querySelectorAll(PLACES);
const address = (textarea) => textarea.dataset.world && completions.replace("WORLD", textarea.dataset.world);

const begin = async (form) => {
  for (const textarea of places(form)) near.unobserve(textarea);
  try {
    const { mount } = await import(bundle);
    if (form.contains(composing)) await new Promise((done) => composing.addEventListener("compositionend", done, { once: true }));
    for (const textarea of places(form)) {
      if (!editors.has(textarea.id)) editors.set(textarea.id, mount(textarea, address(textarea)));
    }
  } catch (error) {
    console.info("The editor did not arrive:", error.message);
  }
};

const near = new IntersectionObserver(
  (entries) => {
    for (const form of new Set(entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target.form))) begin(form);
  },
  { rootMargin: NEAR },
);

const look = () => {
  for (const textarea of places(document)) {
    const editor = editors.get(textarea.id);
    if (!editor) near.observe(textarea);
    else if (editor.textarea !== textarea) editor.bind(textarea);
  }
};

const missing = (target) => target.matches(PLACES) && !editors.has(target.id);

document.addEventListener("compositionstart", (event) => (composing = event.target));
document.addEventListener("compositionend", () => (composing = null));
document.addEventListener("focusin", (event) => {
  if (missing(event.target)) begin(event.target.form);
});
document.addEventListener("htmx:afterSwap", look);
window.addEventListener("online", look);
// Back, and a browser that fills in what was typed before, put text into the textareas without a word.
window.addEventListener("pageshow", () => {
  for (const editor of editors.values()) editor.read();
});
look();

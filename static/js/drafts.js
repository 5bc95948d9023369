// The quiet words on a draft between two saves. The saving itself is htmx's: it posts the form 0.8 s after the last key.

const say = (editor, words) => {
  const place = editor.form?.querySelector(".saved .words");
  if (place) place.textContent = words;
};

document.addEventListener("input", (event) => {
  if (event.target.matches(".bench textarea")) say(event.target, "Edited");
});

const failed = (words) => (event) => {
  if (event.detail.elt.matches("textarea")) say(event.detail.elt, words);
};
document.addEventListener("htmx:sendError", failed("Not saved: offline"));
document.addEventListener("htmx:timeout", failed("Not saved: the site is slow"));
document.addEventListener("htmx:responseError", failed("Not saved"));

// The search box at the top: what is found stands below it as plain links, which the arrow keys reach. htmx asks for them; where
// the page does without htmx, it is fetched when somebody first comes to the box.

const form = document.querySelector(".search[data-htmx]");
const input = form?.querySelector("input");
const panel = form?.querySelector(".search-panel");

const loaded = () => {
  if (window.htmx || document.querySelector(`script[src="${form.dataset.htmx}"]`)) return;
  const script = Object.assign(document.createElement("script"), { src: form.dataset.htmx });
  script.addEventListener("load", () => input.value && htmx.trigger(input, "ask"));
  document.head.append(script);
};

const move = (event, by) => {
  const places = [input, ...panel.querySelectorAll("a")];
  const now = places.indexOf(document.activeElement);
  const next = places[now + by];
  if (panel.hidden || now < 0) return;
  event.preventDefault();
  next?.focus();
};

const close = (event) => {
  if (panel.hidden || !panel.childElementCount) return;
  event.preventDefault(); // the browser would empty the box
  input.focus();
  panel.hidden = true;
};

if (form) {
  form.addEventListener("focusin", () => {
    loaded();
    panel.hidden = false;
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) panel.hidden = true;
  });
  input.addEventListener("input", () => (panel.hidden = false));
  form.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(event, 1);
    else if (event.key === "ArrowUp") move(event, -1);
    else if (event.key === "Escape") close(event);
  });
}

// The diagram of a world grows and shrinks in place: by buttons, which stand where the links were, and by + − 0 while it has the
// focus. Scrolling and pinching are the browser's own.

const STEPS = [1, 1.5, 2, 3, 4];

const disable = (button, off) => (off ? button.setAttribute("aria-disabled", "true") : button.removeAttribute("aria-disabled"));

const zoomable = (figure) => {
  const region = figure.querySelector(".drawing");
  const svg = region.querySelector("svg");
  const { width, height } = svg.viewBox.baseVal;
  const links = figure.querySelector(".zoom");
  const step = () => STEPS.indexOf(Number(figure.dataset.zoom));

  // What is in the middle stays there.
  const show = (to) => {
    const zoom = STEPS[Math.min(Math.max(to, 0), STEPS.length - 1)];
    const across = (region.scrollLeft + region.clientWidth / 2) / region.scrollWidth;
    const down = (region.scrollTop + region.clientHeight / 2) / region.scrollHeight;
    figure.dataset.zoom = zoom;
    svg.setAttribute("width", width * zoom);
    svg.setAttribute("height", height * zoom);
    region.scrollLeft = across * region.scrollWidth - region.clientWidth / 2;
    region.scrollTop = down * region.scrollHeight - region.clientHeight / 2;
    disable(larger, zoom === STEPS.at(-1));
    disable(smaller, zoom === STEPS[0]);
  };

  const button = (sign, name, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: sign });
    made.setAttribute("aria-label", name);
    made.addEventListener("click", act);
    return made;
  };
  const larger = button("+", "Larger", () => show(step() + 1));
  const smaller = button("−", "Smaller", () => show(step() - 1));
  const fit = button("Fit", "Fit the diagram to the page", () => show(0));
  links.replaceChildren(larger, smaller, fit);

  const KEYS = { "+": larger, "=": larger, "-": smaller, 0: fit };
  region.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key].click();
  });
  show(step());
};

document.querySelectorAll(".diagram").forEach(zoomable);

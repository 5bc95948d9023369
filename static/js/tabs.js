// An answer of several files: one tab for each. Without this they stand under each other.

const chosen = new Map(); // by the box's id, the label of its open tab

const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

const choose = (box, tab) => {
  chosen.set(box.id, tab.dataset.path);
  for (const one of box.querySelectorAll('[role="tab"]')) {
    set(one, { "aria-selected": one === tab, tabindex: one === tab ? 0 : -1 });
    document.getElementById(one.getAttribute("aria-controls")).hidden = one !== tab;
  }
};

const makeTab = (box, panel) => {
  const label = panel.querySelector("label");
  const path = label.textContent;
  const tab = set(document.createElement("button"), { type: "button", role: "tab", id: `tab-${panel.id}`, "aria-controls": panel.id, "data-path": path });
  tab.append(path);
  tab.addEventListener("click", () => choose(box, tab));
  label.classList.add("unseen");
  set(panel, { role: "tabpanel", "aria-labelledby": tab.id });
  return tab;
};

const move = (box, event) => {
  const tabs = [...box.querySelectorAll('[role="tab"]')];
  const at = tabs.indexOf(event.target);
  const to = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : at + KEYS[event.key];
  if (at < 0 || Number.isNaN(to)) return;
  event.preventDefault();
  const tab = tabs[(to + tabs.length) % tabs.length];
  choose(box, tab);
  tab.focus();
};

// A file in which the verdict speaks of a line, while it does (see the editor's marks.js).
const erring = (event) => {
  const panel = event.target.closest('[role="tabpanel"]');
  const tab = panel && document.getElementById(panel.getAttribute("aria-labelledby"));
  if (!tab) return;
  tab.classList.toggle("erring", event.detail);
  const words = Object.assign(document.createElement("span"), { className: "unseen", textContent: ", has a marked line" });
  tab.replaceChildren(tab.dataset.path, ...(event.detail ? [words] : []));
};

const build = (box) => {
  const panels = [...box.querySelectorAll(":scope > .file")];
  if (panels.length < 2 || box.querySelector('[role="tablist"]')) return;
  const list = set(document.createElement("div"), { class: "tabs", role: "tablist", "aria-label": "Files" });
  list.append(...panels.map((panel) => makeTab(box, panel)));
  list.addEventListener("keydown", (event) => move(box, event));
  const focused = panels.findIndex((panel) => panel.querySelector("[autofocus]"));
  box.prepend(list);
  choose(box, list.children[focused] ?? [...list.children].find((tab) => tab.dataset.path === chosen.get(box.id)) ?? list.firstChild);
};

const look = () => document.querySelectorAll(".files").forEach(build);

document.addEventListener("erring", erring);
document.addEventListener("htmx:afterSwap", look);
look();

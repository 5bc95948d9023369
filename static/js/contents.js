// The table of contents follows the page: the part that is being read is marked in it. And a sheet closes when a link in it leads
// to a place on this page.

const links = [...document.querySelectorAll(".toc a")];
const parts = links.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
const LINE = 140; // px below the top of the window: what has passed it is being read

const follow = () => {
  const atTheEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  const passed = parts.filter((part) => part.getBoundingClientRect().top < LINE);
  const read = atTheEnd ? parts.at(-1) : passed.at(-1);
  for (const link of links) {
    if (read && link.hash === `#${read.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};

let asked = false;
const soon = () => {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    follow();
  });
};
addEventListener("scroll", soon, { passive: true });
addEventListener("resize", soon, { passive: true });
soon();

for (const sheet of document.querySelectorAll("[popover]")) {
  sheet.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]') && sheet.matches(":popover-open")) sheet.hidePopover();
  });
}

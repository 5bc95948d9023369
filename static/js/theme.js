// The switch between light and dark, without a new page. The server reads the same cookie for the next one. Whoever chooses what
// the system has anyway is left to the system again, and goes dark with it in the evening.

const YEAR = 365 * 24 * 60 * 60;
const secure = location.protocol === "https:" ? "; Secure" : "";
const dark = matchMedia("(prefers-color-scheme: dark)");

const keep = (theme) => {
  const life = theme ? YEAR : 0;
  document.cookie = `theme=${theme}; Path=/; Max-Age=${life}; SameSite=Lax${secure}`;
  document.querySelector('meta[name="color-scheme"]').content = theme || "light dark";
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
};

for (const form of document.querySelectorAll("form.theme")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = event.submitter.value;
    keep(theme === (dark.matches ? "dark" : "light") ? "" : theme);
    // The button that was pressed is gone now; the focus goes to the other, which has come in its place.
    form.querySelector(`button:not([value="${theme}"])`).focus();
  });
}

// The browse tab's behaviour, run once when its page is there. Gradio gives `element` (the page), `trigger` (an event for the server: 'go', 'find') and `watch`.
// The address of the window says what is open; links with data-browse open without loading the window again.

window.certkgBrowse?.life.abort();
const life = new AbortController();
// What is asked for has come, be it what was there before.
window.certkgBrowse = { life, settle: () => element.removeAttribute("aria-busy") };
const listen = (target, name, act) => target.addEventListener(name, act, { signal: life.signal });
const tabOf = (search) => new URLSearchParams(search).get("tab");
const button = () => document.getElementById("tab-browse-button");

// The language that was chosen, or the browser's: the page may not have been told yet.
const spoken = () => { try { return { language: localStorage.getItem("certkg-language"), browser: navigator.language }; } catch { return { browser: navigator.language }; } };

let opened = null;
// After a person has gone somewhere the new page is brought into view and named to screen readers.
let moved = false;

function show(search, byPerson) {
  moved = byPerson;
  opened = search;
  element.setAttribute("aria-busy", "true");
  trigger("go", { search, ...spoken() });
}

listen(document, "click", (event) => {
  const at = event.target.closest?.("a[data-browse]");
  if (!at || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  event.preventDefault();
  const search = new URL(at.getAttribute("href"), location.href).search;
  if (search !== location.search) history.pushState(null, "", search);
  opened = search;
  if (button()?.getAttribute("aria-selected") !== "true") button()?.click();
  show(search, true);
});

listen(window, "popstate", () => {
  if (tabOf(location.search) !== "browse") return;
  if (button()?.getAttribute("aria-selected") !== "true") button()?.click();
  show(location.search, true);
});

// In another language the page comes again; the page's own script has noted the choice by then.
listen(document, "click", (event) => { if (event.target.closest?.("button[data-language]") && opened !== null) setTimeout(() => show(opened, false)); });

// What is typed is looked for at once.
let typing;
listen(document, "input", (event) => {
  if (!event.target.closest?.("#browse-search")) return;
  clearTimeout(typing);
  const text = event.target.value;
  typing = setTimeout(() => trigger("find", { text, search: opened ?? "", ...spoken() }), 150);
});

// The first result opens with Enter; the arrow key goes into the results.
listen(document, "keydown", (event) => {
  if (!event.target.closest?.("#browse-search")) return;
  const first = document.querySelector("#browse-found a.result");
  if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
  if (event.key === "Enter" && !event.isComposing && first) { event.preventDefault(); first.click(); }
  if (event.key === "Escape") document.querySelector("#browse-page h2")?.focus();
});

// Opened for the first time, the tab shows what the address names.
listen(document, "click", (event) => {
  if (event.target.closest?.("#tab-browse-button") && opened === null) show(tabOf(location.search) === "browse" ? location.search : "?tab=browse", false);
});

watch("value", () => {
  if (!moved) return;
  moved = false;
  const title = element.querySelector("h2");
  scrollTo({ top: 0 });
  title?.focus({ preventScroll: true });
});

// Gradio may put the tab's page up only when the tab is opened.
if (tabOf(location.search) === "browse") show(location.search, false);
else if (button()?.getAttribute("aria-selected") === "true") show("?tab=browse", false);

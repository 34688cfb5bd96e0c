// The quality tab's behaviour, run once when the report is on the page. Gradio gives `element` (the report), `trigger` (an event for the server: 'go') and `watch`.
// The address of the window says what is filtered.

window.certkgQuality?.abort();
const life = new AbortController();
window.certkgQuality = life;
const listen = (target, name, act) => target.addEventListener(name, act, { signal: life.signal });
const isHere = () => new URLSearchParams(location.search).get("tab") === "quality";
const button = () => document.getElementById("tab-quality-button");

// The language that was chosen, or the browser's: the page may not have been told yet.
const spoken = () => { try { return { language: localStorage.getItem("certkg-language"), browser: navigator.language }; } catch { return { browser: navigator.language }; } };

let opened = null;
let moved = false;
function show(search, { byPerson = false, typing = false } = {}) {
  opened = search;
  moved = byPerson;
  trigger("go", { search, typing, ...spoken() });
}

// In another language the page comes again; the page's own script has noted the choice by then.
listen(document, "click", (event) => { if (event.target.closest?.("button[data-language]") && opened !== null) setTimeout(() => show(opened)); });

// The filter's controls: what is chosen goes into the address.
let timer;
function filtered() {
  const given = new URLSearchParams({ tab: "quality" });
  for (const control of document.querySelectorAll("#quality-filters :is(select, input)")) if (control.value.trim()) given.set(control.name, control.value);
  const search = `?${given}`;
  history.replaceState(null, "", search);
  show(search, { typing: true });
}
listen(document, "input", (event) => {
  if (!event.target.closest?.("#quality-filters")) return;
  clearTimeout(timer);
  timer = setTimeout(filtered, event.target.matches("select") ? 0 : 250);
});
listen(document, "submit", (event) => { if (event.target.closest?.("#quality-filters")) { event.preventDefault(); filtered(); } });

listen(document, "click", (event) => {
  const at = event.target.closest?.("a[data-quality]");
  if (at && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && !event.button) {
    event.preventDefault();
    const search = new URL(at.getAttribute("href"), location.href).search;
    if (search !== location.search) history.pushState(null, "", search);
    show(search, { byPerson: true });
  } else if (event.target.closest?.("#tab-quality-button") && opened === null) show(isHere() ? location.search : "?tab=quality");
});

listen(window, "popstate", () => {
  if (!isHere()) return;
  if (button()?.getAttribute("aria-selected") !== "true") button()?.click();
  show(location.search, { byPerson: true });
});

// A report that is being made is asked for again.
const waiting = setInterval(() => { if (element.querySelector("[data-again]")) show(opened ?? "?tab=quality"); }, 1000);
life.signal.addEventListener("abort", () => clearInterval(waiting));

watch("value", () => {
  if (!moved || element.querySelector("[data-again]")) return;
  moved = false;
  scrollTo({ top: 0 });
  element.querySelector("h2")?.focus({ preventScroll: true });
});

if (isHere() || button()?.getAttribute("aria-selected") === "true") show(isHere() ? location.search : "?tab=quality");

// The page's behaviour, run once when the conversation is on the page. Gradio gives `element` (the conversation), `trigger` (an event for the server: 'ask', 'wrong', 'language', 'arrive') and `watch`.
// Everything shown comes from the server as escaped HTML; this script only reads attributes and never writes markup.

const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private mode: the choice lasts until the page is left */ } };
const box = () => document.querySelector("#question textarea, #question input");
const words = () => document.querySelector("#footer footer").dataset;
// If Gradio puts the page up again, the listeners of the first time end.
window.certkg?.life.abort();
const life = new AbortController();
const listen = (target, name, act) => target.addEventListener(name, act, { signal: life.signal });

// The conversation is a log: screen readers announce what is added to it.
element.setAttribute("role", "log");
element.setAttribute("aria-live", "polite");

function speak() {
  const header = document.querySelector("#header header");
  document.documentElement.lang = header.dataset.lang;
  document.title = header.dataset.title;
  element.setAttribute("aria-label", words().conversation);
}

const wantsDark = remembered("certkg-dark");
if (wantsDark !== null) document.body.classList.toggle("dark", wantsDark === "1");

let toastTimer;
function toast(message) {
  let place = document.querySelector("#toast");
  if (!place) {
    place = document.createElement("div");
    place.id = "toast";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = message;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { place.textContent = ""; }, 3000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(words().copied);
  } catch {
    // Pages that are not served over HTTPS have no clipboard; a selected field still copies.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    toast(done ? words().copied : words().copyFailed);
  }
}

function goTo(id) {
  const target = document.getElementById(id);
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}

const actions = {
  "[data-ask]": (at) => { if (!waiting) { wait(at.dataset.ask); trigger("ask", { question: at.dataset.ask }); } },
  "button[data-language]": (at) => { remember("certkg-language", at.dataset.language); trigger("language", { language: at.dataset.language }); },
  "[data-dark]": () => remember("certkg-dark", document.body.classList.toggle("dark") ? "1" : "0"),
  "[data-copy]": (at) => copy(at.dataset.copy),
  "[data-copy-code]": (at) => copy(at.parentElement.querySelector("code").textContent),
  "[data-copy-link]": (at, event) => {
    // With a modifier key it is a link like any other.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    copy(at.href);
  },
  "[data-wrong]": (at) => trigger("wrong", { turn: Number(at.dataset.wrong), reason: at.parentElement.querySelector("textarea").value }),
  "a.mark": (at, event) => { event.preventDefault(); goTo(at.getAttribute("href").slice(1)); },
  "a.skip": (at, event) => { event.preventDefault(); box().focus(); },
};
listen(document, "click", (event) => {
  for (const [selector, act] of Object.entries(actions)) {
    const at = event.target.closest?.(selector);
    if (at) { act(at, event); return; }
  }
});

// The question that is being answered stands under the conversation until its answer is there.
let waiting = null;
function wait(question) {
  settle();
  if (!question.trim()) return;
  waiting = document.createElement("article");
  waiting.className = "waiting";
  const asked = document.createElement("div");
  asked.className = "asked";
  asked.append(Object.assign(document.createElement("p"), { textContent: question.slice(0, 200) }));
  waiting.append(asked, Object.assign(document.createElement("p"), { className: "pending", textContent: words().looking }));
  element.after(waiting);
  waiting.scrollIntoView({ block: "nearest" });
}
function settle() {
  waiting?.remove();
  waiting = null;
}

// A new turn is brought into view; the focus follows unless the person is typing.
let turns = 0;
watch("value", () => {
  settle();
  const all = element.querySelectorAll(".turn");
  const last = all[all.length - 1];
  const grown = all.length > turns;
  turns = all.length;
  if (!last) return;
  last.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  if (grown && document.activeElement !== box()) last.focus({ preventScroll: true });
});

// On paper the folded evidence is there too; the query stays folded.
let folded = [];
listen(window, "beforeprint", () => { folded = [...document.querySelectorAll("details.more:not([open])")]; folded.forEach((each) => { each.open = true; }); });
listen(window, "afterprint", () => folded.forEach((each) => { each.open = false; }));

window.certkg = {
  life,
  toast,
  wait,
  settle,
  clear() {
    history.replaceState(null, "", location.pathname);
    box()?.focus();
  },
};

// Before the style is there, Gradio thinks that some tabs do not fit and hides them; it measures again when the window's size changes.
function openTab(name, tries) {
  const button = name && document.getElementById(`tab-${name}-button`);
  if (button) button.click();
  else if (document.querySelector("#tabs .overflow-dropdown button") && tries) {
    dispatchEvent(new Event("resize"));
    setTimeout(() => openTab(name, tries - 1), 50);
  }
}

// Gradio puts up the parts of the page in no fixed order.
function begin() {
  const header = document.querySelector("#header header");
  if (!header || !document.querySelector("#footer footer") || !box()) { requestAnimationFrame(begin); return; }
  new MutationObserver(speak).observe(document.querySelector("#header"), { subtree: true, childList: true, attributes: true });
  speak();
  trigger("language", { language: remembered("certkg-language"), browser: navigator.language });
  // Only a permanent link needs the server: what is written at once must not meet a late page.
  const asked = new URLSearchParams(location.search);
  if (asked.get("q")) trigger("arrive", { search: location.search });
  // `?tab=` opens a tab; the tab's own script reads the rest of the address.
  openTab(asked.get("tab"), 100);
}
begin();

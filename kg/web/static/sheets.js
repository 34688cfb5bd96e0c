// The spreadsheet tab's behaviour, run once when its component is there. Gradio gives `element` (the component) and `watch`.
// The server makes every piece of markup, escaped; this script sends files and choices and puts the pieces in place.

window.certkgSheets?.abort();
const life = new AbortController();
window.certkgSheets = life;
const listen = (target, name, act) => target.addEventListener(name, act, { signal: life.signal });
const part = (selector) => element.querySelector(selector);
const root = () => part(".sheets");
const POLL = 700;
let token = "";
let timer;
// An answer to what was asked before something newer was asked is left.
let turn = 0;

function say(message) { part(".sheet-error").textContent = message; }

function show(told, focus) {
  token = told.token;
  part(".sheet-start").hidden = true;
  const work = part(".sheet-work");
  const bar = work.querySelector("progress");
  const fresh = document.createElement("div");
  fresh.innerHTML = told.html;
  if (bar && fresh.querySelector("progress")) {
    // The same bar moves on, so that what is focused and what is read aloud stays.
    bar.value = fresh.querySelector("progress").value;
    for (const selector of [".percent", "[role=status]"]) {
      const text = fresh.querySelector(selector).textContent;
      if (work.querySelector(selector).textContent !== text) work.querySelector(selector).textContent = text;
    }
  } else {
    work.replaceChildren(...fresh.childNodes);
    if (focus) work.querySelector("h2")?.focus();
  }
  clearTimeout(timer);
  if (told.state === "waiting" || told.state === "running") timer = setTimeout(() => ask("", {}, true), POLL);
}

async function ask(sheet, options, focus) {
  const mine = ++turn;
  const query = new URLSearchParams({ language: root().dataset.language, ...(sheet ? { sheet } : {}) });
  await send(`${root().dataset.address}/${token}?${query}`, options, focus, mine);
}

async function send(address, options, focus, mine) {
  let told;
  try {
    const response = await fetch(address, { credentials: "same-origin", ...options });
    told = await response.json();
    if (mine !== turn || life.signal.aborted) return;
    if (!response.ok) {
      if (response.status === 404) again();
      say(response.status === 413 ? root().dataset.large : told.detail);
      return;
    }
  } catch {
    if (mine === turn) say(root().dataset.failed);
    return;
  } finally {
    if (mine === turn) element.removeAttribute("aria-busy");
  }
  say("");
  show(told, focus);
}

function handIn(file) {
  if (!file) return;
  const mine = ++turn;
  if (file.size > Number(root().dataset.bytes)) {
    say(root().dataset.large);
    return;
  }
  say(root().dataset.reading);
  element.setAttribute("aria-busy", "true");
  const query = new URLSearchParams({ name: file.name, language: root().dataset.language });
  send(`${root().dataset.address}?${query}`, { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } }, true, mine);
  const input = part("#sheet-file");
  if (input) input.value = "";
}

function again() {
  turn += 1;
  clearTimeout(timer);
  if (token) fetch(`${root().dataset.address}/${token}`, { method: "DELETE", credentials: "same-origin", keepalive: true }).catch(() => {});
  token = "";
  say("");
  part(".sheet-work").replaceChildren();
  part(".sheet-start").hidden = false;
  part("#sheet-file").focus();
}

listen(element, "change", (event) => {
  if (event.target.id === "sheet-file") handIn(event.target.files[0]);
  if (event.target.matches("[data-sheet]")) ask(event.target.value, {}, false).then(() => part("[data-sheet]")?.focus());
});

listen(element, "submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const columns = {};
  for (const select of form.querySelectorAll("[data-role]")) columns[select.dataset.role] = select.value;
  const choices = { sheet: form.dataset.sheetName, columns, category: form.querySelector("#sheet-category").value, tier: form.querySelector("#sheet-tier").value };
  ask("", { method: "POST", body: JSON.stringify(choices), headers: { "Content-Type": "application/json" } }, true);
});

listen(element, "click", (event) => {
  if (event.target.closest("[data-again]")) again();
  if (event.target.closest("[data-back]")) ask(".", {}, true);
});

for (const name of ["dragover", "dragenter"]) listen(element, name, (event) => {
  if (!part(".sheet-start") || part(".sheet-start").hidden) return;
  event.preventDefault();
  part(".drop").classList.add("over");
});
for (const name of ["dragleave", "drop"]) listen(element, name, () => part(".drop")?.classList.remove("over"));
listen(element, "drop", (event) => {
  if (part(".sheet-start").hidden) return;
  event.preventDefault();
  handIn(event.dataTransfer.files[0]);
});

// The interface's language has changed: the open file is shown in it.
watch("value", () => { if (token) { part(".sheet-start").hidden = true; ask("", {}, false); } });

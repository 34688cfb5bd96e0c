// The SPARQL tab's behaviour, run once when its editor's place is there. Gradio gives `element` (that place), `trigger` (an event for the server: 'choose', 'run', 'stop') and `watch`.
// Everything shown comes from the server as escaped HTML; this script reads attributes, moves text into the editor and never writes markup.

window.certkgSparql?.abort();
const life = new AbortController();
window.certkgSparql = life;
const listen = (target, name, act) => target.addEventListener(name, act, { signal: life.signal });
const find = (selector) => document.querySelector(selector);
const said = () => find("#sparql-controls .controls")?.dataset ?? {};
const root = () => said().root ?? "";
const place = element.querySelector(".editor");
const narrow = matchMedia("(max-width: 700px)");
const PREFIX = /^\s*PREFIX\s+([\w-]*):/gim;

// A plain text field serves until ACE is there, and where it cannot be loaded.
const field = document.createElement("textarea");
field.id = "sparql-text";
field.spellcheck = false;
field.rows = 14;
place.replaceChildren(field);
let ace = null;
const text = () => (ace ? ace.getValue() : field.value);

function put(query) {
  if (ace) { ace.setValue(query, -1); ace.session.clearAnnotations(); unmark(); } else field.value = query;
}

// ---- what the server sends; a text that was chosen runs at once
const stamps = {};
function renewed(selector) {
  const stamp = find(`${selector} [data-stamp]`)?.dataset.stamp;
  if (!stamp || stamps[selector] === stamp) return false;
  stamps[selector] = stamp;
  return true;
}

function loaded() {
  if (!renewed("#sparql-loaded")) return;
  const given = find("#sparql-loaded [data-load]");
  put(given.dataset.load);
  if (given.dataset.runNow) run();
}

// The list shows which query is chosen, without moving the page.
function current() {
  const name = find("#sparql-chosen [data-name]")?.dataset.name;
  for (const each of document.querySelectorAll("#sparql-collection [data-choose]")) {
    const chosen = each.dataset.choose === name;
    if (chosen === each.hasAttribute("aria-current")) continue;
    if (!chosen) { each.removeAttribute("aria-current"); continue; }
    each.setAttribute("aria-current", "true");
    const list = each.closest(".topics");
    const [box, own] = [list.getBoundingClientRect(), each.getBoundingClientRect()];
    if (own.top < box.top || own.bottom > box.bottom) list.scrollTop += own.top - box.top - box.height / 3;
  }
}

// ---- running
let waiting = false;
function busy(is) {
  waiting = is;
  find("#sparql-controls [data-stop]")?.toggleAttribute("disabled", !is);
  find("#sparql-controls [data-run]")?.toggleAttribute("disabled", is);
  const told = find("#sparql-controls .running");
  if (told) told.textContent = is ? said().running : "";
  find("#sparql-result")?.setAttribute("aria-busy", String(is));
}

function changedValues() {
  const changed = [...document.querySelectorAll("#sparql-chosen [name][data-changed]")];
  const values = Object.fromEntries(changed.map((each) => [each.name, each.value]));
  changed.forEach((each) => each.removeAttribute("data-changed"));
  return values;
}

function run() {
  if (waiting) return;
  busy(true);
  unmark();
  trigger("run", { query: text(), name: find("#sparql-chosen [data-name]")?.dataset.name ?? "", values: changedValues() });
}

function stop() {
  if (!waiting) return;
  busy(false);
  trigger("stop");
}

function choose(name, query = "") {
  if (waiting) stop();
  trigger("choose", { name, query });
}

// ---- marks at errors
let mark = null;
function unmark() {
  if (!ace) return;
  if (mark !== null) ace.session.removeMarker(mark);
  mark = null;
  ace.session.clearAnnotations();
}

function markError() {
  const failed = find("#sparql-result .failed[data-line]");
  if (!ace || !failed) return;
  const row = Number(failed.dataset.line) - 1;
  const column = Number(failed.dataset.column) - 1;
  const Range = window.ace.require("ace/range").Range;
  const end = Math.max(column + 1, ace.session.getLine(row).length);
  unmark();
  mark = ace.session.addMarker(new Range(row, column, row, end), "certkg-error", "text");
  ace.session.setAnnotations([{ row, column, text: failed.querySelector(".reason")?.textContent ?? "", type: "error" }]);
  ace.gotoLine(row + 1, column);
}

// ---- the editor
function script(name) {
  return new Promise((done, failed) => {
    const tag = document.createElement("script");
    tag.src = `${root()}/editor/ace/${said().version}/${name}`;
    tag.onload = done;
    tag.onerror = () => failed(new Error(name));
    document.head.append(tag);
  });
}

const KEYWORDS = `SELECT DISTINCT REDUCED ASK CONSTRUCT DESCRIBE WHERE FILTER OPTIONAL UNION MINUS VALUES BIND AS EXISTS NOT GRAPH FROM NAMED GROUP BY HAVING ORDER ASC DESC LIMIT
  OFFSET UNDEF IN PREFIX BASE COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI CONTAINS STRSTARTS STRENDS STRAFTER STRBEFORE STRLEN SUBSTR
  REPLACE REGEX CONCAT LCASE UCASE IF COALESCE ISIRI ISLITERAL ABS ROUND CEIL FLOOR`.split(/\s+/);
// What a completion replaces: names in Chinese and codes find their nodes too.
const TYPED = /[\w:?$\-一-鿿]/;

// A prefix that a completion needs and the query does not declare is written above it.
function declare(editor, value, prefixes) {
  const used = /^([a-z]+):/.exec(value)?.[1];
  if (!used || !(used in prefixes)) return;
  const declared = [...editor.getValue().matchAll(PREFIX)].map((match) => match[1]);
  if (!declared.includes(used)) editor.session.insert({ row: 0, column: 0 }, `PREFIX ${used}: <${prefixes[used]}>\n`);
}

function completer(words) {
  const self = {
    identifierRegexps: [TYPED],
    getCompletions(editor, session, position, prefix, done) {
      const variables = new Set(editor.getValue().match(/[?$][A-Za-z_]\w*/g));
      variables.delete(prefix);
      const terms = words.terms.map(({ value, kind, zh, en, code }) => {
        const names = zh === en ? zh : `${zh} · ${en}`;
        const path = value.replace(/^<.*\/id\/|>$/g, "");
        return { value, caption: kind === "node" ? `${code} ${names} · ${path}`.trim() : `${value} · ${names}`, meta: kind, score: kind === "node" ? 1 : 3 };
      });
      done(null, [
        ...[...variables].map((value) => ({ value, caption: value, meta: "variable", score: 5 })),
        ...KEYWORDS.map((value) => ({ value, caption: value, meta: "keyword", score: 4 })),
        ...Object.entries(words.prefixes).map(([prefix, space]) => ({ value: `${prefix}:`, caption: `${prefix}:`, meta: space, score: 2 })),
        ...terms,
      ].map((each) => ({ ...each, completer: self })));
    },
    insertMatch(editor, { value }) {
      const at = editor.getCursorPosition();
      let start = at.column;
      while (start > 0 && TYPED.test(editor.session.getLine(at.row)[start - 1])) start -= 1;
      editor.session.replace(new (window.ace.require("ace/range").Range)(at.row, start, at.row, at.column), value);
      declare(editor, value, words.prefixes);
    },
  };
  return self;
}

// Colours are those of the page (sparql.css), light and dark alike.
function theme() {
  window.ace.define("ace/theme/certkg", ["require", "exports"], (require, exports) => { Object.assign(exports, { isDark: false, cssClass: "ace-certkg", cssText: "" }); });
}

// ACE's rules take every < for a comparison, so that words and # within an address are coloured as if they were syntax.
function mode() {
  const made = new (window.ace.require("ace/mode/sparql").Mode)();
  const Rules = made.HighlightRules;
  made.HighlightRules = function AddressesFirst() {
    Rules.call(this);
    this.$rules.start.unshift({ token: "string.quoted.other.relative.url.sparql", regex: /<[^\s<>"{}|^`\\]*>/ });
  };
  made.HighlightRules.prototype = Rules.prototype;
  return made;
}

async function begin() {
  const words = fetch(`${root()}/editor/words.json`).then((response) => (response.ok ? response.json() : { prefixes: {}, terms: [] }));
  await script("ace.js");
  await Promise.all([script("ext-language_tools.js"), script("mode-sparql.js")]);
  theme();
  window.ace.config.set("basePath", `${root()}/editor/ace/${said().version}`);
  const kept = field.value;
  const held = document.createElement("div");
  place.replaceChildren(held);
  const editor = window.ace.edit(held, {
    mode: mode(), theme: "ace/theme/certkg", value: kept, useWorker: false, tabSize: 2, useSoftTabs: true, showPrintMargin: false, fontSize: 14,
    minLines: 10, maxLines: 26, wrap: true, indentedSoftWrap: false, enableBasicAutocompletion: true, enableLiveAutocompletion: true, liveAutocompletionThreshold: 2, enableSnippets: false,
    enableKeyboardAccessibility: true, textInputAriaLabel: said().query, highlightActiveLine: true, enableMobileMenu: false,
  });
  editor.completers = [completer(await words)];
  editor.commands.addCommand({ name: "certkgRun", bindKey: { win: "Ctrl-Enter", mac: "Command-Enter|Ctrl-Enter" }, exec: run, readOnly: true });
  // What was marked is being mended.
  editor.session.on("change", unmark);
  ace = editor;
  place.dataset.ready = "1";
  markError();
}

// ---- downloads: the same query at the SPARQL address, so that its limits and its honest refusals hold here too
async function download(button) {
  const query = button.closest("[data-query]").dataset.query;
  button.disabled = true;
  try {
    const response = await fetch(`${root()}/sparql`, { method: "POST", headers: { Accept: button.dataset.type }, body: new URLSearchParams({ query, format: button.dataset.download }) });
    if (!response.ok) {
      const reason = await response.json().then((each) => each.detail, () => response.statusText);
      throw new Error(reason);
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = `certkg.${button.dataset.extension}`;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    const most = response.headers.get("X-SPARQL-MaxRows");
    window.certkg.toast(most ? said().downloadCut.replace("{count}", most) : said().downloaded);
  } catch (error) {
    window.certkg.toast(said().downloadFailed.replace("{reason}", error.message));
  } finally {
    button.disabled = false;
  }
}

// ---- pages of a table
function turn(button) {
  const pager = button.closest(".pager");
  const pages = [...pager.parentElement.querySelectorAll("[data-page-of]")];
  const now = pages.findIndex((each) => !each.hidden);
  const next = Math.min(pages.length - 1, Math.max(0, now + Number(button.dataset.step)));
  pages.forEach((each, number) => { each.hidden = number !== next; });
  pager.querySelector('[data-step="-1"]').disabled = next === 0;
  pager.querySelector('[data-step="1"]').disabled = next === pages.length - 1;
  const size = Number(pager.dataset.size);
  const count = Number(pager.dataset.rows);
  pager.querySelector("[role=status]").textContent = pager.dataset.words.replace("{first}", next * size + 1).replace("{last}", Math.min(count, (next + 1) * size)).replace("{count}", count);
  pager.parentElement.querySelector(".table").scrollTop = 0;
}

// ---- the collection's search
function filter(box) {
  const wanted = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const collection = box.closest(".collection");
  let count = 0;
  for (const entry of collection.querySelectorAll("[data-found-by]")) {
    entry.hidden = !wanted.every((word) => entry.dataset.foundBy.includes(word));
    count += entry.hidden ? 0 : 1;
  }
  for (const topic of collection.querySelectorAll("[data-topic]")) topic.hidden = !topic.querySelector("li:not([hidden])");
  collection.querySelector(".none").hidden = count > 0;
  const told = collection.querySelector("[role=status]");
  told.textContent = wanted.length ? told.dataset.words.replace("{count}", count) : "";
}

// A list in another language is a new list: it is folded on a phone, and searched for what stands in its box.
let spoken = "";
function listed() {
  const list = find("#sparql-collection details");
  current();
  if (!list || list.lang === spoken) return;
  spoken = list.lang;
  list.open = !narrow.matches;
  filter(find("#sparql-filter"));
}

const actions = {
  "#sparql-controls [data-run]": run,
  "#sparql-controls [data-stop]": stop,
  "#sparql-result [data-download]": download,
  "#sparql-result [data-step]": turn,
  "#sparql-collection [data-choose]": (at) => {
    choose(at.dataset.choose);
    if (narrow.matches) { at.closest("details").open = false; find("#sparql-main").scrollIntoView({ block: "start" }); }
  },
};
listen(document, "click", (event) => {
  for (const [selector, act] of Object.entries(actions)) {
    const at = event.target.closest?.(selector);
    if (at) { act(at, event); return; }
  }
});
listen(document, "input", (event) => {
  if (event.target.matches?.("#sparql-filter")) filter(event.target);
  if (event.target.matches?.("#sparql-chosen [name]")) event.target.dataset.changed = "1";
});
listen(document, "submit", (event) => { if (event.target.matches?.("#sparql-chosen form")) { event.preventDefault(); run(); } });
listen(document, "change", (event) => { if (event.target.matches?.("#sparql-chosen select[name]")) run(); });
// Enter in a field of the form runs; the plain text field runs with Ctrl-Enter, as ACE does.
listen(document, "keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  if (event.target.matches?.("#sparql-chosen input[name]") || (event.target === field && (event.ctrlKey || event.metaKey))) { event.preventDefault(); run(); }
});

function observe(selector, act) {
  const target = find(selector);
  if (!target) return;
  const observer = new MutationObserver(act);
  observer.observe(target, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-stamp", "data-name", "lang"] });
  life.signal.addEventListener("abort", () => observer.disconnect());
}

function speak() {
  field.setAttribute("aria-label", said().query ?? "");
  if (!ace) return;
  ace.setOption("textInputAriaLabel", said().query);
  ace.renderer.scroller.setAttribute("aria-label", `${said().query}. ${said().enter}`);
}

// The whole of the tab is there before anything is asked of it; ACE is loaded when the tab is first seen.
function start() {
  if (!find("#sparql-controls .controls") || !find("#sparql-loaded [data-load]") || !find("#sparql-result")) { requestAnimationFrame(start); return; }
  observe("#sparql-loaded", loaded);
  observe("#sparql-controls", speak);
  observe("#sparql-chosen", current);
  observe("#sparql-collection", listed);
  observe("#sparql-result", () => { if (renewed("#sparql-result")) { busy(false); markError(); } });
  speak();
  loaded();
  listed();
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((each) => each.isIntersecting)) return;
    seen.disconnect();
    begin().then(speak, () => { place.dataset.ready = "plain"; });
  });
  seen.observe(place);
  const asked = new URLSearchParams(location.search);
  if (asked.get("tab") === "sparql" && (asked.get("query") || asked.get("name"))) choose(asked.get("name") ?? "", asked.get("query") ?? "");
}
start();

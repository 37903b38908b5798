"use strict";

/* ---- summary ---- */

function showSubject() {
  const parts = [`${t("sum", { count: changes.length })}.`];
  if (files.length > 1) {
    parts.push(t("sumFiles", { changed: files.filter((file) => ["different", "looks"].includes(stateOf(file))).length, count: files.length }));
  } else if (files[0]?.failed) {
    parts.length = 0;
  } else if (leaves.length) {
    parts.push(t("sumPages", { changed: leaves.filter(isChanged).length, count: leaves.length }));
  }
  /** @param {Pdf | null} side */
  const label = (side) => (side ? `${side.name} (${side.sha256.slice(0, 8)})` : t("none"));
  if (files.length === 1) parts.push(t("subjectOne", { old: label(files[0].old), new: label(files[0].new) }));
  byId("subject").textContent = parts.join(" ");
}

function showNotices() {
  /** @type {HTMLElement[]} */
  const notices = [];
  /** @param {string} kind @param {string} text */
  const add = (kind, text) => notices.push(make("li", { class: kind }, text));
  if (view.isNotKept) add("failed", t("notKept"));
  /** @param {string} state */
  const those = (state) => files.filter((file) => stateOf(file) === state);
  /** @param {string} state */
  const names = (state) => those(state).map((file) => file.name).join(", ");
  for (const { name, failed, reasons } of those("failed")) add("failed", t("failedNotice", { name, why: reasons[settings.language] ?? failed }));
  if (names("newFile")) add("plain", t("newNotice", { names: names("newFile") }));
  if (names("goneFile")) add("plain", t("goneNotice", { names: names("goneFile") }));
  for (const { name, passed_over: count } of those("passed")) add("plain", t("passedNotice", { name, count }));
  if (files.length === 1 && names("same")) add("plain", t("sameNotice", { name: names("same") }));
  if (files.length > 1 && files.every((file) => ["same", "failed"].includes(stateOf(file)))) add("plain", t("allSameNotice"));
  const obscured = group("obscured");
  for (const file of files) {
    for (const { side, what, pages, text } of file.unseen) {
      const where = t(pages.length ? "unseenOn" : "unseenIn", { name: file.name, side: t(side), pages: ranges(pages) });
      add("failed", [where, obscured[what], text].filter(Boolean).join(": "));
    }
  }
  byId("notices").replaceChildren(...notices);
  byId("notice-box").tabIndex = notices.length > 3 ? 0 : -1;  // it scrolls then
}

function showFiles() {
  byId("files").replaceChildren(...files.map((file) => {
    const state = stateOf(file);
    const counts = Object.entries(file.counts).map(([kind, count]) => t("byKind", { kind: kindName(kind), count }));
    const summary = state === "different" ? [t("sum", { count: file.changes.length }), counts.join(", ")].join(": ") : t(state, { why: file.reasons[settings.language] ?? file.failed });
    const isFailed = state === "failed";
    const name = files.length > 1 ? make("strong", { dir: "auto" }, file.name) : "";
    const pages = pageButtons(leaves.filter((leaf) => leaf.file === file && isChanged(leaf)));
    const strip = pages.length ? make("ol", { class: "strip" }, pages) : "";
    const box = files.length > 1 && strip ? make("details", null, make("summary", null, t("changedPages")), strip) : strip;
    return make("li", { class: isFailed ? "failed" : files.length === 1 && state === "different" ? "only" : null }, make("p", null, name, " ", summary), box);
  }));
}

/** @param {Leaf[]} some */
function pageButtons(some) {
  return some.map((leaf) => {
    const count = leaf.changes.size;
    const page = leafName(leaf);
    const label = count ? t("pageButton", { page, count }) : t("pageLooks", { page });
    const content = [`${leaf.new ?? leaf.old}`, make("small", null, count ? number(count) : "≠")];
    return make("li", null, button(content, () => goToLeaf(leaf), { "aria-label": label, title: label }));
  });
}

/** @param {Leaf} leaf */
function leafName(leaf) {
  const { old, new: now } = leaf;
  if (!now) return t("leafOld", { page: old ?? "" });
  if (!old) return t("leafNew", { page: now });
  return old === now ? t("page", { page: old }) : t("pageSides", { old, new: now });
}

/* ---- filters ---- */

/** @param {string} id */
const input = (id) => find(document, `#${id}`, HTMLInputElement);

/** @param {boolean} isOpen */
function openFilters(isOpen) {
  find(document, "#filter-box", HTMLDetailsElement).open = isOpen;
}

function showKinds() {
  byId("kinds").replaceChildren(...kinds.map((kind) => {
    const box = make("input", { type: "checkbox", value: kind });
    box.checked = !view.hidden.has(kind);
    return make("label", { class: "chip" }, box, sign(kind), make("span", null, capital(kindName(kind))), make("b", null, number(DATA.counts[kind])));
  }));
}

function showChoices() {
  /** @type {[string, string][]} */
  const names = files.map(({ name, index }) => [String(index), name]);
  fillSelect("file", [["", t("allFiles")], ...names], selected("file"));
  byId("file-field").hidden = files.length < 2;
  byId("only-field").hidden = !changes.some((change) => change.only_in);
  const design = changes.filter(isDesign).length;
  byId("content-field").hidden = !design;
  byId("content-text").textContent = t("contentOnly", { count: design });
  const mode = byId("leaves").dataset.mode;
  const modes = group("modes");
  byId("modes").replaceChildren(...MODES.map((name) => choice("mode", name, name === mode, modes[name])));
  /** @type {[string, string][]} */
  const sizes = ZOOMS.map((zoom) => [String(zoom), percent(zoom)]);
  fillSelect("zoom", [["1", t("fit")], ...sizes], selected("zoom") || "1");
}

function applyFilters() {
  const [file, words] = [selected("file"), fold(input("search").value).split(/\s+/).filter(Boolean)];
  const [onlyIn, onlyOpen, allPages, onlyContent] = ["only-in", "unseen", "all-pages", "content-only"].map((id) => input(id).checked);
  /** @param {Change} change */
  const passes = (change) => !view.hidden.has(change.kind) && (!file || change.file.index === Number(file))
    && !(onlyContent && isDesign(change)) && (!onlyIn || change.only_in) && (!onlyOpen || markOf(change).state === "open") && words.every((word) => change.text.includes(word));
  for (const change of changes) change.isShown = Boolean(passes(change));
  view.shown = changes.filter((change) => change.isShown);
  const narrowed = view.shown.length < changes.filter((change) => !file || change.file.index === Number(file)).length;
  /** @param {Leaf} leaf */
  const isPage = (leaf) => (!file || leaf.file.index === Number(file))
    && (allPages || (narrowed ? [...leaf.changes].some((change) => change.isShown) : isChanged(leaf)));
  for (const leaf of leaves) {
    leaf.element.hidden = !isPage(leaf);
    for (const [mark, change] of leaf.marks ?? []) mark.hidden = !change.isShown;
  }
  byId("no-pages").hidden = leaves.some((leaf) => !leaf.element.hidden);
  byId("shown").textContent = view.shown.length || !changes.length ? t("shown", { count: view.shown.length, total: changes.length }) : t("noneShown");
  if (view.selected && !view.selected.isShown) deselect();
  showList(view.selected ? view.shown.indexOf(view.selected) : 0);
  showProgress();
}

/* ---- help, keys, and all that is pressed ---- */

function showHelp() {
  const names = group("keyNames");
  showKeys(KEYS.map(([name, ...keys]) => [keys, names[name]]));
  byId("signs").replaceChildren(...Object.keys(SIGNS).map((kind) => make("li", null, sign(kind), ` ${kindName(kind)}`)));
}

function writeRemark() {
  view.selected?.card?.field.focus();
}

/** @type {Record<string, (key: string) => unknown>} */
const ACTS = {
  next: () => step(1),
  previous: () => step(-1),
  seen: () => view.selected && toggle(view.selected, "seen"),
  questioned: () => view.selected && toggle(view.selected, "questioned"),
  remark: writeRemark,
  mode: (key) => setMode(MODES[Number(key) - 1]),
  flip: () => byId("leaves").dataset.mode === "flicker" && byId("flip").click(),
  marks: () => byId("show-marks").click(),
  search: () => { openFilters(true); byId("search").focus(); },
  help: () => openDialog("help"),
};

/** @param {KeyboardEvent} event */
function pressed(event) {
  const isTyping = hit(event, "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=range])");
  if (!settings.keys || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  const found = KEYS.find(([, ...keys]) => keys.includes(event.key));
  if (!found) return;
  event.preventDefault();
  ACTS[found[0]](event.key);
}

/** Paper has all of the list, whole passages, and the pages that changed. */
function showForPrint() {
  byId("printed-leaves").replaceChildren(...leaves.filter((leaf) => isChanged(leaf) && !leaf.element.hidden).map(printedLeaf));
  byId("list").replaceChildren(...elements(view.shown));
  for (const change of view.shown) showContext(change, true);
}

function showAfterPrint() {
  byId("printed-leaves").replaceChildren();
  showList(view.selected ? view.shown.indexOf(view.selected) : view.first);
}

function listen() {
  on("filters", "submit", (event) => event.preventDefault());
  on("filters", "input", applyFilters);
  on("kinds", "input", () => {
    const open = [...byId("kinds").querySelectorAll("input")].filter((one) => !one.checked);
    view.hidden = new Set(open.map((one) => one.value));
  });
  on("show-everything", "click", () => {
    find(document, "#filters", HTMLFormElement).reset();
    view.hidden.clear();
    showKinds();
    applyFilters();
  });
  on("previous", "click", () => step(-1));
  on("next", "click", () => step(1));
  on("all-seen", "click", markAllSeen);
  on("undo", "click", undo);
  on("more", "click", () => showMore()[0]?.card?.head.focus());
  on("earlier", "click", () => showEarlier().at(-1)?.card?.head.focus());
  on("modes", "change", () => setMode(chosenIn("modes")));
  on("flip", "click", () => { alternate(false); flip(); });
  on("alternate", "click", () => alternate(!view.timer));
  on("show-marks", "change", () => {
    byId("leaves").classList.toggle("no-marks", !input("show-marks").checked);
  });
  on("all-pages", "change", applyFilters);
  on("zoom", "change", () => setZoom(selected("zoom")));
  on("leaves", "click", (event) => {
    const mark = hit(event, ".mark");
    if (mark) select(changes[Number(mark.getAttribute("data-number")) - 1], "page");
  });
  on("leaves", "pointermove", drag);
  on("leaves", "pointerdown", drag);
  on("open-help", "click", () => openDialog("help"));
  on("open-record", "click", () => openDialog("record"));
  on("switch-language", "click", () => { keepSettings({ language: otherLanguage() }); translate(); });
  on("use-keys", "change", () => keepSettings({ keys: input("use-keys").checked }));
  on("reviewer", "input", () => keepSettings({ reviewer: input("reviewer").value }));
  on("save", "click", saveRecord);
  on("load", "change", loadRecord);
  document.addEventListener("keydown", pressed);
  window.addEventListener("pagehide", saveMarks);
  window.addEventListener("beforeprint", showForPrint);
  window.addEventListener("afterprint", showAfterPrint);
}

function translate() {
  showTexts();
  const title = files.length === 1 ? t("titleOne", { name: files[0].name }) : t("titleMany", { count: files.length });
  byId("title").textContent = document.title = title;
  showSubject();
  showNotices();
  showKinds();
  showChoices();
  showFiles();
  showHelp();
  byId("reviewer-error").textContent = "";
  byId("record-message").replaceChildren();
  showLeaves();
  applyFilters();
  setMode(byId("leaves").dataset.mode ?? MODES[0]);
}

join();
recall();
byId("report").hidden = false;
openFilters(isWide.matches);
input("reviewer").value = settings.reviewer;
input("content-only").checked = changes.some(isDesign);
input("use-keys").checked = settings.keys;
listen();
translate();

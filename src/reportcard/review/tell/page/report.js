"use strict";

/* ---- summary ---- */

function showSubject() {
  const parts = [`${t("sum", { count: changes.length })}.`];
  if (files.length > 1) {
    parts.push(t("sumFiles", { changed: files.filter((file) => ["different", "looks"].includes(stateOf(file))).length, count: files.length }));
  } else if (stateOf(files[0] ?? {}) === "failed") {
    parts.length = 0;
  } else if (leaves.length) {
    parts.push(t("sumPages", { changed: leaves.filter(isChanged).length, count: leaves.length }));
  }
  const told = (side) => (side ? `${side.name} (${side.sha256.slice(0, 8)})` : t("none"));
  if (files.length === 1) parts.push(t("subjectOne", { old: told(files[0].old), new: told(files[0].new) }));
  byId("subject").textContent = parts.join(" ");
}

function showNotices() {
  const notices = [];
  const add = (kind, text) => notices.push(make("li", { class: kind }, text));
  if (view.isNotKept) add("failed", t("notKept"));
  const those = (state) => files.filter((file) => stateOf(file) === state);
  const names = (state) => those(state).map((file) => file.name).join(", ");
  for (const { name, failed } of those("failed")) add("failed", t("failedNotice", { name, why: failed }));
  if (names("newFile")) add("plain", t("newNotice", { names: names("newFile") }));
  if (names("goneFile")) add("plain", t("goneNotice", { names: names("goneFile") }));
  for (const { name, passed_over: count } of those("passed")) add("plain", t("passedNotice", { name, count }));
  if (files.length === 1 && names("same")) add("plain", t("sameNotice", { name: names("same") }));
  if (files.length > 1 && files.every((file) => ["same", "failed"].includes(stateOf(file)))) add("plain", t("allSameNotice"));
  byId("notices").replaceChildren(...notices);
  byId("notice-box").tabIndex = notices.length > 3 ? 0 : -1;  // it scrolls then
}

function showFiles() {
  byId("files").replaceChildren(...files.map((file) => {
    const state = stateOf(file);
    const counts = Object.entries(file.counts).map(([kind, count]) => t("byKind", { kind: kindName(kind), count }));
    const told = state === "different" ? [t("sum", { count: file.changes.length }), counts.join(", ")].join(": ") : t(state, { why: file.failed });
    const isFailed = state === "failed";
    const name = files.length > 1 ? make("strong", { dir: "auto" }, file.name) : "";
    const pages = pageButtons(leaves.filter((leaf) => leaf.file === file && isChanged(leaf)));
    const strip = pages.length ? make("ol", { class: "strip" }, pages) : "";
    const box = files.length > 1 && strip ? make("details", null, make("summary", null, t("changedPages")), strip) : strip;
    return make("li", { class: isFailed ? "failed" : files.length === 1 && state === "different" ? "only" : null }, make("p", null, name, " ", told), box);
  }));
}

function pageButtons(some) {
  return some.map((leaf) => {
    const count = leaf.changes.size;
    const page = leafName(leaf);
    const label = count ? t("pageButton", { page, count }) : t("pageLooks", { page });
    const told = [`${leaf.new ?? leaf.old}`, make("small", null, count ? number(count) : "≠")];
    return make("li", null, button(told, () => goToLeaf(leaf), { "aria-label": label, title: label }));
  });
}

function leafName(leaf) {
  if (!leaf.new) return t("leafOld", { page: leaf.old });
  if (!leaf.old) return t("leafNew", { page: leaf.new });
  return leaf.old === leaf.new ? t("page", { page: leaf.old }) : t("pageSides", { old: leaf.old, new: leaf.new });
}

/* ---- filters ---- */

function showKinds() {
  byId("kinds").replaceChildren(...kinds.map((kind) => {
    const box = make("input", { type: "checkbox", value: kind });
    box.checked = !view.hidden.has(kind);
    return make("label", { class: "chip" }, box, sign(kind), make("span", null, capital(kindName(kind))), make("b", null, number(DATA.counts[kind])));
  }));
}

function showChoices() {
  const file = byId("file");
  const chosen = file.value;
  const names = files.map(({ name, index }) => make("option", { value: index }, name));
  file.replaceChildren(make("option", { value: "" }, t("allFiles")), ...names);
  file.value = chosen;
  byId("file-field").hidden = files.length < 2;
  byId("only-field").hidden = !changes.some((change) => change.only_in);
  const mode = byId("leaves").dataset.mode;
  byId("modes").replaceChildren(...MODES.map((name) => {
    const choice = make("input", { type: "radio", name: "mode", value: name });
    choice.checked = name === mode;
    return make("label", null, choice, make("span", null, WORDS[settings.language].texts.modes[name]));
  }));
  const zoom = byId("zoom");
  const width = zoom.value || "1";
  const percent = new Intl.NumberFormat(settings.language, { style: "percent" });
  zoom.replaceChildren(...["1", "1.5", "2", "3"].map((value) => make("option", { value }, value === "1" ? t("fit") : percent.format(value))));
  zoom.value = width;
}

function applyFilters() {
  const [file, words] = [byId("file").value, fold(byId("search").value).split(/\s+/).filter(Boolean)];
  const [onlyIn, onlyOpen] = [byId("only-in").checked, byId("unseen").checked];
  const passes = (change) => !view.hidden.has(change.kind) && (!file || change.file.index === Number(file))
    && (!onlyIn || change.only_in) && (!onlyOpen || markOf(change).state === "open") && words.every((word) => change.text.includes(word));
  for (const change of changes) change.isShown = Boolean(passes(change));
  view.shown = changes.filter((change) => change.isShown);
  const narrowed = view.shown.length < changes.filter((change) => !file || change.file.index === Number(file)).length;
  const isPage = (leaf) => (!file || leaf.file.index === Number(file))
    && (byId("all-pages").checked || (narrowed ? [...leaf.changes].some((change) => change.isShown) : isChanged(leaf)));
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
  const names = WORDS[settings.language].texts.keyNames;
  byId("keys").replaceChildren(...KEYS.map(([name, ...keys]) => make("div", null,
    make("dt", null, keys.map((key) => make("kbd", null, key))), make("dd", null, names[name]))));
  byId("signs").replaceChildren(...Object.keys(SIGNS).map((kind) => make("li", null, sign(kind), ` ${kindName(kind)}`)));
}

function writeRemark() {
  view.selected?.card.querySelector("textarea").focus();
}

const ACTS = {
  next: () => step(1),
  previous: () => step(-1),
  seen: () => view.selected && toggle(view.selected, "seen"),
  questioned: () => view.selected && toggle(view.selected, "questioned"),
  remark: writeRemark,
  mode: (key) => setMode(MODES[key - 1]),
  flip: () => byId("leaves").dataset.mode === "flicker" && byId("flip").click(),
  marks: () => byId("show-marks").click(),
  search: () => { byId("filter-box").open = true; byId("search").focus(); },
  help: () => byId("help").showModal(),
};

function pressed(event) {
  const isTyping = event.target.closest?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=range])");
  if (!settings.keys || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  const found = KEYS.find(([, ...keys]) => keys.includes(event.key));
  if (!found) return;
  event.preventDefault();
  ACTS[found[0]](event.key);
}

function print(isOn) {
  if (isOn) byId("list").replaceChildren(...view.shown.map(card));
  else showList(view.selected ? view.shown.indexOf(view.selected) : view.first);
  if (isOn) for (const change of view.shown) if (change.card.querySelector(".context")) showContext(change, change.card.querySelector(".context"), true);
}

function listen() {
  const on = (id, act, type = "click") => byId(id).addEventListener(type, act);
  on("filters", (event) => event.preventDefault(), "submit");
  on("filters", applyFilters, "input");
  on("kinds", (event) => view.hidden[event.target.checked ? "delete" : "add"](event.target.value), "input");
  on("show-everything", () => { byId("filters").reset(); view.hidden.clear(); showKinds(); applyFilters(); });
  on("previous", ACTS.previous);
  on("next", ACTS.next);
  on("all-seen", markAllSeen);
  on("undo", undo);
  on("more", () => showMore()[0]?.querySelector(".select").focus());
  on("earlier", () => showEarlier().at(-1)?.querySelector(".select").focus());
  on("modes", (event) => setMode(event.target.value), "change");
  on("flip", () => { alternate(false); flip(); });
  on("alternate", () => alternate(!view.timer));
  on("show-marks", (event) => byId("leaves").classList.toggle("no-marks", !event.target.checked), "change");
  on("all-pages", applyFilters, "change");
  on("zoom", (event) => setZoom(event.target.value), "change");
  on("leaves", (event) => event.target.closest(".mark") && select(changes[event.target.closest(".mark").dataset.number - 1], "page"));
  on("leaves", drag, "pointermove");
  on("leaves", drag, "pointerdown");
  on("open-help", ACTS.help);
  on("open-record", () => byId("record").showModal());
  on("switch-language", () => { settings.language = settings.language === "en" ? "es" : "en"; storeSettings(); translate(); });
  on("use-keys", (event) => { settings.keys = event.target.checked; storeSettings(); }, "change");
  on("reviewer", (event) => { settings.reviewer = event.target.value; storeSettings(); }, "input");
  on("save", saveRecord);
  on("load", loadRecord, "change");
  for (const one of document.querySelectorAll("dialog .close")) one.addEventListener("click", () => one.closest("dialog").close());
  document.addEventListener("keydown", pressed);
  window.addEventListener("pagehide", saveMarks);
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
}

function translate() {
  document.documentElement.lang = settings.language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  byId("switch-language").lang = settings.language === "en" ? "es" : "en";
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
  setMode(byId("leaves").dataset.mode);
}

join();
recall();
byId("report").hidden = false;
byId("filter-box").open = isWide.matches;
byId("reviewer").value = settings.reviewer;
byId("use-keys").checked = settings.keys;
listen();
translate();

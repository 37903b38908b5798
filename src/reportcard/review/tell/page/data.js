"use strict";

const byId = (id) => document.getElementById(id);
const given = (id) => JSON.parse(byId(id).textContent);
const WORDS = given("words");
const DATA = given("data");
const STORE = "reportcard-review";
/** How many changes of the list are rendered at a time. */
const CHUNK = 60;
const SIDES = ["old", "new"];
const STATES = ["open", "seen", "questioned"];
const MODES = ["side", "overlay", "difference", "slider", "flicker"];
const SIGNS = {
  wording: "¶", number: "#", score: "★", note: "†", link: "↗", moved: "↕", layout: "▦", picture: "▣", boxes: "□",
  metadata: "i", tags: "‹›", language: "Aa", bookmarks: "≡",
};
const KEYS = [
  ["next", "n", "j"], ["previous", "p", "k"], ["seen", "s"], ["questioned", "q"], ["remark", "r"],
  ["mode", "1", "2", "3", "4", "5"], ["flip", "x"], ["marks", "m"], ["search", "/"], ["help", "?"],
];
const NEAR = { rootMargin: "800px 0px", scrollMargin: "800px 0px" };
const isWide = matchMedia("(min-width: 62rem) and (min-height: 30rem)");

/* ---- what is compared ---- */

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const files = DATA.files.map((file, index) => ({
  ...file, index, key: `${STORE}:${file.old?.sha256 ?? "-"}:${file.new?.sha256 ?? "-"}`,
}));
const changes = files.flatMap((file) => file.changes.map((change) => ({ ...change, file, isShown: true })));
const leaves = files.flatMap((file) => file.leaves.map((leaf) => ({ ...leaf, file, changes: new Set() })));
const kinds = Object.keys(SIGNS).filter((kind) => DATA.counts[kind]);
const nearLeaves = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => {
  if (isIntersecting) fill(leaves[target.dataset.leaf]);
}), NEAR);
const nearEnd = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && showMore(), NEAR);

function join() {
  const pages = new Map();
  leaves.forEach((leaf, index) => {
    leaf.id = `leaf-${index}`;
    for (const side of SIDES) if (leaf[side]) pages.set(`${leaf.file.index}:${side}:${leaf[side]}`, leaf);
  });
  changes.forEach((change, index) => {
    change.number = index + 1;
    change.leaves = new Set();
    for (const side of ["new", "old"]) {
      for (const [page] of change[`${side}_areas`]) {
        const leaf = pages.get(`${change.file.index}:${side}:${page}`);
        leaf?.changes.add(change);
        if (leaf) change.leaves.add(leaf);
      }
    }
    const texts = [change.field, change.place, change.old, change.new, change.file.name, ...change.runs.map((run) => run[1])];
    change.text = fold([...texts, ...change.facts.flatMap((fact) => [fact.name, fact.old, fact.new])].join(" "));
  });
}

const isChanged = (leaf) => leaf.differs || leaf.changes.size > 0;

function stateOf(file) {
  if (file.failed) return "failed";
  if (!file.old) return "newFile";
  if (!file.new) return "goneFile";
  if (file.changes.length) return "different";
  if (file.leaves.some((leaf) => leaf.differs)) return "looks";
  return file.passed_over ? "passed" : "same";
}

/* ---- what is kept ---- */

const settings = { language: document.documentElement.lang, reviewer: "", keys: true };
const marks = new Map();
const view = { hidden: new Set(), shown: [], first: 0, last: 0, selected: null, before: [], timer: 0 };
const unsaved = new Set();
let saving = 0;

function stored(key) {
  try {
    const value = JSON.parse(localStorage.getItem(key));
    return value && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    view.isNotKept = true;
    showNotices();
  }
}

const storeSettings = () => store(`${STORE}:settings`, settings);

function isMark(mark) {
  return mark && STATES.includes(mark.state) && typeof mark.remark === "string" && (mark.state !== "open" || mark.remark !== "");
}

function recall() {
  try {
    localStorage.setItem(`${STORE}:try`, "");
    localStorage.removeItem(`${STORE}:try`);
  } catch {
    view.isNotKept = true;
  }
  const known = stored(`${STORE}:settings`);
  for (const name of Object.keys(settings)) if (typeof known[name] === typeof settings[name]) settings[name] = known[name];
  if (!Object.hasOwn(WORDS, settings.language)) settings.language = "en";
  for (const { key } of files) {
    marks.set(key, new Map(Object.entries(stored(key)).filter(([, mark]) => isMark(mark))));
  }
}

const markOf = (change) => marks.get(change.file.key).get(change.id) ?? { state: "open", remark: "" };

function setMark(change, mark) {
  const whole = { ...markOf(change), ...mark };
  if (isMark(whole)) marks.get(change.file.key).set(change.id, whole);
  else marks.get(change.file.key).delete(change.id);
  unsaved.add(change.file.key);
  clearTimeout(saving);
  saving = setTimeout(saveMarks, 200);
}

function saveMarks() {
  for (const key of unsaved) store(key, Object.fromEntries(marks.get(key)));
  unsaved.clear();
}

/* ---- words ---- */

const number = (value) => new Intl.NumberFormat(settings.language).format(value);
const kindName = (kind) => WORDS[settings.language].kinds[kind] ?? kind;
const capital = (text) => text.charAt(0).toLocaleUpperCase(settings.language) + text.slice(1);

function t(key, values = {}) {
  let text = WORDS[settings.language].texts[key];
  if (typeof text === "object") text = text[new Intl.PluralRules(settings.language).select(values.count)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? number(values[name]) : values[name]));
}

function languageName(code) {
  try {
    return new Intl.DisplayNames(settings.language, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** An element. Strings among its children become text, never markup; attributes that are null or false are left out. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== ""));
  return element;
}

const button = (text, act, attributes) => {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", act);
  return element;
};
const unseen = (text) => make("span", { class: "unseen" }, text);
const sign = (kind) => make("span", { class: "sign", "data-kind": kind, "aria-hidden": "true" }, SIGNS[kind] ?? "·");

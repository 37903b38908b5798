"use strict";

/**
 * One of the two files that are compared.
 * @typedef {"old" | "new"} Side
 */
/**
 * A place on a page: the page from 1, the rest in mm.
 * @typedef {[page: number, left: number, top: number, across: number, down: number]} Area
 */
/**
 * A property that differs.
 * @typedef {{name: string, old: string, new: string}} Fact
 */
/**
 * A change of the comparison.
 * @typedef {object} FoundChange
 * @property {string} id
 * @property {string} kind
 * @property {string} act
 * @property {string} field
 * @property {string} place
 * @property {string} language
 * @property {string} old
 * @property {string} new
 * @property {[kind: "same" | "gone" | "new", text: string][]} runs
 * @property {Fact[]} facts
 * @property {Area[]} old_areas
 * @property {Area[]} new_areas
 * @property {string} only_in
 */
/**
 * Two pages that belong together, or one that has no other, as the comparison has them.
 * @typedef {{old: number | null, new: number | null, differs: boolean}} FoundLeaf
 */
/**
 * A PDF with the sizes of its pages in mm.
 * @typedef {{name: string, sha256: string, sizes: [width: number, height: number][]}} Pdf
 */
/**
 * What of a side is not seen, on which pages (none: the file), and its words.
 * @typedef {{side: Side, what: string, pages: number[], text: string}} Unseen
 */
/**
 * Two files and what differs between them.
 * @typedef {object} FoundPair
 * @property {string} name
 * @property {Pdf | null} old
 * @property {Pdf | null} new
 * @property {string} language
 * @property {FoundLeaf[]} leaves
 * @property {FoundChange[]} changes
 * @property {string} failed
 * @property {Record<string, string>} reasons
 * @property {number} passed_over
 * @property {number} left_out
 * @property {boolean} is_foreign
 * @property {Unseen[]} unseen
 * @property {Record<string, number>} counts
 */
/**
 * The same with its place in the list, and the key of its marks.
 * @typedef {FoundPair & {index: number, key: string}} Pair
 */
/**
 * A change with its number in the list and its card there, if that was made.
 * @typedef {FoundChange & {file: Pair, number: number, text: string, isShown: boolean,
 *   leaves: Set<Leaf>, card: Card | null}} Change
 */
/**
 * Two pages as they are shown. Before they come near, they have no marks.
 * @typedef {FoundLeaf & {file: Pair, id: string, changes: Set<Change>, element: HTMLElement,
 *   marks: [element: HTMLElement, change: Change][] | null}} Leaf
 */
/**
 * What another reviewer said of a change; `state` is empty where they only replied.
 * @typedef {{reviewer: string, date: string, state: string, remark: string}} Said
 */
/**
 * A reviewer's verdict on a change, and what others said of it before, in order.
 * @typedef {{state: string, remark: string, thread?: Said[]}} Mark
 */
/**
 * Words by language: texts, and names of kinds, acts, facts and values.
 * @typedef {{texts: Record<string, Wording>, kinds: Record<string, string>,
 *   acts: Record<string, string>, facts: Record<string, string>,
 *   values: Record<string, string>}} Words
 */

/** What the report carries. @param {string} id */
const given = (id) => JSON.parse(byId(id).textContent ?? "");
/** @type {Record<string, Words>} */
const WORDS = given("words");
/** @type {{files: FoundPair[], counts: Record<string, number>, images: Record<string, number>}} */
const DATA = given("data");
const STORE = "reportcard-review";
/** How many changes of the list are rendered at a time. */
const CHUNK = 60;
/** @type {Side[]} */
const SIDES = ["old", "new"];
const STATES = ["open", "seen", "questioned"];
const MODES = ["side", "overlay", "difference", "slider", "flicker"];
/** @type {Record<string, string>} */
const SIGNS = {
  score: "★", number: "#", meaning: "≠", note: "†", wording: "¶", link: "↗", moved: "↕", layout: "▦", picture: "▣", boxes: "□",
  metadata: "i", tags: "‹›", language: "Aa", bookmarks: "≡",
};
/** Kinds of changes that another program makes by its design alone. */
const DESIGN = ["layout", "picture", "boxes", "metadata", "tags", "language", "bookmarks"];
const KEYS = [
  ["next", "n", "j"], ["previous", "p", "k"], ["seen", "s"], ["questioned", "q"], ["remark", "r"],
  ["mode", "1", "2", "3", "4", "5"], ["flip", "x"], ["marks", "m"], ["search", "/"], ["help", "?"],
];
const ZOOMS = [1.5, 2, 3];
const NEAR = { rootMargin: "800px 0px", scrollMargin: "800px 0px" };
const isWide = matchMedia("(min-width: 62rem) and (min-height: 30rem)");

/* ---- what is compared ---- */

/** Without accents and capitals. @param {string} text */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
/** @param {string} [old] @param {string} [now] */
const keyOf = (old = "-", now = "-") => `${STORE}:${old}:${now}`;
/** @type {Pair[]} */
const files = DATA.files.map((file, index) => ({
  ...file, index, key: keyOf(file.old?.sha256, file.new?.sha256),
}));
/** @type {Change[]} */
const changes = files.flatMap((file) => file.changes.map((change) => ({ ...change, file })))
  .map((change, index) => ({
    ...change, number: index + 1, text: textOf(change), isShown: true, leaves: new Set(), card: null,
  }));
/** Whether a change is of the design of a file that another program made. @param {Change} change */
const isDesign = (change) => change.file.is_foreign && DESIGN.includes(change.kind);
/** @type {Leaf[]} */
const leaves = files.flatMap((file) => file.leaves.map((leaf) => ({ ...leaf, file })))
  .map((leaf, index) => ({
    ...leaf, id: `leaf-${index}`, changes: new Set(), element: make("section", null), marks: null,
  }));
const kinds = Object.keys(SIGNS).filter((kind) => DATA.counts[kind]);
const nearLeaves = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => {
  if (isIntersecting) fill(leaves[Number(target.getAttribute("data-leaf"))]);
}), NEAR);
const nearEnd = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && showMore(), NEAR);

/** What a search looks through. @param {FoundChange & {file: Pair}} change */
function textOf({ field, place, old, new: now, file, runs, facts }) {
  const parts = [field, place, old, now, file.name, ...runs.map(([, text]) => text)];
  return fold([...parts, ...facts.flatMap((fact) => [fact.name, fact.old, fact.new])].join(" "));
}

/**
 * @param {Change} change
 * @param {Side} side
 */
const areasOf = (change, side) => (side === "old" ? change.old_areas : change.new_areas);

/** Ties changes to the pages that they are on. */
function join() {
  /** @type {Map<string, Leaf>} */
  const pages = new Map();
  for (const leaf of leaves) {
    for (const side of SIDES) if (leaf[side]) pages.set(`${leaf.file.index}:${side}:${leaf[side]}`, leaf);
  }
  for (const change of changes) {
    for (const side of [...SIDES].reverse()) {
      for (const [page] of areasOf(change, side)) {
        const leaf = pages.get(`${change.file.index}:${side}:${page}`);
        leaf?.changes.add(change);
        if (leaf) change.leaves.add(leaf);
      }
    }
  }
}

/** @param {Leaf} leaf */
const isChanged = (leaf) => leaf.differs || leaf.changes.size > 0;

/** @param {Pair} file */
function stateOf(file) {
  if (file.failed) return "failed";
  if (!file.old) return "newFile";
  if (!file.new) return "goneFile";
  if (file.changes.length) return "different";
  if (file.leaves.some((leaf) => leaf.differs)) return "looks";
  return file.passed_over ? "passed" : "same";
}

/* ---- what is kept ---- */

const texts = () => WORDS[settings.language].texts;
const settings = { language: document.documentElement.lang, reviewer: "", keys: true };
/** By the key of two files, the marks of their changes by id. @type {Map<string, Map<string, Mark>>} */
const marks = new Map();
/**
 * What is seen: kinds that are not, changes that are, those of them in the list, the selected one;
 * what `undo` opens again, the timer of flicker, whether marks are lost with the window.
 * @typedef {object} View
 * @property {Set<string>} hidden
 * @property {Change[]} shown
 * @property {number} first
 * @property {number} last
 * @property {Change | null} selected
 * @property {Change[]} before
 * @property {number} timer
 * @property {boolean} isNotKept
 */
/** @type {View} */
const view = { hidden: new Set(), shown: [], first: 0, last: 0, selected: null, before: [], timer: 0, isNotKept: false };
/** @type {Set<string>} */
const unsaved = new Set();
let saving = 0;

/**
 * @param {string} key
 * @param {unknown} value
 */
function keep(key, value) {
  if (store(key, value)) return;
  view.isNotKept = true;
  showNotices();
}

/** @param {Partial<typeof settings>} changed */
const keepSettings = (changed) => keep(`${STORE}:settings`, Object.assign(settings, changed));

/** @param {unknown} mark @returns {mark is Mark} */
function isMark(mark) {
  if (!mark || typeof mark !== "object" || !("state" in mark) || !("remark" in mark)) return false;
  const { state, remark } = mark;
  const says = state !== "open" || remark !== "" || threadOf(mark).length > 0;
  return STATES.some((one) => one === state) && typeof remark === "string" && says;
}

/** What of a mark's thread can be read. @param {object} mark @returns {Said[]} */
const threadOf = (mark) => ("thread" in mark && Array.isArray(mark.thread) ? mark.thread.filter(isSaid) : []);

/** @param {unknown} said @returns {said is Said} */
function isSaid(said) {
  if (!said || typeof said !== "object") return false;
  const parts = Object.entries(said).filter(([key]) => ["reviewer", "date", "state", "remark"].includes(key));
  return parts.length === 4 && parts.every(([, value]) => typeof value === "string");
}

/** @param {string} name */
const person = (name) => name.normalize("NFKC").replace(/[\p{Cf}\p{Cc}]/gu, "").trim().toLowerCase().replace(/\s+/gu, " ");

function recall() {
  view.isNotKept = !store(`${STORE}:try`, "");
  if (!view.isNotKept) localStorage.removeItem(`${STORE}:try`);
  recallSettings(`${STORE}:settings`);
  if (!Object.hasOwn(WORDS, settings.language)) settings.language = "en";
  for (const { key } of files) {
    marks.set(key, new Map(Object.entries(stored(key)).flatMap(([id, mark]) => (isMark(mark) ? [[id, mark]] : []))));
  }
}

/** @param {Change} change */
const markOf = (change) => marks.get(change.file.key)?.get(change.id) ?? { state: "open", remark: "" };

/**
 * @param {Change} change
 * @param {Partial<Mark>} mark
 */
function setMark(change, mark) {
  const whole = { ...markOf(change), ...mark };
  if (isMark(whole)) marks.get(change.file.key)?.set(change.id, whole);
  else marks.get(change.file.key)?.delete(change.id);
  unsaved.add(change.file.key);
  clearTimeout(saving);
  saving = setTimeout(saveMarks, 200);
}

function saveMarks() {
  for (const key of unsaved) keep(key, Object.fromEntries(marks.get(key) ?? []));
  unsaved.clear();
}

/* ---- words ---- */

/** @param {string} kind */
const kindName = (kind) => WORDS[settings.language].kinds[kind] ?? kind;
/** @param {string} kind */
const sign = (kind) => make("span", { class: "sign", "data-kind": kind, "aria-hidden": "true" }, SIGNS[kind] ?? "·");

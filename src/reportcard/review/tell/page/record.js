"use strict";

/**
 * What a record may hold that somebody saved: nothing of it is certain.
 * @typedef {object} KnownRecord
 * @property {unknown} kind
 * @property {unknown} format
 * @property {unknown} files
 * @property {unknown} reviewer
 * @property {unknown} date
 */
/**
 * The same of one of its files.
 * @typedef {{name?: unknown, old?: KnownPdf, new?: KnownPdf, changes?: unknown} | null} KnownFile
 * @typedef {{sha256?: string} | null} KnownPdf
 */

/* ---- the record ---- */

function timestamp() {
  const date = new Date();
  const minutes = -date.getTimezoneOffset();
  /** @param {number} value */
  const two = (value) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  const local = new Date(date.getTime() + minutes * 60000).toISOString().slice(0, 19);
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(minutes % 60)}`;
}

function record() {
  /** @param {Pdf | null} one */
  const side = (one) => one && { name: one.name, sha256: one.sha256 };
  /** @param {Change} change */
  const row = (change) => {
    const { id, kind, field, place, old, new: now } = change;
    const { state, remark } = markOf(change);
    const thread = threadOf(markOf(change));
    return { id, kind, field, place, old, new: now, state, remark, ...(thread.length ? { thread } : {}) };
  };
  return {
    format: 1, kind: "review", reviewer: settings.reviewer.trim(), date: timestamp(),
    files: files.map((file) => ({
      name: file.name, old: side(file.old), new: side(file.new), failed: file.failed, left_out: file.left_out,
      changes: changes.filter((change) => change.file === file).map(row),
    })),
  };
}

function saveRecord() {
  const field = byId("reviewer");
  const isMissing = !settings.reviewer.trim();
  field.setAttribute("aria-invalid", String(isMissing));
  byId("reviewer-error").textContent = isMissing ? t("reviewerMissing") : "";
  if (isMissing) {
    field.focus();
    return;
  }
  const name = `review-${(files.length === 1 ? files[0].name : "files").replace(/[^\p{L}\p{N}._-]+/gu, "-")}.json`;
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(record(), null, 2)}\n`], { type: "application/json" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  showRecord([t("recordSaved", { name })]);
}

/** @param {string[]} lines */
const showRecord = (lines) => byId("record-message").replaceChildren(...lines.map((line) => make("p", null, line)));

async function loadRecord() {
  const field = find(document, "#load", HTMLInputElement);
  const [file] = field.files ?? [];
  if (!file) return;
  /** @type {KnownRecord | null} */
  let known = null;
  try {
    known = JSON.parse(await file.text());
  } catch { /* reported below */ }
  field.value = "";
  if (known?.kind !== "review" || !Number.isInteger(known.format) || !Array.isArray(known.files)) showRecord([t("recordUnreadable")]);
  else if (Number(known.format) > 1) showRecord([t("recordNewer")]);
  else showRecord(merge(known, known.files));
}

/**
 * Takes over what fits, and reports it and the rest.
 * @param {KnownRecord} known
 * @param {KnownFile[]} those
 */
function merge(known, those) {
  const sum = { fits: 0, misses: 0, both: 0 };
  const by = { reviewer: String(known.reviewer ?? "").slice(0, 200), date: String(known.date ?? "").slice(0, 40) };
  const others = [];
  for (const one of those) {
    const key = keyOf(one?.old?.sha256, one?.new?.sha256);
    if (marks.has(key)) mergeFile(key, Array.isArray(one?.changes) ? one.changes.filter(isMark) : [], by, sum);
    else others.push(String(one?.name ?? "?"));
  }
  if (others.length === those.length) return [t("recordOther")];
  changes.forEach(refresh);
  showProgress();
  const date = new Date(String(known.date));
  const when = Number.isNaN(date.getTime()) ? "?" : new Intl.DateTimeFormat(settings.language, { dateStyle: "long", timeStyle: "short" }).format(date);
  const lines = [
    t("recordBy", { reviewer: String(known.reviewer ?? "?"), date: when }), t("recordFits", { count: sum.fits }),
    sum.both ? t("recordBoth", { count: sum.both }) : "",
    sum.misses ? t("recordMisses", { count: sum.misses }) : "",
    others.length ? t("recordFilesMiss", { names: others.join(", ") }) : "",
  ];
  return lines.filter(Boolean);
}

/**
 * @param {string} key
 * @param {(Mark & {id?: unknown})[]} found
 * @param {{reviewer: string, date: string}} by
 * @param {{fits: number, misses: number, both: number}} sum
 */
function mergeFile(key, found, by, sum) {
  const here = new Map(changes.filter((change) => change.file.key === key).map((change) => [change.id, change]));
  const isOthers = Boolean(person(settings.reviewer) && person(by.reviewer)) && person(settings.reviewer) !== person(by.reviewer);
  for (const { id, state, remark, ...more } of found) {
    const change = here.get(String(id));
    if (!change) {
      sum.misses += 1;
      continue;
    }
    const ours = markOf(change);
    const own = state === "open" && !remark ? [] : [{ ...by, state: state === "open" ? "" : state, remark }];
    const thread = joined(threadOf(ours), [...threadOf(more), ...(isOthers ? own : [])]);
    if (isOthers) {
      setMark(change, { thread });
      sum.fits += 1;
      continue;
    }
    const isOther = (ours.state !== "open" && state !== "open" && ours.state !== state) || (ours.remark && remark && !ours.remark.includes(remark));
    const remarks = ours.remark.includes(remark) ? ours.remark : [ours.remark, remark].filter(Boolean).join("\n");
    setMark(change, { state: STATES[Math.max(STATES.indexOf(ours.state), STATES.indexOf(state))], remark: remarks, thread });
    sum.fits += 1;
    if (isOther) sum.both += 1;
  }
}

/**
 * What was said in two threads, in the order of its dates: not what is of whoever reviews here, and nothing that
 * somebody only said again.
 * @param {Said[]} ours
 * @param {Said[]} theirs
 */
function joined(ours, theirs) {
  /** @type {Map<string, string>} */
  const last = new Map();
  const all = [...ours, ...theirs].filter(({ reviewer }) => person(reviewer) !== person(settings.reviewer));
  all.sort((one, other) => (Date.parse(one.date) || 0) - (Date.parse(other.date) || 0));
  return all.flatMap(({ reviewer, date, state, remark }) => {
    const words = JSON.stringify([state, remark]);
    if (last.get(person(reviewer)) === words) return [];
    last.set(person(reviewer), words);
    return [{ reviewer, date, state, remark }];
  }).slice(-1000);
}

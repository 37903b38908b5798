"use strict";

/** Facts that count or name what a change is of, where nothing was before; and those of which the values have names. */
const COUNTING = ["passages", "page", "pages"];
const NAMED = ["weight", "style"];

/**
 * The card of a change in the list, with its parts that change.
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {HTMLElement} head
 * @property {HTMLElement | null} context
 * @property {HTMLElement[]} states
 * @property {HTMLElement} thread
 * @property {HTMLElement} label
 * @property {HTMLElement} remark
 * @property {HTMLTextAreaElement} field
 */

/* ---- the list ---- */

/** @param {Change[]} some */
const elements = (some) => some.map((change) => card(change).element);

/** @param {number} at */
function showList(at) {
  view.first = Math.floor(Math.max(at, 0) / CHUNK) * CHUNK;
  view.last = Math.min(view.first + CHUNK, view.shown.length);
  byId("list").replaceChildren(...elements(view.shown.slice(view.first, view.last)));
  showChunkButtons();
}

function showChunkButtons() {
  find(document, "#list", HTMLOListElement).start = view.first + 1;
  byId("earlier").hidden = view.first === 0;
  byId("more").hidden = view.last >= view.shown.length;
  nearEnd.unobserve(byId("more"));
  if (!byId("more").hidden) nearEnd.observe(byId("more"));
}

function showMore() {
  const next = Math.min(view.last + CHUNK, view.shown.length);
  const added = view.shown.slice(view.last, next);
  byId("list").append(...elements(added));
  view.last = next;
  showChunkButtons();
  return added;
}

function showEarlier() {
  const first = Math.max(view.first - CHUNK, 0);
  const added = view.shown.slice(first, view.first);
  byId("list").prepend(...elements(added));
  view.first = first;
  showChunkButtons();
  return added;
}

/** Pages as ranges: 1–3, 5. @param {number[]} pages */
function ranges(pages) {
  /** @type {[first: number, last: number][]} */
  const found = [];
  for (const page of [...new Set(pages)].sort((one, other) => one - other)) {
    const range = found.at(-1);
    if (range?.[1] === page - 1) range[1] = page;
    else found.push([page, page]);
  }
  return found.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}

/** @param {Change} change */
function pagesOf(change) {
  const [old, now] = SIDES.map((side) => ranges(areasOf(change, side).map(([page]) => page)));
  if (!old && !now) return t("wholeFile");
  if (!old || !now) return t(old ? "pageOld" : "pageNew", { page: old || now });
  if (old !== now) return t("pagesRange", { page: `${old} → ${now}` });
  return t(/\D/.test(old) ? "pagesRange" : "pageIn", { page: old });
}

/** The language that a change is in. @param {Change} change */
const langOf = (change) => change.language || change.file.language || null;

/**
 * @param {string} text
 * @param {string | null} lang
 */
function removed(text, lang) {
  return make("del", null, unseen(t("removed")), make("span", { lang, dir: "auto" }, text), unseen(t("endRemoved")));
}

/**
 * @param {string} text
 * @param {string | null} lang
 */
function added(text, lang) {
  return make("ins", null, unseen(t("added")), make("span", { lang, dir: "auto" }, text), unseen(t("endAdded")));
}

/**
 * @param {Change} change
 * @param {string | null} lang
 */
function passage({ act, old, new: now, facts }, lang) {
  if ((!old && !now) || facts.some((fact) => fact.old === old && fact.new === now)) return "";
  if (act === "moved" && (!old || !now || old === now)) return make("p", { class: "passage", lang, dir: "auto" }, old || now);
  const arrow = old && now ? [" ", make("span", { class: "arrow", "aria-hidden": "true" }, "→"), unseen(t("becomes")), " "] : [];
  return make("p", { class: "passage" }, old ? removed(old, lang) : "", arrow, now ? added(now, lang) : "");
}

/**
 * The words of a passage that are near to what changed.
 * @param {string} text
 * @param {boolean} isFirst
 * @param {boolean} isLast
 */
function shortened(text, isFirst, isLast) {
  if (text.length < 90) return text;
  const head = isFirst ? "" : text.slice(0, 40).replace(/\S*$/, "");
  const tail = isLast ? "" : text.slice(-40).replace(/^\S*/, "");
  return `${head}…${tail}`;
}

/**
 * The whole passage, or what is near to its changes. Runs bring their own spaces: these are neither
 * struck nor underlined.
 * @param {Change} change
 * @param {boolean} isWhole
 */
function showContext(change, isWhole) {
  const context = change.card?.context;
  if (!context) return;
  const lang = langOf(change);
  const last = change.runs.length - 1;
  context.replaceChildren();
  append(context, change.runs.map(([kind, text], at) => {
    const words = text.trimStart();
    const space = text.slice(0, text.length - words.length);
    if (kind === "gone") return [space, removed(words, lang)];
    if (kind === "new") return [space, added(words, lang)];
    return [make("span", { lang, dir: "auto" }, isWhole ? text : shortened(text, at === 0, at === last))];
  }));
}

/**
 * What a fact says: that something differs, how many there are, or what was before and what is now.
 * @param {Fact} fact
 * @param {string | null} lang
 * @returns {Child[]}
 */
function factParts({ name, old, new: now }, lang) {
  if (!old && !now) return [t("differs")];
  if (!old && COUNTING.includes(name)) return [now];
  const { values } = WORDS[settings.language];
  /** @param {string} text */
  const named = (text) => (NAMED.includes(name) && Object.hasOwn(values, text) ? values[text] : text);
  const none = () => make("i", null, t("none"));
  const arrow = [make("span", { class: "arrow", "aria-hidden": "true" }, "→"), unseen(t("becomes"))];
  return [old ? removed(named(old), lang) : none(), " ", arrow, " ", now ? added(named(now), lang) : none()];
}

/**
 * @param {Change} change
 * @param {string | null} lang
 */
function factList(change, lang) {
  const { facts } = WORDS[settings.language];
  const pairs = change.facts.map((fact) => [
    make("dt", null, Object.hasOwn(facts, fact.name) ? facts[fact.name] : fact.name), make("dd", null, factParts(fact, lang)),
  ]);
  return pairs.length ? make("dl", { class: "facts" }, pairs) : "";
}

/** Makes the card of a change. @param {Change} change */
function card(change) {
  const lang = langOf(change);
  const act = WORDS[settings.language].acts[change.act] ?? change.act;
  const title = capital(kindName(change.kind)) + (change.act === change.kind ? "" : ` · ${act}`);
  const head = button([unseen(t("number", { number: change.number })), make("span", { class: "count", "aria-hidden": "true" }, number(change.number)), sign(change.kind), make("span", null, title)], () => select(change, "list"), { class: "select" });
  const badge = change.only_in ? make("strong", { class: "badge" }, t("onlyIn", { language: languageName(change.only_in) })) : "";
  const about = [
    pagesOf(change), change.field ? make("code", null, change.field) : "",
    change.place ? make("span", { class: "place" }, change.place) : "", files.length > 1 ? change.file.name : "",
  ];
  const context = change.runs.some(([kind]) => kind === "same") ? make("p", { class: "context" }) : null;
  const states = STATES.slice(1).map((state) => button(t(state), () => toggle(change, state), { "data-state": state }));
  const review = make("div", { class: "review", role: "group", "aria-label": t("review", { number: change.number }) }, states,
    change.leaves.size ? button(t("locate"), () => goToLeaf([...change.leaves][0], change), { class: "locate" }) : "");
  const field = make("textarea", { rows: 2, maxlength: 5000 });
  field.addEventListener("input", () => setMark(change, { remark: field.value }));
  const label = make("span", null, t("remark"));
  const remark = make("label", { class: "remark" }, label, field);
  const thread = make("ol", { class: "thread", "aria-label": t("thread", { number: change.number }) });
  const element = make("li", { class: "card", "data-kind": change.kind }, make("h3", null, head), badge,
    make("p", { class: "about" }, about.filter(Boolean).map((part) => make("span", null, part))),
    passage(change, lang), context, factList(change, lang), review, thread, remark);
  change.card = { element, head, context, states, thread, label, remark, field };
  showContext(change, false);
  refresh(change);
  return change.card;
}

/** @param {Said} said */
function saying({ reviewer, date, state, remark }) {
  const when = new Date(date);
  const day = Number.isNaN(when.getTime()) ? "" : new Intl.DateTimeFormat(settings.language, { dateStyle: "medium" }).format(when);
  const about = [make("b", null, reviewer), STATES.includes(state) && state !== "open" ? t(state) : "", day];
  return make("li", { "data-state": state }, make("p", { class: "about" }, about.filter(Boolean).map((part) => make("span", null, part))),
    remark ? make("p", { class: "said" }, remark) : "");
}

/** Has the card of a change, if there is one, show its mark. @param {Change} change */
function refresh(change) {
  if (!change.card) return;
  const { element, head, states, thread, remark: box, field } = change.card;
  const { state, remark } = markOf(change);
  const said = threadOf(markOf(change));
  const isSelected = view.selected === change;
  element.dataset.state = state;
  element.classList.toggle("selected", isSelected);
  head.setAttribute("aria-current", String(isSelected));
  for (const one of states) one.setAttribute("aria-pressed", String(one.dataset.state === state));
  thread.replaceChildren(...said.map(saying));
  thread.hidden = !said.length;
  change.card.label.textContent = t(said.length ? "reply" : "remark");
  box.hidden = !isSelected && !remark && state !== "questioned";
  box.classList.toggle("empty", !remark);
  if (field.value !== remark) field.value = remark;
}

/**
 * @param {Change} change
 * @param {string} state
 */
function toggle(change, state) {
  setMark(change, { state: markOf(change).state === state ? "open" : state });
  refresh(change);
  showProgress();
}

function showProgress() {
  const states = changes.map((change) => markOf(change).state);
  const [seen, questioned] = STATES.slice(1).map((state) => states.filter((one) => one === state).length);
  const parts = [t("progress", { seen, count: changes.length }), questioned ? t("questionedCount", { count: questioned }) : ""];
  byId("progress-text").textContent = parts.filter(Boolean).join(", ");
  const bar = find(document, "#progress", HTMLProgressElement);
  bar.max = Math.max(changes.length, 1);
  bar.value = seen;
}

function markAllSeen() {
  const open = view.shown.filter((change) => markOf(change).state === "open");
  view.before = open;
  for (const change of open) setMark(change, { state: "seen" });
  open.forEach(refresh);
  showProgress();
  byId("undo").hidden = !open.length;
  byId("shown").textContent = t("allSeenDone", { count: open.length });
}

function undo() {
  for (const change of view.before) setMark(change, { state: "open" });
  view.before.forEach(refresh);
  view.before = [];
  byId("all-seen").focus();
  byId("undo").hidden = true;
  showProgress();
  byId("shown").textContent = t("undone");
}

/* ---- one change ---- */

function deselect() {
  const change = view.selected;
  view.selected = null;
  if (!change) return;
  showContext(change, false);
  refresh(change);
  for (const mark of document.querySelectorAll(".mark.selected")) mark.classList.remove("selected");
}

/**
 * @param {Change} change
 * @param {"list" | "page" | "step"} from
 */
function select(change, from) {
  deselect();
  view.selected = change;
  const at = view.shown.indexOf(change);
  if (at < view.first || at >= view.last) showList(at);
  showContext(change, true);
  refresh(change);
  change.leaves.forEach(fill);
  for (const leaf of change.leaves) {
    for (const [mark, one] of leaf.marks ?? []) mark.classList.toggle("selected", one === change);
  }
  if (from !== "page" && isWide.matches) showOnPages(change);
  if (from !== "list") change.card?.head.focus({ preventScroll: true });
  change.card?.element.scrollIntoView({ block: from === "list" ? "nearest" : "center" });
}

/** @param {Change} change */
function showOnPages(change) {
  const mark = [...document.querySelectorAll(".new .mark.selected, .old .mark.selected")].at(change.act === "removed" ? 0 : -1);
  (mark ?? [...change.leaves][0]?.element)?.scrollIntoView({ block: "center", inline: "nearest" });
}

/** @param {number} by */
function step(by) {
  const { shown, selected } = view;
  if (!shown.length) return;
  const at = selected ? shown.indexOf(selected) + by : 0;
  select(shown[Math.min(Math.max(at, 0), shown.length - 1)], "step");
}

/**
 * @param {Leaf} leaf
 * @param {Change | null} change
 */
function goToLeaf(leaf, change = null) {
  if (change) select(change, "page");
  if (leaf.element.hidden) byId("show-everything").click();
  fill(leaf);
  leaf.element.querySelector("h3")?.focus({ preventScroll: true });
  if (change) showOnPages(change);
  else leaf.element.scrollIntoView({ block: "start" });
}

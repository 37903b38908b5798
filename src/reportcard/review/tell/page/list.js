"use strict";

/** Facts that count or name what a change is of, where nothing was before; and those of which the values have names. */
const COUNTING = ["passages", "page", "pages"];
const NAMED = ["weight", "style"];

/* ---- the list ---- */

function showList(at) {
  view.first = Math.floor(Math.max(at, 0) / CHUNK) * CHUNK;
  view.last = Math.min(view.first + CHUNK, view.shown.length);
  byId("list").replaceChildren(...view.shown.slice(view.first, view.last).map(card));
  showChunkButtons();
}

function showChunkButtons() {
  byId("list").start = view.first + 1;
  byId("earlier").hidden = view.first === 0;
  byId("more").hidden = view.last >= view.shown.length;
  nearEnd.unobserve(byId("more"));
  if (!byId("more").hidden) nearEnd.observe(byId("more"));
}

function showMore() {
  const next = Math.min(view.last + CHUNK, view.shown.length);
  const added = view.shown.slice(view.last, next).map(card);
  byId("list").append(...added);
  view.last = next;
  showChunkButtons();
  return added;
}

function showEarlier() {
  const first = Math.max(view.first - CHUNK, 0);
  const added = view.shown.slice(first, view.first).map(card);
  byId("list").prepend(...added);
  view.first = first;
  showChunkButtons();
  return added;
}

/** Pages as ranges: 1–3, 5. */
function ranges(pages) {
  const found = [];
  for (const page of [...new Set(pages)].sort((one, other) => one - other)) {
    if (found.at(-1)?.[1] === page - 1) found.at(-1)[1] = page;
    else found.push([page, page]);
  }
  return found.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}

function pagesOf(change) {
  const [old, now] = SIDES.map((side) => ranges(change[`${side}_areas`].map((area) => area[0])));
  if (!old && !now) return t("wholeFile");
  if (!old || !now) return t(old ? "pageOld" : "pageNew", { page: old || now });
  if (old !== now) return t("pagesRange", { page: `${old} → ${now}` });
  return t(/\D/.test(old) ? "pagesRange" : "pageIn", { page: old });
}

function removed(text, lang) {
  return make("del", null, unseen(t("removed")), make("span", { lang, dir: "auto" }, text), unseen(t("endRemoved")));
}

function added(text, lang) {
  return make("ins", null, unseen(t("added")), make("span", { lang, dir: "auto" }, text), unseen(t("endAdded")));
}

function passage({ act, old, new: now, facts }, lang) {
  if ((!old && !now) || facts.some((fact) => fact.old === old && fact.new === now)) return "";
  if (act === "moved" && (!old || !now || old === now)) return make("p", { class: "passage", lang, dir: "auto" }, old || now);
  const arrow = old && now ? [" ", make("span", { class: "arrow", "aria-hidden": "true" }, "→"), unseen(t("becomes")), " "] : [];
  return make("p", { class: "passage" }, old ? removed(old, lang) : "", arrow, now ? added(now, lang) : "");
}

/** The words of a passage that are near to what changed. */
function shortened(text, isFirst, isLast) {
  if (text.length < 90) return text;
  const head = isFirst ? "" : text.slice(0, 40).replace(/\S*$/, "");
  const tail = isLast ? "" : text.slice(-40).replace(/^\S*/, "");
  return `${head}…${tail}`;
}

/** The whole passage, or what is near to its changes. Runs bring their own spaces: these are neither struck nor underlined. */
function showContext(change, element, isWhole) {
  const lang = change.language || change.file.language || null;
  const runs = change.runs.map(([kind, text], at) => {
    if (kind === "gone") return [text.match(/^\s*/)[0], removed(text.trimStart(), lang)];
    if (kind === "new") return [text.match(/^\s*/)[0], added(text.trimStart(), lang)];
    return make("span", { lang, dir: "auto" }, isWhole ? text : shortened(text, at === 0, at === change.runs.length - 1));
  });
  element.replaceChildren(...runs.flat());
}

/** What a fact says: that something differs, how many there are, or what was before and what is now. */
function factParts({ name, old, new: now }, lang) {
  if (!old && !now) return [t("differs")];
  if (!old && COUNTING.includes(name)) return [now];
  const { values } = WORDS[settings.language];
  const named = (text) => (NAMED.includes(name) && Object.hasOwn(values, text) ? values[text] : text);
  const none = () => make("i", null, t("none"));
  const arrow = [make("span", { class: "arrow", "aria-hidden": "true" }, "→"), unseen(t("becomes"))];
  return [old ? removed(named(old), lang) : none(), " ", arrow, " ", now ? added(named(now), lang) : none()];
}

function factList(change, lang) {
  const { facts } = WORDS[settings.language];
  const pairs = change.facts.map((fact) => [
    make("dt", null, Object.hasOwn(facts, fact.name) ? facts[fact.name] : fact.name), make("dd", null, factParts(fact, lang)),
  ]);
  return pairs.length ? make("dl", { class: "facts" }, pairs) : "";
}

function card(change) {
  const lang = change.language || change.file.language || null;
  const act = WORDS[settings.language].acts[change.act] ?? change.act;
  const title = capital(kindName(change.kind)) + (change.act === change.kind ? "" : ` · ${act}`);
  const head = button([unseen(t("number", { number: change.number })), make("span", { class: "count", "aria-hidden": "true" }, number(change.number)), sign(change.kind), make("span", null, title)], () => select(change, "list"), { class: "select" });
  const badge = change.only_in ? make("strong", { class: "badge" }, t("onlyIn", { language: languageName(change.only_in) })) : "";
  const about = [pagesOf(change), change.field && make("code", null, change.field), change.place && make("span", { class: "place" }, change.place), files.length > 1 && change.file.name];
  const context = change.runs.some(([kind]) => kind === "same") ? make("p", { class: "context" }) : "";
  if (context) showContext(change, context, false);
  const review = make("div", { class: "review", role: "group", "aria-label": t("review", { number: change.number }) },
    STATES.slice(1).map((state) => button(t(state), () => toggle(change, state), { "data-state": state })),
    change.leaves.size ? button(t("locate"), () => goToLeaf([...change.leaves][0], change), { class: "locate" }) : "");
  const field = make("textarea", { rows: 2, maxlength: 5000 });
  field.addEventListener("input", () => setMark(change, { remark: field.value }));
  const remark = make("label", { class: "remark" }, make("span", null, t("remark")), field);
  change.card = make("li", { class: "card", "data-kind": change.kind }, make("h3", null, head), badge,
    make("p", { class: "about" }, about.filter(Boolean).map((part) => make("span", null, part))),
    passage(change, lang), context, factList(change, lang), review, remark);
  refresh(change);
  return change.card;
}

function refresh(change) {
  if (!change.card) return;
  const { state, remark } = markOf(change);
  const isSelected = view.selected === change;
  change.card.dataset.state = state;
  change.card.classList.toggle("selected", isSelected);
  change.card.querySelector(".select").setAttribute("aria-current", String(isSelected));
  for (const one of change.card.querySelectorAll(".review [data-state]")) one.setAttribute("aria-pressed", String(one.dataset.state === state));
  change.card.querySelector(".remark").hidden = !isSelected && !remark && state !== "questioned";
  const field = change.card.querySelector("textarea");
  if (field.value !== remark) field.value = remark;
}

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
  byId("progress").max = Math.max(changes.length, 1);
  byId("progress").value = seen;
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
  if (change.card?.querySelector(".context")) showContext(change, change.card.querySelector(".context"), false);
  refresh(change);
  for (const mark of document.querySelectorAll(".mark.selected")) mark.classList.remove("selected");
}

function select(change, from) {
  deselect();
  view.selected = change;
  const at = view.shown.indexOf(change);
  if (at < view.first || at >= view.last) showList(at);
  if (change.card.querySelector(".context")) showContext(change, change.card.querySelector(".context"), true);
  refresh(change);
  change.leaves.forEach(fill);
  for (const leaf of change.leaves) {
    for (const [mark, one] of leaf.marks) mark.classList.toggle("selected", one === change);
  }
  if (from !== "page" && isWide.matches) showOnPages(change);
  if (from !== "list") change.card.querySelector(".select").focus({ preventScroll: true });
  change.card.scrollIntoView({ block: from === "list" ? "nearest" : "center" });
}

function showOnPages(change) {
  const mark = [...document.querySelectorAll(".new .mark.selected, .old .mark.selected")].at(change.act === "removed" ? 0 : -1);
  (mark ?? [...change.leaves][0]?.element)?.scrollIntoView({ block: "center", inline: "nearest" });
}

function step(by) {
  const { shown, selected } = view;
  if (!shown.length) return;
  const at = selected ? shown.indexOf(selected) + by : 0;
  select(shown[Math.min(Math.max(at, 0), shown.length - 1)], "step");
}

function goToLeaf(leaf, change = null) {
  if (change) select(change, "page");
  if (leaf.element.hidden) byId("show-everything").click();
  fill(leaf);
  leaf.element.querySelector("h3").focus({ preventScroll: true });
  if (change) showOnPages(change);
  else leaf.element.scrollIntoView({ block: "start" });
}

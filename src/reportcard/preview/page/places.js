"use strict";

/** How long what changed is lit, in ms. */
const LIT = 2600;
let connection = { editor: "", root: "" };

/* ---- blocks on a page ---- */

/** Lays a button over every block of a page: unseen, until it is pointed at or walked to. The larger lie below. */
function coverSheet(pane, sheet, placed) {
  const ordered = [...placed].sort(([, one], [, other]) => other[3] * other[4] - one[3] * one[4]);
  const held = sheet.cover.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const buttons = new Map();
  for (const [block, [, x, y, width, height]] of placed) {
    const made = button([], () => openPlace(pane, sheet, block, made), {
      class: "block", tabindex: block.key === pane.current ? "0" : "-1", "data-key": block.key, "data-id": block.id, "aria-haspopup": "dialog",
      "aria-label": [block.text.slice(0, 160), block.field].filter(Boolean).join(" — "),
    });
    made.style.left = `calc(${x} * var(--mm))`;
    made.style.top = `calc(${y} * var(--mm))`;
    made.style.width = `calc(${width} * var(--mm))`;
    made.style.height = `calc(${Math.max(height, 2)} * var(--mm))`;
    made.style.zIndex = ordered.findIndex(([one]) => one === block) + 1;
    made.addEventListener("pointerenter", () => twin(block.key, true));
    made.addEventListener("pointerleave", () => twin(block.key, false));
    buttons.set(block.key, made);
  }
  sheet.cover.replaceChildren(...buttons.values());
  if (held && buttons.has(held)) buttons.get(held).focus({ preventScroll: true });
}

const blockButtons = (pane) => [...pane.scroller.querySelectorAll(".block")];

/** Marks the same block in all languages. */
function twin(key, isOn) {
  if (panes.size < 2) return;
  for (const pane of panes.values()) {
    for (const one of blockButtons(pane)) if (one.dataset.key === key) one.classList.toggle("twin", isOn);
  }
}

/** One block of a pane is a stop of the Tab key; arrows go on from it. */
function makeCurrent(pane, element) {
  blockButtons(pane).forEach((one) => { one.tabIndex = one === element ? 0 : -1; });
  pane.current = element.dataset.key;
}

function ensureCurrent(pane) {
  const all = blockButtons(pane);
  if (all.length && !all.some((one) => one.tabIndex === 0)) makeCurrent(pane, all[0]);
}

function walk(pane, event) {
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (event.altKey || event.ctrlKey || event.metaKey || !event.target.classList.contains("block")) return;
  const all = blockButtons(pane);
  const at = all.indexOf(event.target);
  const next = event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : all[at + (steps[event.key] ?? NaN)];
  if (!next) return;
  event.preventDefault();
  makeCurrent(pane, next);
  const block = pane.face.blocks.find((one) => one.id === next.dataset.id);
  if (block && !isInView(pane, block)) scrollToBlock(pane, block);
  next.focus({ preventScroll: true });
}

/** Lights blocks for a moment. */
function light(pane, ids) {
  for (const one of blockButtons(pane)) {
    if (!ids.has(one.dataset.id)) continue;
    one.classList.remove("lit");
    void one.offsetWidth;  // begins the fading anew
    one.classList.add("lit");
    setTimeout(() => one.classList.remove("lit"), LIT);
  }
}

/* ---- where a block stands in the files ---- */

/** The address that opens a place in the editor. What is put in is encoded: a path adds nothing to the address but itself. */
function editorLink(thing) {
  if (!connection.editor || !thing.file.includes("/")) return "";
  const path = `${connection.root}/${thing.file}`.split("/").map(encodeURIComponent).join("/");
  const values = { path: path.startsWith("/") ? path : `/${path}`, line: thing.line || 1, column: thing.column || 1 };
  return connection.editor.replace(/\{(path|line|column)\}/g, (_, name) => values[name]);
}

function editorAnchor(thing) {
  const address = editorLink(thing);
  return address ? make("a", { class: "open", href: address }, t("open")) : "";
}

function closePlace() {
  const open = byId("place");
  if (!open) return;
  const hadFocus = open.contains(document.activeElement);
  const from = open.opener;
  open.remove();
  from.setAttribute("aria-expanded", "false");
  if (hadFocus) (from.isConnected ? from : document.querySelector(`.block[data-id="${CSS.escape(from.dataset.id)}"]`))?.focus({ preventScroll: true });
}

function openPlace(pane, sheet, block, from) {
  const isSame = byId("place")?.opener === from;
  closePlace();
  if (isSame) return;
  makeCurrent(pane, from);
  const copy = button(t("copy"), async () => {
    await navigator.clipboard.writeText(placeOf(block));
    copy.textContent = t("copied");
  });
  const own = state.card.problems.filter((problem) => problem.at[pane.language] === block.id);
  const box = make("div", { id: "place", role: "dialog", "aria-label": block.field },
    make("p", { class: "field" }, make("span", { class: "unseen" }, `${t("field")}: `), block.field),
    make("p", { class: "where" }, make("span", { class: "unseen" }, `${t("file")}: `), make("code", null, placeOf(block))),
    own.length ? make("ul", null, own.map((problem) => make("li", { class: problem.severity }, make("b", null, `${t(problem.severity)}: `), problem.message))) : "",
    make("p", { class: "buttons" }, editorAnchor(block), copy, button("×", closePlace, { class: "close", "aria-label": t("close") })));
  box.opener = from;
  from.setAttribute("aria-expanded", "true");
  const [, x, y, , height] = block.boxes.find((one) => one[0] === Number(sheet.element.dataset.page)) ?? block.boxes[0];
  box.style.left = `min(calc(${x} * var(--mm)), 100% - min(22rem, 100%))`;
  const isLow = y + height > sheet.leaf.height * 0.85;
  if (isLow) box.style.bottom = `calc(${sheet.leaf.height - y} * var(--mm) + 4px)`;
  else box.style.top = `calc(${y + height} * var(--mm) + 4px)`;
  sheet.paper.append(box);
  box.querySelector("a, button").focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
}

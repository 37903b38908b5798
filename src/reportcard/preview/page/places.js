"use strict";

/** How long what changed is lit, in ms. */
const LIT = 2600;
/**
 * The template of addresses that open an editor, the folder that files are in, and the language of
 * problems.
 */
let connection = { editor: "", root: "", language: "en" };
/**
 * What is open over a page: where a block is in the files, and the block's button.
 * @type {{box: HTMLElement, from: HTMLButtonElement} | null}
 */
let opened = null;

/* ---- blocks on a page ---- */

/**
 * Lays a button over every block of a page: unseen, until it is pointed at or walked to. The larger
 * lie below.
 * @param {Pane} pane
 * @param {Sheet} sheet
 * @param {[Block, Box][]} placed
 */
function coverSheet(pane, sheet, placed) {
  const ordered = [...placed].sort(([, one], [, other]) => other[3] * other[4] - one[3] * one[4]);
  const held = sheet.blocks.find((one) => one === document.activeElement)?.dataset.key;
  /** @type {Map<string, HTMLButtonElement>} */
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
    made.style.zIndex = String(ordered.findIndex(([one]) => one === block) + 1);
    made.addEventListener("pointerenter", () => twin(block.key, true));
    made.addEventListener("pointerleave", () => twin(block.key, false));
    buttons.set(block.key, made);
  }
  sheet.blocks = [...buttons.values()];
  sheet.cover.replaceChildren(...sheet.blocks);
  if (held) buttons.get(held)?.focus({ preventScroll: true });
}

/** @param {Pane} pane */
const blockButtons = (pane) => pane.sheets.flatMap((sheet) => sheet.blocks);

/**
 * Marks the same block in all languages.
 * @param {string} key
 * @param {boolean} isOn
 */
function twin(key, isOn) {
  if (panes.size < 2) return;
  for (const pane of panes.values()) {
    for (const one of blockButtons(pane)) if (one.dataset.key === key) one.classList.toggle("twin", isOn);
  }
}

/**
 * One block of a pane is a stop of the Tab key; arrows go on from it.
 * @param {Pane} pane
 * @param {HTMLButtonElement} element
 */
function makeCurrent(pane, element) {
  blockButtons(pane).forEach((one) => { one.tabIndex = one === element ? 0 : -1; });
  pane.current = element.dataset.key;
}

/** @param {Pane} pane */
function ensureCurrent(pane) {
  const all = blockButtons(pane);
  if (all.length && !all.some((one) => one.tabIndex === 0)) makeCurrent(pane, all[0]);
}

/**
 * @param {Pane} pane
 * @param {KeyboardEvent} event
 */
function walk(pane, event) {
  /** @type {Record<string, number>} */
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const all = blockButtons(pane);
  const at = all.findIndex((one) => one === event.target);
  if (event.altKey || event.ctrlKey || event.metaKey || at < 0) return;
  const next = event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : all[at + (steps[event.key] ?? NaN)];
  if (!next) return;
  event.preventDefault();
  makeCurrent(pane, next);
  const block = pane.face?.blocks.find((one) => one.id === next.dataset.id);
  if (block && !isInView(pane, block)) scrollToBlock(pane, block);
  next.focus({ preventScroll: true });
}

/**
 * Lights blocks for a moment.
 * @param {Pane} pane
 * @param {Set<string | undefined>} ids
 */
function light(pane, ids) {
  for (const one of blockButtons(pane)) {
    if (!ids.has(one.dataset.id)) continue;
    one.classList.remove("lit");
    void one.offsetWidth;  // begins the fading anew
    one.classList.add("lit");
    setTimeout(() => one.classList.remove("lit"), LIT);
  }
}

/* ---- where a block is in the files ---- */

/**
 * The address that opens a place in the editor. What is put in is encoded: a path adds nothing to
 * the address but itself.
 * @param {Place} thing
 */
function editorLink(thing) {
  if (!connection.editor || !thing.file.includes("/")) return "";
  const path = `${connection.root}/${thing.file}`.split("/").map(encodeURIComponent).join("/");
  /** @type {Record<string, string | number>} */
  const values = { path: path.startsWith("/") ? path : `/${path}`, line: thing.line || 1, column: thing.column || 1 };
  return connection.editor.replace(/\{(path|line|column)\}/g, (_, name) => String(values[name]));
}

/** @param {Place} thing */
function editorAnchor(thing) {
  const address = editorLink(thing);
  return address ? make("a", { class: "open", href: address }, t("open")) : "";
}

function closePlace() {
  if (!opened) return;
  const { box, from } = opened;
  const hadFocus = box.contains(document.activeElement);
  opened = null;
  box.remove();
  from.setAttribute("aria-expanded", "false");
  if (!hadFocus) return;
  const blocks = [...panes.values()].flatMap(blockButtons);
  const next = from.isConnected ? from : blocks.find((one) => one.dataset.id === from.dataset.id);
  next?.focus({ preventScroll: true });
}

/**
 * @param {Pane} pane
 * @param {Sheet} sheet
 * @param {Block} block
 * @param {HTMLButtonElement} from
 */
function openPlace(pane, sheet, block, from) {
  const isSame = opened?.from === from;
  closePlace();
  if (isSame) return;
  makeCurrent(pane, from);
  const copy = button(t("copy"), async () => {
    await navigator.clipboard.writeText(placeOf(block));
    copy.textContent = t("copied");
  });
  const problems = state.card?.problems ?? [];
  const own = problems.filter((problem) => problem.at[pane.language] === block.id);
  const box = make("div", { id: "place", role: "dialog", "aria-label": block.field },
    make("p", { class: "field" }, unseen(`${t("field")}: `), block.field),
    make("p", { class: "where" }, unseen(`${t("file")}: `), make("code", null, placeOf(block))),
    own.length ? make("ul", null, own.map((problem) => make("li", { class: problem.severity }, make("b", null, `${t(problem.severity)}: `), make("span", { lang: connection.language }, problem.message)))) : "",
    make("p", { class: "buttons" }, editorAnchor(block), copy, button("×", closePlace, { class: "close", "aria-label": t("close") })));
  opened = { box, from };
  from.setAttribute("aria-expanded", "true");
  const [, x, y, , height] = block.boxes.find((one) => one[0] === Number(sheet.element.dataset.page)) ?? block.boxes[0];
  box.style.left = `min(calc(${x} * var(--mm)), 100% - min(22rem, 100%))`;
  const isLow = y + height > sheet.leaf.height * 0.85;
  if (isLow) box.style.bottom = `calc(${sheet.leaf.height - y} * var(--mm) + 4px)`;
  else box.style.top = `calc(${y + height} * var(--mm) + 4px)`;
  sheet.paper.append(box);
  find(box, "a, button", HTMLElement).focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
}

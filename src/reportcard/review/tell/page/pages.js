"use strict";

/* ---- the pages ---- */

/** Signs of marks that are nearer than this part of a page's height are in one line. */
const SIGN_ROW = .03;
/**
 * Where a mark is, in parts of the width and height of its page.
 * @typedef {{left: number, top: number, width: number, height: number}} Place
 */

/**
 * Width and height of a page in mm.
 * @param {Leaf} leaf
 * @param {Side} side
 */
const sizeOf = (leaf, side) => leaf.file[side]?.sizes[(leaf[side] ?? 0) - 1] ?? [210, 297];

function showLeaves() {
  nearLeaves.disconnect();
  byId("leaves").replaceChildren(make("p", { id: "no-pages", hidden: true }, t("noPages")), ...leaves.map(leafSection));
}

/**
 * @param {Leaf} leaf
 * @param {number} index
 */
function leafSection(leaf, index) {
  leaf.marks = null;
  const name = files.length > 1 ? `${leaf.file.name} · ${leafName(leaf)}` : leafName(leaf);
  const range = make("input", { type: "range", class: "cut", min: 0, max: 100, value: 50, "aria-label": t("boundary", { page: leafName(leaf) }) });
  const widest = Math.max(...SIDES.filter((side) => leaf[side]).map((side) => sizeOf(leaf, side)[0]));
  const pair = make("div", { class: leaf.old && leaf.new ? "pair" : "pair single" }, SIDES.map((side) => figure(leaf, side, widest)));
  const cut = () => pair.style.setProperty("--cut", `${range.value}%`);
  range.addEventListener("input", cut);
  cut();
  leaf.element = make("section", { class: "leaf", "aria-labelledby": leaf.id, "data-leaf": index },
    make("div", { class: "leaf-head" }, make("h3", { id: leaf.id, tabindex: -1 }, name), leaf.old && leaf.new ? range : ""),
    make("div", { class: "scroller", tabindex: 0, role: "group", "aria-label": t("pageScroll", { page: leafName(leaf) }) }, pair));
  nearLeaves.observe(leaf.element);
  return leaf.element;
}

/**
 * @param {Leaf} leaf
 * @param {Side} side
 * @param {number} widest
 */
function figure(leaf, side, widest) {
  const page = leaf[side];
  if (!page) return make("div", { class: `side ${side} missing` }, make("p", null, t("noSuchPage")));
  const [width, height] = sizeOf(leaf, side);
  const image = DATA.images[`${leaf.file.index}:${side}:${page}`];
  const alt = t("picture", { side: t(side), page, count: leaf.changes.size });
  const picture = image === undefined ? make("p", { class: "no-picture" }, t("noPicture")) : make("img", { alt, "data-image": image, draggable: "false" });
  const sheet = make("div", { class: "sheet" }, picture);
  const plate = make("div", { class: "plate" }, sheet, make("div", { class: "marks", "aria-hidden": "true" }));
  sheet.style.aspectRatio = `${width} / ${height}`;
  const element = make("figure", { class: `side ${side}` }, make("figcaption", null, `${t(side)} · ${t("pageIn", { page })}`), plate);
  element.style.setProperty("--share", `${(100 * width) / widest}%`);
  return element;
}

/** Gives a page its pictures and marks; before it comes near, it has neither. @param {Leaf} leaf */
function fill(leaf) {
  if (leaf.marks) return;
  leaf.marks = [];
  nearLeaves.unobserve(leaf.element);
  for (const image of leaf.element.querySelectorAll("img")) {
    const source = byId(`image-${image.dataset.image}`);
    image.src = `data:${source.dataset.type};base64,${source.textContent}`;
  }
  for (const side of SIDES.filter((one) => leaf[one])) {
    const found = [...leaf.changes].flatMap((change) => marksOf(change, leaf, side));
    found.sort((one, other) => other.surface - one.surface);  // the small ones on top, where they can be clicked
    putSignsBeside(found);
    find(leaf.element, `.${side} .marks`, HTMLElement).append(...found.map(({ element }) => element));
    for (const { element, change } of found) leaf.marks.push([element, change]);
  }
}

/** A page with its pictures and marks, side by side, for paper. @param {Leaf} leaf */
function printedLeaf(leaf) {
  fill(leaf);
  const copy = find(make("div", null, leaf.element.cloneNode(true)), ".leaf", HTMLElement);
  for (const one of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["id", "aria-labelledby", "tabindex", "data-leaf"]) one.removeAttribute(name);
  }
  copy.querySelector(".cut")?.remove();
  return copy;
}

/**
 * Puts the signs of marks into the margins of their page, at their height: on a word, they would
 * hide it. Those of one line are beside each other.
 * @param {{element: HTMLElement, place: Place}[]} found
 */
function putSignsBeside(found) {
  /** @type {{top: number, isRight: boolean, at: number}[]} */
  const taken = [];
  for (const { element, place: { left, top, width } } of found) {
    const label = element.querySelector(".label");
    if (!(label instanceof HTMLElement)) continue;
    const isRight = left + width / 2 > .5;
    const near = new Set(taken.filter((one) => one.isRight === isRight && Math.abs(one.top - top) < SIGN_ROW).map(({ at }) => at));
    let at = 0;
    while (near.has(at)) at += 1;
    taken.push({ top, isRight, at });
    label.classList.toggle("right", isRight);
    label.style.setProperty("--far", String(100 * (isRight ? 1 - left - width : left)));
    label.style.setProperty("--at", String(at));
  }
}

/**
 * @param {Change} change
 * @param {Leaf} leaf
 * @param {Side} side
 */
function marksOf(change, leaf, side) {
  const [width, height] = sizeOf(leaf, side);
  const areas = areasOf(change, side).filter(([page]) => page === leaf[side]);
  return areas.map(([, left, top, across, down], index) => {
    const label = index ? "" : make("span", { class: "label" }, SIGNS[change.kind] ?? "·", make("b", null, ` ${change.number}`));
    const element = make("span", { class: "mark", "data-kind": change.kind, "data-number": change.number, title: `${change.number}: ${kindName(change.kind)}` }, label);
    const place = { left: left / width, top: top / height, width: across / width, height: down / height };
    for (const [name, part] of Object.entries(place)) element.style.setProperty(name, `${100 * part}%`);
    element.hidden = !change.isShown;
    element.classList.toggle("selected", change === view.selected);
    return { element, change, place, surface: across * down };
  });
}

/** @param {string} mode */
function setMode(mode) {
  const isFlicker = mode === "flicker";
  byId("leaves").dataset.mode = mode;
  for (const one of byId("modes").querySelectorAll("input")) one.checked = one.value === mode;
  find(document, ".flicker-buttons", HTMLElement).hidden = !isFlicker;
  showLegend();
  alternate(isFlicker && !matchMedia("(prefers-reduced-motion: reduce)").matches);
}

/** @param {string} zoom */
function setZoom(zoom) {
  byId("leaves").style.setProperty("--zoom", zoom);
  byId("leaves").toggleAttribute("data-zoom", zoom !== "1");
}

function flip() {
  const { dataset } = byId("leaves");
  dataset.flicker = dataset.flicker === "old" ? "new" : "old";
  showLegend();
}

function showLegend() {
  const { mode = "", flicker = "" } = byId("leaves").dataset;
  byId("legend").textContent = mode === "flicker" ? t("legendFlicker", { side: t(flicker) }) : t(`legend${capital(mode)}`);
}

/** @param {boolean} isOn */
function alternate(isOn) {
  clearInterval(view.timer);
  view.timer = isOn ? setInterval(flip, 1000) : 0;
  byId("alternate").setAttribute("aria-pressed", String(isOn));
}

/** In the slider's view, the boundary follows the pointer that is drawn over a page. @param {PointerEvent} event */
function drag(event) {
  const [pair, leaf] = [hit(event, ".pair:not(.single)"), hit(event, ".leaf")];
  if (!pair || !leaf || event.buttons !== 1 || byId("leaves").dataset.mode !== "slider") return;
  const range = find(leaf, ".cut", HTMLInputElement);
  const box = pair.getBoundingClientRect();
  range.value = String(Math.round((100 * (event.clientX - box.left)) / box.width));
  range.dispatchEvent(new Event("input"));
}

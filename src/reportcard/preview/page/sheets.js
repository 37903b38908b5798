"use strict";

const MM = 96 / 25.4;
const ZOOMS = [50, 75, 100, 125, 150, 200, 300, 400];
const NEAR = { rootMargin: "900px 0px" };
/** Beyond so many pixels a page is drawn no finer. */
const WIDEST = 6400;
/**
 * A language that is shown, and the key of the block that is the stop of the Tab key.
 * @typedef {object} Pane
 * @property {string} language
 * @property {HTMLElement} element
 * @property {HTMLElement} scroller
 * @property {Sheet[]} sheets
 * @property {Face | null} face
 * @property {string | undefined} current
 */
/**
 * A page on the screen: its picture from `url`, and over it the buttons of its blocks; `drawn` are
 * the blocks as they were when these were made.
 * @typedef {object} Sheet
 * @property {HTMLElement} element
 * @property {HTMLElement} paper
 * @property {HTMLImageElement} picture
 * @property {HTMLElement} cover
 * @property {HTMLElement} caption
 * @property {HTMLButtonElement[]} blocks
 * @property {Leaf} leaf
 * @property {string} url
 * @property {boolean} isNear
 * @property {string} drawn
 */
/**
 * One for each language shown.
 * @type {Map<string, Pane>}
 */
const panes = new Map();

const near = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => {
  const sheet = sheetOf(target);
  if (!sheet) return;
  sheet.isNear = isIntersecting;
  if (isIntersecting) draw(sheet);
}), NEAR);

/** @param {Element} element */
const sheetOf = (element) =>
  [...panes.values()].flatMap((pane) => pane.sheets).find((sheet) => sheet.element === element);

/** @param {string} language @returns {Pane} */
function addPane(language) {
  const scroller = make("div", { class: "scroller", tabindex: "0", role: "region" });
  const element = make("section", { class: "pane", "data-language": language }, make("h2", { lang: language }, ownName(language)), scroller);
  /** @type {Pane} */
  const pane = { language, element, scroller, sheets: [], face: null, current: "" };
  panes.set(language, pane);
  scroller.addEventListener("scroll", () => followScroll(pane), { passive: true });
  scroller.addEventListener("keydown", (event) => walk(pane, event));
  return pane;
}

/** Makes the panes for the languages shown; those that stay keep their place. @param {string[]} languages */
function arrangePanes(languages) {
  for (const [language, pane] of panes) {
    if (!languages.includes(language)) {
      pane.sheets.forEach((sheet) => near.unobserve(sheet.element));
      pane.element.remove();
      panes.delete(language);
    }
  }
  const ordered = languages.map((language) => (panes.get(language) ?? addPane(language)).element);
  if (ordered.some((element, index) => byId("panes").children[index] !== element)) byId("panes").replaceChildren(...ordered);
  byId("panes").dataset.count = String(languages.length);
}

/**
 * Fills a pane with a face: pages that are the same stay, others are drawn anew under the old
 * picture.
 * @param {Pane} pane
 * @param {Face} face
 */
function fillPane(pane, face) {
  for (const gone of pane.sheets.splice(face.leaves.length)) {
    near.unobserve(gone.element);
    gone.element.remove();
  }
  /** @type {Map<number, [Block, Box][]>} */
  const byPage = new Map();
  for (const block of face.blocks) {
    for (const box of block.boxes) byPage.set(box[0], [...(byPage.get(box[0]) ?? []), [block, box]]);
  }
  pane.scroller.setAttribute("aria-label", t("pagesIn", { language: ownName(face.language) }));
  face.leaves.forEach((leaf, index) => {
    const sheet = pane.sheets[index] ?? addSheet(pane, index, leaf);
    sheet.leaf = leaf;
    sheet.picture.alt = t("pageOf", { page: index + 1, count: face.leaves.length });
    sheet.caption.textContent = t("page", { page: index + 1 });
    const placed = byPage.get(index + 1) ?? [];
    const wanted = JSON.stringify(placed);
    if (wanted !== sheet.drawn) {
      sheet.drawn = wanted;
      coverSheet(pane, sheet, placed);
    }
  });
  pane.face = face;
  sizePane(pane);
}

/**
 * @param {Pane} pane
 * @param {number} index
 * @param {Leaf} leaf
 */
function addSheet(pane, index, leaf) {
  const picture = make("img", { alt: "", draggable: "false" });
  const cover = make("div", { class: "cover" });
  const caption = make("figcaption", null);
  const paper = make("div", { class: "paper" }, picture, cover);
  const element = make("figure", { class: "sheet", "data-page": index + 1 }, paper, caption);
  /** @type {Sheet} */
  const sheet = {
    element, paper, picture, cover, caption, blocks: [], leaf, url: "", isNear: index < 2, drawn: "",
  };
  pane.sheets.push(sheet);
  pane.scroller.append(element);
  near.observe(element);
  return sheet;
}

/**
 * The width of a page on the screen in CSS pixels, so that it is a whole number of the screen's own.
 * @param {Pane} pane
 * @param {Leaf} leaf
 */
function widthOf(pane, leaf) {
  const fit = pane.scroller.clientWidth - (isNarrow.matches ? 16 : 48);
  const wanted = settings.zoom === "fit" ? fit : leaf.width * MM * (Number(settings.zoom) / 100);
  return Math.max(Math.floor(wanted * devicePixelRatio), 100) / devicePixelRatio;
}

/** @param {Pane} pane */
function sizePane(pane) {
  for (const sheet of pane.sheets) {
    const width = widthOf(pane, sheet.leaf);
    sheet.paper.style.width = `${width}px`;
    sheet.paper.style.height = `${(width * sheet.leaf.height) / sheet.leaf.width}px`;
    sheet.paper.style.setProperty("--mm", `${width / sheet.leaf.width}px`);
    if (sheet.isNear) draw(sheet);
  }
}

/**
 * Draws a page at the screen's own pixels, if it is not so drawn; the old picture stays until the
 * new one is there.
 * @param {Sheet} sheet
 */
async function draw(sheet) {
  const pixels = Math.min(Math.round(sheet.paper.getBoundingClientRect().width * devicePixelRatio), WIDEST);
  const url = `page/${sheet.leaf.version}/${pixels}`;
  if (pixels < 16 || url === sheet.url) return;
  sheet.url = url;
  const picture = new Image();
  picture.alt = sheet.picture.alt;
  picture.draggable = false;
  picture.src = url;
  try {
    await picture.decode();
  } catch {
    if (sheet.url === url) {
      sheet.url = "";
      sheet.caption.textContent = t("noPicture");
    }
    return;
  }
  if (sheet.url !== url) return;
  sheet.picture.replaceWith(picture);
  sheet.picture = picture;
  sheet.element.dataset.version = url.split("/")[1];
}

function showZoom() {
  /** @type {[string, string][]} */
  const sizes = ZOOMS.map((value) => [String(value), percent(value / 100)]);
  const zoom = fillSelect("zoom", [["fit", t("fit")], ...sizes], settings.zoom);
  if (!zoom.value) zoom.value = settings.zoom = "fit";
}

/** Sets the size; what was at the top stays there. @param {string} value */
function setZoom(value) {
  keep({ zoom: value });
  showZoom();
  keepingPlaces(() => panes.forEach(sizePane));
}

/** The next size up or down from the one that is seen. @param {number} step */
function stepZoom(step) {
  const [pane] = panes.values();
  if (!pane?.sheets.length) return;
  const now = (widthOf(pane, pane.sheets[0].leaf) / (pane.sheets[0].leaf.width * MM)) * 100;
  const next = step > 0 ? ZOOMS.find((value) => value > now + 1) : ZOOMS.findLast((value) => value < now - 1);
  if (next) setZoom(`${next}`);
}

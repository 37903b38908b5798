"use strict";

/** The pane that a person scrolls now; the other one follows. @type {Pane | null} */
let leader = null;
let leaderTimer = 0;
/** What is read is so many px below the upper edge. */
const READ = 40;
/** Where a program scrolled a pane to: that is not followed. @type {WeakMap<Pane, number>} */
const settled = new WeakMap();

/**
 * Where every block begins in a pane's scroller, in px, by its key or its id; notes stand at the
 * foot of a page and are left out.
 * @param {Pane} pane
 * @param {"key" | "id"} name
 */
function starts(pane, name = "key") {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const block of pane.face?.blocks ?? []) {
    const [page, , y] = block.boxes[0];
    const sheet = pane.sheets[page - 1];
    if (sheet && !block.id.split(".").includes("notes")) {
      found.set(block[name], sheet.paper.offsetTop + (y * sheet.paper.clientHeight) / sheet.leaf.height);
    }
  }
  return found;
}

/** The block at the top of a pane, and how far it is from the top. @param {Pane} pane */
function anchorOf(pane) {
  const top = pane.scroller.scrollTop;
  const tops = starts(pane, "id");
  let id = "";
  let distance = Infinity;
  for (const [one, y] of tops) {
    if (Math.abs(y - top - READ) < Math.abs(distance - READ)) [id, distance] = [one, y - top];
  }
  const key = pane.face?.blocks.find((block) => block.id === id)?.key ?? "";
  return { id, key, distance, top };
}

/**
 * Does something to the panes; then the block at the top of each is where it was: it itself, or
 * what is in its place.
 * @param {() => void} act
 */
function keepingPlaces(act) {
  const anchors = [...panes.values()].filter((pane) => pane.face)
    .map((pane) => ({ language: pane.language, anchor: anchorOf(pane) }));
  act();
  for (const { language, anchor } of anchors) {
    const pane = panes.get(language);
    if (!pane) continue;
    const y = starts(pane, "id").get(anchor.id) ?? starts(pane).get(anchor.key);
    const top = y === undefined ? anchor.top : y - anchor.distance;
    if (Math.abs(top - pane.scroller.scrollTop) < 1) continue;  // a person may be scrolling it: that is followed
    pane.scroller.scrollTop = top;
    settled.set(pane, Math.round(pane.scroller.scrollTop));
  }
}

/** @param {Pane} pane */
function lead(pane) {
  leader = pane;
  clearTimeout(leaderTimer);
  leaderTimer = setTimeout(() => { leader = null; }, 150);
}

/** @param {Pane} pane */
function followScroll(pane) {
  if (settled.get(pane) === Math.round(pane.scroller.scrollTop)) return;
  if (leader && leader !== pane) return;
  lead(pane);
  for (const other of panes.values()) if (other !== pane) align(other, pane);
}

/**
 * Scrolls a pane to the place that is at the top of another, block by block and in between in
 * proportion.
 * @param {Pane} pane
 * @param {Pane} other
 */
function align(pane, other) {
  if (!pane.face || !other.face) return;
  const mine = starts(pane);
  const pairs = [[0, 0]];
  let [last, lastThere] = pairs[0];
  for (const [key, y] of starts(other)) {
    const there = mine.get(key);
    if (there === undefined || y <= last || there <= lastThere) continue;
    [last, lastThere] = [y, there];
    pairs.push([y, there]);
  }
  pairs.push([other.scroller.scrollHeight, Math.max(pane.scroller.scrollHeight, lastThere + 1)]);
  const top = other.scroller.scrollTop + READ;
  const next = Math.max(pairs.findIndex(([y]) => y > top), 1);
  const [[y0, m0], [y1, m1]] = [pairs[next - 1], pairs[next]];
  const share = Math.min(Math.max((top - y0) / (y1 - y0), 0), 1);
  pane.scroller.scrollTop = other.scroller.scrollTop <= 1 ? 0 : m0 + share * (m1 - m0) - READ;
  settled.set(pane, Math.round(pane.scroller.scrollTop));
}

/**
 * Brings a block into view in a pane; the other pane follows.
 * @param {Pane} pane
 * @param {Block} block
 */
function scrollToBlock(pane, block) {
  const [page, , y, , height] = block.boxes[0];
  const sheet = pane.sheets[page - 1];
  const scale = sheet.paper.clientHeight / sheet.leaf.height;
  const top = sheet.paper.offsetTop + y * scale;
  const room = Math.max((pane.scroller.clientHeight - height * scale) / 3, 24);
  settled.delete(pane);
  lead(pane);
  pane.scroller.scrollTop = top - room;
  for (const other of panes.values()) if (other !== pane) align(other, pane);
}

/**
 * @param {Pane} pane
 * @param {Block} block
 */
function isInView(pane, block) {
  const [page, , y, , height] = block.boxes[0];
  const sheet = pane.sheets[page - 1];
  const scale = sheet.paper.clientHeight / sheet.leaf.height;
  const top = sheet.paper.offsetTop + y * scale - pane.scroller.scrollTop;
  return top < pane.scroller.clientHeight && top + height * scale > 0;
}

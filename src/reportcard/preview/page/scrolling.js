"use strict";

/** The pane that a person scrolls now; the other one follows. */
let leader = null;
let leaderTimer = 0;

/** Where every block begins in a pane's scroller, in px, by its key, in the order of the pages; notes stand at the foot and are left out. */
function starts(pane) {
  const found = new Map();
  if (!pane.face) return found;
  for (const block of pane.face.blocks) {
    const [page, , y] = block.boxes[0];
    const sheet = pane.sheets[page - 1];
    if (sheet && !block.id.split(".").includes("notes")) {
      found.set(block.key, sheet.paper.offsetTop + (y * sheet.paper.clientHeight) / sheet.leaf.height);
    }
  }
  return found;
}

/** The block at the top of a pane, and how far it is from the top. */
function anchorOf(pane) {
  const top = pane.scroller.scrollTop;
  let best = null;
  for (const [key, y] of starts(pane)) {
    const distance = y - top;
    if (!best || Math.abs(distance - 40) < Math.abs(best.distance - 40)) best = { key, distance };
  }
  return { ...best, top };
}

/** Does something to the panes; then the block at the top of each is where it was. */
function keepingPlaces(act) {
  const anchors = new Map([...panes].map(([language, pane]) => [language, pane.face ? anchorOf(pane) : null]));
  act();
  for (const [language, anchor] of anchors) {
    const pane = panes.get(language);
    if (!pane || !anchor) continue;
    const y = starts(pane).get(anchor.key);
    lead(null);
    pane.scroller.scrollTop = y === undefined ? anchor.top : y - anchor.distance;
  }
}

function lead(pane) {
  leader = pane;
  clearTimeout(leaderTimer);
  leaderTimer = setTimeout(() => { leader = null; }, 150);
}

/** What was scrolled by a program is not followed. */
const settled = new WeakMap();

function followScroll(pane) {
  if (settled.get(pane) === Math.round(pane.scroller.scrollTop)) return;
  if (leader && leader !== pane) return;
  lead(pane);
  for (const other of panes.values()) if (other !== pane) align(other, pane);
}

/** Scrolls a pane to the place that is at the top of another, block by block and in between in proportion. */
function align(pane, other) {
  if (!pane.face || !other.face) return;
  const mine = starts(pane);
  const pairs = [[0, 0]];
  for (const [key, y] of starts(other)) {
    const there = mine.get(key);
    if (there !== undefined && y > pairs.at(-1)[0] && there > pairs.at(-1)[1]) pairs.push([y, there]);
  }
  pairs.push([other.scroller.scrollHeight, Math.max(pane.scroller.scrollHeight, pairs.at(-1)[1] + 1)]);
  const line = 40;  // what is read is a little below the edge
  const top = other.scroller.scrollTop + line;
  const next = Math.max(pairs.findIndex(([y]) => y > top), 1);
  const [[y0, m0], [y1, m1]] = [pairs[next - 1], pairs[next]];
  const share = Math.min(Math.max((top - y0) / (y1 - y0), 0), 1);
  pane.scroller.scrollTop = other.scroller.scrollTop <= 1 ? 0 : m0 + share * (m1 - m0) - line;
  settled.set(pane, Math.round(pane.scroller.scrollTop));
}

/** Brings a block into view in a pane; the other pane follows. */
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

function isInView(pane, block) {
  const [page, , y, , height] = block.boxes[0];
  const sheet = pane.sheets[page - 1];
  const scale = sheet.paper.clientHeight / sheet.leaf.height;
  const top = sheet.paper.offsetTop + y * scale - pane.scroller.scrollTop;
  return top < pane.scroller.clientHeight && top + height * scale > 0;
}

"use strict";

/**
 * A place in a file of the content; line and column count from 1, 0 is none.
 * @typedef {{file: string, line: number, column: number}} Place
 */
/**
 * A card of the list: pages, and blocks for a translator, by language; problems by gravity.
 * @typedef {object} ListedCard
 * @property {string} country
 * @property {Record<string, string>} titles
 * @property {Record<string, number>} pages
 * @property {Record<string, number>} counts
 * @property {Record<string, number>} stale
 * @property {boolean} broken
 * @property {boolean} checked
 */
/**
 * The card that is open. `broken`: its files cannot be set now, and its faces are from before.
 * @typedef {object} Card
 * @property {string} country
 * @property {Record<string, string>} titles
 * @property {boolean} broken
 * @property {boolean} checked
 * @property {Face[]} faces
 * @property {Problem[]} problems
 */
/**
 * A card in one language.
 * @typedef {{language: string, leaves: Leaf[], blocks: Block[]}} Face
 */
/**
 * A page: a digest of what it shows, width and height in mm.
 * @typedef {{version: string, section: string, width: number, height: number}} Leaf
 */
/**
 * Where a block is: the page from 1, the rest in mm.
 * @typedef {[page: number, x: number, y: number, width: number, height: number]} Box
 */
/**
 * A block of the pages. Its key is the same in all languages; its look is what it says.
 * @typedef {Place & {id: string, key: string, field: string, text: string, look: string,
 *   boxes: Box[]}} Block
 */
/**
 * `at` is the id of the block in each language.
 * @typedef {Place & {code: string, severity: string, message: string, advice: string, page: number, field: string,
 *   at: Record<string, string>}} Problem
 */

const STORE = "reportcard-preview";
const isNarrow = matchMedia("(max-width: 60rem)");
/** Kept by the browser: the language of this window, which of the card's languages are shown, the size, whether the problems are. */
const settings = { language: "", shown: "", zoom: "fit", problems: true };
/** @type {Record<string, Record<string, Wording>>} */
let WORDS = {};
const texts = () => WORDS[settings.language];

/** @param {Partial<typeof settings>} changes */
function keep(changes) {
  Object.assign(settings, changes);
  store(STORE, settings);  // the window works without
}

/** A language's name for itself, with a capital. @param {string} code */
const ownName = (code) => capital(languageName(code, code), code);

function showWords() {
  showTexts();
  showKeys(Object.entries(group("keys")).map(([key, does]) => [[key], does]));
}

/** @param {Pick<Card, "country" | "titles">} card */
const titleOf = (card) => card.titles[settings.language] ?? Object.values(card.titles)[0] ?? card.country;
/** @param {Place} thing */
const placeOf = (thing) => [thing.file, thing.line, thing.column].filter(Boolean).join(":");

"use strict";

const byId = (id) => document.getElementById(id);
const STORE = "reportcard-preview";
const isNarrow = matchMedia("(max-width: 60rem)");
const isStill = matchMedia("(prefers-reduced-motion: reduce)");
/** Kept by the browser: the language of this window, which of the card's languages are shown, the size, whether the problems are. */
const settings = { language: "", shown: "", zoom: "fit", problems: true };
let WORDS = {};

function recall() {
  try {
    const known = JSON.parse(localStorage.getItem(STORE)) ?? {};
    for (const name of Object.keys(settings)) if (typeof known[name] === typeof settings[name]) settings[name] = known[name];
  } catch { /* nothing is kept then */ }
  if (!Object.hasOwn(WORDS, settings.language)) settings.language = navigator.language.startsWith("es") ? "es" : "en";
}

function keep(changes) {
  Object.assign(settings, changes);
  try {
    localStorage.setItem(STORE, JSON.stringify(settings));
  } catch { /* the window works without */ }
}

/** Words of the window in its language, with values put in; those that come in numbers are chosen by `count`. */
function t(name, values = {}) {
  let text = WORDS[settings.language][name];
  if (typeof text === "object") text = text[new Intl.PluralRules(settings.language).select(values.count)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, key) => (Object.hasOwn(values, key) ? values[key] : whole));
}

/** An element with attributes and children; texts are texts, whatever stands in them. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children.flat(Infinity).filter((child) => child !== "" && child !== null));
  return element;
}

function button(content, act, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, content);
  made.addEventListener("click", act);
  return made;
}

/** A language's name for itself, with a capital. */
function languageName(code) {
  try {
    const name = new Intl.DisplayNames([code], { type: "language" }).of(code);
    return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
  } catch {
    return code;
  }
}

function showWords() {
  document.documentElement.lang = settings.language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  byId("switch").lang = settings.language === "en" ? "es" : "en";
  byId("keys").replaceChildren(...WORDS[settings.language].keys.map(([key, does]) => make("div", null, make("dt", null, make("kbd", null, key)), make("dd", null, does))));
}

const titleOf = (card) => card.titles[settings.language] ?? Object.values(card.titles)[0] ?? card.country;
const placeOf = (thing) => [thing.file, thing.line, thing.column].filter(Boolean).join(":");

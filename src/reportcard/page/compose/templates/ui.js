"use strict";

/*
 * What the pages of this program in a browser have in common. It stands in front of a page's own
 * scripts. These declare `settings`, in which is the language that the page speaks, and `texts()`,
 * what the page says in it.
 */

/**
 * A text of the page, or several by name: the forms of one that counts, for example.
 * @typedef {string | Record<string, string>} Wording
 */
/**
 * What an element is made of. Strings become text, never markup; empty ones and null are left out.
 * @typedef {Node | string | null | Child[]} Child
 */
/**
 * Attributes that are null, undefined or false are left out.
 * @typedef {Record<string, string | number | boolean | null | undefined>} Attributes
 */

/* ---- elements ---- */

/**
 * The first element that a selector describes; it has to be there, and of that kind.
 * @template {Element} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 */
function find(root, selector, kind) {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new TypeError(`“${selector}” is not a ${kind.name} of the page`);
}

/** @param {string} id */
const byId = (id) => find(document, `#${id}`, HTMLElement);

/**
 * The element that an event is about, or the nearest around it, that a selector describes.
 * @param {Event} event
 * @param {string} selector
 */
const hit = (event, selector) =>
  event.target instanceof Element ? event.target.closest(selector) : null;

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes | null} attributes
 * @param {Child[]} children
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/**
 * @param {Element} element
 * @param {Child} child
 */
function append(element, child) {
  if (Array.isArray(child)) for (const one of child) append(element, one);
  else if (child !== null && child !== "") element.append(child);
}

/**
 * @param {Child} content
 * @param {(event: Event) => unknown} act
 * @param {Attributes} attributes
 */
function button(content, act, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, content);
  element.addEventListener("click", act);
  return element;
}

/**
 * One of several choices that share a name.
 * @param {string} name
 * @param {string} value
 * @param {boolean} isChosen
 * @param {string} text
 * @param {string | null} lang
 */
function choice(name, value, isChosen, text, lang = null) {
  const input = make("input", { type: "radio", name, value });
  input.checked = isChosen;
  return make("label", null, input, make("span", { lang }, text));
}

/** The value that is chosen of those in an element. @param {string} id */
const chosenIn = (id) => find(byId(id), ":checked", HTMLInputElement).value;

/** The value that is chosen in a select. @param {string} id */
const selected = (id) => find(document, `#${id}`, HTMLSelectElement).value;

/**
 * Gives a select its options, values with their texts, and chooses one.
 * @param {string} id
 * @param {[value: string, text: string][]} options
 * @param {string} chosen
 */
function fillSelect(id, options, chosen) {
  const select = find(document, `#${id}`, HTMLSelectElement);
  select.replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
  select.value = chosen;
  return select;
}

/**
 * The list of keys: which, and what they do.
 * @param {[keys: string[], does: string][]} rows
 */
function showKeys(rows) {
  byId("keys").replaceChildren(...rows.map(([keys, does]) => make("div", null,
    make("dt", null, keys.map((key) => make("kbd", null, key))), make("dd", null, does))));
}

/** For readers of the screen only. @param {string} text */
const unseen = (text) => make("span", { class: "unseen" }, text);

/** Opens a dialog; its button “close” closes it. @param {string} id */
function openDialog(id) {
  const dialog = find(document, `#${id}`, HTMLDialogElement);
  find(dialog, ".close", HTMLButtonElement).onclick = () => dialog.close();
  dialog.showModal();
}

/**
 * @template {keyof HTMLElementEventMap} Name
 * @param {string} id
 * @param {Name} name
 * @param {(event: HTMLElementEventMap[Name]) => unknown} act
 */
const on = (id, name, act) => byId(id).addEventListener(name, act);

/* ---- words ---- */

/** @param {number} value */
const number = (value) => new Intl.NumberFormat(settings.language).format(value);

/** @param {number} value */
const percent = (value) =>
  new Intl.NumberFormat(settings.language, { style: "percent" }).format(value);

/**
 * A text of the page with values put in; of one that has forms, that for `count`.
 * @param {string} name
 * @param {Record<string, string | number>} values
 */
function t(name, values = {}) {
  const found = texts()[name];
  const form = () => new Intl.PluralRules(settings.language).select(Number(values.count));
  const text = typeof found === "string" ? found : found[form()] ?? found.other;
  return text.replace(/\{(\w+)\}/g, (hole, key) => {
    if (!Object.hasOwn(values, key)) return hole;
    const value = values[key];
    return typeof value === "number" ? number(value) : value;
  });
}

/** Texts that are kept together under a name. @param {string} name */
function group(name) {
  const found = texts()[name];
  return typeof found === "string" ? {} : found;
}

/**
 * @param {string} text
 * @param {string} language
 */
const capital = (text, language = settings.language) =>
  text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

/**
 * What a language is called, in the page's language or another.
 * @param {string} code
 * @param {string} language
 */
function languageName(code, language = settings.language) {
  try {
    return new Intl.DisplayNames(language, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

const otherLanguage = () => (settings.language === "en" ? "es" : "en");

/** Has the page's own HTML speak its language. */
function showTexts() {
  document.documentElement.lang = settings.language;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = t(element.getAttribute("data-text") ?? "");
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.getAttribute("data-label") ?? ""));
  }
  find(document, "[data-text=otherLanguage]", HTMLElement).lang = otherLanguage();
}

/* ---- what the browser keeps ---- */

/**
 * An object that the browser keeps under a key, or an empty one.
 * @param {string} key
 * @returns {Record<string, unknown>}
 */
function stored(key) {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? "");
    return value && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

/**
 * Has the browser keep a value; says whether it does.
 * @param {string} key
 * @param {unknown} value
 */
function store(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes over the settings that the browser keeps under a key, as far as they are of the same type.
 * @param {string} key
 */
function recallSettings(key) {
  const known = stored(key);
  for (const [name, value] of Object.entries(settings)) {
    if (typeof known[name] === typeof value) Object.assign(settings, { [name]: known[name] });
  }
}

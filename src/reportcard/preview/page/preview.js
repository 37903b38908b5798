"use strict";

/**
 * The last news from the server: the cards, the card that is open, the stream that it comes from.
 * @typedef {object} State
 * @property {string} country
 * @property {ListedCard[] | null} cards
 * @property {string} fault
 * @property {Card | null} card
 * @property {EventSource | null} stream
 * @property {boolean} isEnded
 */
/** @type {State} */
const state = { country: "", cards: null, fault: "", card: null, stream: null, isEnded: false };
/** What the choice of languages was made from. */
let choicesShown = "";

/* ---- the list ---- */

function showCards() {
  if (state.country || !state.cards) return;
  byId("cards").replaceChildren(...(state.cards.length ? state.cards.map(cardItem) : [make("li", { class: "none" }, t("noCards"))]));
}

/** @param {ListedCard} card */
function cardItem(card) {
  const pages = Object.entries(card.pages).map(([language, count]) => make("span", null, `${ownName(language)}: ${t("pages", { count })}`));
  const stale = Object.entries(card.stale).filter(([, count]) => count);
  const states = [
    card.broken ? make("li", { class: "error" }, t("brokenState")) : "",
    make("li", { class: GRAVITIES.find((gravity) => card.counts[gravity]) ?? "fine" }, card.checked ? countsText(card.counts) : t("checking")),
    ...stale.map(([language, count]) => make("li", { class: "warning" }, t("stale", { language: ownName(language), count }))),
    !stale.length && Object.keys(card.stale).length ? make("li", { class: "fine" }, t("translated")) : "",
  ];
  return make("li", null, make("h2", null, make("a", { href: `#/${encodeURIComponent(card.country)}` }, titleOf(card))),
    make("p", { class: "pages" }, pages.length ? pages : t("setting")), make("ul", null, states));
}

/* ---- a card ---- */

/** The languages that are shown: the one chosen, or all; on a narrow screen one. @param {Card} card */
function languagesShown(card) {
  const known = card.faces.map((face) => face.language);
  if (known.includes(settings.shown)) return [settings.shown];
  const one = known.includes(settings.language) ? settings.language : known[0];
  return isNarrow.matches || (settings.shown === "" && innerWidth < 1100) ? [one] : known.slice(0, 2);
}

/** @param {string} value */
function chooseLanguages(value) {
  keep({ shown: value });
  if (state.card) showCard(state.card, { isAnew: true });
}

/** @param {Card} card */
function showLanguages(card) {
  const known = card.faces.map((face) => face.language);
  const shown = languagesShown(card);
  /** @type {[value: string, name: string, lang: string | null][]} */
  const choices = known.map((language) => [language, ownName(language), language]);
  if (known.length > 1 && !isNarrow.matches) choices.push(["all", t("both"), null]);
  const wanted = JSON.stringify([choices, shown]);
  if (choicesShown === wanted) return;
  choicesShown = wanted;
  const held = byId("languages").contains(document.activeElement);
  byId("languages").replaceChildren(...choices.map(([value, name, lang]) => {
    const isChosen = shown.length > 1 ? value === "all" : value === shown[0];
    return choice("language", value, isChosen, name, lang);
  }));
  if (held) find(byId("languages"), ":checked", HTMLInputElement).focus();
}

/**
 * Shows a card in place: who reads stays where they are, and sees what changed.
 * @param {Card} card
 */
function showCard(card, { isAnew = false } = {}) {
  const before = isAnew ? null : state.card;
  state.card = card;
  byId("title").textContent = titleOf(card);
  document.title = `${titleOf(card)} · ${t("title")}`;
  byId("tools").hidden = false;
  if (!card.faces.length) {
    arrangePanes([]);
    byId("panes").replaceChildren(make("p", { class: "waiting" }, card.broken ? "" : t("setting")));
  } else {
    if (!panes.size) byId("panes").replaceChildren();
    showLanguages(card);
    keepingPlaces(() => {
      arrangePanes(languagesShown(card));
      showBanner();
      for (const face of card.faces) {
        const pane = panes.get(face.language);
        if (pane) fillPane(pane, face);
      }
    });
    panes.forEach(ensureCurrent);
    if (isAnew && panes.size > 1) {
      const [first, second] = panes.values();
      align(second, first);
    }
  }
  showBanner();
  showProblems();
  // What the checks bring are mends of the pages: nobody changed a word.
  if (before && (before.checked || !card.checked)) showChanges(before, card);
}

/** @param {Face} face */
function looks(face) {
  return new Set(face.blocks.map((block) => `${block.id} ${block.look}`));
}

/**
 * Lights the blocks with new content, and names their pages.
 * @param {Card} before
 * @param {Card} card
 */
function showChanges(before, card) {
  /** @type {Target[]} */
  const changed = [];
  for (const face of card.faces) {
    const old = before.faces.find((one) => one.language === face.language);
    if (!old) continue;
    const known = looks(old);
    const blocks = face.blocks.filter((block) => !known.has(`${block.id} ${block.look}`));
    const pane = panes.get(face.language);
    if (pane) {
      light(pane, new Set(blocks.map((block) => block.id)));
      changed.push(...blocks.map((block) => ({ pane, block })));
    }
  }
  if (changed.length) {
    const pages = [...new Set(changed.map(({ block }) => block.boxes[0][0]))].sort((one, other) => one - other);
    showNews(t("changed", { pages: pages.join(", "), count: pages.length }), changed.some(({ pane, block }) => isInView(pane, block)) ? null : changed[0]);
  } else if (before.broken && !card.broken) {
    showNews(t("mended"));
  }
}

let newsTimer = 0;

/**
 * @typedef {{pane: Pane, block: Block}} Target
 * @param {string} text
 * @param {Target | null} target
 */
function showNews(text, target = null) {
  byId("news-text").textContent = text;
  byId("news").classList.add("shown");
  byId("news-go").hidden = !target;
  byId("news-go").onclick = () => target && goToBlock(target.pane, target.block);
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => {
    byId("news").classList.remove("shown");
    byId("news-go").hidden = true;
    byId("news-text").textContent = "";
  }, target ? 12000 : 5000);
}

function showNotice() {
  const text = state.isEnded ? t("ended") : state.fault ? t("fault", { fault: state.fault }) : "";
  byId("notice").hidden = !text;
  if (byId("notice").textContent !== text) byId("notice").textContent = text;
}

/* ---- news from the server ---- */

/** @param {string} country */
function follow(country) {
  state.stream?.close();
  const stream = state.stream = new EventSource(`events?card=${encodeURIComponent(country)}`);
  /**
   * @template Data
   * @param {string} name
   * @param {(data: Data) => void} act
   */
  const hear = (name, act) => stream.addEventListener(name, (event) => {
    if (stream === state.stream) act(JSON.parse(event.data));
  });
  hear("hello", (/** @type {typeof connection} */ data) => {
    connection = data;
    state.isEnded = false;
    showNotice();
  });
  hear("cards", (/** @type {{cards: ListedCard[], fault: string}} */ { cards, fault }) => {
    Object.assign(state, { cards, fault });
    showNotice();
    showCards();
    if (country && !state.card && !cards.some((card) => card.country === country)) byId("panes").replaceChildren(make("p", { class: "waiting" }, t("noCard")));
  });
  hear("card", (/** @type {Card} */ card) => showCard(card));
  stream.onerror = () => {
    state.isEnded = true;
    showNotice();
  };
}

/** Opens what the address names: a card, or the list. */
function route() {
  const country = decodeURIComponent(location.hash.replace(/^#\/?/, ""));
  if (state.stream && country === state.country) return;
  Object.assign(state, { country, card: null });
  arrangePanes([]);
  closePlace();
  byId("cards").hidden = country !== "";
  byId("card").hidden = country === "";
  byId("home").hidden = country === "";
  byId("tools").hidden = true;
  byId("banner").hidden = true;
  byId("title").textContent = country ? titleOf(state.cards?.find((card) => card.country === country) ?? { titles: {}, country }) : t("title");
  document.title = t("title");
  byId(country ? "panes" : "cards").replaceChildren(make(country ? "p" : "li", { class: "waiting" }, t(country ? "setting" : "reading")));
  showCards();
  follow(country);
}

/** @param {string} language */
function speak(language) {
  keep({ language });
  showWords();
  showZoom();
  showNotice();
  choicesShown = "";
  panes.forEach((pane) => pane.sheets.forEach((sheet) => { sheet.drawn = ""; }));
  if (state.card) showCard(state.card, { isAnew: true });
  else if (!state.country) byId("title").textContent = document.title = t("title");
  showCards();
}

function listen() {
  addEventListener("hashchange", route);
  on("skip", "click", (event) => {
    event.preventDefault();
    find(document, panes.size ? ".scroller" : "#main", HTMLElement).focus();
  });
  on("switch", "click", () => speak(otherLanguage()));
  on("languages", "change", () => chooseLanguages(chosenIn("languages")));
  on("zoom", "change", () => setZoom(selected("zoom")));
  on("smaller", "click", () => stepZoom(-1));
  on("larger", "click", () => stepZoom(1));
  on("problems-toggle", "click", () => {
    keep({ problems: !settings.problems });
    keepingPlaces(() => {
      showProblems();
      panes.forEach(sizePane);
    });
  });
  on("help-open", "click", () => openDialog("help"));
  addEventListener("keydown", (event) => event.key === "Escape" && closePlace());
  addEventListener("pointerdown", (event) => {
    if (!hit(event, "#place, .block")) closePlace();
  });
  new ResizeObserver(() => keepingPlaces(() => panes.forEach(sizePane))).observe(byId("panes"));
  isNarrow.addEventListener("change", () => state.card && showCard(state.card, { isAnew: true }));
}

async function begin() {
  WORDS = await (await fetch("words.json")).json();
  recallSettings(STORE);
  if (!Object.hasOwn(WORDS, settings.language)) {
    settings.language = navigator.language.startsWith("es") ? "es" : "en";
  }
  if (isNarrow.matches) settings.problems = false;
  showWords();
  showZoom();
  listen();
  byId("app").hidden = false;
  route();
}

begin();

"use strict";

/** What the server said last: the cards, the card that is open, the stream that it comes from. */
const state = { country: "", cards: null, fault: "", card: null, stream: null, isEnded: false };

/* ---- the list ---- */

function showCards() {
  if (state.country || !state.cards) return;
  byId("cards").replaceChildren(...(state.cards.length ? state.cards.map(cardItem) : [make("li", { class: "none" }, t("noCards"))]));
}

function cardItem(card) {
  const pages = Object.entries(card.pages).map(([language, count]) => make("span", null, `${languageName(language)}: ${t("pages", { count })}`));
  const stale = Object.entries(card.stale).filter(([, count]) => count);
  const states = [
    card.broken ? make("li", { class: "error" }, t("brokenState")) : "",
    make("li", { class: GRAVITIES.find((gravity) => card.counts[gravity]) ?? "fine" }, card.checked ? countsTold(card.counts) : t("checking")),
    ...stale.map(([language, count]) => make("li", { class: "warning" }, t("stale", { language: languageName(language), count }))),
    !stale.length && Object.keys(card.stale).length ? make("li", { class: "fine" }, t("translated")) : "",
  ];
  return make("li", null, make("h2", null, make("a", { href: `#/${encodeURIComponent(card.country)}` }, titleOf(card))),
    make("p", { class: "pages" }, pages.length ? pages : t("setting")), make("ul", null, states));
}

/* ---- a card ---- */

/** The languages that are shown: the one chosen, or all; on a narrow screen one. */
function languagesShown() {
  const known = state.card.faces.map((face) => face.language);
  if (known.includes(settings.shown)) return [settings.shown];
  const one = known.includes(settings.language) ? settings.language : known[0];
  return isNarrow.matches || (settings.shown === "" && innerWidth < 1100) ? [one] : known.slice(0, 2);
}

function chooseLanguages(value) {
  keep({ shown: value });
  showCard(state.card, { isAnew: true });
}

function showLanguages() {
  const known = state.card.faces.map((face) => face.language);
  const shown = languagesShown();
  const choices = known.map((language) => [language, languageName(language), language]);
  if (known.length > 1 && !isNarrow.matches) choices.push(["all", t("both"), null]);
  const told = JSON.stringify([choices, shown]);
  if (byId("languages").told === told) return;
  byId("languages").told = told;
  const held = byId("languages").contains(document.activeElement);
  byId("languages").replaceChildren(...choices.map(([value, name, lang]) => {
    const choice = make("input", { type: "radio", name: "language", value });
    choice.checked = shown.length > 1 ? value === "all" : value === shown[0];
    choice.addEventListener("change", () => chooseLanguages(value));
    return make("label", null, choice, make("span", { lang }, name));
  }));
  if (held) byId("languages").querySelector(":checked")?.focus();
}

/** Shows a card in place: who reads stays where they are, and sees what changed. */
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
    showLanguages();
    keepingPlaces(() => {
      arrangePanes(languagesShown());
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
  if (before) showChanges(before, card);
}

function looks(face) {
  return new Set((face?.blocks ?? []).map((block) => `${block.id} ${block.look}`));
}

/** Lights the blocks that say something else than before, and tells their pages. */
function showChanges(before, card) {
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
    tellNews(t("changed", { pages: pages.join(", "), count: pages.length }), changed.some(({ pane, block }) => isInView(pane, block)) ? null : changed[0]);
  } else if (before.broken && !card.broken) {
    tellNews(t("mended"));
  }
}

let newsTimer = 0;

function tellNews(text, target = null) {
  byId("news-text").textContent = text;
  byId("news").classList.add("told");
  byId("news-go").hidden = !target;
  byId("news-go").onclick = () => target && goToBlock(target.pane, target.block);
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => {
    byId("news").classList.remove("told");
    byId("news-go").hidden = true;
    byId("news-text").textContent = "";
  }, target ? 12000 : 5000);
}

function showNotice() {
  const text = state.isEnded ? t("ended") : state.fault ? t("fault", { fault: state.fault }) : "";
  byId("notice").hidden = !text;
  if (byId("notice").textContent !== text) byId("notice").textContent = text;
}

/* ---- what the server says ---- */

function follow(country) {
  state.stream?.close();
  const stream = state.stream = new EventSource(`events?card=${encodeURIComponent(country)}`);
  const on = (name, act) => stream.addEventListener(name, (event) => stream === state.stream && act(JSON.parse(event.data)));
  on("hello", (told) => {
    connection = told;
    state.isEnded = false;
    showNotice();
  });
  on("cards", ({ cards, fault }) => {
    Object.assign(state, { cards, fault });
    showNotice();
    showCards();
    if (country && !state.card && !cards.some((card) => card.country === country)) byId("panes").replaceChildren(make("p", { class: "waiting" }, t("noCard")));
  });
  on("card", (card) => showCard(card));
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

function speak(language) {
  keep({ language });
  showWords();
  showZoom();
  showNotice();
  byId("languages").told = "";
  panes.forEach((pane) => pane.sheets.forEach((sheet) => { sheet.told = ""; }));
  if (state.card) showCard(state.card, { isAnew: true });
  else if (!state.country) byId("title").textContent = document.title = t("title");
  showCards();
}

function listen() {
  addEventListener("hashchange", route);
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    (document.querySelector(".scroller") ?? byId("main")).focus();
  });
  byId("switch").addEventListener("click", () => speak(settings.language === "en" ? "es" : "en"));
  byId("zoom").addEventListener("change", () => setZoom(byId("zoom").value));
  byId("smaller").addEventListener("click", () => stepZoom(-1));
  byId("larger").addEventListener("click", () => stepZoom(1));
  byId("problems-toggle").addEventListener("click", () => {
    keep({ problems: !settings.problems });
    keepingPlaces(() => {
      showProblems();
      panes.forEach(sizePane);
    });
  });
  byId("help-open").addEventListener("click", () => byId("help").showModal());
  byId("help-close").addEventListener("click", () => byId("help").close());
  addEventListener("keydown", (event) => event.key === "Escape" && closePlace());
  addEventListener("pointerdown", (event) => {
    if (byId("place") && !event.target.closest("#place, .block")) closePlace();
  });
  new ResizeObserver(() => keepingPlaces(() => panes.forEach(sizePane))).observe(byId("panes"));
  isNarrow.addEventListener("change", () => state.card && showCard(state.card, { isAnew: true }));
}

async function begin() {
  WORDS = await (await fetch("words.json")).json();
  recall();
  if (isNarrow.matches) settings.problems = false;
  showWords();
  showZoom();
  listen();
  byId("app").hidden = false;
  route();
}

begin();

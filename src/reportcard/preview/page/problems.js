"use strict";

const GRAVITIES = ["error", "warning", "note"];
/** What the list of problems was made from. */
let problemsShown = "";

/** Counts of problems in words: 2 errors, 1 warning. @param {Record<string, number>} counts */
function countsText(counts) {
  const counted = GRAVITIES.filter((gravity) => counts[gravity]).map((gravity) => t(`${gravity}s`, { count: counts[gravity] }));
  return counted.join(", ") || t("noProblems");
}

/** What can have the focus in the list of problems. */
const problemStops = () => [...byId("problems").querySelectorAll("button, a")]
  .filter((one) => one instanceof HTMLElement);

function showProblems() {
  const { card } = state;
  const list = card?.problems ?? [];
  const notes = list.filter((problem) => problem.severity === "note").length;
  const count = list.length - notes;
  byId("problems-toggle").textContent = count ? t("problemsCount", { count }) : countsText({ note: notes });
  byId("problems-toggle").dataset.gravity = GRAVITIES.find((gravity) => list.some((problem) => problem.severity === gravity)) ?? "none";
  byId("problems-toggle").setAttribute("aria-expanded", String(settings.problems));
  byId("side").hidden = !settings.problems;
  byId("side-state").textContent = card?.checked ? (list.length ? "" : t("noProblems")) : t("checking");
  byId("side-state").hidden = !byId("side-state").textContent;
  const wanted = JSON.stringify([list, settings.language, connection]);
  if (problemsShown === wanted) return;
  const held = problemStops().findIndex((one) => one === document.activeElement);
  problemsShown = wanted;
  byId("problems").replaceChildren(...list.map(problemItem));
  if (held >= 0) problemStops().at(Math.min(held, list.length - 1))?.focus();
}

/** @param {Problem} problem */
function problemItem(problem) {
  const languages = Object.keys(problem.at);
  const body = [
    make("span", { class: `gravity ${problem.severity}` }, t(problem.severity)), " ",
    make("span", { lang: connection.language }, problem.message, problem.advice ? make("span", { class: "advice" }, ` ${problem.advice}`) : ""),
  ];
  const head = languages.length ? button(body, () => goToProblem(problem), { class: "go", title: t("toPlace") }) : make("p", { class: "go" }, body);
  return make("li", null, head, make("p", { class: "where" }, make("code", null, placeOf(problem)), problem.page ? ` (${t("pageNumber", { page: problem.page })})` : "", " ", make("span", { class: "code" }, problem.code), " ", editorAnchor(problem)));
}

/** Goes to the block that a problem is about; if its language is not shown, that is shown first. @param {Problem} problem */
function goToProblem(problem) {
  const languages = Object.keys(problem.at);
  const language = languages.find((one) => panes.has(one)) ?? languages[0];
  if (!panes.has(language)) chooseLanguages(language);
  const pane = panes.get(language);
  const block = pane?.face?.blocks.find((one) => one.id === problem.at[language]);
  if (pane && block) goToBlock(pane, block);
}

/**
 * @param {Pane} pane
 * @param {Block} block
 */
function goToBlock(pane, block) {
  scrollToBlock(pane, block);
  light(pane, new Set([block.id]));
  const element = blockButtons(pane).find((one) => one.dataset.id === block.id);
  if (element) {
    makeCurrent(pane, element);
    element.focus({ preventScroll: true });
  }
}

/** Over the last good pages: why they are not those of the files as they are now. */
function showBanner() {
  const { card } = state;
  byId("banner").hidden = !card?.broken;
  if (!card?.broken) return;
  const errors = card.problems.filter((problem) => problem.severity === "error");
  byId("banner-title").textContent = t("broken", { count: errors.length });
  byId("banner-list").replaceChildren(...errors.slice(0, 4).map((problem) => make("li", null, make("code", null, placeOf(problem)), " ", make("span", { lang: connection.language }, `${problem.message} ${problem.advice}`.trim()), " ", editorAnchor(problem))),
    ...(errors.length > 4 ? [make("li", null, t("more", { count: errors.length - 4 }))] : []));
  byId("banner-after").textContent = t(card.faces.length ? "brokenAfter" : "brokenNone");
}

// A note beside its call. Without this, a call leads to the note at the end of the page.
const template = document.getElementById("beside");
const beside = template instanceof HTMLTemplateElement && template.content.firstElementChild;
const words = beside && beside.querySelector(".words");
if (words && beside instanceof HTMLElement && "popover" in beside) {
  template.after(beside);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#"]');
    if (!(link instanceof HTMLAnchorElement)) return;
    const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const said = note?.matches(".note") && note.querySelector(".words");
    if (!said || beside.contains(link) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    link.focus({ preventScroll: true });
    words.replaceChildren(...said.cloneNode(true).childNodes);
    words.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    beside.ariaLabel = link.title;
    beside.showPopover({ source: link });
    place(link.getBoundingClientRect());
    beside.focus({ preventScroll: true });
  });
  // Below the call where there is room, else above it; always whole within the window.
  /** @param {DOMRect} call */
  const place = (call) => {
    const [width, height] = [beside.offsetWidth, beside.offsetHeight];
    const room = document.documentElement.clientWidth - width - 12;
    const top = call.bottom + 8 + height < innerHeight ? call.bottom + 8 : Math.max(call.top - height - 8, 8);
    beside.style.left = `${scrollX + Math.max(Math.min(call.left - 24, room), 12)}px`;
    beside.style.top = `${scrollY + top}px`;
  };
}

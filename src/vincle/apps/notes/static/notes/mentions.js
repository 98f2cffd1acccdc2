// Colleagues offered while a note is written: "@" opens them, letters narrow them, arrows and Enter choose. Without it
// the name is typed.
(() => {
  const SHOWN = 6;
  const TYPED = /(?:^|[^\p{L}\p{N}_.@])@([\p{L}\p{M}\p{N} .'’@_-]{0,60})$/u;
  let field; // in which something is written just now
  let left = -1; // where the "@" stands whose offers were sent away

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const offers = () => document.querySelector("[data-mention-offers]");
  const shown = () => [...offers().querySelectorAll("[role=option]:not([hidden])")];
  const chosen = () => offers().querySelector("[aria-selected=true]");
  const isOpen = () => Boolean(field && offers() && !offers().hidden);

  // What is typed after the "@" before the caret, and where that stands
  const typed = () => {
    const before = field.value.slice(0, field.selectionStart);
    const found = before.match(TYPED);
    return found && { words: fold(found[1]), at: before.length - found[1].length - 1 };
  };

  const answers = (option, words) => {
    const called = fold(option.dataset.called);
    return called.startsWith(words) || called.split(/[\s-]+/).some((part) => part.startsWith(words));
  };

  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };

  const said = () => document.querySelector("[data-mention-said]");
  const say = (count) => {
    const words = count ? said().dataset.words.replace("{count}", count) : "";
    if (said().textContent !== words) said().textContent = words;
  };

  const close = () => {
    if (!isOpen()) return;
    offers().hidden = true;
    said().after(offers());
    field.removeAttribute("aria-activedescendant");
    say(0);
  };

  const open = () => {
    const asked = offers() && typed();
    if (!asked || asked.at === left) return close();
    // Browsers tell of a moved caret a moment late: what is offered already stays as it was chosen from.
    if (!offers().hidden && offers().dataset.answer === `${asked.at} ${asked.words}`) return;
    offers().dataset.answer = `${asked.at} ${asked.words}`;
    left = -1;
    let count = 0;
    for (const option of offers().querySelectorAll("[role=option]")) {
      option.hidden = count >= SHOWN || !answers(option, asked.words);
      if (!option.hidden) count += 1;
    }
    if (!count) return close();
    if (offers().previousElementSibling !== field) field.after(offers());
    offers().hidden = false;
    choose(shown()[0]);
    say(count);
  };

  const write = (option) => {
    const { at } = typed();
    field.setRangeText(`@${option.dataset.written} `, at, field.selectionStart, "end");
    close();
    field.focus();
  };

  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches("textarea[data-mentions]")) return;
    field = target;
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", "mention-offers");
  });
  document.addEventListener("focusout", ({ target }) => { if (target === field) close(); });
  document.addEventListener("input", ({ target }) => { if (target === field) open(); });
  document.addEventListener("selectionchange", () => { if (isOpen() && document.activeElement === field) open(); });

  document.addEventListener("keydown", (event) => {
    if (event.target !== field || !isOpen() || event.isComposing) return;
    const all = shown();
    const there = all.indexOf(chosen());
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(all[(there + step + all.length) % all.length]);
    else if (event.key === "Enter" || event.key === "Tab") write(chosen());
    else if (event.key === "Escape") { left = typed().at; close(); }
    else return;
    event.preventDefault();
  });

  // The field keeps the caret while an offer is pressed
  document.addEventListener("mousedown", (event) => { if (event.target.closest("[data-mention-offers]")) event.preventDefault(); });
  document.addEventListener("click", ({ target }) => {
    const option = target.closest("[data-mention-offers] [role=option]");
    if (option && isOpen()) write(option);
  });
})();

// Ticking people on the list: all on the page at once, a range with Shift, and how many there are. Without it each is
// ticked by itself.
(() => {
  const boxes = () => [...document.querySelectorAll("input[form=ticked]")];
  let last; // ticked or left just now: where a range begins

  const show = () => {
    const form = document.querySelector("[data-ticked]");
    if (!form) return;
    const all = boxes();
    const count = all.filter((box) => box.checked).length;
    const label = form.querySelector("[data-tick-all]");
    const whole = label.querySelector("input");
    label.hidden = false;
    whole.checked = count === all.length;
    whole.indeterminate = count > 0 && count < all.length;
    const said = form.querySelector("[data-tick-count]");
    const words = count ? said.dataset.some.replace("{count}", count) : said.dataset.none;
    if (said.textContent !== words) said.textContent = words;
    form.querySelector("[data-tick-ways]").hidden = !count;
  };

  document.addEventListener("click", ({ target, shiftKey }) => {
    if (!target.matches("input[form=ticked]")) return;
    const all = boxes();
    if (shiftKey && last?.isConnected) {
      const [from, to] = [all.indexOf(last), all.indexOf(target)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((box) => { box.checked = target.checked; });
    }
    last = target;
    show();
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-tick-all] input")) return;
    boxes().forEach((box) => { box.checked = target.checked; });
    show();
  });

  // Also when a page or a filter has brought others, or the browser goes back to what was ticked
  document.addEventListener("htmx:afterSettle", show);
  window.addEventListener("pageshow", show);
})();

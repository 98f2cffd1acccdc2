// The queue by keyboard: j, k or the arrows from pair to pair, and on a pair the letter of what is decided.
(() => {
  const pairs = () => [...document.querySelectorAll("[data-pairs] [data-pair]")];
  const current = () => document.activeElement?.closest?.("[data-pair]");

  const go = (by) => {
    const all = pairs();
    const there = all.indexOf(current());
    const next = all[there < 0 ? 0 : Math.min(all.length - 1, Math.max(0, there + by))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (!pairs().length) return;
    const on = current();
    const key = event.key.toLowerCase();
    // Arrows scroll the page as ever until somebody has gone to a pair.
    if (key === "j" || (on && event.key === "ArrowDown")) { event.preventDefault(); go(1); }
    else if (key === "k" || (on && event.key === "ArrowUp")) { event.preventDefault(); go(-1); }
    else if (on) {
      const button = on.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (button) { event.preventDefault(); button.click(); }
    }
  });

  // When a pair is decided and goes, the next one is at hand; when none is left, the next page is (and the notice with
  // its Undo stays where it is).
  let next;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.target?.querySelector?.("[data-pair]") || !detail.target.closest("[data-pairs]")) return;
    const item = detail.target;
    next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector("[data-pair]");
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful || !detail.elt.closest || detail.requestConfig?.verb !== "post") return;
    requestAnimationFrame(() => {
      if (document.querySelector("[data-pairs]") && !pairs().length) {
        window.htmx.ajax("GET", window.location.href, { target: "#pairs", select: "#pairs", swap: "outerHTML" });
      }
      else if (next?.isConnected) next.focus();
      next = undefined;
    });
  });
})();

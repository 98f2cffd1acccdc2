// Who comes back: arrow keys go from share to share, and what one says in full stands beneath the table.
(() => {
  const say = (cell) => { cell.closest(".card").querySelector("[data-months-said]").textContent = cell.dataset.said; };
  const placeOf = (cell) => cell.querySelector("a") ?? cell;  // a share leads to its people, so the link has the focus
  const cellOf = (event) => event.target.closest?.("[data-months] [data-said]");

  const enter = (table) => {
    const first = table.querySelector("[data-said]");
    if (first) placeOf(first).tabIndex = 0;
  };
  const go = (from, to) => {
    placeOf(from).tabIndex = -1;
    placeOf(to).tabIndex = 0;
    placeOf(to).focus();
  };
  const beside = (cell, key) => {
    if (key === "ArrowRight") return cell.nextElementSibling;
    if (key === "ArrowLeft") return cell.previousElementSibling;
    const row = key === "ArrowDown" ? cell.parentElement.nextElementSibling : cell.parentElement.previousElementSibling;
    return ["ArrowDown", "ArrowUp"].includes(key) ? row?.children[cell.cellIndex] : null;
  };

  document.addEventListener("keydown", (event) => {
    const cell = cellOf(event);
    const to = cell && beside(cell, event.key);
    if (!to?.dataset.said) return;
    event.preventDefault();
    go(cell, to);
  });
  for (const kind of ["mouseover", "focusin", "click"]) {
    document.addEventListener(kind, (event) => { const cell = cellOf(event); if (cell) say(cell); });
  }
  const begin = () => document.querySelectorAll("[data-months]").forEach((table) => {
    if (!table.querySelector("[tabindex='0']")) enter(table);
  });
  document.addEventListener("htmx:afterSettle", begin);
  begin();
})();

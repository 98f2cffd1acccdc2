// The cells of a map: arrow keys go from one to the next, Enter writes in one, what is written is saved by itself.
(() => {
  const PAUSE = 500; // milliseconds without typing after which what is written is saved
  const board = () => document.querySelector("[data-map]");
  const mayEdit = () => board().hasAttribute("data-may-edit");
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const conflicts = new Map(); // place -> what a colleague wrote there meanwhile, and what was written here
  let afterBoard; // what to do when the board is new
  let timer;

  // Going about
  const rows = () => [...board().querySelectorAll("[data-grid] tr")].map((row) => [...row.querySelectorAll(":scope > .map-cell")]);
  const inGrid = (cell) => Boolean(cell?.closest("[data-grid]"));
  const enter = (cell) => {
    board().querySelectorAll("[data-grid] [tabindex='0']").forEach((each) => { each.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus();
  };
  const beside = (cell, across, down) => {
    const all = rows();
    const row = all.findIndex((each) => each.includes(cell));
    return all[row + down]?.[all[row].indexOf(cell) + across];
  };
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  // Writing
  const operation = (place, value) => {
    const [what, key, lane] = place.split(":");
    if (what === "archetype") return { do: "set-archetype", field: key, value };
    return { do: "set-stage", stage: key, field: lane ?? "name", value };
  };
  const grow = (field) => { field.style.height = "auto"; field.style.height = `${field.scrollHeight + 2}px`; };
  const save = (cell) => {
    clearTimeout(timer);
    const value = cell.querySelector("textarea").value.trim();
    const text = cell.querySelector(".map-text");
    if (value === text.textContent || conflicts.has(cell.dataset.place)) return;
    text.textContent = value;
    tell("map:change", operation(cell.dataset.place, value));
  };
  const edit = (cell) => {
    if (!mayEdit() || !cell.querySelector(".map-text") || cell.querySelector("textarea")) return;
    const text = cell.querySelector(".map-text");
    const field = document.createElement("textarea");
    field.className = "map-field";
    field.value = text.textContent;
    field.maxLength = cell.dataset.longest;
    field.rows = 1;
    field.setAttribute("aria-label", cell.dataset.said);
    text.hidden = true;
    text.after(field);
    cell.dataset.editing = "";
    grow(field);
    field.focus();
    if ("line" in cell.dataset) field.select();
  };
  const leave = (cell) => {
    if (!("editing" in cell.dataset)) return; // taking the field away leaves it once more
    save(cell);
    delete cell.dataset.editing;
    cell.querySelector("textarea").remove();
    cell.querySelector(".map-text").hidden = false;
    tell("map:left");
  };

  const typed = (event, cell) => {
    const isLine = "line" in cell.dataset;
    if (event.key === "Escape" || (event.key === "Enter" && (isLine || event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      const place = cell.dataset.place;
      leave(cell);
      const now = board().querySelector(`[data-place="${place}"]`);
      inGrid(now) ? enter(now) : now?.focus();
    } else if (event.key === "Tab" && inGrid(cell)) {
      const to = beside(cell, event.shiftKey ? -1 : 1, 0);
      if (!to) return;
      event.preventDefault();
      const place = to.dataset.place;
      leave(cell);
      const now = board().querySelector(`[data-place="${place}"]`);
      enter(now);
      edit(now);
    }
  };
  const inside = (event, cell) => { // a card, a button or a range in a cell
    const steps = [...cell.querySelectorAll("[data-open], [data-add]")];
    const at = steps.indexOf(event.target);
    if (event.key === "Escape") enter(cell);
    else if (at >= 0 && !event.altKey && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      (steps[at + (event.key === "ArrowDown" ? 1 : -1)] ?? cell).focus();
    }
  };
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".map-cell");
    if (!cell) return;
    if (event.target.matches("textarea")) return typed(event, cell);
    if (event.target !== cell) return inside(event, cell);
    const way = !event.altKey && inGrid(cell) && WAYS[event.key];
    const to = way && beside(cell, ...way);
    if (to) { event.preventDefault(); enter(to); }
    if (!["Enter", "F2"].includes(event.key)) return;
    event.preventDefault();
    if (cell.querySelector(".map-text")) edit(cell);
    else cell.querySelector("[data-open], [data-add], .map-range")?.focus();
  });
  document.addEventListener("click", (event) => {
    const cell = event.target.closest(".map-cell");
    if (cell && !event.target.closest("button, textarea, a, input, .map-conflict")) edit(cell);
  });
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest(".map-cell");
    if (cell && inGrid(cell) && cell.tabIndex !== 0) {
      board().querySelectorAll("[data-grid] .map-cell[tabindex='0']").forEach((each) => { each.tabIndex = -1; });
      cell.tabIndex = 0;
    }
  });
  document.addEventListener("focusout", (event) => { if (event.target.matches(".map-field")) leave(event.target.closest(".map-cell")); });
  document.addEventListener("input", (event) => {
    if (!event.target.matches(".map-field")) return;
    grow(event.target);
    clearTimeout(timer);
    timer = setTimeout(() => { if (event.target.isConnected) save(event.target.closest(".map-cell")); }, PAUSE);
  });

  // A colleague wrote in the same cell: both texts stay, until somebody chooses
  const settle = (place, { problem, theirs, mine }) => {
    const cell = board().querySelector(`[data-place="${place}"]`);
    if (!cell || cell.querySelector(".map-conflict")) return;
    const box = document.getElementById("map-conflict").content.firstElementChild.cloneNode(true);
    box.querySelector("[data-problem]").textContent = problem;
    box.querySelector("[data-theirs]").textContent = theirs;
    box.querySelector("[data-mine]").textContent = mine;
    box.querySelector("[data-keep]").addEventListener("click", () => choose(cell, place, cell.querySelector("textarea")?.value.trim() ?? mine));
    box.querySelector("[data-take]").addEventListener("click", () => choose(cell, place, null, theirs));
    cell.append(box);
  };
  const choose = (cell, place, mine, theirs) => {
    conflicts.delete(place);
    cell.querySelector(".map-conflict").remove();
    cell.querySelector(".map-text").textContent = mine ?? theirs;
    if (mine !== null) tell("map:change", operation(place, mine));
    enter(cell);
  };
  document.addEventListener("map:conflict", ({ detail: { operation: meant, problem, theirs } }) => {
    const place = meant.do === "set-archetype" ? `archetype:${meant.field}` : meant.field === "name" ? `stage:${meant.stage}` : `cell:${meant.stage}:${meant.field}`;
    conflicts.set(place, { problem, theirs, mine: meant.value });
    settle(place, conflicts.get(place));
  });

  // A new board: where one was, and what was to be done on it
  document.addEventListener("map:board", () => {
    if (!board().querySelector("[data-grid] .map-cell[tabindex='0']")) rows()[0][0].tabIndex = 0;
    conflicts.forEach((told, place) => settle(place, told));
    afterBoard?.();
    afterBoard = undefined;
  });
  document.addEventListener("click", (event) => {
    const adds = event.target.closest("[data-add-stage]");
    if (!adds) return;
    afterBoard = () => { const added = rows()[0].at(-1); enter(added); edit(added); };
    tell("map:change", { do: "add-stage", name: adds.dataset.addStage, at: rows()[0].length });
  });
  document.addEventListener("DOMContentLoaded", () => { rows()[0][0].tabIndex = 0; });
})();

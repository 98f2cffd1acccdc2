// How each stage feels: a point that goes up and down by pointer or arrow keys, and the curve through all of them.
(() => {
  const TOP = 10, HIGH = 92; // as in web/maps/board.py
  const cells = () => [...document.querySelectorAll(".map-feels")];
  const height = (feels) => TOP + ((2 - feels) / 4) * HIGH;
  const words = (feels) => {
    const all = document.querySelector("[data-map]").dataset.feelings.split("|");
    return all[feels === null ? 9 : Math.round(feels * 2) + 4];
  };

  const draw = () => {
    const points = cells().map((cell, at) => [100 * at + 50, cell.dataset.feels]).filter(([, feels]) => feels !== "").map(([x, feels]) => [x, height(Number(feels))]);
    const parts = points.slice(1).map(([x, y], at) => {
      const [from, before] = points[at];
      return `C${(from + x) / 2} ${before} ${(from + x) / 2} ${y} ${x} ${y}`;
    });
    document.querySelector("[data-curve]").setAttribute("d", parts.length ? `M${points[0].join(" ")}${parts.join("")}` : "");
  };
  const show = (cell, feels) => {
    cell.dataset.feels = feels ?? "";
    cell.classList.toggle("map-unsaid", feels === null);
    cell.querySelector(".map-point").classList.toggle("map-point-low", feels < 0);
    cell.querySelector("circle").setAttribute("cy", height(feels ?? 0));
    cell.querySelector(".map-feels-said").textContent = words(feels);
    cell.querySelector(".map-range").setAttribute("aria-valuetext", words(feels));
    draw();
  };
  const keep = (cell) => {
    const value = cell.dataset.feels === "" ? null : Number(cell.dataset.feels);
    const [, stage] = cell.dataset.place.split(":");
    document.dispatchEvent(new CustomEvent("map:change", { detail: { do: "set-stage", stage, field: "feels", value } }));
  };
  const unsay = (cell) => {
    cell.querySelector(".map-range").value = 0;
    show(cell, null);
    keep(cell);
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches(".map-range")) show(event.target.closest(".map-feels"), Number(event.target.value));
  });
  document.addEventListener("change", (event) => { if (event.target.matches(".map-range")) keep(event.target.closest(".map-feels")); });
  document.addEventListener("click", (event) => {
    const cell = event.target.closest(".map-feels");
    if (event.target.closest("[data-unsay]")) unsay(cell);
    else if (event.target.matches(".map-range") && cell.dataset.feels === "") { show(cell, Number(event.target.value)); keep(cell); }
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches(".map-range")) return;
    const cell = event.target.closest(".map-feels");
    if (["Delete", "Backspace"].includes(event.key)) unsay(cell);
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!across) return;
    event.preventDefault();
    cells()[cells().indexOf(cell) + across]?.querySelector(".map-range").focus();
  });
})();

// Choosing people by drawing over the bars of how value is spread, and saying where each slider stands.
(() => {
  const bars = (spread) => [...spread.querySelectorAll("svg a[data-people]")];

  const show = (spread) => {
    const [low, high] = ["low", "high"].map((name) => spread.querySelector(`[name=${name}]`));
    const first = low.selectedIndex;
    const last = Math.max(first, high.selectedIndex);
    high.selectedIndex = last;
    let people = 0;
    bars(spread).forEach((bar, place) => {
      const inside = place >= first && place <= last;
      bar.classList.toggle("value-outside", !inside);
      if (inside) people += Number(bar.dataset.people);
    });
    const count = spread.querySelector("output");
    count.textContent = `${new Intl.NumberFormat(document.documentElement.lang).format(people)} ${count.dataset.words}`;
  };

  const choose = (spread, one, other) => {
    spread.querySelector("[name=low]").selectedIndex = Math.min(one, other);
    spread.querySelector("[name=high]").selectedIndex = Math.max(one, other);
    show(spread);
  };

  const placeOf = (spread, event) => {
    const box = spread.querySelector("svg").getBoundingClientRect();
    const number = bars(spread).length;
    return Math.min(number - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * number)));
  };

  const brush = (spread) => {
    const drawing = spread.querySelector("svg");
    let began = null;
    let moved = false;
    drawing.addEventListener("dragstart", (event) => event.preventDefault());
    drawing.addEventListener("pointerdown", (event) => { began = placeOf(spread, event); moved = false; });
    window.addEventListener("pointermove", (event) => {
      if (began === null) return;
      const place = placeOf(spread, event);
      moved ||= place !== began;
      if (moved) choose(spread, began, place);
    });
    window.addEventListener("pointerup", () => { began = null; });
    window.addEventListener("pointercancel", () => { began = null; });
    drawing.addEventListener("click", (event) => { if (moved) event.preventDefault(); });
    spread.addEventListener("change", () => show(spread));
    show(spread);
  };

  const say = (slider) => {
    const value = Number(slider.value);
    const written = new Intl.NumberFormat(document.documentElement.lang, { style: "percent", signDisplay: "exceptZero" });
    slider.parentElement.querySelector("output").textContent = written.format(value / 100).replace("-", "−");
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-spread]").forEach(brush);
    document.addEventListener("input", ({ target }) => { if (target.matches("[data-slider]")) say(target); });
  });
})();

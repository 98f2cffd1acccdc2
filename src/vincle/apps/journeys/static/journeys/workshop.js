// Walking along a map: place 0 is the whole of it, the others its stages. Without this script all of them stand on the page.
(() => {
  const wall = document.querySelector("[data-workshop]");
  if (!wall) return;
  const places = [...wall.querySelectorAll("[data-place]")];
  const links = [...wall.querySelectorAll("[data-to]")];
  const steps = [...wall.querySelectorAll("[data-step]")];
  let here = 0;

  const show = (to, { focus = true } = {}) => {
    here = Math.max(0, Math.min(to, places.length - 1));
    places.forEach((place, at) => { place.hidden = at !== here; });
    links.forEach((link) => {
      if (Number(link.dataset.to) === here) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    steps.forEach((step) => { step.disabled = here + Number(step.dataset.step) < 0 || here + Number(step.dataset.step) >= places.length; });
    links[here - 1]?.scrollIntoView({ block: "nearest", inline: "center" });
    history.replaceState(null, "", here ? `#${places[here].id}` : location.pathname + location.search);
    if (focus) places[here].focus({ preventScroll: true });
  };
  const leave = () => { if (!document.fullscreenElement) location.assign(wall.dataset.back); };
  const screen = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.());

  const keys = {
    ArrowRight: () => show(here + 1),
    ArrowLeft: () => show(here - 1),
    PageDown: () => show(here + 1),
    PageUp: () => show(here - 1),
    Home: () => show(0),
    End: () => show(places.length - 1),
    Escape: leave,
    f: screen,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  wall.addEventListener("click", (event) => {
    const link = event.target.closest("[data-to]");
    const step = event.target.closest("[data-step]");
    if (link) event.preventDefault();
    if (link) show(Number(link.dataset.to));
    if (step) show(here + Number(step.dataset.step));
    if (event.target.closest("[data-screen]")) screen();
  });
  const asked = places.findIndex((place) => place.id && `#${place.id}` === decodeURIComponent(location.hash));
  show(Math.max(0, asked), { focus: asked > 0 });
})();

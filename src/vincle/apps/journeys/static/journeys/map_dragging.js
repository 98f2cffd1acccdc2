// Touchpoints and stages moved by pointer and by Alt with an arrow key, removed, and the dialogs of a map.
(() => {
  const FAR = 5; // pixels from which a press is a drag
  const EDGE = 48, STEP = 14; // near an edge of the frame it is scrolled along
  const board = () => document.querySelector("[data-map]");
  const frame = () => board().querySelector(".map-frame");
  const dialog = () => document.getElementById("map-dialog");
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const stages = () => [...board().querySelectorAll(".map-stage")];
  const lists = () => [...board().querySelectorAll("[data-cards]")];
  const stageOf = (list) => list.closest("[data-stage-of]").dataset.stageOf;
  const others = (list, card) => [...list.children].filter((each) => each !== card);
  let drag;
  let dragged = false;
  let place = ""; // the last one somebody was at, for a comment

  const moveCard = (card, list, at) => {
    const from = card.closest("[data-cards]");
    const operation = { do: "move-touchpoint", stage: stageOf(from), key: card.dataset.touchpoint, to: stageOf(list), at };
    if (from === list && [...from.children].indexOf(card) === at) return;
    const hadFocus = card.contains(document.activeElement);
    list.insertBefore(card, others(list, card)[at] ?? null);
    card.dataset.place = `touchpoint:${operation.to}:${operation.key}`;
    if (hadFocus) card.querySelector("[data-open]").focus();
    tell("map:change", operation);
  };
  const moveStage = (stage, at) => {
    if (at >= 0 && at < stages().length && at !== stages().indexOf(stage)) tell("map:change", { do: "move-stage", stage: stage.dataset.stage, at });
  };
  const remove = (part) => {
    const [what, stage, key] = part.dataset.place.split(":");
    tell("map:change", what === "stage" ? { do: "remove-stage", stage } : { do: "remove-touchpoint", stage, key });
    tell("vincle:toasts", { toasts: [{ text: board().dataset.removed, undo: document.querySelector("[data-undo]").dataset.undo }] });
  };

  // Only transforms while it goes: nothing is laid out anew until it is let go
  const begin = (event) => {
    const { part, x, y } = drag;
    const isCard = part.matches(".map-touchpoint");
    const boxes = (isCard ? lists() : stages()).map((each) => each.getBoundingClientRect());
    const cards = isCard ? lists().map((list) => others(list, part).map((each) => each.getBoundingClientRect())) : [];
    const marker = document.createElement("div");
    marker.className = "map-marker";
    document.body.append(marker);
    drag = { ...drag, isCard, boxes, cards, marker, home: part.getBoundingClientRect(), scrolled: frame().scrollLeft, begun: true, x, y };
    part.classList.add("map-dragged");
    part.setPointerCapture(event.pointerId);
  };
  const aim = (event) => {
    const shift = frame().scrollLeft - drag.scrolled;
    const x = event.clientX + shift;
    const found = drag.boxes.findIndex((box) => x < box.right);
    const column = found < 0 ? drag.boxes.length - 1 : found;
    const box = drag.boxes[column];
    if (!drag.isCard) {
      const own = stages().indexOf(drag.part);
      const after = x > (box.left + box.right) / 2 ? column + 1 : column;
      return { at: after > own ? after - 1 : after, left: (after > column ? box.right : box.left) - shift - 1, top: box.top, width: 3, height: box.height };
    }
    const cards = drag.cards[column];
    const at = cards.filter((card) => event.clientY > (card.top + card.bottom) / 2).length;
    const top = at ? cards[at - 1].bottom + 2 : box.top - 3;
    return { at, column, left: box.left - shift, top, width: box.width, height: 3 };
  };
  const follow = (event) => {
    const { left, right } = frame().getBoundingClientRect();
    if (event.clientX > right - EDGE) frame().scrollLeft += STEP;
    else if (event.clientX < left + EDGE) frame().scrollLeft -= STEP;
    drag.aim = aim(event);
    const across = event.clientX - drag.x + frame().scrollLeft - drag.scrolled;
    drag.part.style.transform = `translate(${across}px, ${drag.isCard ? event.clientY - drag.y : 0}px)`;
    const { left: x, top: y, width, height } = drag.aim;
    drag.marker.style.transform = `translate(${x}px, ${y}px) scale(${width}, ${height})`;
  };
  const end = (isDropped) => {
    const { part, marker, aim: to, isCard, begun } = drag ?? {};
    drag = undefined;
    if (!begun) return;
    marker.remove();
    part.style.transform = "";
    part.classList.remove("map-dragged");
    dragged = true;
    if (isDropped && to) isCard ? moveCard(part, lists()[to.column], to.at) : moveStage(part, to.at);
  };
  document.addEventListener("click", (event) => { // the one that ends a drag opens nothing
    if (!dragged) return;
    dragged = false;
    event.stopPropagation();
    event.preventDefault();
  }, true);
  document.addEventListener("pointerdown", (event) => {
    dragged = false;
    const part = event.target.closest(".map-touchpoint, .map-stage");
    const isOther = event.target.closest("textarea, [data-remove], [data-rules], .map-said, .map-conflict");
    if (!part || isOther || event.button || event.pointerType === "touch" || !board().hasAttribute("data-may-edit")) return;
    drag = { part, x: event.clientX, y: event.clientY };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.begun && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
    if (!drag.begun) begin(event);
    follow(event);
  });
  document.addEventListener("pointerup", () => end(true));
  document.addEventListener("pointercancel", () => end(false));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag) return end(false);
    if (!board().hasAttribute("data-may-edit") || event.target.matches("textarea, input")) return;
    const stage = event.target.matches(".map-stage") && event.target;
    const card = event.target.matches("[data-open]") && event.target.closest(".map-touchpoint");
    if (!stage && !card) return;
    if (event.key === "Delete") return remove(stage || card);
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const down = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
    if (!event.altKey || !(across || down)) return;
    event.preventDefault();
    if (stage) return moveStage(stage, stages().indexOf(stage) + across);
    const list = card.closest("[data-cards]");
    const to = lists()[lists().indexOf(list) + across];
    const at = Math.min([...list.children].indexOf(card) + down, to ? others(to, card).length : 0);
    if (to && at >= 0) moveCard(card, to, at);
  });

  // Dialogs
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "map-dialog-in" && !dialog().open) dialog().showModal();
  });
  document.addEventListener("map:done", () => dialog().close());
  document.addEventListener("focusin", (event) => {
    const at = event.target.closest("[data-place]");
    if (at) place = at.dataset.place.startsWith("archetype") ? "" : at.dataset.place;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) dialog().close();
    const removes = event.target.closest("[data-remove]");
    if (removes) remove(removes.closest("[data-place]"));
    const said = event.target.closest("[data-comments], [data-comments-at]");
    if (!said) return;
    const url = document.querySelector("[data-comments]").dataset.comments;
    htmx.ajax("GET", `${url}?place=${encodeURIComponent(said.dataset.commentsAt ?? place)}`, "#map-dialog-in");
  });
  document.addEventListener("input", (event) => { // kinds are many: letters narrow them, those chosen stay
    const words = event.target.closest("[data-narrow]")?.value.toLowerCase();
    if (words === undefined) return;
    event.target.closest(".map-kinds").querySelectorAll(".form-check").forEach((each) => {
      each.hidden = !each.textContent.toLowerCase().includes(words) && !each.querySelector("input").checked;
    });
  });
})();

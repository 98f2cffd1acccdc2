// What somebody changes on a map is sent one change after another, tried again while the server cannot be reached, and
// kept here until it is saved. The other scripts say "map:change"; this one says "map:board" when the board is new.
(() => {
  const board = () => document.querySelector("[data-map]");
  const status = () => document.querySelector("[data-map-status]");
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const AGAIN = [2000, 5000, 10000]; // milliseconds until a failed saving is tried again
  const waiting = []; // of { url, operation }
  let sending = false;
  let failures = 0;
  let timer;
  let stale = false; // the board was not replaced, because somebody was writing in it

  const say = (name) => {
    const words = status().dataset[name];
    if (status().textContent !== words) status().textContent = words;
  };
  const problem = (text) => tell("vincle:toasts", { toasts: [{ text, tone: "warm" }] });
  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const isSet = (operation) => operation?.do.startsWith("set-");
  const isSame = (a, b) => isSet(a) && a.do === b?.do && a.stage === b.stage && a.field === b.field;

  const show = ({ undo, redo, name, revision }) => {
    board().dataset.revision = revision;
    document.querySelector("[data-undo]").disabled = !undo;
    document.querySelector("[data-redo]").disabled = !redo;
    document.querySelector("h1").textContent = name;
  };
  const shown = () => {
    const data = board().dataset;
    if (document.querySelector("[data-undo]")) show({ ...data, undo: "undoable" in data, redo: "redoable" in data });
    document.querySelector("[data-comments-open]").textContent = data.commentsOpenNow;
    tell("map:board");
  };

  const swap = (html) => {
    if (document.querySelector("[data-editing]")) { stale = true; return; }
    stale = false;
    const from = document.activeElement.closest("[data-place]");
    const inside = from && document.activeElement !== from && [...document.activeElement.attributes].find((each) => /^data-(open|add|rules)$|^type$/.test(each.name));
    const { scrollLeft, scrollTop } = board().querySelector(".map-frame");
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-map]");
    board().replaceWith(fresh);
    Object.assign(board().querySelector(".map-frame"), { scrollLeft, scrollTop });
    htmx.process(board());
    shown();
    const place = from && board().querySelector(`[data-place="${from.dataset.place}"]`);
    (inside && place?.querySelector(`[${inside.name}]`) || place)?.focus({ preventScroll: true });
  };
  const fetchBoard = async () => swap(await (await fetch(board().dataset.board)).text());

  const send = async () => {
    if (sending || !waiting.length) return;
    sending = true;
    clearTimeout(timer);
    const next = waiting[0];
    say(failures ? "failed" : "saving");
    let answer;
    let code = 0;
    try {
      const seen = Number(board().dataset.revision);
      const body = JSON.stringify(next.operation ? { operation: next.operation, seen } : {});
      const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
      const response = await fetch(next.url, { method: "POST", headers, body });
      code = response.redirected ? 0 : response.status;
      answer = [200, 409, 422].includes(code) ? await response.json() : null;
    } catch { answer = null; }
    sending = false;
    if (!answer) {
      say("failed");
      timer = setTimeout(send, AGAIN[Math.min(failures++, AGAIN.length - 1)]);
      return;
    }
    failures = 0;
    waiting.splice(waiting.indexOf(next), 1);
    show(answer);
    if (code === 409 && typeof answer.theirs === "string") tell("map:conflict", { ...answer, operation: next.operation });
    else if (answer.problem) problem(answer.problem);
    if (answer.board) swap(answer.board);
    if (!waiting.length) say("saved");
    send();
  };
  const add = (item) => {
    const last = waiting.at(-1);
    if (last && waiting.length > (sending ? 1 : 0) && isSame(item.operation, last.operation)) waiting.pop();
    waiting.push(item);
    send();
  };

  document.addEventListener("map:change", ({ detail }) => add({ url: board().dataset.url, operation: detail }));
  document.addEventListener("map:left", () => { if (stale) fetchBoard(); });
  document.addEventListener("map:commented", fetchBoard);
  document.addEventListener("map:done", () => { htmx.process(board()); shown(); });
  window.addEventListener("online", send);
  window.addEventListener("beforeunload", (event) => {
    document.activeElement?.blur(); // what is being written is sent
    if (waiting.length) event.preventDefault();
  });

  // Undo and redo, by their buttons, by keys, and by the notice of something that was removed
  const again = (name) => { const button = document.querySelector(`[data-${name}]`); if (button) add({ url: button.dataset[name] }); };
  document.addEventListener("click", (event) => {
    for (const name of ["undo", "redo"]) if (event.target.closest(`[data-${name}]`)) again(name);
  });
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || !["z", "y"].includes(key) || event.target.matches("textarea, input:not([type=range]), select")) return;
    event.preventDefault();
    again(event.shiftKey || key === "y" ? "redo" : "undo");
  });
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== document.querySelector("[data-undo]")?.dataset.undo) return;
    event.preventDefault();
    event.target.closest("[data-toast]").remove();
    again("undo");
  });
  document.addEventListener("DOMContentLoaded", shown);
})();

// The shell's behaviour: shortcuts, notices, copying. Everything works without it, only less comfortably.
(() => {
  const TOAST_SECONDS = 8;

  // "/" or Ctrl-K: to the search
  document.addEventListener("keydown", (event) => {
    const search = document.querySelector("[data-search]");
    if (!search) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const commandK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (!slash && !commandK) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  // Notices
  const leaveLater = (toast) => {
    let timer;
    const start = () => { timer = setTimeout(() => toast.remove(), TOAST_SECONDS * 1000); };
    const stop = () => clearTimeout(timer);
    toast.addEventListener("mouseenter", stop);
    toast.addEventListener("focusin", stop);
    toast.addEventListener("mouseleave", start);
    toast.addEventListener("focusout", start);
    start();
  };

  const show = ({ text, tone = "well", undo = "" }) => {
    const template = document.getElementById("toast-template");
    const toast = template.content.firstElementChild.cloneNode(true);
    toast.className = `notice-toast notice-${tone}`;
    toast.querySelector("[data-toast-text]").textContent = text;
    const form = toast.querySelector("[data-toast-undo]");
    form.hidden = !undo;
    form.action = undo;
    document.getElementById("toasts").append(toast);
    leaveLater(toast);
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("#toasts [data-toast]").forEach(leaveLater));
  document.addEventListener("vincle:toasts", (event) => event.detail.toasts.forEach(show));
  document.addEventListener("htmx:sendError", () => show({ text: document.body.dataset.offline, tone: "warm" }));

  document.addEventListener("click", async (event) => {
    const close = event.target.closest("[data-toast-close]");
    if (close) close.closest("[data-toast]").remove();

    // data-copy="#id": the text or value of that element to the clipboard
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const source = document.querySelector(copy.dataset.copy);
      const text = "value" in source ? source.value : source.textContent.trim();
      try {
        await navigator.clipboard.writeText(text);
        show({ text: copy.dataset.copied });
      } catch {
        // Without permission (or over plain http): select it, so that Ctrl-C takes it
        source.focus();
        source.select?.();
      }
    }
  });

  // data-autosubmit: a form that is sent when something in it changes
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form) form.requestSubmit();
  });

  // A form is sent once, however often its button is pressed
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
})();

// Choosing a file: drop it anywhere on the box, see its name and size, hear at once when it is too large, see it leave.
(() => {
  const form = document.getElementById("upload");
  const input = document.getElementById("id_file");
  const drop = document.getElementById("drop");
  const title = document.getElementById("drop-title");
  const error = document.getElementById("file-error");
  const source = document.getElementById("id_source");

  const size = (bytes) => {
    const units = ["B", "kB", "MB", "GB"];
    const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
    const shown = (bytes / 1000 ** power).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    return `${shown} ${units[power]}`;
  };

  const chosen = () => {
    const file = input.files[0];
    if (!file) return true;
    title.textContent = `${file.name} · ${size(file.size)}`;
    drop.classList.add("drop-full");
    const fits = file.size <= Number(form.dataset.limit);
    error.textContent = fits ? "" : form.dataset.tooLarge;
    return fits;
  };

  input.addEventListener("change", chosen);
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("drop-over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    drop.addEventListener(kind, () => drop.classList.remove("drop-over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    chosen();
    source.focus();
  });

  const failed = (words) => {
    document.getElementById("sending").hidden = true;
    delete form.dataset.sent;
    error.textContent = words;
  };

  form.addEventListener("submit", (event) => {
    if (!chosen()) {
      event.preventDefault();
      event.stopPropagation();
      delete form.dataset.sent;
      input.focus();
      return;
    }
    if (!input.files[0] || input.files[0].size < 5_000_000) return;
    // A large file: send it ourselves, so that how far it is can be seen
    event.preventDefault();
    const bar = document.querySelector("#sending progress");
    document.getElementById("sending").hidden = false;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (sent) => { bar.value = (100 * sent.loaded) / sent.total; });
    request.addEventListener("load", () => {
      if (request.responseURL !== window.location.href) { window.location.assign(request.responseURL); return; }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html").getElementById("file-error");
      failed(answer ? answer.textContent.trim() : document.body.dataset.offline);
    });
    request.addEventListener("error", () => failed(document.body.dataset.offline));
    request.send(new FormData(form));
  });
})();

// Settles "as the device" before anything is painted, and follows the device afterwards.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const settle = () => {
    if (root.dataset.themeChoice !== "auto") return;
    const theme = dark.matches ? "dark" : "light";
    if (root.dataset.bsTheme === theme) return;
    root.dataset.bsTheme = theme;
    document.dispatchEvent(new CustomEvent("vincle:theme"));
  };
  settle();
  dark.addEventListener("change", settle);
})();

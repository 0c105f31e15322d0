(() => {
  const asked = new URLSearchParams(location.search).get("theme");
  const kept = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
  const theme = [asked, kept].find((name) => name === "light" || name === "dark");
  if (theme) document.documentElement.dataset.theme = theme;
})();

// Light or dark, as chosen before: runs while the head is read, so that nothing flashes.
(() => {
  try {
    const theme = localStorage.getItem("khabar-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Where nothing may be kept, the system's choice stands.
  }
})();

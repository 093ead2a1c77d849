// The list of actors, narrowed as words are written.

const field = document.querySelector("#find");
document.querySelector("[data-script]")?.removeAttribute("hidden");

if (field instanceof HTMLInputElement) {
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of document.querySelectorAll("#list tbody tr")) {
      const name = row.textContent?.toLowerCase() ?? "";
      row.toggleAttribute("hidden", !words.every((w) => name.includes(w)));
    }
  });
}

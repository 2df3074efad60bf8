// Copy buttons: all that the screen needs a script for, and hidden where there is none.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const status = document.getElementById("copied");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.value);
      status.textContent = `Copied: ${button.dataset.name}`;
    } catch {
      source.select();
      status.textContent = "Press Ctrl+C to copy.";
    }
  });
}

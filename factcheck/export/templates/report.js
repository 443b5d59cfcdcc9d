"use strict";
{
  const form = document.getElementById("filters");
  const cards = [...document.querySelectorAll(".card")];
  const marks = [...document.querySelectorAll("mark")];
  const refs = [...document.querySelectorAll(".ref")];
  const boxes = form ? [...form.querySelectorAll("[name=verdict]")] : [];

  const apply = () => {
    const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = form.elements.words.value.trim().toLocaleLowerCase();
    const shown = new Set();
    for (const card of cards) {
      const fits = verdicts.has(card.dataset.verdict) && card.textContent.toLocaleLowerCase().includes(words);
      card.hidden = !fits;
      if (fits) shown.add(card.id.slice("claim-".length));
    }
    for (const mark of marks) {
      mark.classList.toggle("off", !mark.dataset.claims.split(" ").some((claim) => shown.has(claim)));
    }
    for (const ref of refs) ref.hidden = !shown.has(ref.hash.slice("#claim-".length));
    const told = document.getElementById("shown");
    told.textContent = told.dataset.said.replace("{shown}", shown.size).replace("{all}", cards.length);
  };

  const reveal = () => {
    const card = document.getElementById(location.hash.slice(1));
    if (!card || !card.hidden) return;
    for (const box of boxes) box.checked = true;
    form.elements.words.value = "";
    apply();
    card.scrollIntoView();
  };

  if (form) {
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", reveal);
    apply();
  }
}

"use strict";
{
  const form = document.getElementById("search");
  const listed = document.getElementById("listed");
  const found = document.getElementById("found");
  const told = form.querySelector("[role=status]");
  const most = 100;
  let asked = false;

  const show = () => {
    const claims = window.factcheckClaims || [];
    const words = form.elements.words.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    listed.hidden = words.length > 0;
    found.hidden = words.length === 0;
    found.replaceChildren();
    told.textContent = "";
    if (!words.length) return;
    const fits = claims.filter((one) => words.every((word) => one.s.includes(word)));
    for (const one of fits.slice(0, most)) {
      const item = document.createElement("li");
      const badge = document.createElement("span");
      badge.className = `badge ${one.t}`;
      badge.textContent = one.o;
      const link = document.createElement("a");
      link.href = one.p;
      link.dir = "auto";
      link.textContent = one.w;
      item.append(badge, " ", link);
      found.append(item);
    }
    told.textContent = told.dataset.said.replace("{shown}", Math.min(fits.length, most)).replace("{all}", claims.length);
  };
  const load = () => {
    if (asked) return;
    asked = true;
    const data = document.createElement("script");
    data.src = "claims.js";
    data.addEventListener("load", show);
    document.head.append(data);
  };
  form.hidden = false;
  form.addEventListener("focusin", load);
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
}

// Comfort for the pages of the desk: keys, drafts kept by themselves, the lease renewed. Nothing depends on it.
"use strict";
{
  const typing = (one) => one.matches("input:not([type=radio],[type=checkbox]),textarea,select") || one.isContentEditable;
  const remember = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name);
      localStorage.setItem(name, value);
    } catch { /* where nothing is remembered, the usual holds */ }
    return null;
  };
  const send = async (path, form, more) => {
    const body = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries({ quiet: "1", ...more })) body.set(name, value);
    const answer = await fetch(path, { method: "POST", body, keepalive: true });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  // The place of the claim in its article, without the page itself moving.
  const pane = document.querySelector("[data-pane]");
  const here = document.getElementById("here");
  if (pane && here) pane.scrollTop += here.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 4;

  // Keys: each stands beside what it does. They can be turned off, and never act while something is typed.
  const line = document.querySelector("[data-keys-line]");
  const box = document.querySelector("[data-keys-on]");
  let on = remember("factcheck-keys") !== "off";
  const show = () => document.documentElement.classList.toggle("keys-on", on && matchMedia("(hover: hover)").matches);
  if (box) {
    line.hidden = false;
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      remember("factcheck-keys", on ? "on" : "off");
      show();
    });
  }
  show();
  const act = (one) => {
    for (let fold = one.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      if (one.tagName !== "SUMMARY" || fold !== one.parentElement) fold.open = true;
    }
    if (one.tagName === "SUMMARY") {
      one.parentElement.open = true;
      const first = one.parentElement.querySelector("textarea,input:not([type=hidden]),select");
      (first || one).focus();
    } else if (one.type === "radio") {
      one.checked = true;
      one.focus();
      one.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (typing(one)) {
      one.focus();
    } else {
      one.click();
    }
  };
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.key === "Escape" && at instanceof HTMLElement && typing(at)) return at.blur();
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || typing(at)) return;
    // A key that a control has of its own stays its own.
    if ((event.key === " " || event.key === "Enter") && at.closest("a,button,summary,input[type=checkbox]")) return;
    if (event.key === " " && at.closest("input,[data-pane]")) return;
    const one = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
    if (!one) return;
    if (event.key === "Enter" && !document.querySelector("[name=label]:checked")) return;
    event.preventDefault();
    act(one);
  });

  // Drafts, a few seconds after the last key: each is an event of the log.
  const judging = document.querySelector("form[data-draft]");
  if (judging) {
    const told = judging.querySelector("[data-kept]");
    let waits = 0;
    let changed = false;
    const keep = async () => {
      clearTimeout(waits);
      if (!changed) return;
      changed = false;
      try {
        await send(judging.dataset.draft, judging);
        told.textContent = told.dataset.said;
        told.classList.remove("bad");
      } catch {
        changed = true;
        told.textContent = told.dataset.failed;
        told.classList.add("bad");
      }
    };
    judging.addEventListener("input", () => {
      changed = true;
      told.textContent = "";
      clearTimeout(waits);
      waits = setTimeout(keep, 4000);
    });
    judging.addEventListener("submit", () => {
      changed = false;
      clearTimeout(waits);
    });
    // Another form of the page leads away from it: what is typed here is kept first.
    document.addEventListener("submit", async (event) => {
      if (!changed || event.target === judging) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      await keep();
      changed = false;
      event.target.requestSubmit(event.submitter);
    }, true);
    addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", () => document.hidden && keep());
  }

  // The lease: what is left of it is shown, and whoever is active holds the claim for longer.
  const lease = document.querySelector("[data-lease]");
  if (lease) {
    const left = lease.querySelector("[data-left]");
    const whole = Number(lease.dataset.minutes);
    let until = new Date(lease.dataset.lease);
    let active = false;
    const tell = () => {
      const minutes = Math.floor((until - Date.now()) / 60000);
      left.textContent = minutes < 0 ? `· ${left.dataset.over}` : `· ${left.dataset.said.replace("{minutes}", minutes)}`;
      lease.classList.toggle("late", minutes < 2);
      return minutes;
    };
    const renew = async () => {
      const minutes = tell();
      if (!active || minutes < 0 || minutes > whole * 0.75) return;
      active = false;
      try {
        const { until: later } = await send(lease.dataset.renew, lease.querySelector("form"));
        if (later) until = new Date(later);
        tell();
      } catch { /* it is tried again while it lasts */ }
    };
    for (const one of ["keydown", "pointerdown", "input"]) document.addEventListener(one, () => { active = true; });
    tell();
    setInterval(renew, 15000);
  }

  // What goes on meanwhile is looked at again and again, as far as it has changed.
  const follow = async () => {
    const old = document.querySelector("[data-follow]");
    if (!old?.dataset.follow) return;
    try {
      const answer = await fetch(location.pathname);
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-follow]");
      if (!fresh?.dataset.follow) return location.replace(location.pathname);
      for (const name of [".how-far", ".bar-of", ".facts"]) {
        const [was, now] = [old, fresh].map((one) => one.querySelector(name));
        if (was && now && was.innerHTML !== now.innerHTML) was.replaceWith(now);
      }
    } catch { /* it is tried again */ }
    setTimeout(follow, Number(old.dataset.follow));
  };
  setTimeout(follow, 1000);

  // A form that takes long says so, and is sent once.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "1";
      const button = event.submitter;
      if (button?.dataset.busy) button.textContent = button.dataset.busy;
      button?.setAttribute("aria-busy", "true");
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

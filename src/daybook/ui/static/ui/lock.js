// The screen locks when nobody touches it, and at one press. Without this file the server still
// ends a sign-in that nobody used; only the page it left stays in view.
"use strict";

(() => {
  const LOCKED_AT = "lock:at";
  const TOUCHED_AT = "lock:touched";
  const A_MINUTE = 60 * 1000;
  const opened = Date.now();
  const form = document.querySelector("form[data-lock]");
  const ownMemory = {};

  // All tabs of a browser share one desk, and so one memory of when it was touched and locked.
  const note = (name, at) => {
    ownMemory[name] = at;
    try {
      localStorage.setItem(name, at);
    } catch {
      // Storage is switched off: each tab keeps its own time.
    }
  };

  const noted = (name) => {
    try {
      return Number(localStorage.getItem(name) ?? 0) || ownMemory[name] || 0;
    } catch {
      return ownMemory[name] || 0;
    }
  };

  // Whoever stands at the door sees no page from before it in another tab.
  if (document.querySelector("[data-door]:not(form)")) note(LOCKED_AT, opened);
  if (!form) return;

  const words = { ...form.dataset };
  const here = location.pathname + location.search;
  const door = `${words.door}?next=${encodeURIComponent(here)}`;
  const leave = new FormData(form);
  let cleared = false;
  let told = opened;

  const clear = () => {
    if (cleared) return;
    cleared = true;
    document.dispatchEvent(new Event("daybook:lock"));
    const card = document.createElement("main");
    card.className = "page narrow stack locked";
    const title = document.createElement("h1");
    title.textContent = document.title = words.locked;
    title.tabIndex = -1;
    const waits = document.createElement("p");
    waits.textContent = words.waits;
    const on = document.createElement("a");
    on.className = "button";
    on.href = door;
    on.textContent = words.goOn;
    card.append(title, waits, on);
    document.body.className = "bare";
    document.body.replaceChildren(card);
    title.focus();
  };

  const send = (url) => fetch(url, { method: "POST", body: leave, redirect: "manual", keepalive: true });

  const lock = () => {
    clear();
    note(LOCKED_AT, Date.now());
    // Without the network the card stays; the server ends the sign-in by its own clock.
    send(form.action).then(() => location.replace(door), () => {});
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    lock();
  });

  // What was opened in an emergency leaves the screen when its time is over.
  const leaves = document.querySelector("[data-leave-at]")?.dataset.leaveAt * 1000;

  const look = () => {
    if (cleared) return;
    const now = Date.now();
    if (now >= leaves) return location.reload();
    const touched = Math.max(opened, noted(TOUCHED_AT));
    if (noted(LOCKED_AT) > opened) clear();
    else if (now - touched >= words.lock * 1000) lock();
    else if (touched > told && now - told >= A_MINUTE) {
      told = now;
      send(words.stillHere).then((answer) => answer.status === 204 || lock(), () => {});
    }
  };

  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    document.addEventListener(
      kind,
      () => {
        // After a long absence the first touch finds the lock, not the page.
        look();
        if (!cleared) note(TOUCHED_AT, Date.now());
      },
      { capture: true, passive: true },
    );
  }
  window.addEventListener("storage", look);
  window.addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
})();

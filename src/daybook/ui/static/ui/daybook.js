// Small conveniences. Every page works without this file.
"use strict";

(() => {
  const DRAFTS = "draft:";
  // Whose words they are: at a shared desk nobody is shown a colleague's half-written ones.
  const MINE = `${DRAFTS}${document.body.dataset.whose ?? ""}:`;
  const KEPT_FOR = 12 * 60 * 60 * 1000; // A shift. Words about people don't stay on a shared desk.
  const words = document.currentScript.dataset;

  // ---- Drafts: a half-written form survives an idle lock and a closed tab ----

  const kept = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };

  const forget = (key) => {
    try {
      localStorage.removeItem(key);
    } catch {
      // Storage is switched off: there is nothing to forget.
    }
  };

  const draftKeys = () => {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(DRAFTS));
    } catch {
      return [];
    }
  };

  const answers = (form) =>
    [...new FormData(form)].filter(
      ([name, value]) =>
        typeof value === "string" &&
        value !== "" &&
        form.querySelector(`[name="${CSS.escape(name)}"]:not([type="hidden"], [type="password"])`),
    );

  // An answer may be lost on its way back: sent once more under its key, an entry finds itself.
  const keysOf = (form) => {
    if (!("once" in form.dataset)) return [];
    return [...form.querySelectorAll('input[type="hidden"][name$="key"]')].map((f) => [f.name, f.value]);
  };

  const giveKeys = (form, keys) => {
    for (const [name, value] of keys) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
  };

  const keep = (form) => {
    const given = answers(form);
    if (JSON.stringify(given) === form.untouched) {
      forget(MINE + form.dataset.draft);
      return;
    }
    try {
      const draft = { at: Date.now(), given, keys: keysOf(form) };
      localStorage.setItem(MINE + form.dataset.draft, JSON.stringify(draft));
    } catch {
      // Full or switched off: the form still works, it is only not kept.
    }
  };

  const fill = (form, given) => {
    for (const field of form.elements) {
      if (!field.name || ["hidden", "password", "file", "submit"].includes(field.type)) continue;
      const values = given.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked = values.includes(field.value);
      } else if (field.tagName !== "BUTTON") {
        field.value = values[0] ?? "";
        const fold = field.closest("details");
        if (fold && field.value) fold.open = true;
      }
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const offerDraft = (form) => {
    const draft = kept(MINE + form.dataset.draft);
    if (!draft) return;
    const fresh = keysOf(form);
    fill(form, draft.given);
    giveKeys(form, draft.keys ?? []);
    const note = document.createElement("p");
    note.className = "draft-note";
    note.setAttribute("role", "status");
    note.textContent = words.restored;
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "quiet-button";
    discard.textContent = words.discard;
    discard.addEventListener("click", () => {
      fill(form, JSON.parse(form.untouched));
      giveKeys(form, fresh);
      forget(MINE + form.dataset.draft);
      note.remove();
      form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    });
    note.append(discard);
    form.prepend(note);
  };

  const tendDrafts = (root) => {
    root.querySelectorAll("[data-draft-saved]").forEach((sign) => {
      forget(MINE + sign.dataset.draftSaved);
      delete sign.dataset.draftSaved;
    });
    root.querySelectorAll("form[data-draft]").forEach((form) => {
      if (form.untouched) return;
      // What the server sent back, with its errors or a question, is newer than any draft, and saved nowhere yet.
      const sentBack = form.querySelector(".error-summary, .wrong, .before");
      form.untouched = sentBack ? "[]" : JSON.stringify(answers(form));
      if (sentBack) keep(form);
      else offerDraft(form);
    });
  };

  // ---- Questions that only some answers raise: data-only-if="usual:little|clearly" ----

  const showQuestions = (form) => {
    form.querySelectorAll("[data-only-if]").forEach((part) => {
      const [name, wanted] = part.dataset.onlyIf.split(":");
      const given = new FormData(form).getAll(name);
      part.hidden = !given.some((value) => wanted.split("|").includes(value));
    });
  };

  // ---- One press, one save ----

  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled"));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "yes";
    form.querySelectorAll("[data-device-time]").forEach((field) => (field.value = new Date().toISOString()));
    // Not disabled: a disabled button loses the focus, and its own value is not sent.
    form.querySelectorAll("button:not([type=button])").forEach((b) => b.setAttribute("aria-disabled", "true"));
    if (form.dataset.draft) keep(form);
  }, true);

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) release(form);
  });

  // ---- Keys ----

  const choose = (event) => {
    const group = event.target.closest?.("[data-keys]");
    if (!group || event.target.type !== "radio" || !/^[1-9]$/.test(event.key)) return false;
    const radio = group.querySelectorAll('input[type="radio"]')[Number(event.key) - 1];
    if (!radio) return false;
    radio.focus();
    radio.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.('textarea, select, input:not([type="radio"], [type="checkbox"])');
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("form") ?? document.querySelector("form[data-draft]");
      form?.requestSubmit(form.querySelector("button:not([type=button])"));
    } else if (event.ctrlKey || event.metaKey || event.altKey || typing) {
      return;
    } else if (event.key === "/") {
      const box = document.querySelector("[data-search-box]");
      if (!box) return;
      box.focus();
      box.select();
    } else if (!choose(event)) {
      return;
    }
    event.preventDefault();
  });

  // ---- Begin ----

  const tend = (root) => {
    tendDrafts(root);
    root.querySelectorAll("form").forEach(showQuestions);
  };

  // An address that ends in #print leads to paper in one touch.
  const print = () => location.hash === "#print" && window.print();
  window.addEventListener("load", print);
  window.addEventListener("hashchange", print);

  document.addEventListener("DOMContentLoaded", () => {
    draftKeys().forEach((key) => {
      if (!(Date.now() - (kept(key)?.at ?? 0) < KEPT_FOR)) forget(key);
    });
    tend(document);
    document.querySelector("[data-takes-focus]")?.focus();
  });

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const form = event.target.closest?.("form");
      if (!form) return;
      showQuestions(form);
      if (form.untouched) keep(form);
    });
  }

  document.addEventListener("htmx:load", (event) => tend(event.target.parentElement ?? document));

  // A page brought back by "Back" comes with its buttons as they were left.
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));
})();

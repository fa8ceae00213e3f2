// The carried list: forms open under the name they are about, and what is saved is sealed at once.
"use strict";

(() => {
  const list = document.querySelector("[data-carry]");
  if (!list) return;
  const waiting = window.daybookWaiting;
  if (!window.crypto?.subtle || !window.indexedDB || !waiting) {
    document.querySelector("[data-carry-cannot]").hidden = false;
    return;
  }
  let words = { ...list.dataset };
  const staff = document.querySelector(".waiting").dataset.whose;
  const loaded = Date.now();
  const rows = new Map();

  // ---- Sealing: a JWE, ECDH-ES on P-256 and A256GCM, as RFC 7516 and 7518 have it ----

  const letters = new TextEncoder();

  const base64url = (bytes) => {
    let text = "";
    for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
    return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };

  const number = (value) => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value);
    return bytes;
  };

  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  };

  const ECDH = { name: "ECDH", namedCurve: "P-256" };
  const { kid, ...jwk } = JSON.parse(words.carry);
  const theirs = crypto.subtle.importKey("jwk", jwk, ECDH, false, []);

  const seal = async (content) => {
    const ours = await crypto.subtle.generateKey(ECDH, false, ["deriveBits"]);
    const { crv, kty, x, y } = await crypto.subtle.exportKey("jwk", ours.publicKey);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: await theirs }, ours.privateKey, 256);
    const enc = "A256GCM";
    const secret = await crypto.subtle.digest(
      "SHA-256",
      joined(number(1), new Uint8Array(shared), number(enc.length), letters.encode(enc), number(0), number(0), number(256)),
    );
    const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt"]);
    const header = base64url(letters.encode(JSON.stringify({ alg: "ECDH-ES", enc, kid, epk: { crv, kty, x, y } })));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = new Uint8Array(
      await crypto.subtle.encrypt(
        { name: "AES-GCM", iv, additionalData: letters.encode(header) },
        key,
        letters.encode(JSON.stringify(content)),
      ),
    );
    return [header, "", base64url(iv), base64url(sealed.slice(0, -16)), base64url(sealed.slice(-16))].join(".");
  };

  const answers = (form) => [...new FormData(form)].filter(([, value]) => value !== "");

  const keep = async (form, { half, pressed }) => {
    const row = form.closest("li");
    const id = crypto.randomUUID();
    // Gathered at once: when the screen locks, nothing of the page is left a moment later.
    const content = {
      key: id,
      stamp: words.stamp,
      loaded,
      written: Date.now(),
      form: form.dataset.form,
      person: Number(row.dataset.person),
      said: [...answers(form).filter(([name]) => name !== "key"), ...(pressed ? [["kind", pressed]] : [])],
      half,
    };
    rows.set(id, row);
    const concern = form.dataset.form === "concern";
    await waiting.keep({ id, staff, concern, at: content.written, sealed: await seal(content) });
  };

  // ---- Forms ----

  const close = () => list.querySelector("form")?.remove();

  const show = (row, name, checkIn) => {
    const before = row.querySelector("form");
    const given = before ? answers(before) : [];
    close();
    const drawn =
      document.querySelector(`template[data-form="${name}"][data-pronoun="${row.dataset.pronoun}"]`) ??
      document.querySelector(`template[data-form="${name}"]`);
    const form = drawn.content.firstElementChild.cloneNode(true);
    for (const field of form.elements) {
      if (["contact", "came_of_it"].includes(field.name)) field.required = true;
      if (field.name === "check_in") field.value = checkIn;
      if (field.type === "radio") field.checked = given.some(([n, v]) => n === field.name && v === field.value);
    }
    form.setAttribute("aria-label", row.querySelector(".name").textContent);
    row.append(form);
    form.dispatchEvent(new Event("change", { bubbles: true }));
    form.querySelector("input:not([type=hidden]), button").focus();
  };

  const tellSomeone = (row, text) => {
    const line = row.querySelector(".tell-someone");
    [line.textContent, line.hidden] = [text, false];
  };

  const state = (row, text) => (row.querySelector(".state").textContent = text);

  list.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (event.target.closest(".who a") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (row.querySelector("form")) close();
      else show(row, "round");
    } else if (event.target.closest("[data-more]")) {
      const { more, checkIn } = event.target.closest("[data-more]").dataset;
      show(row, more, checkIn);
    } else if (event.target.closest("[data-close]")) {
      close();
      row.querySelector(".who a").focus();
    }
  });

  list.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const row = form.closest("li");
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    const concern = form.dataset.form === "concern";
    try {
      const kept = keep(form, { half: false, pressed: concern ? event.submitter?.value : "" });
      if (concern) tellSomeone(row, words.concern);
      else state(row, words.sealed);
      await kept;
      form.remove();
      row.querySelector(".who a").focus();
    } catch {
      const wrong = form.querySelector(".wrong[hidden]");
      wrong.textContent = words.notKept;
      wrong.hidden = false;
      state(row, "");
      delete form.dataset.sent;
    }
  });

  document.addEventListener("daybook:arrived", ({ detail }) => {
    const row = rows.get(detail.id);
    if (row && detail.answer === "raised") tellSomeone(row, words.raised);
    else if (row && ["saved", "look"].includes(detail.answer)) state(row, words[detail.answer]);
  });

  document.addEventListener("daybook:lock", () => {
    // What was half written is sealed too, and its author finds it under what needs a look.
    const form = list.querySelector("form");
    const half = (name) => !["key", "check_in"].includes(name);
    if (form && answers(form).some(([name]) => half(name))) keep(form, { half: true }).catch(() => {});
    // The page is taken from view by others; here nothing may remember who stood on it.
    list.replaceChildren();
    rows.clear();
    words = {};
  });

  navigator.serviceWorker?.register(words.worker, { scope: "/" }).catch(() => {});
})();

// Entries that wait in this browser, each sealed to the service so that nothing here can read it.
// They are sent when the network is there, by the one who wrote them, and let go once they arrived.
"use strict";

(() => {
  const AT_ONCE = 50;
  const ROOM = 2 * 1024 * 1024; // Of letters in one request; the server takes four.
  const AGAIN = 30 * 1000;
  const CONCERN_AGAIN = 3 * 1000;
  const sign = document.querySelector(".waiting");
  // The button that locks stands on every page from which something can be sent, with its token.
  const lock = document.querySelector("form[data-lock]");
  let stopped = false;
  let queue = Promise.resolve();
  let looks = 0;
  let urgent = false;
  let tried = 0;

  // ---- Keeping ----

  const open = () =>
    new Promise((done, fail) => {
      const asked = indexedDB.open("daybook", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("sealed", { keyPath: "id" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });

  const within = async (mode, act) => {
    const database = await open();
    try {
      return await new Promise((done, fail) => {
        // Strict: once it says "kept", a power cut does not take it back.
        const work = database.transaction("sealed", mode, { durability: "strict" });
        const asked = act(work.objectStore("sealed"));
        work.oncomplete = () => done(asked?.result);
        work.onerror = work.onabort = () => fail(work.error);
      });
    } finally {
      database.close();
    }
  };

  // A concern for somebody's safety goes before everything else, then the oldest.
  const inOrder = (kept) => kept.sort((a, b) => Boolean(b.concern) - Boolean(a.concern) || (a.at ?? 0) - (b.at ?? 0));
  const all = async () => inOrder(await within("readonly", (store) => store.getAll()));
  const letGo = (ids) => within("readwrite", (store) => void ids.forEach((id) => store.delete(id)));

  // ---- Saying what waits ----

  const say = (words, count, total = 0) => {
    if (!sign?.isConnected) return;
    const [line, bar, link] = [sign.querySelector("p[role=status]"), sign.querySelector("progress"), sign.querySelector("p:has(a)")];
    const said = count ? `${words} ${count}` : looks ? `${sign.dataset.looks} ${looks}` : "";
    if (line.textContent !== said) line.textContent = said;
    bar.hidden = !total;
    if (total) [bar.max, bar.value] = [total, total - count];
    if (link) link.hidden = !looks;
    sign.hidden = !said;
  };

  const tellOfConcerns = (kept) => {
    urgent = kept.some((each) => each.concern);
    const line = sign?.querySelector(".concern-waits");
    if (line && line.hidden === urgent) line.hidden = !urgent;
    if (urgent && sign) sign.hidden = false;
  };

  const tell = async (words) => {
    const kept = await all();
    const mine = kept.filter((each) => each.staff === sign.dataset.whose).length;
    if (!sign.dataset.whose) say(sign.dataset.atTheDoor, kept.length);
    else if (mine) say(words, mine);
    else say(sign.dataset.others, kept.length);
    tellOfConcerns(kept);
  };

  // ---- Sending ----

  const post = async (envelopes) => {
    const form = new FormData(lock);
    for (const each of envelopes) {
      form.append("sealed", each.sealed);
      if (each.concern) form.append("concern_of", each.staff);
    }
    const answer = await fetch(sign.dataset.arrive, { method: "POST", body: form, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) return "signedOut";
    return answer.ok ? (await answer.json()).answers : "stuck";
  };

  const batches = (mine, most) => {
    const cut = [[]];
    let letters = 0;
    for (const each of mine) {
      const other = cut.at(-1).length && Boolean(cut.at(-1)[0].concern) !== Boolean(each.concern);
      if (other || (cut.at(-1).length && (cut.at(-1).length >= most || letters + each.sealed.length > ROOM))) {
        cut.push([]);
        letters = 0;
      }
      cut.at(-1).push(each);
      letters += each.sealed.length;
    }
    return cut;
  };

  const sendAll = async (mine, most = AT_ONCE) => {
    let left = mine.length;
    let why = "stuck";
    for (const batch of batches(mine, most)) {
      if (stopped) return why;
      say(sign.dataset.going, left, mine.length);
      const answers = await post(batch);
      if (answers === "stuck" && batch.length > 1) {
        // One that the server stumbles over keeps none of the others waiting.
        why = await sendAll(batch, 1);
      } else if (typeof answers === "string") {
        if (answers === "signedOut") return answers;
        why = answers;
      } else {
        const arrived = batch.filter((each, at) => ["raised", "saved", "look"].includes(answers[at]));
        await letGo(arrived.map((each) => each.id));
        // One that can't be opened has been told to people by now: it waits on, and calls no more.
        const told = batch.filter((each, at) => each.concern && answers[at] === "shut");
        await within("readwrite", (store) => told.forEach((each) => store.put({ ...each, concern: false })));
        batch.forEach((each, at) => {
          if (answers[at] === "look") looks += 1;
          document.dispatchEvent(new CustomEvent("daybook:arrived", { detail: { id: each.id, answer: answers[at] } }));
        });
      }
      left -= batch.length;
    }
    return why;
  };

  const send = async () => {
    if (stopped) return;
    let words = "offline";
    tried = Date.now();
    try {
      // Whoever signs in brings a colleague's concern, too: it waits for nobody.
      const mine = (await all()).filter((each) => each.concern || each.staff === sign.dataset.whose);
      if (sign.dataset.whose && mine.length) words = await sendAll(mine);
    } catch {
      // No network. It waits, and is tried again.
    }
    await tell(sign.dataset[words]).catch(() => {});
  };

  // One tab sends at a time; the server would take a second envelope for the first anyway.
  const turn = () => (navigator.locks ? navigator.locks.request("daybook:sending", send) : send());
  const sendSoon = () => (queue = queue.then(turn, turn));

  window.daybookWaiting = {
    /** Keep one envelope, {id, staff, concern, at, sealed}, for good, and try to send it. */
    keep: async (envelope) => {
      await within("readwrite", (store) => store.put(envelope));
      if (!stopped) sendSoon();
    },
  };

  // ---- Begin ----

  if (!sign || !("indexedDB" in window) || (sign.dataset.whose && !lock)) return;
  document.addEventListener("daybook:lock", () => {
    stopped = true;
    // The screen that locks says how much waits, and of nobody what.
    all().then((kept) => {
      const card = document.querySelector("main.locked");
      if (!card || !kept.length) return;
      const line = document.createElement("p");
      line.textContent = `${sign.dataset.atTheDoor} ${kept.length}`;
      card.append(line);
      const concern = sign.querySelector(".concern-waits");
      if (!concern || !kept.some((each) => each.concern)) return;
      concern.hidden = false;
      card.append(concern);
    }, () => {});
  });
  window.addEventListener("online", sendSoon);
  setInterval(() => {
    if (!sign.hidden && Date.now() - tried >= (urgent ? CONCERN_AGAIN : AGAIN)) sendSoon();
  }, CONCERN_AGAIN);
  sendSoon();
})();

// Asks a security key what the server wants to know, and sends its answer with the form around it.
// Without this file the button stays away, and the other ways to sign in remain.
"use strict";

(() => {
  const toBytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

  const toText = (bytes) =>
    bytes &&
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");

  // What is bytes to a key is text on the way.
  const forKey = ({ publicKey: asked }) => {
    const known = (list) => list?.map((each) => ({ ...each, id: toBytes(each.id) }));
    asked.challenge = toBytes(asked.challenge);
    if (asked.user) asked.user.id = toBytes(asked.user.id);
    asked.allowCredentials = known(asked.allowCredentials);
    asked.excludeCredentials = known(asked.excludeCredentials);
    return { publicKey: asked };
  };

  const forServer = (answer) => {
    const { response } = answer;
    const said = { clientDataJSON: toText(response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[part]) said[part] = toText(response[part]);
    }
    return JSON.stringify({
      id: answer.id,
      rawId: toText(answer.rawId),
      type: answer.type,
      clientExtensionResults: answer.getClientExtensionResults(),
      response: said,
    });
  };

  const tend = (part) => {
    const form = part.closest("form");
    const button = part.querySelector("button");
    const wrong = part.querySelector(".wrong");
    const words = part.dataset;

    const say = (what) => {
      wrong.textContent = what;
      wrong.hidden = !what;
    };

    if (!window.PublicKeyCredential) {
      say(words.none);
      return;
    }
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-disabled")) return;
      say("");
      button.setAttribute("aria-disabled", "true");
      try {
        const asked = await fetch(words.ask, { method: "POST", body: new FormData(form), redirect: "error" });
        if (!asked.ok) throw new Error(asked.statusText);
        const answer = await navigator.credentials[words.key](forKey(await asked.json()));
        form.elements.key.value = forServer(answer);
        form.requestSubmit();
      } catch {
        say(words.fails);
      } finally {
        button.removeAttribute("aria-disabled");
      }
    });
  };

  document.querySelectorAll("[data-key]").forEach(tend);
})();

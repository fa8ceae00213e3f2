// Keeps the frame of a page in the browser: style, script, and one page that tells of nobody.
// No page about people is ever kept. Written by the server, which knows the names of its files.
"use strict";

const SHELL = [
  "{{ offline|escapejs }}",{% for file in shell %}
  "{{ file|escapejs }}",{% endfor %}
];
const KEPT = "{{ kept|escapejs }}";

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(
    caches.open(KEPT).then((cache) =>
      // Without cookies, so that the page is nobody's.
      Promise.all(
        SHELL.map(async (url) => {
          const answer = await fetch(url, { credentials: "omit", cache: "reload" });
          if (!answer.ok) throw new Error(url);
          await cache.put(url, answer);
        }),
      ),
    ),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) =>
      Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))),
    ),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  // A form that is sent where there is no network comes here too, and must not end in silence.
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(SHELL[0])));
  } else if (request.method === "GET" && SHELL.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreSearch: true })));
  }
});

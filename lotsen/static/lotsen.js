// What the pages can do more of with a script. Every page works without it.

// Single-key shortcuts. Off while typing, and can be switched off for good (WCAG 2.1.4).
(() => {
  const off = () => localStorage.getItem("shortcuts") === "off";
  const typing = target =>
    target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog");
  const links = () => [...document.querySelectorAll("[data-rows] tbody tr")].map(row => row.querySelector("th a, td a")).filter(Boolean);

  // To the next (1) or the previous (-1) row of the list.
  const go = step => {
    const all = links();
    const row = document.activeElement.closest("tr");
    const now = all.findIndex(link => link.closest("tr") === row);
    const next = all[Math.max(0, Math.min(all.length - 1, now + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
    return next;
  };
  const focus = element => (element?.focus(), element);
  const click = element => (element?.click(), element);
  const open = dialog => (dialog?.showModal(), dialog);
  const keys = {
    "/": () => focus(document.querySelector("#q")),
    j: () => go(1),
    k: () => go(-1),
    n: () => click(document.querySelector("[data-key=n]")),
    "?": () => open(document.querySelector("#keys")),
  };

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || off() || typing(event.target)) return;
    // The key is ours only where there was something to do.
    if (keys[event.key]?.()) event.preventDefault();
  });

  // The dialog of shortcuts, its opener, and the switch in it. Without a script none of them is shown.
  const say = button => { button.textContent = off() ? button.dataset.turnOn : button.dataset.turnOff; };
  const opener = document.querySelector("#keys-open");
  if (opener) opener.hidden = false;
  opener?.addEventListener("click", () => open(document.querySelector("#keys")));
  const button = document.querySelector("#keys-off");
  if (button) say(button);
  button?.addEventListener("click", () => {
    localStorage.setItem("shortcuts", off() ? "on" : "off");
    say(button);
  });
})();

// Focus goes to the summary of errors, after a load and after a part of the page was exchanged.
(() => {
  const focus = () => document.querySelector("#errors")?.focus();
  focus();
  document.addEventListener("htmx:after:swap", focus);
})();

// Drafts: a textarea with data-draft-url is sent 1.5 s after the last key, and when it is left.
(() => {
  const WAIT = 1500;
  const drafts = new WeakMap();

  const draftOf = area => {
    if (!drafts.has(area)) drafts.set(area, { saved: area.defaultValue, timer: 0, sending: null });
    return drafts.get(area);
  };
  const say = (area, text) => {
    const status = document.getElementById(area.dataset.draftStatus);
    if (status) status.textContent = text;
  };

  const save = async area => {
    const draft = draftOf(area);
    clearTimeout(draft.timer);
    // One at a time, so that an old text never comes after a new one.
    if (draft.sending || area.value === draft.saved) return;
    const body = area.value;
    draft.sending = new AbortController();
    try {
      const token = area.form?.elements.namedItem("csrfmiddlewaretoken")?.value ?? "";
      const answer = await fetch(area.dataset.draftUrl, {
        method: "POST",
        body: new URLSearchParams({ body, csrfmiddlewaretoken: token }),
        // A page to sign in again is no answer.
        redirect: "error",
        signal: draft.sending.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      draft.saved = body;
      say(area, await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") say(area, area.dataset.draftFailed ?? "");
    } finally {
      draft.sending = null;
      if (area.value !== body) later(area);
    }
  };
  const later = area => {
    const draft = draftOf(area);
    clearTimeout(draft.timer);
    draft.timer = setTimeout(save, WAIT, area);
  };
  const areaOf = event => (event.target.matches?.("textarea[data-draft-url]") ? event.target : null);

  document.addEventListener("input", event => {
    const area = areaOf(event);
    if (area) later(area);
  });
  document.addEventListener("focusout", event => {
    const area = areaOf(event);
    // Leaving by the button that sends the form: the text itself is on its way.
    if (area && event.relatedTarget?.type !== "submit") save(area);
  });
  document.addEventListener("submit", event => {
    for (const area of event.target.querySelectorAll("textarea[data-draft-url]")) {
      const draft = draftOf(area);
      clearTimeout(draft.timer);
      draft.sending?.abort();
      draft.saved = area.value;
    }
  });
})();

// Answers save themselves: a form with data-keep is sent whenever something in it has changed. The answer says when it
// was saved, and which questions are asked now.
(() => {
  const WAIT = { change: 0, input: 1500 };
  const forms = new WeakMap();
  const stateOf = form => {
    if (!forms.has(form)) forms.set(form, { timer: 0, isSending: false, isStale: false });
    return forms.get(form);
  };
  const show = (form, asked) => {
    for (const question of form.querySelectorAll("[data-question]")) {
      const isAsked = asked.includes(question.dataset.question);
      question.hidden = !isAsked;
      const mark = question.querySelector("input[name=shown]");
      if (isAsked && !mark) {
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name: "shown", value: question.dataset.question });
        question.append(input);
      } else if (!isAsked) mark?.remove();
    }
  };
  const save = async form => {
    const state = stateOf(form);
    // One at a time: the next sending knows the revision that this one makes.
    if (state.isSending) { state.isStale = true; return; }
    Object.assign(state, { isSending: true, isStale: false });
    const body = new FormData(form);
    body.set("keep", "1");
    let said = form.dataset.keep;
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
      const told = await answer.json();
      said = told.said;
      if (answer.ok) {
        form.elements.namedItem("seen").value = told.seen;
        show(form, told.asked);
      }
    } catch { /* said already */ }
    form.querySelector("#kept").textContent = said;
    state.isSending = false;
    if (state.isStale) save(form);
  };
  for (const kind of ["change", "input"]) {
    document.addEventListener(kind, event => {
      const form = event.target.closest?.("form[data-keep]");
      if (!form) return;
      const state = stateOf(form);
      clearTimeout(state.timer);
      state.timer = setTimeout(save, WAIT[kind], form);
    });
  }
  document.addEventListener("submit", event => clearTimeout(stateOf(event.target).timer));
})();

// What is being written is shown as it will be: a form with data-preview is sent a moment after the last key, and the
// answer stands in the element of that name.
(() => {
  const WAIT = 500;
  const timers = new WeakMap();
  const show = async form => {
    const body = new FormData(form);
    body.set("preview", "1");
    const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
    if (answer.ok) document.getElementById(form.dataset.preview).innerHTML = await answer.text();
  };
  document.addEventListener("input", event => {
    const form = event.target.closest?.("form[data-preview]");
    if (!form) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(show, WAIT, form));
  });
})();

// Texts that are written often: the chosen one is put where the cursor stands, and the draft is told.
(() => {
  for (const box of document.querySelectorAll("[data-snippets]")) {
    const area = document.getElementById(box.dataset.snippets);
    box.hidden = false;
    box.querySelector("button").addEventListener("click", () => {
      area.setRangeText(box.querySelector("select").value, area.selectionStart, area.selectionEnd, "end");
      area.focus();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
})();

// What is sent without network is kept: a form with data-queue waits on this device, and is sent once when the network
// is back. Its key (submission) makes a second sending do nothing. Who is signed in sends only their own.
(() => {
  const NAME = "lotsen.queue";
  const AGAIN = 20000;
  const bar = document.querySelector("#queue");
  if (!bar) return;
  const all = () => JSON.parse(localStorage.getItem(NAME) ?? "[]");
  const mine = () => all().filter(entry => entry.user === bar.dataset.user);
  const keep = entries => localStorage.setItem(NAME, JSON.stringify(entries));
  const drop = key => keep(all().filter(entry => entry.key !== key));
  const link = entry => Object.assign(document.createElement("a"), { href: entry.url, textContent: entry.title });
  const said = (words, entries) => (entries.length ? [words, ...entries.flatMap(entry => [" ", link(entry)]), " "] : []);
  const show = () => {
    const entries = mine();
    bar.hidden = !entries.length;
    bar.replaceChildren(
      ...said(bar.dataset.waits, entries.filter(entry => !entry.refused)),
      ...said(bar.dataset.refused, entries.filter(entry => entry.refused)),
    );
  };

  // Returns whether it was taken. Throws where there is no network.
  const send = async entry => {
    const body = new URLSearchParams(entry.body);
    // The token of the page that is open now: the one that was kept may have ended with its session.
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    const answer = await fetch(entry.url, { method: "POST", body, headers: { "Lotsen-Queue": "1" } });
    return answer.status === 204;
  };

  let isSending = false;
  const flush = async () => {
    if (isSending) return;
    isSending = true;
    try {
      for (const entry of mine().filter(each => !each.refused)) {
        if (await send(entry)) drop(entry.key);
        else keep(all().map(each => (each.key === entry.key ? { ...each, refused: true } : each)));
      }
    } catch { /* Still no network. */ } finally {
      isSending = false;
      show();
    }
  };

  document.addEventListener("submit", async event => {
    const form = event.target.closest("form[data-queue]");
    if (!form) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    const entry = { key: body.get("submission"), url: location.pathname, body: body.toString(), title: form.dataset.title, user: bar.dataset.user };
    // Written down before it is sent: a phone that dies on the way loses nothing.
    keep([...all().filter(each => each.url !== entry.url), entry]);
    isSending = true;
    try {
      const isTaken = await send(entry);
      drop(entry.key);
      if (isTaken) location.assign(form.dataset.done);
      // The server has something to say about it: its own page says what.
      else form.submit();
    } catch {
      show();
      bar.scrollIntoView({ block: "nearest" });
    } finally {
      isSending = false;
    }
  });
  addEventListener("online", flush);
  setInterval(() => { if (mine().length) flush(); }, AGAIN);
  flush();
})();

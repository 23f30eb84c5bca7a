/* The element of docs/embed.md. Before this changes, a copy goes to earlier/<version>.js. */
(function () {
  "use strict";
  const NAME = "handrail-help";
  if (customElements.get(NAME)) return;
  const home = new URL(document.currentScript.src).origin;
  const away = home + "/weather";
  let left = false;

  const colours = (...five) => "{" + ["paper", "ink", "accent", "on-accent", "urgent"]
    .map((name, at) => `--${name}:var(--handrail-${name},#${five[at]})`).join(";") + "}";
  const DARK = colours("1a2425", "eef3f2", "8fd0cf", "0d1c1d", "f2b48c");
  const STYLE =
    ":host" + colours("fff", "1d2b2d", "1f5f63", "fff", "8a3b12") +
    ":host([theme=dark])" + DARK +
    `@media(prefers-color-scheme:dark){:host([theme=auto])${DARK}}` +
    ":host{display:block}:host([hidden]){display:none}" +
    "section{background:var(--paper);color:var(--ink);border:1px solid;border-radius:.6em;padding:.75em;line-height:1.5;overflow-wrap:anywhere}" +
    "h2,h3,p,ul{margin:.5em 0 .25em;padding:0;line-height:1.3}h2{font-size:1.25em}h3{font-size:1em}li{list-style:none;margin:.3em 0}" +
    "a{color:var(--accent);display:inline-block;min-height:24px}" +
    ".tap,.leave{min-height:44px;box-sizing:border-box;padding:.5em .9em;border-radius:.5em;background:var(--accent);color:var(--on-accent);" +
    "font-weight:600;text-decoration:none;border:1px solid transparent}" +
    ".danger .tap{background:var(--urgent);color:var(--paper);font-size:1.2em}" +
    ".leave{background:var(--ink);color:var(--paper);float:right}" +
    "div{border-top:1px solid;margin-top:.6em;clear:both}.danger{clear:none;border:0}small{display:block}bdi[dir]{white-space:nowrap}" +
    "a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}";
  let sheet = null;
  try {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  } catch (_) { /* old: plain */ }

  /* What is empty is left out. */
  function make(tag, attributes, ...inside) {
    const made = document.createElement(tag);
    for (const name of Object.keys(attributes)) {
      if (attributes[name]) made.setAttribute(name, attributes[name]);
    }
    made.append(...inside.filter(Boolean));
    return made;
  }

  function words(said) {
    return make("bdi", { lang: said.lang }, said.text);
  }

  function link(href, part, tap, ...inside) {
    const target = /^http/.test(href) && "_blank";
    return make("a", { href, target, rel: "noreferrer noopener", class: tap, part }, ...inside);
  }

  function onward(path, ...inside) {
    return link(home + path, "link", "", ...inside);
  }

  function way(one, part) {
    const shown = [one.label && `${one.label} `, make("bdi", { dir: one.number && "ltr" }, one.shown)];
    if (!/^(tel|sms|mailto|https?):/.test(one.href)) return make("span", {}, ...shown);
    return link(one.href, part, "tap", ...shown);
  }

  function choice(one) {
    return make("div", { part: "choice" },
      make("h3", { part: "label" }, one.label),
      make("p", {},
        onward(one.page, words(one.name)),
        one.other && " (", one.other && words(one.other), one.other && ")",
        one.rung && ` · ${one.rung}`),
      make("ul", {}, ...one.ways.map((each) => make("li", {},
        way(each, "number"), " ", make("span", { part: `state ${each.state}` }, each.said)))),
      make("small", { part: "proof" }, one.proof, one.publisher && " · ",
        one.publisher && make("bdi", {}, one.publisher)),
      one.next && make("p", {}, one.next.label, " ", onward(one.next.page, words(one.next.name)), " ",
        way(one.next.way, "number"), " ", one.next.way.said));
  }

  function panel(facts, need, exit) {
    const asked = facts.choices.filter((one) => one.need === need);
    return make("section", { part: "panel", lang: facts.lang, dir: facts.dir, "aria-labelledby": "t" },
      exit && make("a", { class: "leave", part: "leave", href: away, "data-leave": 1 }, facts.leave),
      make("h2", { id: "t", part: "title" }, facts.title),
      make("div", { class: "danger", part: "danger" },
        make("h3", { part: "label" }, facts.danger),
        facts.numbers.length
          ? make("ul", {}, ...facts.numbers.map((one) => make("li", {},
              ...one.ways.map((each) => way(each, "number urgent")), " ", one.label)))
          : make("p", {}, facts.no_number)),
      ...(asked.length ? asked : facts.choices).map(choice),
      make("p", {}, onward(facts.href, facts.everything)),
      ...facts.notes.map((note) => make("small", { part: "note" }, note)));
  }

  /* Blank before anything is asked of the network. */
  function leave() {
    left = true;
    document.title = "\u200b";
    if (document.body) document.body.remove();
    location.replace(away);
  }
  addEventListener("pageshow", () => { if (left) leave(); });

  function languageOf(node) {
    for (; node; node = node.parentNode || node.host) {
      if (node.lang) return node.lang;
    }
    return "en";
  }

  customElements.define(NAME, class extends HTMLElement {
    static get observedAttributes() {
      return ["jurisdiction", "need", "lang", "no-exit"];
    }

    constructor() {
      super();
      this.attachShadow({ mode: "open" });
      if (sheet) this.shadowRoot.adoptedStyleSheets = [sheet];
      this.shadowRoot.append((this.baked = make("slot", {})));
      this.again = () => this.refresh();
      this.addEventListener("click", (event) => {
        if (!event.composedPath().some((one) => one.dataset && one.dataset.leave)) return;
        event.preventDefault();
        leave();
      });
    }

    connectedCallback() {
      addEventListener("online", this.again);
      this.refresh();
    }

    disconnectedCallback() {
      removeEventListener("online", this.again);
    }

    attributeChangedCallback() {
      if (this.isConnected) this.refresh();
    }

    /* Fresh facts take the place of the copied ones, which otherwise say when they are old. */
    async refresh() {
      const asked = (this.asked = {});
      let shown;
      await null; /* each attribute calls once */
      if (asked !== this.asked) return;
      try {
        const place = (this.getAttribute("jurisdiction") || "001").toLowerCase();
        const path = [languageOf(this), `${place}.json`].map(encodeURIComponent).join("/");
        const answer = await fetch(`${home}/embed/${path}`, {
          credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
        });
        if (answer.ok) {
          shown = panel(await answer.json(), this.getAttribute("need"), !this.hasAttribute("no-exit"));
        }
      } catch (_) { /* no network */ }
      if (asked !== this.asked) return;
      if (!shown) this.age();
      await this.unfocused();
      if (asked === this.asked) this.shadowRoot.replaceChild(shown || this.baked, this.shadowRoot.firstChild);
    }

    age() {
      const old = this.querySelector("[data-old]");
      const until = this.getAttribute("data-until");
      if (old && until) old.hidden = new Date().toISOString().slice(0, 10) <= until;
    }

    /* Nothing goes while it has the focus. */
    unfocused() {
      return new Promise((done) => {
        if (!this.contains(this.getRootNode().activeElement)) return done();
        this.addEventListener("focusout", (event) => {
          if (!this.contains(event.relatedTarget)) done();
        });
      });
    }
  });
})();

"use strict";
(() => {
  // All of this is a convenience: without script every page and every row is reached by links.
  const THEME = "training-data-registry theme";
  const MOST = 20; // results that are listed
  const LONG = 25; // rows from which a table gets a filter

  const kept = () => {
    try { return localStorage.getItem(THEME); } catch { return null; } // a file may not be allowed to keep
  };
  const keep = (theme) => {
    try { localStorage.setItem(THEME, theme); } catch { /* then it holds for this page */ }
  };
  const show = (theme) => {
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  show(kept()); // before anything is painted

  // Case and accents make no difference.
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => folded(text).split(/\s+/).filter(Boolean);
  const many = (count, one) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
  const made = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  const switchTheme = (box) => {
    const choice = box.querySelector("select");
    choice.value = document.documentElement.dataset.theme || "auto";
    choice.addEventListener("change", () => { show(choice.value); keep(choice.value); });
    box.hidden = false;
  };

  // An entry is [kind, name, about], with its folder where that does not follow from the name (of a holder
  // or domain: from the dataset that `about` names).
  const folderOf = ([kind, name, about, folder]) =>
    folder || (kind ? "datasets/" : "models/") + (kind > 1 ? about : name).replaceAll("/", "~").replace("@", "/");

  const search = (box) => {
    const [field, said, list] = ["input", "[role=status]", "ol"].map((one) => box.querySelector(one));
    const { kinds, entries, left } = JSON.parse(document.getElementById("search-data").textContent);
    let keys;
    const find = () => {
      const words = wordsOf(field.value);
      keys ||= entries.map((one) => folded(`${one[1]} ${one[2] || ""}`));
      const found = words.length
        ? entries.map((_, place) => place).filter((place) => words.every((word) => keys[place].includes(word)))
        : [];
      const whole = words.join(" ");
      const rank = (place) => (keys[place].startsWith(whole) ? 0 : keys[place].includes(whole) ? 1 : 2);
      const ordered = found.sort((a, b) => rank(a) - rank(b) || a - b).slice(0, MOST);
      list.replaceChildren(...ordered.map((place) => {
        const [kind, name, about] = entries[place];
        const link = made("a", { href: `${folderOf(entries[place])}/index.html` }, made("bdi", {}, name));
        const what = made("span", { className: "quiet" }, kinds[kind], ...(about ? [" ", made("bdi", {}, about)] : []));
        return made("li", {}, link, " ", what);
      }));
      const cut = found.length > MOST ? `, the first ${MOST} are listed` : "";
      const beyond = left ? ` ${many(left, "name")} more are in the lists below.` : "";
      said.textContent = words.length ? `${many(found.length, "result")}${cut}.${beyond}` : "";
    };
    const clear = () => { field.value = ""; find(); field.focus(); };
    field.addEventListener("input", find);
    box.addEventListener("keydown", (event) => {
      const stops = [field, ...list.querySelectorAll("a")];
      const place = stops.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") clear();
      else if (event.key === "Enter" && place === 0 && stops[1]) stops[1].click();
      else if (step && place >= 0) stops[Math.max(0, Math.min(stops.length - 1, place + step))].focus();
      else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, select, textarea");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.focus();
    });
    box.hidden = false;
  };

  // The pages of a list in order of names, by the names that they begin with.
  const names = (box) => {
    const [field, said, list] = ["input", "[role=status]", "ol"].map((one) => box.querySelector(one));
    const { first, key } = JSON.parse(document.getElementById("names-data").textContent);
    field.addEventListener("input", () => {
      const name = field.value.trim();
      const asked = name.toLowerCase().replaceAll("ß", "ss").slice(0, key);
      const found = asked
        ? first.map((_, place) => place).filter((place) =>
          first[place] <= `${asked}\u{10ffff}` && (place + 1 === first.length || first[place + 1] >= asked))
        : [];
      list.replaceChildren(...found.slice(0, MOST).map((place) => {
        const href = `${place + 1}.html#name=${encodeURIComponent(name)}`;
        return made("li", {}, made("a", { href }, `Page ${(place + 1).toLocaleString("en")}`));
      }));
      said.textContent = asked ? `${many(found.length, "page")} may hold names that begin so.` : "";
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") list.querySelector("a")?.click();
    });
    box.hidden = false;
  };

  const filter = (table) => {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < LONG) return;
    const field = made("input", { type: "search", autocomplete: "off" });
    const said = made("span", { className: "quiet", role: "status" });
    let keys;
    const cut = () => {
      const words = wordsOf(field.value);
      keys ||= rows.map((row) => folded(row.textContent));
      let shown = 0;
      rows.forEach((row, place) => {
        row.hidden = !words.every((word) => keys[place].includes(word));
        shown += !row.hidden;
      });
      said.textContent = words.length ? `${many(shown, "row")} of ${rows.length.toLocaleString("en")}` : "";
    };
    field.addEventListener("input", cut);
    const box = made("p", { className: "filter" }, made("label", {}, "Filter these rows ", field), " ", said);
    table.parentElement.before(box);
    field.value = new URLSearchParams(location.hash.slice(1)).get("name") || "";
    if (field.value) cut();
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".theme").forEach(switchTheme);
    document.querySelectorAll(".search:not(.names)").forEach(search);
    document.querySelectorAll(".names").forEach(names);
    document.querySelectorAll("table").forEach(filter);
  });
})();

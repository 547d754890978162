{# Above each table of claims: choices, a field for words, and a count of what is left. #}
for (const table of document.querySelectorAll("table.filtered:not([data-ready])")) {
  table.dataset.ready = "yes";
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const heads = [...table.tHead.rows[0].cells].map(head => head.textContent);
  const rows = [...table.tBodies[0].rows].map(row => {
    const cell = name => row.cells[heads.indexOf(name)].textContent;
    return { row, text: plain(row.textContent), codings: JSON.parse(row.dataset.codings),
      article: cell("article"), speaker: cell("speaker"), voice: cell("voice") };
  });
  const chosen = {}, bar = document.createElement("div"), count = document.createElement("output");
  bar.style.cssText = "display:flex;flex-wrap:wrap;gap:.4em 1.2em;align-items:baseline;margin:.6em 0";
  const fits = r => ["article", "speaker", "voice"].every(name => !chosen[name]
      || r[name] === chosen[name])
    && (!chosen.code && !chosen.stance || r.codings.some(([code, stance]) =>
      (!chosen.code || code === chosen.code) && (!chosen.stance || stance === chosen.stance)))
    && plain(chosen.words || "").split(/\s+/).every(word => r.text.includes(word));
  const update = () => {
    let left = 0;
    for (const r of rows) { const shown = fits(r); r.row.hidden = !shown; left += shown; }
    count.textContent = left + " of " + rows.length + " claims";
  };
  const add = (name, field) => {
    const label = document.createElement("label");
    field.style.cssText = "font:inherit;max-width:16em";
    field.ariaLabel = name;
    field.oninput = () => { chosen[name] = field.value; update(); };
    label.append(name + " ", field); bar.append(label);
  };
  const choice = (name, values) => {
    const select = document.createElement("select");
    select.append(new Option("all", ""));
    [...new Set(values)].sort((a, b) => a.localeCompare(b))
      .forEach(value => select.append(new Option(value, value)));
    add(name, select);
  };
  for (const name of ["article", "speaker", "voice"]) choice(name, rows.map(r => r[name]));
  ["code", "stance"].forEach((name, i) =>
    choice(name, rows.flatMap(r => r.codings.map(coding => coding[i]))));
  const typed = document.createElement("input");
  typed.type = "search"; add("words", typed);
  bar.append(count); table.before(bar); update();
}

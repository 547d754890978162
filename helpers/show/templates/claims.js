{# Above each table of claims: a choice for every column that can be filtered, and a count. #}
for (const table of document.querySelectorAll("table.filtered:not([data-ready])")) {
  table.dataset.ready = "yes";
  const rows = [...table.tBodies[0].rows], heads = [...table.tHead.rows[0].cells], chosen = {};
  const bar = document.createElement("p"), count = document.createElement("span");
  const values = (row, i) =>
    (row.cells[i].dataset.values || row.cells[i].textContent).split("|");
  const update = () => {
    let shown = 0;
    for (const row of rows) {
      const fits = Object.entries(chosen).every(([i, v]) => !v || values(row, i).includes(v));
      row.hidden = !fits; shown += fits;
    }
    count.textContent = shown + " of " + rows.length + " claims";
  };
  heads.forEach((head, i) => {
    if (!head.dataset.filter) return;
    const label = document.createElement("label"), select = document.createElement("select");
    select.append(new Option("all", ""));
    const choices = new Set(rows.flatMap(row => values(row, i)));
    [...choices].filter(v => v).sort().forEach(v => select.append(new Option(v, v)));
    select.onchange = () => { chosen[i] = select.value; update(); };
    label.append(head.textContent + " ", select, "  ");
    label.style.marginRight = "1em";
    bar.append(label);
  });
  bar.append(count); table.before(bar); update();
}

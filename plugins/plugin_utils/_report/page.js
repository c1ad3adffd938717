// Copyright: (c) 2026, itops.ringcentral contributors
// SPDX-License-Identifier: GPL-3.0-or-later
"use strict";
const words = document.getElementById("words");
const result = document.getElementById("result");
const shown = document.getElementById("shown");
const fold = document.getElementById("unchanged");  // those who are unchanged, in a table of their own
const order = new Intl.Collator(undefined, {numeric: true, sensitivity: "base"});
// What is shown once above the tables is found in the rows that it is about.
const shared = [...document.querySelectorAll(".shared p")];
const about = result => shared.filter(line => [undefined, result].includes(line.dataset.result)).map(line => line.textContent).join(" ");
const once = {};
const groups = [...document.querySelectorAll("table.people")].map(table => {
  const part = table.parentElement;
  const rest = document.createElement("template");
  rest.innerHTML = part.querySelector(":scope > noscript")?.textContent ?? "";
  const step = table.tBodies.length;  // a browser takes long to lay out thousands; all are searched, sorted and printed
  const rows = [...table.tBodies, ...rest.content.querySelectorAll("tbody")];  // one for each person
  for (const row of rows) row.text = (row.textContent + " " + (once[row.dataset.result] ??= about(row.dataset.result))).toLowerCase();
  return {table, rows, step, most: step, more: part.querySelector(":scope > .more-rows button")};
});
const all = groups.reduce((count, group) => count + group.rows.length, 0);
let unfolded = fold?.open;  // as the reader chose; a filter that finds somebody there opens it, too
function fitting(rows) {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(row => wanted.every(word => row.text.includes(word)) && (!result.value || row.dataset.result === result.value));
}
function show(table, people) {
  for (const row of [...table.tBodies]) row.remove();
  table.append(...people);
}
function filter() {
  const filtered = Boolean(words.value.trim() || result.value);
  let count = 0, visible = 0;
  for (const group of groups) {
    const found = fitting(group.rows);
    const folded = fold?.contains(group.table);
    show(group.table, found.slice(0, group.most));
    if (folded) {
      fold.open = filtered ? found.length > 0 : unfolded;
      fold.querySelector("summary b").textContent = filtered ? found.length + " of " + group.rows.length : found.length;
    }
    if (!folded || fold.open) {
      count += found.length;
      visible += Math.min(found.length, group.most);
    }
    const left = found.length - group.most;
    if (group.more) {
      group.more.textContent = "Show " + Math.min(group.step, left) + " more";
      group.more.parentElement.hidden = left <= 0;
    }
  }
  shown.textContent = visible < count
    ? "the first " + visible + " of " + count + " shown"
    : count + " of " + all + " shown";
}
function sort(header) {
  const at = header.cellIndex;
  const down = header.getAttribute("aria-sort") === "ascending";
  for (const group of groups) {
    for (const other of group.table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    group.table.tHead.rows[0].cells[at].setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = group.rows.map(row => [key(row, at), row]);
    keyed.sort(([one], [other]) => order.compare(one, other) * (down ? -1 : 1));
    group.rows = keyed.map(([_key, row]) => row);
  }
  filter();
}
function key(row, at) {
  const cell = row.rows[0].cells[at];
  return cell.dataset.key || cell.textContent.trim();
}
// Paper shows everybody, but those who are folded.
function print(on) {
  if (on) for (const group of groups) show(group.table, group.rows); else filter();
}
function search() {
  for (const group of groups) group.most = group.step;
  filter();
}
words.addEventListener("input", search);
result.addEventListener("change", search);
fold?.querySelector("summary").addEventListener("click", () => { unfolded = !fold.open; });
fold?.addEventListener("toggle", () => { if (!matchMedia("print").matches) filter(); });
window.addEventListener("beforeprint", () => print(true));
window.addEventListener("afterprint", () => print(false));
matchMedia("print").addEventListener("change", event => print(event.matches));
for (const group of groups) {
  group.more?.addEventListener("click", () => { group.most += group.step; filter(); });
  for (const button of group.table.tHead.querySelectorAll("button")) {
    button.addEventListener("click", () => sort(button.closest("th")));
  }
}
document.getElementById("controls").hidden = false;
filter();

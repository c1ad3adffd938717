// Copyright: (c) 2026, itops.ringcentral contributors
// SPDX-License-Identifier: GPL-3.0-or-later
"use strict";
const table = document.getElementById("people");
// So many people are shown at once: a browser takes long to lay out thousands. All are searched, sorted and printed.
const STEP = table.tBodies.length;
const words = document.getElementById("words");
const result = document.getElementById("result");
const shown = document.getElementById("shown");
const more = document.getElementById("more");
const order = new Intl.Collator(undefined, {numeric: true, sensitivity: "base"});
const rest = document.createElement("template");
rest.innerHTML = document.getElementById("rest")?.textContent ?? "";
let rows = [...table.tBodies, ...rest.content.querySelectorAll("tbody")];  // one for each person
let most = STEP;
for (const row of rows) row.text = row.textContent.toLowerCase();
function fitting() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(row => wanted.every(word => row.text.includes(word)) && (!result.value || row.dataset.result === result.value));
}
function show(people) {
  for (const row of [...table.tBodies]) row.remove();
  table.append(...people);
}
function filter() {
  const found = fitting();
  show(found.slice(0, most));
  const left = found.length - most;
  shown.textContent = left > 0
    ? "the first " + most + " of " + found.length + " shown"
    : found.length + " of " + rows.length + " shown";
  if (more) {
    more.textContent = "Show " + Math.min(STEP, left) + " more";
    more.parentElement.hidden = left <= 0;
  }
}
function sort(header) {
  const down = header.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const at = header.cellIndex;
  const keyed = rows.map(row => [key(row, at), row]);
  keyed.sort(([one], [other]) => order.compare(one, other) * (down ? -1 : 1));
  rows = keyed.map(([_key, row]) => row);
  filter();
}
function key(row, at) {
  const cell = row.rows[0].cells[at];
  return cell.dataset.key || cell.textContent.trim();
}
// Paper shows everybody.
function print(on) {
  if (on) show(rows); else filter();
}
words.addEventListener("input", () => { most = STEP; filter(); });
result.addEventListener("change", () => { most = STEP; filter(); });
more?.addEventListener("click", () => { most += STEP; filter(); });
window.addEventListener("beforeprint", () => print(true));
window.addEventListener("afterprint", () => print(false));
matchMedia("print").addEventListener("change", event => print(event.matches));
for (const button of table.tHead.querySelectorAll("button")) {
  button.addEventListener("click", () => sort(button.closest("th")));
}
document.getElementById("controls").hidden = false;
filter();

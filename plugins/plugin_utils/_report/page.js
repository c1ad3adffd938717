// Copyright: (c) 2026, itops.ringcentral contributors
// SPDX-License-Identifier: GPL-3.0-or-later
"use strict";
const table = document.getElementById("people");
const rows = Array.from(table.tBodies);  // one for each person
const words = document.getElementById("words");
const result = document.getElementById("result");
const shown = document.getElementById("shown");
const order = new Intl.Collator(undefined, {numeric: true, sensitivity: "base"});
for (const row of rows) row.text = row.textContent.toLowerCase();
function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows) {
    const fits = wanted.every(word => row.text.includes(word)) && (!result.value || row.dataset.result === result.value);
    row.hidden = !fits;
    if (fits) count += 1;
  }
  shown.textContent = count + " of " + rows.length + " shown";
}
function sort(header) {
  const down = header.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const at = header.cellIndex;
  const sorted = rows.slice().sort((one, other) => order.compare(key(one, at), key(other, at)) * (down ? -1 : 1));
  table.append(...sorted);
}
function key(row, at) {
  const cell = row.rows[0].cells[at];
  return cell.dataset.key || cell.textContent.trim();
}
words.addEventListener("input", filter);
result.addEventListener("change", filter);
for (const button of table.tHead.querySelectorAll("button")) {
  button.addEventListener("click", () => sort(button.closest("th")));
}
document.getElementById("controls").hidden = false;
filter();

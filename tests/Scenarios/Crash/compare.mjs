// Compares what clients wrote down (S before sending, A after the answer) with the exported journals. Knows nothing of
// the program but the two files. Exit 1 and the ids where they disagree.
//   node compare.mjs LOG EXPORT.json
import { readFileSync } from "node:fs";

const [, , logFile, exportFile] = process.argv;
const sent = new Set();
const acknowledged = new Map();
for (const line of readFileSync(logFile, "utf8").split("\n")) {
  const [kind, id, number] = line.split(" ");
  if (kind === "S") sent.add(id);
  if (kind === "A") acknowledged.set(id, number);
}

const booked = new Map();
const faults = [];
const text = readFileSync(exportFile, "utf8");
const journals = text.trimStart().startsWith("[") ? JSON.parse(text)
  : text.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
for (const journal of journals) {
  if (journal.source.kind !== "finance.sales-invoice") continue;
  const id = journal.source.id.toLowerCase();
  if (booked.has(id)) faults.push(`${id} is booked twice`);
  booked.set(id, journal.source.number);
}
for (const [id, number] of acknowledged)
  if (!booked.has(id)) faults.push(`${id} (${number}) was acknowledged and is not in the books`);
  else if (booked.get(id) !== number) faults.push(`${id} was acknowledged as ${number} and is ${booked.get(id)}`);
for (const id of booked.keys()) if (!sent.has(id)) faults.push(`${id} is booked and was never sent`);

const counters = [...booked.values()].map((number) => Number(number.match(/(\d+)$/)[1])).sort((a, b) => a - b);
counters.forEach((value, i) => { if (value !== i + 1) faults.push(`number ${i + 1} is missing or repeated (found ${value})`); });

const unacknowledged = [...sent].filter((id) => !acknowledged.has(id));
console.log(`${sent.size} sent, ${acknowledged.size} acknowledged, ${booked.size} booked, `
  + `${unacknowledged.filter((id) => booked.has(id)).length} of ${unacknowledged.length} unacknowledged booked`);
for (const fault of faults.slice(0, 20)) console.log(fault);
process.exit(faults.length > 0 ? 1 : 0);

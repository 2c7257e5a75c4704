// Reads what the test projects reported (CTRF) and prints failures, the 20 slowest, and the sum as the last line.
import fs from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
const tests = [];
const plain = (text) => (text ?? '').replaceAll('\\"', '"'); // the reporter escapes twice
let passed = 0;
let failed = 0;
let skipped = 0;

for (const file of fs
  .readdirSync(folder)
  .filter((f) => f.endsWith('.exit'))
  .sort()) {
  const project = file.slice(0, -'.exit'.length);
  const code = Number(fs.readFileSync(path.join(folder, file), 'utf8'));
  const report = path.join(folder, project + '.json');
  const ran = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')).results.tests : [];
  const red = ran.filter((t) => t.status === 'failed');
  passed += ran.filter((t) => t.status === 'passed').length;
  skipped += ran.filter((t) => t.status !== 'failed' && t.status !== 'passed').length;
  failed += red.length;
  tests.push(...ran.map((t) => ({ project, ...t })));
  for (const t of red) console.log(`\nFAILED ${project}: ${plain(t.name)}\n${plain(t.message)}\n${plain(t.trace)}`);
  if (code !== 0 && code !== 8 && red.length === 0) {
    // 8: nothing to run after the filters
    failed += 1;
    const log = fs
      .readFileSync(path.join(folder, project + '.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-40)
      .join('\n');
    console.log(`\nFAILED ${project}: the project ended with ${code}\n${log}`);
  }
}

console.log('\nThe 20 slowest:');
for (const t of tests.sort((a, b) => b.duration - a.duration).slice(0, 20)) {
  console.log(
    `${(t.duration / 1000).toFixed(1).padStart(7)} s  ${t.project}  ${plain(t.name).replace(/^BusinessM\./, '')}`,
  );
}
if (skipped > 0) console.log(`\n${skipped} not run or skipped`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

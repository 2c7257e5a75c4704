// Runs the Desk's tests and reports them as the other test projects do (CTRF), so that ./test counts all alike.
//   node ops/desk-tests.mjs components REPORT     form, types, vitest
//   node ops/desk-tests.mjs journeys REPORT       Playwright, on a host of their own
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [what, report] = process.argv.slice(2);
const desk = path.join(import.meta.dirname, '..', 'desk');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'm-desk-tests-'));
const tests = [];

function run(program, words, env = {}) {
  const began = Date.now();
  const done = spawnSync(path.join(desk, 'node_modules', '.bin', program), words, {
    cwd: desk,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  const said = `${done.stdout ?? ''}${done.stderr ?? ''}`;
  process.stdout.write(said);
  return { code: done.status ?? 1, said, duration: Date.now() - began };
}

/** A program that is one test: it finds nothing to complain of. */
function whole(name, program, words) {
  const { code, said, duration } = run(program, words);
  tests.push({
    name,
    status: code === 0 ? 'passed' : 'failed',
    duration,
    message: code === 0 ? '' : said.slice(-4000),
  });
}

const statusOf = { passed: 'passed', expected: 'passed', failed: 'failed', unexpected: 'failed', flaky: 'failed' };

function reported(file, ran, read) {
  if (!fs.existsSync(file)) {
    tests.push({ name: 'the run', status: 'failed', duration: ran.duration, message: ran.said.slice(-4000) });
    return;
  }
  const found = read(JSON.parse(fs.readFileSync(file, 'utf8')));
  tests.push(...found);
  if (ran.code !== 0 && !found.some((t) => t.status === 'failed')) {
    tests.push({ name: 'the run', status: 'failed', duration: 0, message: ran.said.slice(-4000) });
  }
}

const ofVitest = ({ testResults }) =>
  testResults.flatMap((file) =>
    file.assertionResults.map((t) => ({
      name: `${path.relative(desk, file.name)}: ${t.fullName}`,
      status: statusOf[t.status] ?? 'skipped',
      duration: t.duration ?? 0,
      message: (t.failureMessages ?? []).join('\n'),
    })),
  );

const ofPlaywright = ({ suites }) => {
  const inSuite = (suite, above) => [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests.map((t) => ({
        name: [...above, suite.title, spec.title].filter(Boolean).join(': '),
        status: statusOf[t.status] ?? 'skipped',
        duration: t.results.reduce((sum, r) => sum + r.duration, 0),
        message: t.results.flatMap((r) => r.errors.map((e) => e.message)).join('\n'),
      })),
    ),
    ...(suite.suites ?? []).flatMap((s) => inSuite(s, [...above, suite.title])),
  ];
  return suites.flatMap((s) => inSuite(s, []));
};

if (what === 'components') {
  whole('reads as the house does (biome)', 'biome', ['check', '--error-on-warnings', '.']);
  whole('has no wrong type (tsc)', 'tsc', ['-p', '.']);
  const file = path.join(work, 'vitest.json');
  reported(
    file,
    run('vitest', ['run', '--reporter=json', '--reporter=default', `--outputFile.json=${file}`]),
    ofVitest,
  );
} else {
  const file = path.join(work, 'playwright.json');
  reported(file, run('playwright', ['test', '-c', 'e2e'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file }), ofPlaywright);
}

fs.rmSync(work, { recursive: true, force: true });
fs.writeFileSync(report, JSON.stringify({ results: { tests } }));
process.exitCode = tests.some((t) => t.status === 'failed') ? 1 : 0;

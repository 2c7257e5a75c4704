import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');
const START_SECONDS_MAX = 180;

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}

function started(host: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`The host did not start: ${said}`)), START_SECONDS_MAX * 1000);
    const heard = (bytes: Buffer) => {
      said += bytes.toString();
      if (!said.includes('Serving ')) return;
      clearTimeout(timer);
      done(said);
    };
    host.stdout?.on('data', heard);
    host.stderr?.on('data', heard);
    host.once('exit', (code) => fail(new Error(`The host ended with ${code}: ${said}`)));
  });
}

/** Starts the program with the demo company on a data folder and a port of this run's own; M_DESK_URL: one that runs. */
export default async function startHost() {
  if (process.env.M_DESK_URL) return undefined;
  const data = mkdtempSync(path.join(tmpdir(), 'm-desk-e2e-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const program = path.join(root, 'src', 'Host', 'bin', 'Debug', 'net10.0', 'business-m.dll');
  const host = spawn('dotnet', [program, 'serve', '--demo', '--data', data, '--urls', url], {
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
  });
  const said = await started(host);
  process.env.M_DESK_URL = url;
  process.env.M_DESK_ADMIN = /user admin, password (\S+)/.exec(said)?.[1] ?? '';
  return async () => {
    const ended = new Promise((done) => host.once('exit', done));
    host.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
}

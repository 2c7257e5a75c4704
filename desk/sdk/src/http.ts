import { newId } from './ids';
import { Problem } from './problem';

const CSRF_COOKIE = 'm_csrf';
const CSRF_HEADER = 'X-CSRF-Token';
const RETRY_DELAYS_MS = [400, 1500];

/** The header that shows that a page of ours meant the call, and its value: a form elsewhere cannot read the cookie. */
export function antiForgery(): [header: string, token: string | undefined] {
  const pair = document.cookie.split('; ').find((c) => c.startsWith(`${CSRF_COOKIE}=`));
  return [CSRF_HEADER, pair && decodeURIComponent(pair.slice(CSRF_COOKIE.length + 1))];
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/**
 * One thing that a user wants done. Its key stays the same while nobody knows whether it was done (a retry is then
 * harmless), and is a new one once the server has answered, or when the content changes.
 */
export class Intent {
  #key: string | undefined;
  #content: string | undefined;

  keyFor(content: string): string {
    if (this.#key === undefined || this.#content !== content) this.#key = newId();
    this.#content = content;
    return this.#key;
  }

  settled() {
    this.#key = undefined;
  }
}

export interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** A file sent as it is. */
  file?: Blob;
  ifMatch?: string | undefined;
  intent?: Intent;
  signal?: AbortSignal;
}

export interface Answer<T> {
  value: T;
  etag: string | undefined;
}

const repeatable = (method: string, intent: Intent | undefined) => method === 'GET' || intent !== undefined;

/** fetch with the session's token, the intent's key, and repeats where they are harmless; throws a {@link Problem}. */
export async function call<T>(path: string, options: Call = {}): Promise<Answer<T>> {
  const { method = 'GET', body, file, ifMatch, signal } = options;
  const intent = method === 'POST' ? (options.intent ?? new Intent()) : undefined;
  const content = file ?? (body === undefined ? undefined : JSON.stringify(body));
  const headers = new Headers({ Accept: 'application/json' });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (file) headers.set('Content-Type', file.type || 'application/octet-stream');
  if (ifMatch) headers.set('If-Match', ifMatch);
  if (intent) headers.set('Idempotency-Key', intent.keyFor(`${path} ${file ? newId() : (content ?? '')}`));
  const [name, token] = antiForgery();
  if (method !== 'GET' && token) headers.set(name, token);

  const request: RequestInit = { method, headers, credentials: 'same-origin' };
  if (content !== undefined) request.body = content;
  if (signal) request.signal = signal;
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await once<T>(path, request);
      intent?.settled();
      return answer;
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      const delay = RETRY_DELAYS_MS[attempt];
      if (!fault.unsettled || !repeatable(method, intent) || delay === undefined) {
        if (!fault.unsettled) intent?.settled();
        throw fault;
      }
      await wait(delay);
    }
  }
}

async function once<T>(path: string, request: RequestInit): Promise<Answer<T>> {
  let answer: Response;
  try {
    answer = await fetch(path, request);
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    throw new Problem(0, { detail: 'The server cannot be reached.' });
  }
  if (!answer.ok) throw await Problem.from(answer);
  const text = await answer.text();
  return { value: (text ? JSON.parse(text) : undefined) as T, etag: answer.headers.get('ETag') ?? undefined };
}

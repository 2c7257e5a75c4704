// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, Intent } from './http';
import { newId } from './ids';
import { Problem } from './problem';

const answers = (...all: (() => Response | Promise<Response>)[]) => {
  const sent: RequestInit[] = [];
  vi.stubGlobal('fetch', async (_: string, request: RequestInit) => {
    sent.push(request);
    const next = all.shift();
    if (!next) throw new Error('asked once too often');
    return next();
  });
  return sent;
};
const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });
const away = () => Promise.reject(new TypeError('network'));
const keyOf = (request: RequestInit | undefined) => new Headers(request?.headers).get('Idempotency-Key');

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a POST', () => {
  it('is repeated with its key while nobody knows whether it was done', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 });
    const sent = answers(away, json({ title: 'away' }, 503), json({ id: '1' }, 201));
    await call('/api/x', { method: 'POST', body: { a: 1 } });
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(keyOf)).size).toBe(1);
    expect(keyOf(sent[0])).toBeTruthy();
  });

  it('has another key once the server has answered', async () => {
    const sent = answers(json({ title: 'closed', code: 'books.period.closed' }, 409), json({}, 201));
    const intent = new Intent();
    await expect(call('/api/x', { method: 'POST', body: {}, intent })).rejects.toBeInstanceOf(Problem);
    await call('/api/x', { method: 'POST', body: {}, intent });
    expect(keyOf(sent[0])).not.toBe(keyOf(sent[1]));
  });

  it('has another key when its content is another one', () => {
    const intent = new Intent();
    const first = intent.keyFor('{"a":1}');
    expect(intent.keyFor('{"a":1}')).toBe(first);
    expect(intent.keyFor('{"a":2}')).not.toBe(first);
  });

  it('shows the token of the session', async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: it is how the server hands the token over
    document.cookie = 'm_csrf=abc123';
    const sent = answers(json({}));
    await call('/api/x', { method: 'POST', body: {} });
    expect(new Headers(sent[0]?.headers).get('X-CSRF-Token')).toBe('abc123');
  });
});

it('a PATCH is never repeated by itself, and says what it changes', async () => {
  const sent = answers(away);
  await expect(call('/api/x/1', { method: 'PATCH', body: {}, ifMatch: '"4"' })).rejects.toMatchObject({ status: 0 });
  expect(sent).toHaveLength(1);
  expect(new Headers(sent[0]?.headers).get('If-Match')).toBe('"4"');
});

it('a question names its flag', () => {
  const asked = new Problem(428, { detail: 'It lies after today. Call again with futureConfirmed: true' });
  expect(asked.confirmation).toBe('futureConfirmed');
  expect(new Problem(409, { detail: 'futureConfirmed' }).confirmation).toBeUndefined();
});

it('ids are UUIDs of version 7 with the moment in front', () => {
  // RFC 9562, appendix A.6: 2022-02-22 14:22:22.00 UTC-5 is 0x017F22E279B0
  expect(newId(0x017f22e279b0)).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

/** What somebody else changed in a field meanwhile. */
export interface Conflict {
  field: string;
  by?: string;
  at?: string;
  theirs?: unknown;
}

interface Details {
  code?: string;
  title?: string;
  detail?: string;
  field?: string;
  traceId?: string;
  errors?: Record<string, string[]>;
  conflicts?: Conflict[];
}

/** Why the server refused (4xx, with a code of docs/errors.md), or that an accident happened (5xx, or 0: not reached). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly field: string | undefined;
  readonly traceId: string | undefined;
  readonly errors: Record<string, string[]>;
  readonly conflicts: Conflict[];

  constructor(status: number, details: Details = {}) {
    super(details.detail ?? details.title ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = details.code;
    this.field = details.field;
    this.traceId = details.traceId;
    this.errors = details.errors ?? {};
    this.conflicts = details.conflicts ?? [];
  }

  /** Nobody is signed in, or the session ended. */
  get signInRequired() {
    return this.status === 401;
  }

  /** The flag that the same call must carry to be taken, where the server asks (428). */
  get confirmation(): string | undefined {
    if (this.status !== 428) return undefined;
    return /\b([a-z][A-Za-z]*Confirmed)\b/.exec(this.message)?.[1];
  }

  /** Whether nothing is known of what became of the call, so that repeating it with its key is right. */
  get unsettled() {
    return this.status === 0 || this.status >= 500 || this.code === 'record.key.in-flight';
  }

  static async from(answer: Response): Promise<Problem> {
    const text = await answer.text();
    try {
      return new Problem(answer.status, JSON.parse(text) as Details);
    } catch {
      return new Problem(answer.status, text && text.length < 300 ? { detail: text } : {});
    }
  }
}

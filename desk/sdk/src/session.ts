import { api, broughtBy, type Schemas } from './api';
import { documents } from './documents';
import { Problem } from './problem';

export type Session = Schemas['SessionView'];

/** A company as the Desk needs it. */
export interface Company {
  id: string;
  code: string;
  name: string;
  currency: string;
  country: string;
  /** Of the tz database; says what day it is there. */
  zone: string;
}

const COMPANIES_MAX = 500;

/** Who is signed in; undefined: nobody. */
export async function currentSession(): Promise<Session | undefined> {
  try {
    return broughtBy(await api.GET('/api/session'));
  } catch (fault) {
    if (fault instanceof Problem && fault.signInRequired) return undefined;
    throw fault;
  }
}

export async function signIn(user: string, password: string): Promise<Session> {
  return broughtBy(await api.POST('/api/session', { body: { user, password } }));
}

export async function signOut(): Promise<void> {
  await api.DELETE('/api/session');
}

/** The companies that the one who is signed in may work for. */
export async function companies(): Promise<Company[]> {
  const fields = ['code', 'name', 'currency', 'country', 'zone'];
  const { rows } = await documents.list('/api/masters/companies', { take: COMPANIES_MAX, sort: 'name', fields });
  return rows as unknown as Company[];
}

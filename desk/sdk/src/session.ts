import { api, broughtBy, type Schemas } from './api';
import { Problem } from './problem';

export type Session = Schemas['SessionView'];
export type Company = Schemas['Company'];

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

export async function companies(): Promise<Company[]> {
  return broughtBy(await api.GET('/api/masters/companies'));
}

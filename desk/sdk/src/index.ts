export { api, broughtBy, type Schemas } from './api';
export * from './documents';
export { Intent } from './http';
export { newId } from './ids';
export * from './meta';
export { type Conflict, Problem } from './problem';
export { type Company, companies, currentSession, type Session, signIn, signOut } from './session';

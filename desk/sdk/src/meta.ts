/** The metadata of docs/documents.md, as the server sends it: what has its usual value is left out. */

export type FieldKind =
  | 'text'
  | 'longText'
  | 'whole'
  | 'decimal'
  | 'flag'
  | 'date'
  | 'moment'
  | 'choice'
  | 'link'
  | 'json';

export interface FieldOption {
  value: string;
  label: string;
}

export interface FieldCondition {
  field?: string;
  values?: string[];
  pattern?: string;
}

export interface FieldCheck {
  kind: string;
  message: string;
  pattern?: string;
  when?: FieldCondition;
}

export interface FieldDefinition {
  name: string;
  label: string;
  kind: FieldKind;
  length?: number;
  scale?: number;
  min?: number | string;
  max?: number | string;
  required?: boolean;
  unique?: boolean;
  target?: string;
  byCode?: boolean;
  options?: FieldOption[];
  default?: string;
  inList?: boolean;
  inSearch?: boolean;
  indexed?: boolean;
  sensitive?: boolean;
  permission?: string;
  readOnly?: boolean;
  createOnly?: boolean;
  help?: string;
  section?: string;
  countries?: string[];
  checks?: FieldCheck[];
  source?: string;
}

export interface ChildDefinition {
  name: string;
  label: string;
  /** Lines at least. */
  min?: number;
  fields: FieldDefinition[];
}

export interface VerbDefinition {
  name: string;
  label: string;
  permission?: string;
  may?: boolean;
  when?: FieldCondition;
  danger?: boolean;
  fields?: FieldDefinition[];
  children?: ChildDefinition[];
}

export type Ability = 'read' | 'add' | 'change' | 'delete' | 'import' | 'export';

/** A type as the sidebar needs it. */
export interface DocumentSummary {
  type: string;
  context: string;
  label: string;
  plural: string;
  path: string;
  scope: 'company' | 'installation';
  title?: string;
  code?: string;
  icon?: string;
  may: Ability[];
}

/** A type as lists and forms need it. */
export interface DocumentMeta extends DocumentSummary {
  fields: FieldDefinition[];
  children?: ChildDefinition[];
  verbs?: VerbDefinition[];
  writes?: 'generic' | 'owner';
  search?: boolean;
  history?: boolean;
  notes?: boolean;
  number?: string;
  /** The series that gives a new document its code where none is given. */
  series?: string;
}

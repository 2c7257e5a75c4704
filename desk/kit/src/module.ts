import type { Loaded } from '@business-m/sdk';
import type { ComponentType } from 'react';
import type { IconName } from './Icon';

/** The places in pages of the Desk that modules may add to. */
export interface Slots {
  /** Beside a saved document, below its notes. */
  'document.side': ComponentType<{ type: string; loaded: Loaded }>;
}

export type SlotName = keyof Slots;

export interface NavGroup {
  /** The context of the document types that stand in this group. */
  context: string;
  /** A key of the catalogue of texts. */
  label: string;
  icon: IconName;
  order: number;
  /** Types listed first, in this order; others follow by name. */
  first?: string[];
  /** Contexts whose types stand here too. */
  also?: string[];
  /** Types of other contexts that stand here. */
  takes?: string[];
  links?: NavLink[];
}

export interface NavLink {
  label: string;
  path: string;
  /** Shown to who has it only. */
  permission: string;
}

export interface ModuleRoute {
  /** Below the address of the Desk, such as /finance/reports/trial-balance. */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
}

export interface SlotFill<Name extends SlotName = SlotName> {
  slot: Name;
  /** Document types where it stands; all if not said. */
  types?: string[];
  permission?: string;
  load: () => Promise<{ default: Slots[Name] }>;
}

/** A part of the Desk. Its pages are loaded when they are first opened. */
export interface DeskModule {
  name: string;
  nav?: NavGroup[];
  routes?: ModuleRoute[];
  slots?: SlotFill[];
}

export const defineModule = (module: DeskModule): DeskModule => module;

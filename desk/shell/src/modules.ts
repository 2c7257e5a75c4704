import { finance } from '@business-m/finance';
import type { DeskModule } from '@business-m/kit';
import { masters } from '@business-m/masters';
import { setup } from '@business-m/setup';

/** The parts that this Desk is made of. Here modules from other addresses would be added when they are loaded at run time. */
export const modules: readonly DeskModule[] = [masters, finance, setup];

import { defineModule } from '@business-m/kit/module';

export const finance = defineModule({
  name: 'finance',
  nav: [
    {
      context: 'finance',
      label: 'finance.group',
      icon: 'book',
      order: 10,
      first: [
        'finance.sales-invoice',
        'finance.credit-note',
        'finance.receipt',
        'finance.journal',
        'finance.customer',
        'finance.supplier',
      ],
      links: [
        {
          label: 'finance.trialBalance',
          path: '/finance/reports/trial-balance',
          permission: 'finance.report.read',
        },
        { label: 'finance.openItems', path: '/finance/reports/open-items', permission: 'finance.report.read' },
      ],
    },
  ],
  slots: [
    {
      slot: 'document.side',
      types: ['masters.party'],
      permission: 'finance.report.read',
      load: () => import('./PartyOpenItems'),
    },
  ],
  routes: [
    { path: '/finance/reports/trial-balance', load: () => import('./TrialBalance') },
    { path: '/finance/reports/open-items', load: () => import('./OpenItems') },
  ],
});

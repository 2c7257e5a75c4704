import { defineModule } from '@business-m/kit/module';

export const setup = defineModule({
  name: 'setup',
  nav: [
    {
      context: 'record',
      label: 'setup.group',
      icon: 'settings',
      order: 90,
      first: ['masters.company', 'masters.branch', 'masters.user', 'masters.role', 'record.field'],
      takes: [
        'masters.company',
        'masters.branch',
        'masters.user',
        'masters.role',
        'masters.country',
        'masters.currency',
        'masters.unit',
        'finance.tax-code',
        'finance.tax-registration',
        'finance.bank-account',
        'finance.payment-method',
        'finance.payment-terms',
      ],
    },
  ],
});

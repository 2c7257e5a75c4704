import { defineModule } from '@business-m/kit/module';

export const masters = defineModule({
  name: 'masters',
  nav: [
    {
      context: 'masters',
      label: 'masters.group',
      icon: 'people',
      order: 20,
      first: ['masters.party', 'masters.item', 'masters.address', 'masters.contact'],
    },
  ],
});

import { defineModule } from '@business-m/kit/module';

export const setup = defineModule({
  name: 'setup',
  nav: [
    { context: 'record', label: 'setup.group', icon: 'settings', order: 90, first: ['record.field'], also: ['setup'] },
  ],
});

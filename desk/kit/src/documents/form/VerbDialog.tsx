import { type FieldDefinition, Problem, type Values, type VerbDefinition } from '@business-m/sdk';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Dialog, DialogButtons } from '../../Dialog';
import { ErrorText } from '../../states';
import { askedOf, type Drafts, defaultsOf, type Surroundings, toWire } from '../values';
import { FormField } from './FormField';

interface VerbDialogProps {
  verb: VerbDefinition;
  title: string;
  at: Surroundings;
  onClose: () => void;
  /** Does it; throws a Problem. */
  onRun: (values: Values) => Promise<void>;
}

/** Asks for the fields of a verb before it is done; a refusal shows at the field at fault. */
export function VerbDialog({ verb, title, at, onClose, onRun }: VerbDialogProps) {
  const { t } = useTranslation();
  const fields: FieldDefinition[] = askedOf(verb);
  const form = useForm<Drafts>({ defaultValues: defaultsOf(fields, at) });
  const [failure, setFailure] = useState<string>();
  const run = form.handleSubmit(async (drafts) => {
    setFailure(undefined);
    const sent = fields.map((f) => [f.name, toWire(f, drafts[f.name])] as const).filter(([, v]) => v !== null);
    try {
      await onRun(Object.fromEntries(sent));
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      if (fields.some((f) => f.name === fault.field)) {
        form.setError(String(fault.field), { message: fault.message }, { shouldFocus: true });
      } else setFailure(fault.message);
    }
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        onSubmit={run}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.ctrlKey) return;
          event.preventDefault();
          event.stopPropagation();
          void run();
        }}
      >
        {failure && <ErrorText>{failure}</ErrorText>}
        <div className="fields">
          {fields.map((f) => (
            <FormField key={f.name} control={form.control} name={f.name} field={f} />
          ))}
        </div>
        <DialogButtons>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button type="submit" look={verb.danger ? 'danger' : 'primary'} busy={form.formState.isSubmitting}>
            {verb.label}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

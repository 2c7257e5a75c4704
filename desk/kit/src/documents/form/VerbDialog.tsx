import { Problem, type Values, type VerbDefinition } from '@business-m/sdk';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Dialog, DialogButtons } from '../../Dialog';
import { Column } from '../../layout';
import { ErrorText } from '../../states';
import { type FormValues, formOfVerb, isTyped, newForm, placeOf, type Surroundings, wholeOf } from '../values';
import { ChildTable } from './ChildTable';
import { FormField } from './FormField';
import { settled, useNames } from './names';

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
  const asked = formOfVerb(verb);
  const form = useForm<FormValues>({ defaultValues: newForm(asked, at) });
  const [failure, setFailure] = useState<string>();
  const { waiting } = useNames();
  const submit = form.handleSubmit(async (given) => {
    setFailure(undefined);
    const body = wholeOf(asked, given, true, undefined);
    try {
      await onRun(body.values);
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      const place = fault.field && placeOf(fault.field, asked, body.sentLines);
      if (place) form.setError(place as 'fields', { message: fault.message }, { shouldFocus: true });
      else setFailure(fault.message);
    }
  });
  const run = async () => {
    if (waiting) await settled(waiting);
    await submit();
  };
  return (
    <Dialog title={title} onClose={onClose} wide={(asked.children ?? []).length > 0}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.ctrlKey) return;
          event.preventDefault();
          event.stopPropagation();
          void run();
        }}
      >
        <Column loose>
          {failure && <ErrorText>{failure}</ErrorText>}
          <div className="fields">
            {asked.fields.map((f) => (
              <FormField key={f.name} control={form.control} name={`fields.${f.name}`} field={f} />
            ))}
          </div>
          {(asked.children ?? []).map((child) => (
            <Column key={child.name}>
              <h3>{child.label}</h3>
              <ChildTable
                child={child}
                fields={child.fields.filter(isTyped)}
                control={form.control}
                writable={() => true}
                at={at}
              />
            </Column>
          ))}
        </Column>
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

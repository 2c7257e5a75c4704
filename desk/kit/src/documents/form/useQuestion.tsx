import { Problem } from '@business-m/sdk';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Dialog, DialogButtons } from '../../Dialog';

interface Asked {
  title: string;
  text: string;
  yes: string;
  answer: (yes: boolean) => void;
}

export type Flags = Record<string, true>;

/** Asks the user in a dialog, and repeats calls that the server answered with a question (428). */
export function useQuestion() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>();

  const ask = useCallback(
    (title: string, text: string, yes: string) =>
      new Promise<boolean>((done) => {
        setAsked({
          title,
          text,
          yes,
          answer: (given) => {
            setAsked(undefined);
            done(given);
          },
        });
      }),
    [],
  );

  /** Runs a call; where it is answered with a question, asks and runs it again with the flag. Undefined: the user said no. */
  const confirmed = useCallback(
    async <T,>(run: (flags: Flags) => Promise<T>): Promise<T | undefined> => {
      const flags: Flags = {};
      for (;;) {
        try {
          return await run(flags);
        } catch (fault) {
          const flag = fault instanceof Problem ? fault.confirmation : undefined;
          if (!(fault instanceof Problem) || flag === undefined || flags[flag]) throw fault;
          if (!(await ask(t('question.title'), withoutFlag(fault.message), t('question.yes')))) return undefined;
          flags[flag] = true;
        }
      }
    },
    [ask, t],
  );

  const question: ReactNode = asked && (
    <Dialog title={asked.title} onClose={() => asked.answer(false)}>
      <p>{asked.text}</p>
      <DialogButtons>
        <Button onPress={() => asked.answer(false)}>{t('cancel')}</Button>
        <Button look="primary" onPress={() => asked.answer(true)}>
          {asked.yes}
        </Button>
      </DialogButtons>
    </Dialog>
  );
  return { ask, confirmed, question };
}

// What the flag is called is between the programs.
const withoutFlag = (text: string) =>
  text
    .split(/(?<=[.;])\s+/)
    .filter((sentence) => !/\w+Confirmed\b/.test(sentence))
    .join(' ')
    .replace(/;$/, '.') || text;

import { Button, Card, ErrorText, Field, PageTitle } from '@business-m/kit';
import { Problem, signIn } from '@business-m/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { changeSession } from './enter';

interface Entered {
  user: string;
  password: string;
}

export function SignIn() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm<Entered>({ defaultValues: { user: '', password: '' } });
  const [failure, setFailure] = useState<string>();
  const { errors, isSubmitting } = form.formState;
  const enter = form.handleSubmit(async ({ user, password }) => {
    setFailure(undefined);
    try {
      const session = await signIn(user, password);
      changeSession(queries, session);
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      setFailure(fault.message);
      form.resetField('password');
      form.setFocus('password');
    }
  });
  return (
    <main className="alone">
      <Card padded width={360} maxWidth="100%">
        <div className="brand">
          <img src="/icon.svg" alt="" width={28} height={28} />
          {t('shell.product')}
        </div>
        <PageTitle>{t('signIn.title')}</PageTitle>
        <form className="sign-in" noValidate onSubmit={(event) => void enter(event)}>
          {failure && <ErrorText>{failure}</ErrorText>}
          <Field id="user" label={t('signIn.user')} error={errors.user?.message}>
            <input
              id="user"
              className="input"
              autoComplete="username"
              aria-invalid={errors.user ? true : undefined}
              aria-describedby={errors.user ? 'user-error' : undefined}
              {...form.register('user', { required: t('signIn.userNeeded') })}
            />
          </Field>
          <Field id="password" label={t('signIn.password')} error={errors.password?.message}>
            <input
              id="password"
              className="input"
              type="password"
              autoComplete="current-password"
              aria-invalid={errors.password ? true : undefined}
              aria-describedby={errors.password ? 'password-error' : undefined}
              {...form.register('password', { required: t('signIn.passwordNeeded') })}
            />
          </Field>
          <Button type="submit" look="primary" busy={isSubmitting}>
            {t('signIn.submit')}
          </Button>
        </form>
      </Card>
    </main>
  );
}

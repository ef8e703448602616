import { type UseFormInput, type UseFormReturnType, useForm } from '@mantine/form';
import type { FieldError } from '@rollcall/contract/errors';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../../api/problem.ts';

interface ServerFormOptions<Values> {
  initialValues: Values;
  /** Checks that need no server, Mantine's shape: field → (value, values) → error text or null. */
  validate?: UseFormInput<Values>['validate'];
  /** Sends the values. Rejects with a Problem: its fields' messages go to the fields. */
  submit: (values: Values) => Promise<unknown>;
}

export interface ServerForm<Values> {
  form: UseFormReturnType<Values>;
  submitting: boolean;
  /** For `<FormFailure {...failure} />`; `error` is undefined when every message found its field. */
  failure: { error: unknown; shownFields: string[] };
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

const sentence = (field: FieldError): string => [field.message, field.remedy].filter(Boolean).join(' ');

/** A form whose field errors come from the server as well as from the page. */
export function useServerForm<Values extends Record<string, unknown>>(
  options: ServerFormOptions<Values>,
): ServerForm<Values> {
  const form = useForm<Values>({ initialValues: options.initialValues, validate: options.validate });
  const [submitting, setSubmitting] = useState(false);
  const [failure, setFailure] = useState<ServerForm<Values>['failure']>({
    error: undefined,
    shownFields: [],
  });

  const send = async (values: Values) => {
    setSubmitting(true);
    setFailure({ error: undefined, shownFields: [] });
    try {
      await options.submit(values);
    } catch (thrown) {
      const problem = problemOf(thrown);
      const known = problem.fields.filter((field) => field.field in options.initialValues);
      form.setErrors(Object.fromEntries(known.map((field) => [field.field, sentence(field)])));
      const allShown = known.length > 0 && known.length === problem.fields.length;
      setFailure({
        error: allShown ? undefined : problem,
        shownFields: known.map((field) => field.field),
      });
      if (known[0]) form.getInputNode(known[0].field)?.focus();
    } finally {
      setSubmitting(false);
    }
  };

  return {
    form,
    submitting,
    failure,
    onSubmit: form.onSubmit(
      (values) => void send(values),
      (errors) => {
        const [first] = Object.keys(errors);
        if (first) form.getInputNode(first)?.focus();
      },
    ),
  };
}

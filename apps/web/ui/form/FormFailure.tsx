import { useEffect, useRef } from 'react';
import { Notice } from '../Notice.tsx';
import { RequestId } from '../RequestId.tsx';
import { useProblemText } from '../use-problem-text.ts';

interface FormFailureProps {
  /** What was thrown, undefined while nothing was. */
  error: unknown;
  /** Fields that show their own error; the others' are listed here. */
  shownFields?: string[];
}

/** Why a form was not taken, in one place at its end; moves into view when it appears. */
export function FormFailure({ error, shownFields = [] }: FormFailureProps) {
  const { problem, title, detail } = useProblemText(error);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) box.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  if (!error) return null;
  const others = problem.fields.filter((field) => !shownFields.includes(field.field));
  return (
    <Notice tone="bad" role="alert" title={title} ref={box}>
      {others.length === 0 && detail}
      {others.map((field) => (
        <div key={field.field + field.message}>{[field.message, field.remedy].filter(Boolean).join(' ')}</div>
      ))}
      {(problem.status === 0 || problem.status >= 500) && problem.requestId && (
        <RequestId id={problem.requestId} />
      )}
    </Notice>
  );
}

import { Checkbox, TextInput } from '@mantine/core';
import type { OffBoarding } from '@rollcall/contract/off-boarding';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useAbility } from '../../session/me.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { Section } from '../../ui/Section.tsx';
import classes from './OffBoardingRecordPage.module.css';
import { offBoardingQuery } from './off-boarding-query.ts';

type Task = OffBoarding['tasks'][number];

/** What nobody but a person can do, ticked off with who and when. */
export function OffBoardingTasks({ record }: { record: OffBoarding }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { queryKey } = offBoardingQuery(record.id);
  const tick = useMutation({
    mutationFn: ({ key, done, note }: { key: string; done: boolean; note?: string }) =>
      body(
        api.PATCH('/api/v1/off-boardings/{id}/tasks/{key}', {
          params: { path: { id: record.id, key } },
          body: { done, ...(note ? { note } : {}) },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey }),
        queryClient.invalidateQueries({ queryKey: ['off-boardings'] }),
      ]),
  });
  return (
    <Section title={t('agents.deactivate.byHand')}>
      {record.tasks.length === 0 && <p className={classes.none}>{t('record.noTasks')}</p>}
      <ul className={classes.tasks}>
        {record.tasks.map((task) => (
          <TaskLine
            key={task.key}
            task={task}
            busy={tick.isPending}
            onTick={(done, note) => tick.mutate({ key: task.key, done, note })}
          />
        ))}
      </ul>
      <FormFailure error={tick.error} />
    </Section>
  );
}

interface TaskLineProps {
  task: Task;
  busy: boolean;
  onTick: (done: boolean, note: string) => void;
}

function TaskLine({ task, busy, onTick }: TaskLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useAbility('users:deactivate');
  const [note, setNote] = useState(task.note ?? '');
  return (
    <li>
      <Checkbox
        size="sm"
        label={task.text}
        checked={task.doneAt !== null}
        disabled={!may || busy}
        onChange={(event) => onTick(event.currentTarget.checked, note.trim())}
      />
      <div className={classes.taskNote}>
        {task.doneAt ? (
          <>
            {t('record.doneBy', { name: task.doneBy ?? '', at: format.dateTime(task.doneAt) })}
            {task.note && ` ${task.note}`}
          </>
        ) : (
          may && (
            <TextInput
              size="xs"
              className={classes.noPrint}
              aria-label={t('record.noteFor', { task: task.text })}
              placeholder={t('record.note')}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          )
        )}
      </div>
    </li>
  );
}

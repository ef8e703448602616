import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import type { UserProfile } from '@rollcall/contract/users';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useAbility } from '../../session/me.ts';
import { DetailList } from '../../ui/DetailList.tsx';
import { EditableDetail } from '../../ui/EditableDetail.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { Section } from '../../ui/Section.tsx';
import { usersKey } from '../agents/agents-queries.ts';
import classes from './AgentPage.module.css';
import { freeNumbersQuery, usableNumbersQuery } from './agent-queries.ts';
import { useSaveAgent } from './use-save-agent.ts';

const optionOf = ({ id, e164, label }: { id: string; e164: string; label: string }) => ({
  value: id,
  label: label ? `${e164} · ${label}` : e164,
});

/** Extension, default outbound number, and the numbers that lead to somebody. */
export function NumbersTab({ user }: { user: UserProfile }) {
  const { t } = useTranslation();
  const save = useSaveAgent(user);
  const locked = useAbility('users:update') ? undefined : t('agents.fields.locked');
  const usable = useQuery(usableNumbersQuery(user.id));
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <Section title={t('agents.numbers.calling')}>
          <DetailList>
            <EditableDetail
              label={t('agents.fields.extension')}
              value={user.extension ?? ''}
              locked={locked}
              editor={({ value, onChange, label, error }) => (
                <ExtensionEditor label={label} value={value} onChange={onChange} error={error} />
              )}
              onSave={(value) => save({ extension: value || null })}
            />
            <EditableDetail
              label={t('agents.fields.defaultNumber')}
              value={user.defaultNumber?.id ?? null}
              display={user.defaultNumber && optionOf(user.defaultNumber).label}
              locked={locked}
              editor={({ value, onChange, label, error }) => (
                <Select
                  clearable
                  aria-label={label}
                  description={t('agents.numbers.defaultHelp')}
                  error={error}
                  data={(usable.data ?? []).map(optionOf)}
                  value={value}
                  onChange={onChange}
                />
              )}
              onSave={(defaultNumberId) => save({ defaultNumberId })}
            />
          </DetailList>
        </Section>
      </div>
      <div className={classes.column}>
        <OwnNumbers user={user} />
      </div>
    </div>
  );
}

interface ExtensionEditorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

function ExtensionEditor({ label, value, onChange, error }: ExtensionEditorProps) {
  const { t } = useTranslation();
  const kind = value === 'auto' ? 'auto' : value === '' ? 'none' : 'own';
  const [typed, setTyped] = useState(kind === 'own' ? value : '');
  return (
    <div className={classes.column} style={{ gap: '0.5rem' }} data-whole-line>
      <SegmentedControl
        aria-label={label}
        value={kind}
        onChange={(next) => onChange(next === 'auto' ? 'auto' : next === 'none' ? '' : typed || ' ')}
        data={(['auto', 'own', 'none'] as const).map((one) => ({
          value: one,
          label: t(`agents.add.extension.${one}`),
        }))}
      />
      {kind === 'own' ? (
        <TextInput
          aria-label={label}
          inputMode="numeric"
          error={error}
          value={value.trim()}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            onChange(event.currentTarget.value || ' ');
          }}
        />
      ) : (
        error && <span role="alert">{error}</span>
      )}
    </div>
  );
}

function OwnNumbers({ user }: { user: UserProfile }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const may = useAbility('numbers:manage');
  const free = useQuery({ ...freeNumbersQuery, enabled: may });
  const [chosen, choose] = useState<string | null>(null);
  const assign = useMutation({
    async mutationFn({ id, userId }: { id: string; userId: string | null }) {
      const params = { path: { id } };
      const number = await body(api.GET('/api/v1/numbers/{id}', { params }));
      await api.PATCH('/api/v1/numbers/{id}', {
        params,
        headers: { 'If-Match': `"v${number.version}"` },
        body: { userId },
      });
      choose(null);
    },
    onSettled: () =>
      Promise.all([[usersKey], ['numbers']].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
  return (
    <Section title={t('agents.numbers.title')} intro={t('agents.numbers.intro')}>
      {user.numbers.length === 0 && <p className={classes.quiet}>{t('agents.numbers.none')}</p>}
      <ul className={classes.rows}>
        {user.numbers.map((number) => (
          <li key={number.id} className={classes.item}>
            <div className={classes.itemText}>
              <span className="rc-numbers">{number.e164}</span>
              <div className={classes.itemNote}>{number.label}</div>
            </div>
            {may && (
              <Button
                variant="default"
                loading={assign.isPending && assign.variables.id === number.id}
                aria-label={t('agents.numbers.freeWhat', { number: number.e164 })}
                onClick={() => assign.mutate({ id: number.id, userId: null })}
              >
                {t('agents.numbers.free')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {may && (
        <div className={classes.add}>
          <Select
            searchable
            aria-label={t('agents.numbers.assign')}
            placeholder={t('agents.numbers.choose')}
            nothingFoundMessage={t('agents.add.noNumbers')}
            data={(free.data ?? []).map(optionOf)}
            value={chosen}
            onChange={choose}
          />
          <Button
            variant="default"
            disabled={!chosen}
            onClick={() => chosen && assign.mutate({ id: chosen, userId: user.id })}
          >
            {t('agents.numbers.assign')}
          </Button>
        </div>
      )}
      <FormFailure error={assign.error} />
    </Section>
  );
}

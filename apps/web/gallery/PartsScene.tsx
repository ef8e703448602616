import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../api/problem.ts';
import { ColumnChart } from '../ui/chart/ColumnChart.tsx';
import { StackBar } from '../ui/chart/StackBar.tsx';
import { Detail, DetailList } from '../ui/DetailList.tsx';
import { EditableDetail } from '../ui/EditableDetail.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { ProgressPanel } from '../ui/ProgressPanel.tsx';
import { SecretOnce } from '../ui/SecretOnce.tsx';
import { Section } from '../ui/Section.tsx';
import { StatTile, StatTiles } from '../ui/StatTile.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { Timeline } from '../ui/Timeline.tsx';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const refuse = () =>
  Promise.reject(
    new Problem({
      status: 409,
      code: 'extension_taken',
      title: 'The extension is taken',
      detail: '1042 belongs to Ada Lovelace. Choose another one from 1000 to 1999.',
    }),
  );

export function PartsScene() {
  const [title, setTitle] = useState('Team lead');
  return (
    <Page
      title="Ada Lovelace"
      badge={<StatusBadge tone="good" label="Active" />}
      back={<a href="#agents">Agents</a>}
      intro="Administrator since 3 March 2025"
      actions={
        <>
          <Button variant="default">Resend invitation</Button>
          <Button variant="default" color="red">
            Deactivate
          </Button>
        </>
      }
    >
      <StatTiles>
        <StatTile
          label="Active"
          value={61234}
          note="+12 this week"
          link={(label) => <a href="#active">{label}</a>}
        />
        <StatTile label="Invited" value={312} note="7 stuck" />
        <StatTile label="Deactivated" value={38454} />
        <StatTile label="Administrators" value={3} />
      </StatTiles>
      <Notice
        tone="warn"
        title="Only one administrator can sign in"
        action={<Button variant="default">Choose another</Button>}
      >
        If they lose access, nobody can manage this organization.
      </Notice>
      <Section title="People by status">
        <StackBar
          label="People by status"
          parts={[
            { key: 'a', label: 'Active', value: 61234, tone: 'good' },
            { key: 'i', label: 'Invited', value: 9312, tone: 'accent', pending: true },
            { key: 's', label: 'Stuck', value: 1200, tone: 'bad' },
            { key: 'd', label: 'Deactivated', value: 38454, tone: 'idle' },
          ]}
        />
      </Section>
      <Section title="Changes a day" intro="Last 30 days">
        <ColumnChart
          label="Changes a day"
          points={Array.from({ length: 30 }, (_, i) => ({
            key: String(i),
            label: `${i + 1} Nov`,
            value: i % 7 > 4 ? 0 : (i * 37) % 50,
          }))}
        />
      </Section>
      <Section title="Details" actions={<Button variant="default">History</Button>}>
        <DetailList>
          <Detail label="Sign-in name">ada@northwind.example</Detail>
          <EditableDetail label="Title" value={title} onSave={async (value) => setTitle(value)} />
          <EditableDetail label="Extension" value="1041" onSave={refuse} />
          <EditableDetail
            label="Role"
            value="Administrator"
            onSave={async () => undefined}
            editor={({ value, onChange, label, error }) => (
              <Select
                aria-label={label}
                data={['Administrator', 'Agent']}
                value={value}
                onChange={(next) => next && onChange(next)}
                error={error}
              />
            )}
          />
          <EditableDetail label="Manager" value="" locked="Managed by Okta" onSave={async () => undefined} />
          <Detail label="Department" />
        </DetailList>
      </Section>
      <ProgressPanel
        title="Importing people-2026-11.csv"
        job={{ state: 'running', done: 41_234, total: 100_000 }}
        counts={[
          { label: 'Created', value: 39_871 },
          { label: 'Changed', value: 1_320 },
          { label: 'Refused', value: 43, tone: 'bad' },
        ]}
        actions={<Button variant="default">Stop</Button>}
      />
      <ProgressPanel
        title="Adding 1,204 agents to Support EN"
        job={{ state: 'partial', done: 1204, total: 1204 }}
        counts={[
          { label: 'Added', value: 1190 },
          { label: 'Refused', value: 14, tone: 'bad' },
        ]}
      />
      <Section title="API key">
        <SecretOnce what="API key" secret="rc_live_0199c3d27a517c11_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6" />
      </Section>
      <Section title="Off-boarding">
        <Timeline
          exact
          unknown="unknown"
          items={[
            { key: '1', at: ago(4000), title: 'Last day', body: 'From the HR import', tone: 'idle' },
            { key: '2', at: undefined, title: 'Disabled at the source' },
            {
              key: '3',
              at: ago(3),
              title: 'Signal received',
              tone: 'accent',
              body: 'Deactivated by Grace Hopper, ticket HR-1204',
            },
            {
              key: '4',
              at: ago(3),
              title: 'Access ended',
              tone: 'good',
              body: '3 sessions and 1 API key, 14 ms after the signal',
            },
          ]}
        />
      </Section>
      <Notice tone="info">Mails are kept here while no mail server is configured.</Notice>
      <Notice tone="good" title="Saved" />
      <Notice tone="bad" title="The file cannot be read as a table">
        Row 14 has an unclosed quote.
      </Notice>
    </Page>
  );
}

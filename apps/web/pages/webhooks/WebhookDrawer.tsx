import { Button } from '@mantine/core';
import type { Webhook } from '@rollcall/contract/webhooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Detail, DetailList } from '../../ui/DetailList.tsx';
import { EditableDetail } from '../../ui/EditableDetail.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { SecretOnce } from '../../ui/SecretOnce.tsx';
import { SideDrawer } from '../../ui/SideDrawer.tsx';
import { WebhookDialog, type WebhookQuestion } from './WebhookDialog.tsx';
import classes from './Webhooks.module.css';
import { WebhookStatus } from './webhook-columns.tsx';
import { useWebhookActions } from './webhooks-queries.ts';

interface WebhookDrawerProps {
  webhook: Webhook;
  onClose: () => void;
}

/** One destination: how its deliveries go, and what can be done with it. */
export function WebhookDrawer({ webhook, onClose }: WebhookDrawerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { change, test } = useWebhookActions();
  const [question, setQuestion] = useState<WebhookQuestion>();
  const [secret, setSecret] = useState<string>();
  const { id, status } = webhook;
  const stopped = status === 'off' || status === 'given_up';
  const time = (value: string | null) => value && <RelativeTime value={value} exact />;
  return (
    <>
      <SideDrawer
        // The question stands in its place: two dialogs at once would be two of everything to a screen reader.
        opened={question === undefined}
        onClose={onClose}
        title={webhook.name}
        size={560}
        footer={
          <>
            <Button
              variant="subtle"
              color="red"
              style={{ marginRight: 'auto' }}
              onClick={() => setQuestion('remove')}
            >
              {t('webhooks.remove.action')}
            </Button>
            <Button
              variant="default"
              loading={change.isPending}
              onClick={() => change.mutate({ id, enabled: stopped })}
            >
              {t(stopped ? 'webhooks.resume' : 'webhooks.pause')}
            </Button>
          </>
        }
      >
        {webhook.lastError && status !== 'working' && (
          <div className={classes.failure}>
            <Notice
              tone="bad"
              title={t('webhooks.lastError', {
                count: webhook.attempts,
                shown: format.number(webhook.attempts),
              })}
            >
              {webhook.lastError}
            </Notice>
          </div>
        )}
        <DetailList>
          <Detail label={t('webhooks.columns.status')}>
            <WebhookStatus t={t} webhook={webhook} />
          </Detail>
          <EditableDetail
            label={t('webhooks.columns.name')}
            value={webhook.name}
            onSave={(name) => change.mutateAsync({ id, name })}
          />
          <EditableDetail
            label={t('webhooks.columns.address')}
            value={webhook.url}
            display={<span className={classes.address}>{webhook.url}</span>}
            onSave={(url) => change.mutateAsync({ id, url })}
          />
          <Detail label={t('webhooks.columns.events')}>
            {webhook.actions.length === 0
              ? t('webhooks.allEvents')
              : webhook.actions.map((action) => t(`auditActions.${action}`)).join(', ')}
          </Detail>
          <Detail label={t('webhooks.columns.lastSuccess')}>{time(webhook.lastSuccessAt)}</Detail>
          {webhook.failingSince && (
            <Detail label={t('webhooks.failingSince')}>{time(webhook.failingSince)}</Detail>
          )}
          {status === 'failing' && (
            <Detail label={t('webhooks.columns.nextAttempt')}>{time(webhook.nextAttemptAt)}</Detail>
          )}
          <Detail label={t('webhooks.position')}>
            {t('webhooks.positionOf', {
              seq: format.number(webhook.position),
              behind: format.number(webhook.behind),
            })}
          </Detail>
          <Detail label={t('webhooks.created')}>{format.dateTime(webhook.createdAt)}</Detail>
        </DetailList>
        <div className={classes.actions}>
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate(id)}>
            {t('webhooks.test.action')}
          </Button>
          <Button variant="default" onClick={() => setQuestion('replay')}>
            {t('webhooks.replay.action')}
          </Button>
          {webhook.kind === 'webhook' && (
            <Button variant="default" onClick={() => setQuestion('rotate')}>
              {t('webhooks.rotate.action')}
            </Button>
          )}
        </div>
        {test.data && (
          <Notice
            role="status"
            tone={test.data.delivered ? 'good' : 'bad'}
            title={t(test.data.delivered ? 'webhooks.test.delivered' : 'webhooks.test.failed')}
          >
            {test.data.error}
          </Notice>
        )}
        {secret && <SecretOnce what={t('webhooks.secret')} secret={secret} />}
        <FormFailure error={test.error ?? change.error} />
      </SideDrawer>
      {question && (
        <WebhookDialog
          question={question}
          webhook={webhook}
          onClose={() => setQuestion(undefined)}
          onRemoved={onClose}
          onSecret={setSecret}
        />
      )}
    </>
  );
}

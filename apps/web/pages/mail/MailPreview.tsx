import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import type { MailRow } from '@rollcall/contract/mails';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Detail, DetailList } from '../../ui/DetailList.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { SideDrawer } from '../../ui/SideDrawer.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './mail.module.css';
import { mailQuery } from './mail-queries.ts';
import { mailTones } from './mail-view.ts';

/** A mail as its reader sees it, in a frame that may do nothing: no scripts, no forms, no links, no origin. */
export function MailPreview({ mail, onClose }: { mail: MailRow; onClose: () => void }) {
  const { t } = useTranslation();
  const [part, setPart] = useState('html');
  const content = useQuery(mailQuery(mail.id));
  return (
    <SideDrawer
      opened
      onClose={onClose}
      size={640}
      title={content.data?.subject ?? t(`mail.template.${mail.template}`)}
      footer={
        <Button variant="default" onClick={onClose}>
          {t('ui.close')}
        </Button>
      }
    >
      <div className={classes.previewBody}>
        <DetailList>
          <Detail label={t('mail.columns.to')}>{mail.to}</Detail>
          <Detail label={t('mail.columns.state')}>
            <StatusBadge tone={mailTones[mail.state]} label={t(`mail.state.${mail.state}`)} />
          </Detail>
          <Detail label={t('mail.columns.createdAt')}>
            <RelativeTime value={mail.createdAt} exact />
          </Detail>
          {mail.words && <Detail label={t('mail.columns.words')}>{mail.words}</Detail>}
          {mail.nextAttemptAt && (
            <Detail label={t('mail.preview.next')}>
              <RelativeTime value={mail.nextAttemptAt} exact />
            </Detail>
          )}
        </DetailList>
        {content.isPending && <Skeleton height={320} />}
        {content.isError && <ErrorState error={content.error} onRetry={() => void content.refetch()} />}
        {content.data?.linkHidden && <Notice tone="info">{t('mail.preview.linkHidden')}</Notice>}
        {content.data && !content.data.html && <Notice tone="info">{t('mail.preview.gone')}</Notice>}
        {content.data?.html && (
          <>
            <SegmentedControl
              size="xs"
              w="fit-content"
              aria-label={t('mail.preview.parts')}
              value={part}
              onChange={setPart}
              data={[
                { value: 'html', label: t('mail.preview.html') },
                { value: 'text', label: t('mail.preview.text') },
              ]}
            />
            {part === 'html' ? (
              <iframe
                title={t('mail.preview.frame')}
                className={classes.preview}
                sandbox=""
                srcDoc={content.data.html}
              />
            ) : (
              <pre className={classes.text}>{content.data.text}</pre>
            )}
          </>
        )}
      </div>
    </SideDrawer>
  );
}

import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.gen.ts';
import { StackBar } from '../../ui/chart/StackBar.tsx';
import { Detail, DetailList } from '../../ui/DetailList.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import classes from './mail.module.css';
import { mailStates, mailTones } from './mail-view.ts';

/** Whether mail goes out at all, as whom, and what has become of those so far. */
export function MailState({ overview }: { overview: components['schemas']['MailOverview'] }) {
  const { t } = useTranslation();
  const { configured, from, bouncesTo, bounceMailbox, dkim, counts, oldestWaitingAt, failures } = overview;
  const parts = mailStates
    .map((state) => ({
      key: state,
      label: t(`mail.state.${state}`),
      value: counts[state] ?? 0,
      tone: mailTones[state],
      pending: state === 'queued' || state === 'kept',
    }))
    .filter((part) => part.value > 0);
  return (
    <Section title={t('mail.sending.title')}>
      <div className={classes.stack}>
        {configured ? (
          <Notice tone="good" title={t('mail.sending.on')}>
            {t('mail.sending.onHint')}
          </Notice>
        ) : (
          <Notice tone="warn" title={t('mail.sending.off')}>
            {t('mail.sending.offHint')} <code className={classes.code}>SMTP_URL</code>{' '}
            <code className={classes.code}>MAIL_FROM</code>
          </Notice>
        )}
        {configured && (
          <DetailList>
            <Detail label={t('mail.sending.from')}>{from}</Detail>
            <Detail label={t('mail.sending.dkim')}>
              {dkim
                ? t('mail.sending.dkimOn', { domain: dkim.domain, selector: dkim.selector })
                : t('mail.sending.dkimOff')}
            </Detail>
            <Detail label={t('mail.sending.bounces')}>
              {bounceMailbox
                ? t('mail.sending.bouncesRead', { address: bouncesTo ?? from })
                : t('mail.sending.bouncesPosted')}
            </Detail>
            {oldestWaitingAt && (
              <Detail label={t('mail.sending.waiting')}>
                <RelativeTime value={oldestWaitingAt} />
              </Detail>
            )}
          </DetailList>
        )}
        {parts.length > 0 && <StackBar label={t('mail.sending.counts')} parts={parts} />}
        {failures.length > 0 && (
          <div>
            <h3 className={classes.heading}>{t('mail.failures')}</h3>
            <ul className={classes.failures}>
              {failures.slice(0, 5).map((mail) => (
                <li key={mail.id}>
                  <div className={classes.failureHead}>
                    <strong>{mail.to}</strong>
                    <span className={classes.quiet}>
                      {t(`mail.template.${mail.template}`)}, {t(`mail.state.${mail.state}`)}{' '}
                      <RelativeTime value={mail.lastAttemptAt ?? mail.createdAt} />
                    </span>
                  </div>
                  {mail.words && <div className={classes.words}>{mail.words}</div>}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Section>
  );
}

/** A delivery report as Postfix writes it, about one mail to one recipient. */
export function bounceMessage(options: {
  messageId: string;
  recipient: string;
  action?: 'failed' | 'delayed';
  words?: string;
}): string {
  const { messageId, recipient, action = 'failed', words = '550 5.1.1 User unknown' } = options;
  return [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mail.example.com (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    'To: bounces@example.com',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain',
    '',
    'Your message could not be delivered.',
    '',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example.com',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${action === 'failed' ? '5.1.1' : '4.4.1'}`,
    `Diagnostic-Code: smtp; ${words}`,
    '',
    '--b1',
    'Content-Type: text/rfc822-headers',
    '',
    'From: Rollcall <rollcall@example.com>',
    `To: ${recipient}`,
    `Message-ID: ${messageId}`,
    '',
    '--b1--',
    '',
  ].join('\r\n');
}

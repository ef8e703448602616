import { type ErrorCode, errorCodes } from '@rollcall/contract/errors';
import { permissionNames } from '@rollcall/contract/permissions';
import type { Me } from '@rollcall/contract/sessions';
import type { Route } from 'playwright-core';
import { settingsAnswers } from './sample-settings.ts';

const organization = { id: 'o1', name: 'Northwind Call Centre' };
const me: Me = {
  user: {
    id: 'u1',
    email: 'ada@northwind.example',
    signInName: 'ada@northwind.example',
    firstName: 'Ada',
    lastName: 'Lovelace',
    locale: null,
    timeZone: 'Europe/Berlin',
  },
  email: 'ada@northwind.example',
  organization: {
    ...organization,
    language: 'en',
    timeZone: 'Europe/Berlin',
    reasonRequired: false,
    logo: null,
  },
  organizations: [
    { ...organization, current: true },
    { id: 'o2', name: 'Contoso', current: false },
  ],
  abilities: permissionNames,
  sessionId: null,
};

function refuse(route: Route, code: ErrorCode, detail: string): Promise<void> {
  const { status, title } = errorCodes[code];
  return route.fulfill({
    status,
    contentType: 'application/problem+json',
    json: {
      type: 'about:blank',
      title,
      status,
      detail,
      code,
      requestId: '0199c3d2-7a51-7c11-b1f0-2f4f8a3f9a10',
    },
  });
}

/** Answers the few calls that the screenshots need. */
export function answerApi(route: Route, signedIn: boolean): Promise<void> {
  const request = route.request();
  const call = `${request.method()} ${new URL(request.url()).pathname}`;
  switch (call) {
    case 'GET /api/v1/me':
      return signedIn ? route.fulfill({ json: me }) : refuse(route, 'not_signed_in', 'Sign in to go on.');
    case 'POST /api/v1/session':
      return refuse(route, 'sign_in_failed', 'Check both, or set a new password.');
    case 'POST /api/v1/invitations/read':
      return request.postDataJSON().token === 'expired'
        ? refuse(
            route,
            'link_not_valid',
            'This invitation expired on 20 November 2026. Ask the person who invited you for a new one.',
          )
        : route.fulfill({
            json: {
              organization: organization.name,
              language: 'en',
              timeZone: 'Europe/Berlin',
              email: 'grace@northwind.example',
              signInName: 'grace@northwind.example',
              expiresAt: '2026-11-27T09:00:00Z',
              firstName: 'Grace',
              lastName: 'Hopper',
            },
          });
    // A stream that never says anything.
    case 'GET /api/v1/events':
      return new Promise(() => undefined);
    default:
      if (signedIn && call in settingsAnswers) return route.fulfill({ json: settingsAnswers[call] });
      return refuse(route, 'not_found', `No sample answer for ${call}.`);
  }
}

import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { problemOf } from './api/problem.ts';
import { readAgentTab } from './pages/agent/agent-tabs.ts';
import { readView } from './pages/agents/agents-view.ts';
import { readAuditView } from './pages/audit/audit-view.ts';
import { readSearchText } from './pages/groups/groups-view.ts';
import { readImportView } from './pages/imports/import-view.ts';
import { readLeaversView } from './pages/leavers/leavers-view.ts';
import { readMailView } from './pages/mail/mail-view.ts';
import { readNumbersView } from './pages/numbers/numbers-view.ts';
import { paths, safeNext } from './paths.ts';
import { meQuery } from './session/me.ts';
import { needs } from './shell/missing-ability.ts';
import { NotFound } from './shell/NotFound.tsx';
import { FramelessError, RouteError } from './shell/RouteError.tsx';
import { readSearch, writeSearch } from './shell/search-params.ts';

interface RouterContext {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ errorComponent: FramelessError });

/** Everything behind sign-in. Without a session one is sent to sign-in, and from there back. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: lazyRouteComponent(() => import('./shell/Shell.tsx'), 'Shell'),
  errorComponent: FramelessError,
  async beforeLoad({ context, location }) {
    try {
      return { me: await context.queryClient.ensureQueryData(meQuery) };
    } catch (error) {
      if (problemOf(error).code !== 'not_signed_in') throw error;
      const next = location.href === paths.home() ? undefined : location.href;
      throw redirect({ href: paths.signIn(next) });
    }
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home/HomePage.tsx'), 'HomePage'),
});

const agents = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/agents',
  validateSearch: readView,
  ...needs('users:read'),
  component: lazyRouteComponent(() => import('./pages/agents/AgentsPage.tsx'), 'AgentsPage'),
});

const agent = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/agents/$userId',
  validateSearch: readAgentTab,
  ...needs('users:read'),
  component: lazyRouteComponent(() => import('./pages/agent/AgentPage.tsx'), 'AgentPage'),
});

const operation = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/bulk-actions/$operationId',
  ...needs('users:read'),
  component: lazyRouteComponent(() => import('./pages/agents/bulk/OperationPage.tsx'), 'OperationPage'),
});

const offBoarding = createRoute({
  getParentRoute: () => signedIn,
  path: '/leavers/$recordId',
  ...needs('users:read'),
  component: lazyRouteComponent(
    () => import('./pages/leavers/OffBoardingRecordPage.tsx'),
    'OffBoardingRecordPage',
  ),
});

const groups = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/groups',
  ...needs('groups:read'),
  validateSearch: readSearchText,
  component: lazyRouteComponent(() => import('./pages/groups/GroupsPage.tsx'), 'GroupsPage'),
});

const group = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/groups/$groupId',
  ...needs('groups:read'),
  component: lazyRouteComponent(() => import('./pages/groups/GroupPage.tsx'), 'GroupPage'),
});

const numbers = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/numbers',
  ...needs('numbers:read'),
  validateSearch: readNumbersView,
  component: lazyRouteComponent(() => import('./pages/numbers/NumbersPage.tsx'), 'NumbersPage'),
});

const organization = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/organization',
  ...needs('organization:read'),
  component: lazyRouteComponent(
    () => import('./pages/organization/OrganizationPage.tsx'),
    'OrganizationPage',
  ),
});

const roles = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/roles',
  ...needs('users:read'),
  component: lazyRouteComponent(() => import('./pages/roles/RolesPage.tsx'), 'RolesPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/api-keys',
  ...needs('api-keys:create'),
  component: lazyRouteComponent(() => import('./pages/api-keys/ApiKeysPage.tsx'), 'ApiKeysPage'),
});

const email = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/email',
  ...needs('mail:manage'),
  validateSearch: readMailView,
  component: lazyRouteComponent(() => import('./pages/mail/MailPage.tsx'), 'MailPage'),
});

const profile = createRoute({
  getParentRoute: () => signedIn,
  path: '/profile',
  component: lazyRouteComponent(() => import('./pages/profile/ProfilePage.tsx'), 'ProfilePage'),
});

const imports = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/import',
  ...needs('users:create'),
  component: lazyRouteComponent(() => import('./pages/imports/ImportsPage.tsx'), 'ImportsPage'),
});

const importRun = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/import/$importId',
  validateSearch: readImportView,
  ...needs('users:create'),
  component: lazyRouteComponent(() => import('./pages/imports/ImportRunPage.tsx'), 'ImportRunPage'),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit',
  validateSearch: readAuditView,
  ...needs('audit:read'),
  component: lazyRouteComponent(() => import('./pages/audit/AuditPage.tsx'), 'AuditPage'),
});

const leavers = createRoute({
  getParentRoute: () => signedIn,
  path: '/leavers',
  validateSearch: readLeaversView,
  ...needs('audit:read'),
  component: lazyRouteComponent(() => import('./pages/leavers/LeaversPage.tsx'), 'LeaversPage'),
});

const webhooks = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/webhooks',
  ...needs('webhooks:manage'),
  component: lazyRouteComponent(() => import('./pages/webhooks/WebhooksPage.tsx'), 'WebhooksPage'),
});

/** An address that leads nowhere, told inside the frame to those who are signed in. */
const nowhere = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    search.next === undefined ? {} : { next: safeNext(search.next) },
  component: lazyRouteComponent(() => import('./pages/sign-in/SignInPage.tsx'), 'SignInPage'),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(
    () => import('./pages/forgot-password/ForgotPasswordPage.tsx'),
    'ForgotPasswordPage',
  ),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(
    () => import('./pages/reset-password/ResetPasswordPage.tsx'),
    'ResetPasswordPage',
  ),
});

const acceptInvitation = createRoute({
  getParentRoute: () => root,
  path: '/accept-invitation',
  component: lazyRouteComponent(
    () => import('./pages/accept-invitation/AcceptInvitationPage.tsx'),
    'AcceptInvitationPage',
  ),
});

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirm-email',
  component: lazyRouteComponent(
    () => import('./pages/confirm-email/ConfirmEmailPage.tsx'),
    'ConfirmEmailPage',
  ),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/set-up/SetUpPage.tsx'), 'SetUpPage'),
});

const routeTree = root.addChildren([
  signedIn.addChildren([
    home,
    agents,
    agent,
    operation,
    offBoarding,
    groups,
    group,
    numbers,
    organization,
    roles,
    apiKeys,
    email,
    profile,
    imports,
    importRun,
    audit,
    leavers,
    webhooks,
    nowhere,
  ]),
  signIn,
  forgotPassword,
  resetPassword,
  acceptInvitation,
  confirmEmail,
  setUp,
]);

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

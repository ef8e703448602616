/** The domains in their order: each may use those before its own step, and never its neighbours in a step. */
const DOMAIN_STEPS = [
  ['access'],
  ['audit'],
  ['organizations', 'mails'],
  ['sessions', 'numbers', 'seats', 'invitations'],
  ['groups', 'api-keys', 'webhooks', 'live'],
  ['users'],
  ['off-boarding', 'connections', 'billing', 'calls'],
  ['imports', 'operations', 'lifecycle'],
];

const server = 'apps/server';
const TESTS = String.raw`\.test\.ts$|^apps/server/test/`;
/** What stands above the domains although it lives in their folders. */
const EDGES = String.raw`\.(routes|workers)\.ts$`;

/** What composes the application and runs it. */
const ABOVE = String.raw`^apps/server/(app\.ts|main\.ts|cli/|demo/)`;

const floor = (name, comment, path, forbidden) => ({
  name,
  comment,
  severity: 'error',
  from: { path, pathNot: [TESTS, EDGES] },
  to: { path: forbidden, pathNot: '^node_modules' },
});

const domainSteps = DOMAIN_STEPS.flatMap((step, index) =>
  step
    .map((domain) => ({
      name: `domain-${domain}`,
      comment: `${domain} may use only the domains below it`,
      severity: 'error',
      from: { path: `^${server}/domain/${domain}/`, pathNot: [TESTS, EDGES] },
      to: {
        path: `^${server}/domain/(${[...step.filter((other) => other !== domain), ...DOMAIN_STEPS.slice(index + 1).flat()].join('|')})/`,
      },
    }))
    .filter((rule) => !rule.to.path.endsWith('()/')),
);

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'two files that need each other are one',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    floor(
      'contract',
      'the contract stands on the ground',
      '^packages/contract/',
      '^(apps|e2e|bench|scripts)/',
    ),
    floor(
      'platform',
      'platform has no word of the domain',
      `^${server}/platform/`,
      `^${server}/(?!platform/)`,
    ),
    floor(
      'db',
      'the database floor stands on platform alone',
      `^${server}/db/`,
      `^${server}/(?!platform/|db/)`,
    ),
    floor(
      'domain',
      'domain functions know nothing above them',
      `^${server}/domain/`,
      `^${server}/(?!platform/|db/|domain/)`,
    ),
    {
      name: 'domain-without-http',
      comment: 'domain functions never see Fastify',
      severity: 'error',
      from: { path: `^${server}/domain/`, pathNot: [TESTS, EDGES] },
      to: { path: '^node_modules/(@fastify/|fastify)' },
    },
    floor('protocols', 'protocols map wire formats onto domain calls', `^${server}/protocols/`, ABOVE),
    floor('edge', 'the edge is what the application is built from', `^${server}/edge/`, ABOVE),
    {
      name: 'routes',
      comment: 'routes and workers do not know the application',
      severity: 'error',
      from: { path: EDGES },
      to: { path: ABOVE },
    },
    floor(
      'web',
      'the dashboard uses the contract and its own client only',
      '^apps/web/',
      '^(apps/server|e2e|bench|scripts)/',
    ),
    {
      name: 'tests-stay-tests',
      comment: 'what runs does not use what tests',
      severity: 'error',
      from: { pathNot: [TESTS, '^(e2e|bench)/'] },
      to: { path: TESTS },
    },
    ...domainSteps,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
